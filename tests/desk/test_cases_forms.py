"""The forms of cases: opened, moved, refused at the field with all that was typed, told when overtaken, taken once."""

from __future__ import annotations

import datetime as dt
import html
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from luodi.areas.supervision.models import Slip
from luodi.kernel.accounts.models import Account
from luodi.kernel.cases.models import Case, CaseClock, Duty, Step, StepFile
from luodi.kernel.evidence import sending
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from tests.areas.case_town import at as on
from tests.areas.case_town import found
from tests.desk.cases_desk import AUDIT, BASE, HOUSING, LEADER, OFFICE, WATER, CasesDesk, at, paper, text_of
from tests.desk.test_cases_page import PARTIES, dispute, performing, slip
from tests.journeys.desk_pictures import photo

NEW = f"{BASE}/new/supervision"
DISPUTE = f"{BASE}/new/mediation/apply"


@pytest.fixture
def desk(db: None, data_folder: Any) -> Iterator[CasesDesk]:
    with on(9, 15):
        yield CasesDesk()


def opening(desk: CasesDesk, **fields: Any) -> dict[str, Any]:
    """What the office types to open a slip on another case."""
    town = desk.town
    return {
        "title": "督办：排水管网改造",
        "unit": town.units[HOUSING].id,
        "post": town.posts[HOUSING].id,
        "verifier_unit": town.units[AUDIT].id,
        "a-ordered_by": town.posts[LEADER].id,
        "a-order_paper": "区政府第12次常务会议纪要",
        "a-matter": "管网改造逾期",
        "a-answer_by": "2026-09-30",
        **fields,
    }


def fault_at(page: str, name: str) -> str:
    """What stands at a field as its fault."""
    found = re.search(rf'<p class="ld-fault" id="{re.escape(name)}-fault">(.*?)</p>', page, re.DOTALL)
    return html.unescape(found[1]) if found else ""


# ---- opening


def test_only_what_a_post_may_open_is_offered_and_who_opens_the_rest_is_said(desk: CasesDesk) -> None:
    office, bureau, audit = (desk.page(unit, f"{BASE}/new") for unit in (OFFICE, HOUSING, AUDIT))
    assert f'href="{NEW}"' in office
    assert f'href="{DISPUTE}"' in office
    assert f'href="{DISPUTE}"' in bureau
    assert f'href="{NEW}"' not in bureau
    assert "督办单：由经办的办公室来立" in bureau
    assert "您的岗位不立事项" in audit


def test_a_slip_is_opened_by_its_form(desk: CasesDesk) -> None:
    about = dispute(desk)
    answer = desk.send(OFFICE, NEW, **opening(desk), **{"a-subject": about.id})
    case = Case.objects.get(kind="supervision")
    assert answer["Location"] == at(case)
    assert (case.title, case.unit_id, case.state) == (
        "督办：排水管网改造",
        desk.town.units[HOUSING].id,
        "initiated",
    )
    assert case.verifier_unit_id == desk.town.units[AUDIT].id
    assert CaseClock.objects.get(case=case, name="answer").due_on == dt.date(2026, 9, 30)
    assert "立好了，编号990102-260915-0002" in desk.page(OFFICE, at(case))


def test_the_address_can_say_what_the_slip_is_about(desk: CasesDesk) -> None:
    about = dispute(desk)
    page = desk.page(OFFICE, f"{NEW}?subject={about.id}")
    assert f'<input type="hidden" name="a-subject" value="{about.id}">' in page
    assert 'value="督办单：相邻用房漏水"' in page
    assert f'<option value="{desk.town.units[HOUSING].id}" selected>' in page


def test_the_list_of_kinds_hands_the_subject_on(desk: CasesDesk) -> None:
    assert f'href="{NEW}?subject=c0000000000001"' in desk.page(OFFICE, f"{BASE}/new?subject=c0000000000001")


def test_an_address_pasted_as_the_subject_is_understood(desk: CasesDesk) -> None:
    about = dispute(desk)
    pasted = f"http://127.0.0.1:8000{at(about)}?from=mail"
    assert desk.send(OFFICE, NEW, **opening(desk), **{"a-subject": pasted}).status_code == 302
    assert Slip.objects.get().subject == about.id


