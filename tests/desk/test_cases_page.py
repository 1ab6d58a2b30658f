"""The page of one case: what may be done by whom until when and why, how its time is reckoned, who may read what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, Duty, Step
from luodi.kernel.cases.playbook import Playbook
from luodi.kernel.cases.registry import playbook_of
from luodi.kernel.ledger.models import Event
from tests.areas.case_town import at as on
from tests.desk.cases_desk import AUDIT, BASE, HOUSING, LEADER, OFFICE, WATER, CasesDesk, at, paper, text_of

PARTIES = "甲某与乙某因漏水起争执"
AGREED = [
    {"who": "甲某", "does": "付清修缮款", "amount": "12000.50", "due": "2026-10-15"},
    {"who": "乙某", "does": "拆除隔墙", "due": "2026-09-20"},
]


@pytest.fixture
def desk(db: None, data_folder: Any) -> Iterator[CasesDesk]:
    with on(9, 15):
        yield CasesDesk()


def slip(desk: CasesDesk, *moves: str) -> Case:
    """A slip after some of its moves."""
    town, case = desk.town, desk.town.slip()
    by: dict[str, tuple[str, dict[str, Any]]] = {
        "assign": (OFFICE, {}),
        "report": (HOUSING, {"answer": "改造完成13.4公里"}),
        "check": (AUDIT, {"finding": "现场核对属实"}),
        "conclude": (OFFICE, {"conclusion": "已经办结"}),
    }
    for move in moves:
        unit, answers = by[move]
        town.move(case, move, unit, **answers)
    return case


def dispute(desk: CasesDesk) -> Case:
    town = desk.town
    return actions.open_case(
        "mediation",
        by=town.actors[OFFICE],
        move="apply",
        title="相邻用房漏水",
        unit=town.units[HOUSING],
        post=town.posts[HOUSING],
        verifier_unit=town.units[AUDIT],
        answers={"parties": PARTIES, "sort": "邻里", "risk": "low"},
    )


def performing(desk: CasesDesk) -> Case:
    """A dispute whose agreement is being performed."""
    case, town = dispute(desk), desk.town
    town.move(case, "agree", HOUSING)
    town.move(case, "meet", HOUSING, note="双方到场")
    town.move(case, "settle", HOUSING, form="written", effective_on="2026-09-15", agreed=AGREED)
    return town.move(case, "perform", HOUSING)


def buttons(page: str) -> str:
    """The panel of what may be done."""
    start = page.index('class="ld-do"')
    return page[start : page.index("</section>", start)]


def test_whoever_is_to_act_sees_the_button_the_day_and_the_article(desk: CasesDesk) -> None:
    panel = buttons(desk.page(HOUSING, at(slip(desk, "assign"))))
    assert f'class="btn btn-primary" href="{BASE}/k' in panel
    for words in (
        "反馈",
        "由您（区住建局负责人）来做，最晚9月30日（周三）",
        "要填办理情况",
        "可以附证据",
        "由区审计局核查反馈属不属实",
    ):
        assert words in panel, words


def test_whoever_may_not_reads_who_may_and_nothing_is_hidden(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    for unit, moves in {
        HOUSING: ("反馈", "退回改派", "准予延期", "停表", "提级", "撤销立项", "强行了结"),
        AUDIT: ("反馈", "准予延期", "停表"),
    }.items():
        panel = buttons(desk.page(unit, at(case)))
        assert all(move in panel for move in moves), unit
    panel = buttons(desk.page(AUDIT, at(case)))
    assert "由区住建局负责人来做" in panel
    assert "由分管区住建局的领导来做" in panel
    assert 'aria-disabled="true"' in panel
    assert "href=" not in panel


def test_the_doer_reads_why_it_may_not_check_itself(desk: CasesDesk) -> None:
    panel = buttons(desk.page(HOUSING, at(slip(desk, "assign", "report"))))
    assert "由区审计局来做，最晚" in panel


def test_a_case_of_others_is_not_there(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    for part in ("", "print", "report"):
        assert desk.browser(WATER).get(at(case, part)).status_code == 404


@pytest.mark.parametrize("ident", ["k0000000000000", "../../etc", "x", "k1jm0000000000'--", "c1jm0000000000"])
def test_an_id_that_is_guessed_leads_nowhere(desk: CasesDesk, ident: str) -> None:
    assert desk.browser(OFFICE).get(f"{BASE}/{ident}").status_code == 404
    assert desk.browser(OFFICE).get(f"{BASE}/{ident}/report").status_code == 404


def test_a_clock_by_rule_shows_rule_article_due_and_the_whole_sum(desk: CasesDesk) -> None:
    """The third clock, ten working days from Tuesday 15 September 2026: Sunday the 20th is worked, Friday the 25th is not."""
    page = desk.page(AUDIT, at(slip(desk, "assign", "report")))
    clock = page[page.index('id="clock"') : page.index('id="his"')]
    for words in (
        "核查期限",
        "9月29日（周二）",
        "收到反馈后核查，按工作日计",
        "落地督办默认规则第一条",
        "看一步一步的算法",
        "9月28日（周一）至9月29日（周二）：工作日，用去2个工作日，累计10个工作日",
        "从2026年9月15日（周二）起，期限10个工作日；当天不算。",
    ):
        assert words in clock, words


def test_a_written_day_that_stood_still_is_shown_with_what_the_pause_added(desk: CasesDesk) -> None:
    case, town = slip(desk, "assign"), desk.town
    step = actions.move(
        case, "suspend", by=town.actors[OFFICE], answers={"reason": "等停水抢修", "until": "2026-09-20"}
    )
    actions.sign(step, by=town.actors[LEADER])
    page = desk.page(HOUSING, at(case))
    assert "停表中" in page
    assert "9月15日起停表，预计到9月20日：等停水抢修" in page
    with on(9, 21):
        town.move(case, "resume", OFFICE)
        page = desk.page(HOUSING, at(case))
    for words in ("9月15日至9月21日停表：等停水抢修", "期限顺延6天", "10月6日（周二）"):
        assert words in page, words


def test_a_year_without_its_holidays_is_said_to_be_provisional(desk: CasesDesk) -> None:
    with on(12, 28):
        town = desk.town
        case = town.slip(answer_by="2027-03-31")
        town.move(case, "assign", OFFICE)
        town.move(case, "report", HOUSING, answer="办好了")
        page = desk.page(AUDIT, at(case))
    assert "暂算：其中有的年份还没有公布放假安排" in page


def test_the_legal_end_stands_beside_the_planned_one(desk: CasesDesk) -> None:
    case = dispute(desk)
    desk.town.move(case, "agree", HOUSING)
    page = desk.page(HOUSING, at(case))
    assert "10月15日（周四）到期" in page
    assert "法定最晚11月14日（周六）" in page


def test_the_history_is_one_line_with_posts_words_and_files(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    desk.do(HOUSING, case, "report", **{"a-answer": "改造完成13.4公里", "a-evidence": paper()})
    page = desk.page(AUDIT, at(case))
    line = page[page.index('id="his"') :]
    assert line.index("从“交办”到“反馈”") < line.index("从“立项”到“交办”") < line.index("到“立项”")
    for words in (
        "区住建局负责人",
        "办理情况：</span>改造完成13.4公里",
        "核查单.txt",
        "督什么：</span>管网改造逾期",
    ):
        assert words in line, words


def test_a_step_that_waits_for_its_signature_is_signed_from_the_page(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    told = desk.do(OFFICE, case, "suspend", **{"a-reason": "等停水抢修", "a-until": "2026-09-20"})
    assert "等分管区住建局的领导签字" in told
    assert case.state == "assigned"
    step = Step.objects.get(move="suspend")
    assert "这一步是您的岗位提出的" not in told
    assert "由分管区住建局的领导来签" in told
    page = desk.page(LEADER, at(case))
    assert "签字同意" in page
    answer = desk.send(LEADER, at(case, f"sign/{step.id}"), agrees="yes")
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == "suspended"


def test_a_step_not_agreed_to_has_no_effect_and_stays_in_the_history(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    desk.do(OFFICE, case, "suspend", **{"a-reason": "等停水抢修", "a-until": "2026-09-20"})
    step = Step.objects.get(move="suspend")
    assert desk.send(LEADER, at(case, f"sign/{step.id}"), agrees="no").status_code == 302
    case.refresh_from_db()
    assert case.state == "assigned"
    assert "没有同意，不生效" in desk.page(HOUSING, at(case))


def test_whoever_may_not_sign_is_refused_whatever_is_sent(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    desk.do(OFFICE, case, "suspend", **{"a-reason": "等停水抢修", "a-until": "2026-09-20"})
    step = Step.objects.get(move="suspend")
    for unit in (HOUSING, OFFICE, AUDIT):
        assert desk.send(unit, at(case, f"sign/{step.id}"), agrees="yes").status_code == 422
    assert desk.browser(LEADER).post(at(case, f"sign/{step.id}"), {}).status_code == 409
    step.refresh_from_db()
    assert step.signed_at is None
    assert not step.taken_back


def test_the_parties_of_a_dispute_are_read_by_whoever_has_to_do_with_it_and_masked_for_others(
    desk: CasesDesk,
) -> None:
    case = dispute(desk)
    for unit in (HOUSING, OFFICE, AUDIT):
        assert PARTIES in desk.page(unit, at(case))
        assert PARTIES in desk.page(unit, at(case, "print"))
    for part in ("", "print"):
        page = desk.page(LEADER, at(case, part))
        assert PARTIES not in page
        assert "已隐去，只有区住建局、区审计局、区督查室看得见" in page


def test_labels_and_choices_are_those_of_the_playbook(desk: CasesDesk) -> None:
    page = desk.page(HOUSING, at(dispute(desk)))
    assert "<dt>激化的风险</dt><dd>低</dd>" in page
    assert "<dt>哪类纠纷</dt><dd>邻里</dd>" in page


def test_every_duty_stands_with_its_day_its_money_and_what_was_found(desk: CasesDesk) -> None:
    case = performing(desk)
    page = desk.page(AUDIT, at(case))
    table = page[page.index('id="duties"') :]
    for words in ("甲某付清修缮款", "12,000.50元", "10月15日", "未到或未核", "还剩30天"):
        assert words in table, words
    first = next(duty for duty in Duty.objects.filter(case=case) if duty.who == "乙某")
    desk.do(AUDIT, case, "kept", **{"a-duty": first.id, "a-on": "2026-09-15"})
    assert "已履行" in desk.page(HOUSING, at(case))


def test_a_case_about_another_leads_there(desk: CasesDesk) -> None:
    about = slip(desk, "assign")
    case = desk.town.slip(subject=about.id)
    assert f'<a href="{BASE}/{about.id}">督办：管网改造逾期</a>' in desk.page(OFFICE, at(case)).replace(
        ' class=""', ""
    )


def test_a_case_shows_the_slips_about_it_and_the_office_may_open_one(desk: CasesDesk) -> None:
    about = dispute(desk)
    way = f'href="{BASE}/new/supervision?subject={about.id}"'
    assert way in desk.page(OFFICE, at(about))
    assert way not in desk.page(HOUSING, at(about))
    slip_about = desk.town.slip(subject=about.id)
    assert f'href="{at(slip_about)}"' in desk.page(HOUSING, at(about))


def test_an_end_says_as_what_it_counts_and_offers_nothing(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    desk.town.move(case, "terminate", LEADER, reason="项目取消")
    page = desk.page(OFFICE, at(case))
    assert "已经了结：强行了结，算作“强行了结，单独计数”" in page
    assert "现在没有要您做的" in page
    assert "<form" not in buttons(page)


def test_words_that_are_scripts_are_shown_as_words(desk: CasesDesk) -> None:
    script = "<script>alert(1)</script>"
    case = slip(desk, "assign")
    desk.do(HOUSING, case, "report", **{"a-answer": script})
    for part in ("", "print"):
        page = desk.page(AUDIT, at(case, part))
        assert script not in page
        assert "&lt;script&gt;" in page


def test_the_sheet_of_paper_has_every_field_of_the_slip_and_its_course(desk: CasesDesk) -> None:
    page = desk.page(HOUSING, at(slip(desk, "assign", "report"), "print"))
    paper_form = page[page.index("ld-sheetpaper") :]
    for words in (
        "<h1>督办通知单</h1>",
        "编号：990102-260915-0001",
        "奉哪个岗位之命</th>",
        "区政府负责人",
        "区政府第12次常务会议纪要",
        "2026年9月30日",
        "办理情况：改造完成13.4公里",
        "签收单位（盖章）",
    ):
        assert words in paper_form, words


def test_the_page_asks_as_often_for_a_long_history_as_for_a_short_one(desk: CasesDesk) -> None:
    case, town = dispute(desk), desk.town
    town.move(case, "agree", HOUSING)
    town.move(case, "meet", HOUSING, note="双方到场")
    counts = []
    desk.page(HOUSING, at(case))  # whatever is asked only once in a session
    for more in (0, 12):
        for number in range(more):
            with on(9, 16 + number):
                town.move(case, "meet", HOUSING, note=f"第{number + 2}次")
        with CaptureQueriesContext(connection) as asked:
            page = desk.page(HOUSING, at(case))
        counts.append(len(asked))
    assert page.count("从“受理”到“调解中”") == 1
    assert page.count("<b>开调解会</b>") == 13
    assert counts[0] == counts[1]


def test_every_move_of_every_kind_has_a_form_that_opens(desk: CasesDesk) -> None:
    """Walk the playbooks: whatever a move asks, its form is made of it."""
    for case in (slip(desk, "assign"), performing(desk)):
        book: Playbook = playbook_of(case.kind, case.version)
        for unit in (OFFICE, HOUSING, AUDIT, LEADER):
            page = desk.browser(unit).get(at(case))
            for act in page.context["may"]:
                form = text_of(desk.browser(unit).get(act.href))
                assert all(ask.label in form for ask in book.move_named[act.name].asks), act.name


def test_days_are_days_of_shanghai(desk: CasesDesk) -> None:
    case = slip(desk)
    assert case.opened_on == dt.date(2026, 9, 15)
    assert "9月15日10:00" in desk.page(OFFICE, at(case))


# ---- what the office may do with any case


def test_the_office_s_own_acts_stand_folded_with_who_may(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    panel = buttons(desk.page(OFFICE, at(case)))
    assert f'href="{at(case, "merge")}"' in panel
    assert f'href="{at(case, "hand_over")}"' in panel
    others = buttons(desk.page(HOUSING, at(case)))
    assert "并入另一件" in others
    assert "由区督查室来做，您现在的岗位（区住建局负责人）不是。" in others
    assert desk.browser(HOUSING).get(at(case, "merge")).status_code == 409


def test_a_slip_opened_twice_is_merged_leads_to_the_other_and_is_taken_back(desk: CasesDesk) -> None:
    first, second = slip(desk, "assign"), desk.town.slip(subject="c0000000000002")
    told = desk.do(OFFICE, second, "merge", into=first.number, **{"a-reason": "同一件事立了两次"})
    assert "已经了结：已并入另一件，算作“并入另一件，在那一件里计数”" in told
    assert f'href="{at(first)}"' in told
    assert f'href="{at(second)}"' in desk.page(OFFICE, at(first))
    assert "撤回合并" in told
    assert "从“立项”到“已并入另一件”" in told
    desk.do(OFFICE, second, "unmerge", **{"a-reason": "是两件事"})
    assert second.state == "initiated"


def test_a_case_that_is_not_there_cannot_be_merged_into(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    for wrong in ("", "k0000000000000", case.id):
        answer = desk.send(OFFICE, at(case, "merge"), into=wrong, **{"a-reason": "同一件事"})
        assert answer.status_code == 422
        assert 'id="into-fault"' in text_of(answer)


def test_an_ended_case_goes_on_where_it_stood(desk: CasesDesk) -> None:
    case = slip(desk, "assign")
    desk.town.move(case, "withdraw", OFFICE, reason="项目取消")
    desk.do(OFFICE, case, "reopen", **{"a-reason": "项目恢复了"})
    assert case.state == "assigned"
    assert case.closed_at is None


def test_a_case_is_handed_to_another_unit_and_its_page_says_so(desk: CasesDesk) -> None:
    case, town = slip(desk, "assign"), desk.town
    wrong = desk.send(
        OFFICE,
        at(case, "hand_over"),
        unit=town.units[WATER].id,
        post=town.posts[HOUSING].id,
        **{"a-reason": "职责划转"},
    )
    assert 'id="post-fault"' in text_of(wrong)
    told = desk.do(OFFICE, case, "hand_over", unit=town.units[WATER].id, post="", **{"a-reason": "职责划转"})
    assert case.unit_id == town.units[WATER].id
    assert "<b>移交</b>" in told
    assert "反馈" in buttons(desk.page(WATER, at(case)))


# ---- what is hidden, and what is drawn


def test_a_leader_reads_a_sensitive_field_with_a_reason_and_it_is_kept_as_an_event(desk: CasesDesk) -> None:
    case = dispute(desk)
    where = at(case, "unmask/parties")
    assert f'href="{where}"' in desk.page(LEADER, at(case))
    assert PARTIES not in desk.page(LEADER, where)
    refused = desk.browser(LEADER).post(where, {"reason": ""})
    assert refused.status_code == 422
    assert PARTIES not in text_of(refused)
    assert not Event.objects.filter(kind="privacy.unmasked").exists()
    shown = desk.browser(LEADER).post(where, {"reason": "信访包案，核对当事人"})
    assert PARTIES in text_of(shown)
    assert shown["Cache-Control"] == "no-store"
    event = Event.objects.get(kind="privacy.unmasked")
    assert (event.subject, event.post) == (case.id, desk.town.posts[LEADER].id)
    assert PARTIES not in desk.page(LEADER, at(case))


def test_only_sensitive_fields_have_such_a_page(desk: CasesDesk) -> None:
    case = dispute(desk)
    for field in ("sort", "id", "case", "no-such"):
        assert desk.browser(LEADER).get(at(case, f"unmask/{field}")).status_code == 404
    assert desk.browser(WATER).post(at(case, "unmask/parties"), {"reason": "看看"}).status_code == 404


def test_the_strip_of_days_shows_what_counts_and_where_it_ends(desk: CasesDesk) -> None:
    case = slip(desk, "assign", "report")
    with on(9, 22):
        page = desk.browser(AUDIT).get(at(case))
    bar = page.context["clocks"][0].bar
    assert bar.says == "从9月15日到9月29日，共15天，其中算数的10天。"
    assert [cell.fill.removeprefix("ld-f-") for cell in bar.cells] == [
        "well", "ink", "ink", "ink", "well", "ink", "ink", "ink", "going", "going", "well", "well", "well", "going", "going",
    ]  # fmt: skip
    assert [number for number, cell in enumerate(bar.cells) if cell.is_today] == [7]
    assert page.context["clocks"][0].now == "还剩7天（4个工作日）"


def test_the_strip_hatches_the_days_on_which_the_clock_stood_still(desk: CasesDesk) -> None:
    case, town = slip(desk, "assign"), desk.town
    with on(9, 17):
        step = actions.move(
            case, "suspend", by=town.actors[OFFICE], answers={"reason": "等停水", "until": "2026-09-20"}
        )
        actions.sign(step, by=town.actors[LEADER])
    with on(9, 20):
        town.move(case, "resume", OFFICE)
        page = desk.browser(HOUSING).get(at(case))
    cells = page.context["clocks"][0].bar.cells
    assert [number for number, cell in enumerate(cells) if cell.fill == "ld-f-vague"] == [2, 3, 4]
    assert len(cells) == 19
