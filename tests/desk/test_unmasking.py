"""What is masked: shown to nobody without a reason, on no page, paper, list, export, notice; and each look is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from luodi.api import counting
from luodi.kernel.accounts.acts import tokening
from luodi.kernel.accounts.models import Account
from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, Duty
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.notices import sending
from luodi.kernel.privacy.field_keys import FILE, newest_key
from tests.areas.case_town import at as on
from tests.database import unguarded
from tests.desk.cases_desk import AUDIT, HOUSING, LEADER, OFFICE, WATER, CasesDesk, at, text_of
from tests.kernel.notice_world import allow_this_machine, channel

PARTY, OTHER, THING = "赵小满", "钱大有", "归还祖传铜壶"
PLANTED = (PARTY, OTHER, THING)


@pytest.fixture
def desk(db: None, data_folder: Any) -> Iterator[CasesDesk]:
    counting.REQUESTS.forget()
    with on(9, 15):
        yield CasesDesk()


def settled(desk: CasesDesk) -> Case:
    """A dispute whose parties are bound by name, waiting for whoever follows up."""
    town = desk.town
    case = actions.open_case(
        "mediation",
        by=town.actors[OFFICE],
        move="apply",
        title="相邻用房漏水",
        unit=town.units[HOUSING],
        post=town.posts[HOUSING],
        verifier_unit=town.units[AUDIT],
        answers={"parties": f"{PARTY}与{OTHER}", "sort": "邻里", "risk": "low"},
    )
    town.move(case, "agree", HOUSING)
    town.move(case, "meet", HOUSING, note="双方到场")
    agreed = [{"who": PARTY, "does": f"付给{OTHER}修缮款", "amount": "12000.50", "due": "2026-10-15"}]
    agreed.append({"who": OTHER, "does": THING, "due": "2026-09-20"})
    town.move(case, "settle", HOUSING, form="written", effective_on="2026-09-15", agreed=agreed)
    return town.move(case, "perform", HOUSING)


def found_in(answer: Any) -> list[str]:
    """Which of the planted words stand in what was answered, a packed file's parts included."""
    raw = b"".join(answer) if answer.streaming else answer.content
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            raw = b"\n".join(packed.read(name) for name in packed.namelist())
    return [word for word in PLANTED if word in raw.decode(errors="replace")]


def test_who_is_bound_to_do_what_stands_open_for_those_whose_task_it_is_alone(desk: CasesDesk) -> None:
    case = settled(desk)
    for unit in (HOUSING, AUDIT, OFFICE):
        assert set(PLANTED) <= set(found_in(desk.browser(unit).get(at(case)))), unit
    seen = desk.browser(LEADER).get(at(case))
    assert found_in(seen) == []
    text = text_of(seen)
    assert "12,000.50元" in text
    assert "10月15日" in text, "what is due, and whether it was done, is no secret to a leader"
    for duty in Duty.objects.filter(case=case):
        assert f'href="{at(case)}/unmask/{duty.id}"' in text