@pytest.mark.parametrize("given", ["", "管网", "c0000000000000", "u1jm0000000000", "<script>"])
def test_a_subject_that_is_not_there_is_refused_at_its_field(desk: CasesDesk, given: str) -> None:
    answer = desk.send(OFFICE, NEW, **opening(desk), **{"a-subject": given})
    assert answer.status_code == 422
    assert fault_at(text_of(answer), "a-subject")
    assert not Case.objects.exists()


def test_every_fault_is_told_at_once_and_what_was_typed_stays(desk: CasesDesk) -> None:
    wrong = opening(desk, title="", unit="", **{"a-subject": "x", "a-answer_by": "月底", "a-matter": ""})
    answer = desk.send(OFFICE, NEW, **wrong)
    page = text_of(answer)
    assert answer.status_code == 422
    for name in ("title", "unit", "a-subject", "a-answer_by", "a-matter"):
        assert fault_at(page, name), name
    assert 'value="区政府第12次常务会议纪要"' in page
    assert f'<option value="{desk.town.posts[LEADER].id}" selected>' in page


def test_a_post_of_another_unit_and_a_checker_in_line_are_refused_at_their_fields(desk: CasesDesk) -> None:
    town, about = desk.town, dispute(desk)
    below = register.create_unit(name="区住建局质监站", parent=town.units[HOUSING], by=SYSTEM)
    answer = desk.send(
        OFFICE,
        NEW,
        **opening(desk, post=town.posts[WATER].id, verifier_unit=below.id),
        **{"a-subject": about.id},
    )
    page = text_of(answer)
    assert "不是上面那个单位的" in fault_at(page, "post")
    assert "上下级" in fault_at(page, "verifier_unit")


def test_a_second_slip_on_the_same_subject_is_refused_at_the_subject(desk: CasesDesk) -> None:
    about = dispute(desk)
    first = desk.town.slip(subject=about.id)
    answer = desk.send(OFFICE, NEW, **opening(desk), **{"a-subject": about.id})
    assert answer.status_code == 422
    assert first.number in fault_at(text_of(answer), "a-subject")


def test_whoever_may_not_open_a_kind_cannot_send_its_form_either(desk: CasesDesk) -> None:
    for unit in (HOUSING, AUDIT, LEADER):
        answer = desk.browser(unit).post(NEW, opening(desk))
        assert answer.status_code == 409
        assert "由经办的办公室来做" in text_of(answer)
    assert not Case.objects.exists()


def test_a_bureau_opens_a_dispute_for_itself_and_for_no_other(desk: CasesDesk) -> None:
    town = desk.town
    fields = {"title": "相邻用房漏水", "a-parties": PARTIES, "a-sort": "邻里", "a-risk": "low"}
    other = desk.send(HOUSING, DISPUTE, unit=town.units[WATER].id, **fields)
    assert "请重新选" in fault_at(text_of(other), "unit")
    assert desk.send(HOUSING, DISPUTE, unit=town.units[HOUSING].id, **fields).status_code == 302
    assert Case.objects.get().office_unit_id == town.units[HOUSING].id


def test_nothing_of_a_sensitive_field_is_kept_on_the_device(desk: CasesDesk) -> None:
    page = desk.page(HOUSING, DISPUTE)
    assert re.search(r'data-ld-no-draft><label for="a-parties">', page)
    assert page.count("data-ld-no-draft") == 1


def test_a_kind_with_several_beginnings_asks_which(desk: CasesDesk) -> None:
    assert desk.browser(OFFICE).get(f"{BASE}/new/mediation")["Location"] == f"{BASE}/new"
    for wrong in ("new/nothing", "new/mediation/settle", "new/supervision/assign"):
        assert desk.browser(OFFICE).get(f"{BASE}/{wrong}").status_code == 404


