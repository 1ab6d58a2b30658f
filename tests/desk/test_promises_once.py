"""Nothing is done twice, and nothing over the head of somebody else: resends, double presses, changes in between, other hands."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from luodi.kernel.commitments import actions
from luodi.kernel.commitments.models import Commitment, Report
from luodi.kernel.evidence import sending
from tests.desk.promise_desk import (
    AUDIT,
    BUREAU,
    DAY,
    Desk,
    at,
    do,
    done,
    filled,
    hired,
    paper,
    state_of,
    text_of,
)
from tests.kernel.promises import at as on_day

FIELDS = {"number": "4", "unit": "所", "as_of": "2026-09-22", "note": "三所封顶，一所在招标"}


def carried_by(page: str) -> dict[str, str]:
    """What the one button of a page carries."""
    form = page[page.index('name="again"') - 200 : page.index("再报进展")]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in hidden if name != "csrfmiddlewaretoken"}


@pytest.fixture
def desk(db: None, data_folder: Any) -> Iterator[Desk]:
    with on_day(DAY):
        yield Desk()


def test_a_form_sent_again_says_that_it_was_taken_and_takes_nothing(desk: Desk) -> None:
    row = desk.promise()
    form = {**filled(desk.reporter, at(row, "report")), **FIELDS}
    for _ in range(3):
        answer = desk.reporter.post(at(row, "report"), form)
        assert answer["Location"] == at(row)
    assert Report.objects.count() == 1
    assert "没有再记一次" in text_of(desk.reporter.get(at(row)))


def test_a_form_sent_again_with_its_photo_used_up_is_no_fault(desk: Desk) -> None:
    row = desk.promise()
    form = {**filled(desk.reporter, at(row, "report")), **FIELDS}
    wrong = desk.reporter.post(at(row, "report"), {**form, "number": "x", "evidence": paper()})
    form |= {
        "version": wrong.context["version"],
        "key": wrong.context["key"],
        "evidence-upload": wrong.context["given"].key,
    }
    for _ in range(2):
        assert desk.reporter.post(at(row, "report"), form)["Location"] == at(row)
    assert Report.objects.count() == 1


def test_whoever_goes_back_and_types_something_else_is_not_told_that_it_was_taken(desk: Desk) -> None:
    row = desk.promise()
    form = {**filled(desk.reporter, at(row, "report")), **FIELDS}
    desk.reporter.post(at(row, "report"), form)
    second = desk.reporter.post(at(row, "report"), {**form, "number": "5"})
    assert second.status_code == 409
    page = text_of(second)
    assert "您刚才办过一步" in page
    assert carried_by(page)["number"] == "5"
    assert Report.objects.count() == 1


def test_a_form_that_ends_the_state_is_taken_once_too(desk: Desk) -> None:
    row = desk.promise()
    desk.claimed(row)
    form = {**filled(desk.verifier, at(row, "verify")), "number": "10", "unit": "所", "as_of": "2026-09-22"}
    assert [desk.verifier.post(at(row, "verify"), form).status_code for _ in range(2)] == [302, 302]
    assert state_of(row) == "kept"


def test_somebody_else_was_quicker_what_was_typed_is_kept_and_one_button_leads_on(desk: Desk) -> None:
    row = desk.promise()
    form = {**filled(desk.reporter, at(row, "report")), **FIELDS}
    desk.reported(row, "3")
    late = desk.reporter.post(at(row, "report"), {**form, "evidence": paper("验收单.txt")})
    assert late.status_code == 409
    page = text_of(late)
    for words in (
        "刚被别人改过",
        "上报<b>3所</b>",
        "您填的都在",
        "说明三所封顶",
        "验收单.txt",
        "看新的样子，再报进展",
    ):
        assert words in page, words
    assert Report.objects.count() == 1
    onward = desk.reporter.post(at(row, "report"), carried_by(page))
    assert onward.status_code == 200
    assert "三所封顶，一所在招标" in text_of(onward)
    assert "已经传好" in text_of(onward)
    assert onward.context["version"] != form["version"]
    again = {"version": onward.context["version"], "key": onward.context["key"], **FIELDS}
    taken = desk.reporter.post(at(row, "report"), {**again, "evidence-upload": onward.context["given"].key})
    assert taken.status_code == 302
    assert [r.number for r in Report.objects.order_by("at", "id")] == ["3", "4"]
    assert Report.objects.order_by("at", "id")[1].evidence is not None


def test_where_it_is_no_longer_possible_the_page_says_why_and_offers_no_second_try(desk: Desk) -> None:
    row = desk.promise()
    form = {**filled(desk.reporter, at(row, "report")), **FIELDS}
    actions.drop(row, by=desk.district.actor("区督查室"), reason="项目撤销")
    page = text_of(desk.reporter.post(at(row, "report"), form))
    assert "已经不能办" in page
    assert 'name="again"' not in page


def test_a_verifier_does_not_judge_a_report_that_came_meanwhile(desk: Desk) -> None:
    row = desk.promise()
    first = desk.reported(row, "3")
    form = {**filled(desk.verifier, at(row, "verify")), "number": "3", "unit": "所", "as_of": "2026-09-22"}
    desk.reported(row, "5")
    assert desk.verifier.post(at(row, "verify"), form).status_code == 409
    assert not first.verifications.exists()


def test_a_form_without_its_version_is_not_taken(desk: Desk) -> None:
    row = desk.promise()
    assert desk.reporter.post(at(row, "report"), FIELDS).status_code == 409
    assert not Report.objects.exists()


def test_what_comes_from_another_site_is_refused(desk: Desk) -> None:
    row = desk.promise()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(hired(desk.district.units[BUREAU], "reporter"))
    form = {**filled(strict, at(row, "report")), **FIELDS}
    assert strict.post(at(row, "report"), form).status_code == 403
    assert not Report.objects.exists()


def test_another_s_upload_is_nobody_else_s_evidence(desk: Desk) -> None:
    row = desk.promise()
    theirs = sending.begin("a.txt", 3, "w1jm0000000000")
    theirs.append(0, b"abc")
    answer = do(desk.reporter, at(row, "report"), **FIELDS, **{"evidence-upload": theirs.key})
    assert answer.status_code == 422
    assert not Report.objects.exists()


@pytest.mark.parametrize("ident", ["c0000000000000", "../../etc", "x", "c1jm0000000000'--", "u1jm0000000000"])
def test_an_id_that_is_guessed_leads_nowhere(desk: Desk, ident: str) -> None:
    assert desk.office.get(f"/desk/promises/{ident}").status_code == 404
    assert desk.office.get(f"/desk/promises/{ident}/drop").status_code == 404


def test_scripts_typed_into_any_field_are_shown_as_words(desk: Desk) -> None:
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    row = desk.promise(title=f"建成10所{script}", topic="<b>教育</b>"[:20], number="<i>1</i>")
    done(desk.reporter, at(row, "report"), **{**FIELDS, "note": script}, evidence=paper(f"{script[:20]}.txt"))
    done(desk.verifier, at(row, "send-back"), reason=script, as_of="2026-09-22", number="3", unit="所")
    actions.object_to(row.id, script)
    done(desk.office, at(row, "drop"), reason=script)
    for address in (
        at(row),
        "/desk/promises?whose=all&state=dropped",
        "/desk/promises/wrong",
        at(row, "restore"),
    ):
        page = text_of(desk.office.get(address))
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert "&lt;script&gt;" in page, address


def test_two_presses_at_the_same_instant_make_one_report(committed_database: Path) -> None:
    with on_day(DAY):
        desk = Desk()
        row = desk.promise()
        account = hired(desk.district.units[BUREAU], "reporter")
        client = Client()
        client.force_login(account)
        form = {**filled(client, at(row, "report")), **FIELDS}
    start, answers = threading.Barrier(2), []

    def press() -> None:
        other = Client()
        other.cookies = client.cookies
        with on_day(DAY):
            start.wait(timeout=30)
            answers.append(other.post(at(row, "report"), form).status_code)
        connection.close()

    pressing = [threading.Thread(target=press) for _ in range(2)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    assert answers == [302, 302]
    assert Report.objects.count() == 1


def test_two_promises_merged_into_each_other_at_once_end_in_one(committed_database: Path) -> None:
    with on_day(DAY):
        desk = Desk()
        one, other = desk.promise("建成10所"), desk.promise("年内建成10所")
        forms = {
            a.id: {**filled(desk.office, at(a, "merge")), "into": b.id}
            for a, b in ((one, other), (other, one))
        }
    start, answers = threading.Barrier(2), []

    def press(key: str) -> None:
        mine = Client()
        mine.cookies = desk.office.cookies
        with on_day(DAY):
            start.wait(timeout=30)
            answers.append(mine.post(f"/desk/promises/{key}/merge", forms[key]).status_code)
        connection.close()

    pressing = [threading.Thread(target=press, args=(key,)) for key in forms]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    assert sorted(answers) == [302, 422]
    assert sorted(Commitment.objects.values_list("state", flat=True)) == ["merged", "open"]


def test_the_audit_bureau_of_the_city_is_independent_too(desk: Desk) -> None:
    row = desk.promise()
    desk.reported(row)
    city = desk.browser("云川市审计局", "verifier")
    done(city, at(row, "verify"), number="4", unit="所", as_of="2026-09-22")
    own = desk.browser("区教育局基建科", "verifier")
    desk.reported(row, "5")
    assert own.get(at(row, "verify")).status_code == 409
    assert AUDIT not in text_of(own.get(at(row)))
