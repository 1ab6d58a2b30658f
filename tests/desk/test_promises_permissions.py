"""Who may do what with a promise: each act and each role by name, and each unit's place to the work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.commitments import actions
from luodi.kernel.commitments.models import Commitment, Report, Verification
from luodi.kernel.ledger.models import Event
from tests.desk.promise_desk import (
    AUDIT,
    BASE,
    BUREAU,
    DAY,
    HOUSING,
    OFFICE,
    ROLES,
    Desk,
    at,
    do,
    done,
    filled,
    hired,
    text_of,
)
from tests.kernel.promises import at as on_day

pytestmark = pytest.mark.django_db

# act: the one role that may; every other is refused
ACTS = {
    "report": "reporter",
    "done": "reporter",
    "verify": "verifier",
    "send-back": "verifier",
    "reopen": "verifier",
    "target": "office",
    "correct": "office",
    "carry-over": "office",
    "merge": "office",
    "unmerge": "office",
    "silence": "office",
    "drop": "office",
    "restore": "office",
    "undo-adoption": "office",
}
UNIT = {"reporter": BUREAU, "verifier": AUDIT, "office": OFFICE}


@pytest.fixture
def desk(data_folder: Any) -> Iterator[Desk]:
    with on_day(DAY):
        yield Desk()


def ready_for(desk: Desk, act: str) -> Commitment:
    """A promise in the state in which ``act`` is possible."""
    row = desk.promise()
    by = desk.district.actor(OFFICE)
    if act in ("verify", "send-back"):
        desk.reported(row)
    elif act == "reopen":
        desk.claimed(row)
        desk.verified(row)
    elif act == "unmerge":
        actions.merge(row, into=desk.promise("另一件"), by=by)
    elif act == "restore":
        actions.drop(row, by=by, reason="项目撤销")
    return row


@pytest.mark.parametrize("act", ACTS)
def test_one_role_may_and_every_other_may_not(desk: Desk, act: str) -> None:
    row = ready_for(desk, act)
    allowed = ACTS[act]
    browsers = {role: desk.browser(UNIT[allowed], role) for role in ROLES}
    found = {role: client.get(at(row, act)).status_code for role, client in browsers.items()}
    assert found == {role: 200 if role == allowed else 403 for role in ROLES}
    events = Event.objects.count()
    form = filled(browsers[allowed], at(row, act))
    sent = {
        role: browsers[role].post(at(row, act), {**form, "reason": "x"}).status_code
        for role in ROLES
        if role != allowed
    }
    assert set(sent.values()) == {403}
    assert Event.objects.count() == events


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_the_list_and_the_page(desk: Desk, role: str) -> None:
    row = desk.promise()
    client = desk.browser(HOUSING, role)
    for address in (BASE, f"{BASE}/print", f"{BASE}.csv", at(row)):
        assert client.get(address).status_code == 200, address
    assert b"".join(client.get(f"{BASE}.xlsx").streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_a_leader_may_read_and_nothing_else(desk: Desk) -> None:
    row = desk.promise()
    leader = desk.browser("青岚区人民政府", "leader")
    assert desk.promise("第二件").title in text_of(leader.get(BASE))
    page = leader.get(at(row))
    assert page.context["may"] == []
    assert "现在没有要您做的" in text_of(page)


def test_nobody_who_has_not_come_in_sees_anything(desk: Desk) -> None:
    row = desk.promise()
    for address in (BASE, at(row), at(row, "report"), f"{BASE}/wrong", f"{BASE}/month", f"{BASE}.csv"):
        assert Client().get(address)["Location"].startswith("/desk/login"), address


def test_a_reporter_of_another_unit_does_not_report(desk: Desk) -> None:
    row = desk.promise()
    other = desk.browser(HOUSING, "reporter")
    answer = other.get(at(row, "report"))
    assert answer.status_code == 409
    assert "由区教育局来报" in text_of(answer)
    assert other.post(at(row, "report"), {"version": "", "number": "4"}).status_code == 409
    assert not Report.objects.exists()


def test_a_helping_unit_reports_and_so_does_a_section_of_the_lead_unit(desk: Desk) -> None:
    row = desk.promise(co_units=[desk.district.units[HOUSING]])
    for unit in (HOUSING, "区教育局基建科"):
        done(desk.browser(unit, "reporter"), at(row, "report"), number="4", unit="所", as_of="2026-09-22")
    assert Report.objects.count() == 2


def test_the_unit_above_does_not_report_for_the_one_below(desk: Desk) -> None:
    row = desk.promise()
    assert desk.browser("青岚区人民政府", "reporter").get(at(row, "report")).status_code == 409


@pytest.mark.parametrize("unit", [BUREAU, "区教育局基建科", "青岚区人民政府", HOUSING])
def test_who_did_it_helped_or_stands_above_or_below_does_not_verify_it(desk: Desk, unit: str) -> None:
    row = desk.promise(co_units=[desk.district.units[HOUSING]])
    desk.reported(row)
    client = desk.browser(unit, "verifier")
    refused = client.get(at(row, "verify"))
    assert refused.status_code == 409
    assert "做事的单位不能核实自己" in text_of(refused)
    assert 'aria-describedby="no-verify"' in text_of(client.get(at(row)))
    assert row.title not in text_of(client.get(f"{BASE}?todo=verify"))
    assert not Verification.objects.exists()


def test_a_verifier_of_one_unit_only_verifies_that_unit_s_promises(desk: Desk) -> None:
    row = desk.promise()
    desk.reported(row)
    units = desk.district.units
    narrow = Client()
    narrow.force_login(hired(units[AUDIT], "verifier", scope=units[HOUSING]))
    assert narrow.get(at(row, "verify")).status_code == 409
    assert row.title not in text_of(narrow.get(f"{BASE}?todo=verify"))


def test_a_supervising_office_does_not_change_its_own_promise(desk: Desk) -> None:
    row = desk.promise(lead_unit=desk.district.units[OFFICE])
    for act in ("target", "drop", "carry-over"):
        refused = desk.office.get(at(row, act))
        assert refused.status_code == 409, act
        assert "不能自己改自己的" in text_of(refused), act


def test_an_office_of_one_unit_neither_changes_nor_answers_for_others(desk: Desk) -> None:
    row = desk.promise()
    objection = actions.object_to(row.id, "这里写错了")
    units = desk.district.units
    narrow = Client()
    narrow.force_login(hired(units[OFFICE], "office", scope=units[HOUSING]))
    assert narrow.get(at(row, "drop")).status_code == 409
    assert narrow.get(f"{BASE}/wrong/{objection.id}").status_code == 409
    assert narrow.post(f"{BASE}/wrong/{objection.id}", {"answer": "没有错", "key": "k"}).status_code == 409
    objection.refresh_from_db()
    assert objection.state == "open"


def test_the_words_of_an_objection_are_for_staff_only(desk: Desk) -> None:
    row = desk.promise()
    actions.object_to(row.id, "城东那所没有开工。")
    assert "城东那所没有开工。" not in text_of(desk.office.get(f"/c/{row.id}"))
    reporter = desk.reporter.get(at(row))
    assert "由督查办公室答复" in text_of(reporter)


def test_what_is_refused_stands_on_the_page_dashed_with_its_reason(desk: Desk) -> None:
    row = desk.promise()
    page = text_of(desk.reporter.get(at(row)))
    assert 'href="' + at(row, "report") in page
    for act in ("verify", "send-back", "target", "drop", "merge"):
        assert f'aria-disabled="true" aria-describedby="no-{act}"' in page, act
        assert f'id="no-{act}"' in page, act
    assert do(desk.reporter, at(row, "report"), number="4", unit="所", as_of="2026-09-22").status_code == 302