def test_a_case_opened_twice_with_one_form_is_one_case(desk: CasesDesk) -> None:
    about = dispute(desk)
    sent = {**desk.form(OFFICE, NEW), **opening(desk), "a-subject": about.id}
    answers = [desk.browser(OFFICE).post(NEW, sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Case.objects.filter(kind="supervision").count() == 1
    assert "没有再记一次" in desk.page(OFFICE, answers[1]["Location"])


# ---- moving


def test_a_report_with_a_photo_and_a_file_is_taken(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    shot = SimpleUploadedFile("现场.jpg", photo())
    told = desk.do(
        HOUSING,
        case,
        "report",
        **{"a-answer": "改造完成13.4公里", "a-evidence-photo": shot, "a-evidence": paper()},
    )
    assert case.state == "reported"
    assert "现在等区审计局核查反馈属不属实" in told
    assert sorted(StepFile.objects.values_list("file__name", flat=True)) == ["核查单.txt", "现场.jpg"]
    assert "/small" in told
    assert not list(sending.every())


def test_a_file_that_came_stays_while_something_else_is_put_right(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    wrong = desk.send(HOUSING, at(case, "report"), **{"a-answer": "", "a-evidence": paper()})
    page = text_of(wrong)
    assert wrong.status_code == 422
    assert "没有填" in fault_at(page, "a-answer")
    assert "“核查单.txt”已经传好" in page
    key = re.search(r'name="a-evidence-upload" value="([0-9a-f]{32})"', page)
    assert key is not None
    desk.do(HOUSING, case, "report", **{"a-answer": "办好了", "a-evidence-upload": key[1]})
    assert StepFile.objects.count() == 1


def test_a_file_that_may_not_be_evidence_is_refused_at_its_field(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    answer = desk.send(
        HOUSING, at(case, "report"), **{"a-answer": "办好了", "a-evidence": paper("x.exe", "MZ\x90\x00")}
    )
    assert answer.status_code == 422
    assert fault_at(text_of(answer), "a-evidence")
    assert "办好了" in text_of(answer)
    case.refresh_from_db()
    assert case.state == "assigned"


def test_what_an_act_warns_of_stands_before_its_button(desk: CasesDesk) -> None:
    page = desk.page(OFFICE, at(slip(desk), "assign"))
    assert page.index("通知单将发给承办单位") < page.index('type="submit">交办')


def test_a_move_that_asks_nothing_is_made_with_one_press(desk: CasesDesk) -> None:
    case, browser = dispute(desk), desk.browser(HOUSING)
    page = browser.get(at(case))
    act = next(each for each in page.context["may"] if each.name == "agree")
    assert f'<input type="hidden" name="key" value="{act.key}">' in text_of(page)
    one = page.context["one"]
    for _ in range(2):
        answer = browser.post(act.href, {"key": act.key, "version": one.version, "seen": one.row.state})
        assert answer.status_code == 302
    assert Step.objects.filter(move="agree").count() == 1


def test_a_move_not_possible_now_says_who_may_whatever_is_asked(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    for unit, move in ((AUDIT, "report"), (HOUSING, "terminate"), (OFFICE, "conclude")):
        answer = desk.browser(unit).get(at(case, move))
        assert answer.status_code == 409, move
    assert desk.browser(OFFICE).get(at(case, "no-such")).status_code == 404
    form = {**desk.form(HOUSING, at(case, "report")), "a-answer": "我来报", "key": "0" * 24}
    sent = desk.browser(AUDIT).post(at(case, "report"), form)
    assert sent.status_code == 422
    assert "由承办单位来做" in text_of(sent)
    case.refresh_from_db()
    assert case.state == "assigned"


def test_somebody_was_quicker_what_they_did_is_told_and_what_was_typed_is_kept(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    form = {**desk.form(HOUSING, at(case, "report")), "a-answer": "改造完成13.4公里"}
    with on(9, 16):
        desk.town.move(case, "extend", OFFICE, reason="等停水", until="2026-10-20")
        late = desk.browser(HOUSING).post(at(case, "report"), {**form, "a-evidence": paper()})
        page = text_of(late)
        assert late.status_code == 409
        for words in (
            "这件事被别人动过",
            "区督查室负责人",
            "准予延期",
            "改造完成13.4公里",
            "“核查单.txt”已经传好",
        ):
            assert words in page, words
        case.refresh_from_db()
        assert case.state == "assigned"
        again = {
            "key": late.context["key"],
            "version": late.context["one"].version,
            "seen": "assigned",
            "a-answer": "改造完成13.4公里",
        }
        assert desk.browser(HOUSING).post(at(case, "report"), again).status_code == 302
    case.refresh_from_db()
    assert case.state == "reported"


def test_where_it_is_no_longer_possible_the_words_are_kept_and_no_button_is_left(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    form = {**desk.form(HOUSING, at(case, "report")), "a-answer": "改造完成13.4公里"}
    desk.town.move(case, "withdraw", OFFICE, reason="项目取消")
    late = desk.browser(HOUSING).post(at(case, "report"), form)
    page = text_of(late)
    assert late.status_code == 409
    assert "已经不能办" in page
    assert "改造完成13.4公里" in page
    assert 'type="submit">反馈' not in page


def test_a_form_without_what_it_saw_is_not_taken(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    assert desk.browser(HOUSING).post(at(case, "report"), {"a-answer": "办好了"}).status_code == 409
    assert not Step.objects.filter(move="report").exists()


def test_a_form_sent_twice_counts_once(desk: CasesDesk) -> None:
    case = dispute(desk)
    desk.town.move(case, "agree", HOUSING)
    form = {**desk.form(HOUSING, at(case, "meet")), "a-note": "双方到场"}
    for _ in range(3):
        assert desk.browser(HOUSING).post(at(case, "meet"), form)["Location"] == at(case)
    assert Step.objects.filter(move="meet").count() == 1
    assert "没有再记一次" in desk.page(HOUSING, at(case))


def test_a_day_that_the_act_refuses_is_said_at_the_day(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    early = desk.send(OFFICE, at(case, "extend"), **{"a-reason": "等停水", "a-until": "2026-09-20"})
    assert "应晚于现在的期限" in fault_at(text_of(early), "a-until")
    assert "等停水" in text_of(early)


# ---- duties


def rows(*given: tuple[str, str, str, str]) -> dict[str, list[str]]:
    """The rows of an agreement as a browser sends them, with the empty ones behind."""
    filled = [*given, *[("", "", "", "")] * 3]
    return {
        f"a-agreed-{name}": [row[at] for row in filled]
        for at, name in enumerate(("who", "does", "amount", "due"))
    }


def in_session(desk: CasesDesk) -> Case:
    case = dispute(desk)
    desk.town.move(case, "agree", HOUSING)
    return desk.town.move(case, "meet", HOUSING, note="双方到场")


def test_an_agreement_is_typed_row_by_row_and_empty_rows_do_not_count(desk: CasesDesk) -> None:
    case = in_session(desk)
    agreed = rows(("甲某", "付清修缮款", "12000.50", "2026-10-15"), ("乙某", "拆除隔墙", "", "2026-09-20"))
    desk.do(HOUSING, case, "settle", **{"a-form": "written", "a-effective_on": "2026-09-15"}, **agreed)
    assert [(duty.who, duty.amount) for duty in Duty.objects.order_by("due_on")] == [
        ("乙某", None),
        ("甲某", 1_200_050),
    ]


def test_a_faulty_row_is_named_and_every_row_stays(desk: CasesDesk) -> None:
    case = in_session(desk)
    agreed = rows(("甲某", "付清修缮款", "1.005", "2026-10-15"), ("乙某", "拆除隔墙", "", "2026-09-20"))
    answer = desk.send(
        HOUSING, at(case, "settle"), **{"a-form": "written", "a-effective_on": "2026-09-15"}, **agreed
    )
    page = text_of(answer)
    assert "第1行" in fault_at(page, "a-agreed")
    for words in ("付清修缮款", "1.005", "拆除隔墙", "2026-09-20"):
        assert f'value="{words}"' in page, words


def test_more_rows_are_had_without_script_and_nothing_typed_is_lost(desk: CasesDesk) -> None:
    case = in_session(desk)
    where = at(case, "settle")
    assert desk.page(HOUSING, where).count('name="a-agreed-who"') == 5
    agreed = rows(*[("甲某", f"第{number}件", "", "2026-10-15") for number in range(1, 6)])
    answer = desk.send(HOUSING, where, more="a-agreed", **{"a-form": "oral"}, **agreed)
    page = text_of(answer)
    assert answer.status_code == 200
    assert page.count('name="a-agreed-who"') == 10
    assert page.count('value="甲某"') == 5
    assert '<option value="oral" selected>' in page
    case.refresh_from_db()
    assert case.state == "in_session"


def test_more_rows_do_not_hide_that_somebody_was_quicker(desk: CasesDesk) -> None:
    case = in_session(desk)
    form = desk.form(HOUSING, at(case, "settle"))
    desk.town.move(case, "warn", HOUSING, note="有人放话")
    answer = desk.browser(HOUSING).post(
        at(case, "settle"), {**form, **rows(("甲某", "付款", "", "2026-10-15")), "more": "a-agreed"}
    )
    assert answer.status_code == 409
    assert "可能激化，告知公安" in text_of(answer)
    assert 'value="付款"' in text_of(answer)


def test_only_duties_still_open_can_be_chosen(desk: CasesDesk) -> None:
    case = performing(desk)
    first = next(duty for duty in Duty.objects.filter(case=case) if duty.who == "乙某")
    form = desk.form(AUDIT, at(case, "kept"))
    desk.do(AUDIT, case, "kept", **{"a-duty": first.id, "a-on": "2026-09-15"})
    page = desk.page(AUDIT, at(case, "kept"))
    assert first.id not in page
    assert "10月15日前，甲某付清修缮款" in page
    late = desk.browser(AUDIT).post(at(case, "kept"), {**form, "a-duty": first.id, "a-on": "2026-09-15"})
    assert late.status_code == 409
    assert "这件事被别人动过" in text_of(late)
    assert Step.objects.filter(move="kept").count() == 1


def test_a_dispute_goes_to_its_counted_end_by_forms_alone(desk: CasesDesk) -> None:
    case = performing(desk)
    for duty in Duty.objects.filter(case=case):
        desk.do(AUDIT, case, "kept", **{"a-duty": duty.id, "a-on": "2026-09-15"})
    page = desk.browser(AUDIT).get(at(case))
    act = next(each for each in page.context["may"] if each.name == "close")
    one = page.context["one"]
    answer = desk.browser(AUDIT).post(
        act.href, {"key": act.key, "version": one.version, "seen": one.row.state}
    )
    told = desk.page(AUDIT, answer["Location"])
    assert "这件事了结：履行完毕" in told
    assert "算作“办成”" in told


# ---- hostile


def test_another_s_upload_is_nobody_else_s_evidence(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    theirs = sending.begin("a.txt", 3, "w1jm0000000000")
    theirs.append(0, b"abc")
    answer = desk.send(HOUSING, at(case, "report"), **{"a-answer": "办好了", "a-evidence-upload": theirs.key})
    assert answer.status_code == 422
    assert not StepFile.objects.exists()


def test_what_comes_from_another_site_is_refused(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Account.objects.get(pk=desk.town.actors[HOUSING].account))
    form = {**desk.form(HOUSING, at(case, "report")), "a-answer": "办好了"}
    assert strict.post(at(case, "report"), form).status_code == 403
    assert not Step.objects.filter(move="report").exists()


@pytest.mark.parametrize(("given", "status"), [("字" * 5_000, 422), ("<b>'\"&", 302), (" \r\n ", 422)])
def test_odd_text_never_breaks_the_form(desk: CasesDesk, given: str, status: int) -> None:
    case = slip(desk, "assign")
    assert desk.send(HOUSING, at(case, "report"), **{"a-answer": given}).status_code == status


def test_two_presses_at_the_same_instant_open_one_case(committed_database: Path) -> None:
    with on(9, 15):
        desk = CasesDesk(found())
        form = {
            **desk.form(HOUSING, DISPUTE),
            "title": "相邻用房漏水",
            "unit": desk.town.units[HOUSING].id,
            "a-parties": PARTIES,
            "a-sort": "邻里",
            "a-risk": "low",
        }
        cookies = desk.browser(HOUSING).cookies
    start, answers = threading.Barrier(2), []

    def press() -> None:
        other = Client()
        other.cookies = cookies
        with on(9, 15):
            start.wait(timeout=30)
            answers.append(other.post(DISPUTE, form).status_code)
        connection.close()

    pressing = [threading.Thread(target=press) for _ in range(2)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join(timeout=60)
    assert answers == [302, 302]
    assert Case.objects.count() == 1