def test_no_list_paper_export_or_interface_tells_it(desk: CasesDesk) -> None:
    case = settled(desk)
    actor = desk.town.actors[LEADER]
    account = Account.objects.get(pk=actor.account)
    key = tokening.make_token(
        account, desk.town.posts[LEADER], name="对账", scopes=("read",), days=30, by=actor
    )[1]
    addresses = [at(case, part) for part in ("print", "kept", "broken", "close")]
    addresses += [
        f"{at(case)}.docx",
        "/desk/cases",
        "/desk/cases.csv",
        "/desk/cases.xlsx",
        "/desk/cases/print",
    ]
    addresses += ["/desk/cases/load", "/desk/inbox?whose=unit", "/desk/leader", "/desk/leader.xlsx", "/desk/"]
    addresses += [
        f"/desk/cases?q={PARTY}",
        f"/desk/cases?q={THING}",
        f"/desk/promises?q={PARTY}",
        f"/search?q={PARTY}",
    ]
    addresses += ["/desk/notices", f"/desk/cases/bulk?id={case.id}", f"/e/{Event.objects.last().id}"]  # type: ignore[union-attr]
    told = 0
    for address in addresses:
        answer = desk.browser(LEADER).get(address)
        words = found_in(answer)
        assert [word for word in words if word not in address] == [], address
        told += answer.status_code == 200
    assert told >= 14, "the pages are there"
    for path in (f"/cases/{case.id}", "/cases", "/due?whole=true"):
        answer = desk.browser(LEADER).get(f"/api/v1{path}", headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 200
        assert found_in(answer) == [], path


def test_a_form_that_is_not_theirs_comes_back_without_it(desk: CasesDesk) -> None:
    case = settled(desk)
    form = {"key": "k", "version": desk.form(AUDIT, at(case, "kept"))["version"], "seen": case.state}
    for sent in (form, form | {"more": "a-duty"}, form | {"version": "e0000000000000"}):
        assert found_in(desk.browser(LEADER).post(at(case, "kept"), sent)) == []
    assert PARTY in found_in(desk.browser(AUDIT).post(at(case, "kept"), form)), "whose form it is may choose"


def test_what_is_sent_out_says_nothing_of_it(desk: CasesDesk, settings: Any) -> None:
    allow_this_machine(settings)
    channel(desk.town, AUDIT, "mail", "duty@qinglan.example")
    settled(desk)
    assert sending.turn() >= 1
    assert mail.outbox
    for message in mail.outbox:
        assert not any(word in f"{message.subject}{message.body}" for word in PLANTED)


def test_a_leader_asks_for_a_duty_and_those_whose_task_it_is_read_who_why_and_when(desk: CasesDesk) -> None:
    case = settled(desk)
    duty = Duty.objects.get(case=case, due_on="2026-09-20")
    where = at(case, f"unmask/{duty.id}")
    assert found_in(desk.browser(LEADER).get(where)) == []
    for nothing in (" ", "看", "……", "。。", "－－－", "看" * 201):
        refused = desk.browser(LEADER).post(where, {"reason": nothing})
        assert (refused.status_code, found_in(refused)) == (422, []), nothing
    assert desk.browser(WATER).post(where, {"reason": "想看看"}).status_code == 404
    assert not Event.objects.filter(kind="privacy.unmasked").exists()
    shown = desk.browser(LEADER).post(where, {"reason": "信访接待，核对当事人"})
    assert set(found_in(shown)) == {OTHER, THING}
    assert shown["Cache-Control"] == "no-store"
    events = Event.objects.filter(kind="privacy.unmasked", subject=case.id, post=desk.town.posts[LEADER].id)
    assert events.count() == 2, "one for each field"
    desk.browser(LEADER).post(at(case, "unmask/parties"), {"reason": "回访前核对"})
    for unit in (OFFICE, HOUSING, AUDIT):
        page = desk.page(unit, at(case))
        for words in ("谁看过隐去的内容", "信访接待，核对当事人", "区政府负责人", "回访前核对", "当事人"):
            assert words in page, (unit, words)
    assert "谁看过隐去的内容" not in desk.page(LEADER, at(case))
    assert "信访接待" not in desk.page(LEADER, at(case))
    for event in Event.objects.filter(kind="privacy.unmasked"):
        told = text_of(Client().get(f"/e/{event.id}"))
        for words in ("信访接待", "回访前核对", "parties", "does", *PLANTED):
            assert words not in told, "that somebody looked is in the log; at what and why is not public"
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_without_its_key_the_case_goes_on_and_says_which_key_is_missing(
    desk: CasesDesk, data_folder: Path
) -> None:
    case = settled(desk)
    key = newest_key(data_folder)
    kept = (data_folder / FILE).read_text()
    (data_folder / FILE).write_text("")
    for unit in (HOUSING, AUDIT, OFFICE):
        for part in ("", "print"):
            page = desk.page(unit, at(case, part))
            assert f"密钥 {key} 不在这台机器上" in page
            assert "12,000.50元" in page
        assert desk.browser(unit).get(f"{at(case)}.docx").status_code == 200
    assert key not in desk.page(LEADER, at(case)), "what is masked is not even opened"
    refused = desk.browser(LEADER).post(at(case, "unmask/parties"), {"reason": "核对当事人"})
    assert refused.status_code == 422
    assert f"密钥 {key}" in text_of(refused)
    assert not Event.objects.filter(kind="privacy.unmasked").exists(), "nobody saw anything"
    duty = Duty.objects.get(case=case, due_on="2026-09-20")
    given = {"a-duty": duty.id, "a-on": "2026-09-20"}
    with on(9, 20):
        shut = desk.send(AUDIT, at(case, "kept"), **given)
    assert shut.status_code == 409, "what was agreed cannot be written down anew unread"
    assert f"密钥 {key}" in text_of(shut)
    (data_folder / FILE).write_text(kept)
    with on(9, 20):
        assert "已履行" in desk.do(AUDIT, case, "kept", **given)
    assert set(found_in(desk.browser(AUDIT).get(at(case)))) == set(PLANTED)
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_what_was_moved_between_rows_and_fields_opens_nowhere_and_is_named(desk: CasesDesk) -> None:
    case = settled(desk)
    first, second = Duty.objects.filter(case=case).order_by("due_on")
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("SELECT who FROM luodi_cases_duty WHERE id = %s", [second.id])
        (moved,) = cursor.fetchone()
        cursor.execute("UPDATE luodi_cases_duty SET who = %s WHERE id = %s", [moved, first.id])
        cursor.execute("UPDATE luodi_cases_duty SET does = %s WHERE id = %s", [moved, second.id])
    page = desk.page(AUDIT, at(case))
    assert page.count("内容被改过或挪过") == 2
    wrong = {finding.name for finding in verify() if finding.is_wrong and finding.code == "row-unreadable"}
    assert all(any(duty.id in name for name in wrong) for duty in (first, second))
