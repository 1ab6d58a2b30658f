"""A slip from its order to its evaluation: each step by who may, every clock by its rule, and nobody checks themselves."""

from __future__ import annotations

import datetime as dt

import pytest

from luodi.areas.supervision.models import Slip
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, CaseClock, DueItem, Pause, Step
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from tests.areas.case_town import CaseTown, at, found, refused
from tests.database import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def clock(case: Case, name: str) -> CaseClock:
    return CaseClock.objects.get(case=case, name=name)


def light(case: Case) -> list[tuple[str, str]]:
    return list(DueItem.objects.filter(subject=case.id).order_by("name").values_list("name", "light"))


def reported(town: CaseTown) -> Case:
    case = town.slip()
    town.move(case, "assign", "区督查室")
    return town.move(case, "report", "区住建局", answer="改造完成13.4公里")


def concluded(town: CaseTown) -> Case:
    case = reported(town)
    town.move(case, "check", "区审计局", finding="现场核对属实")
    return town.move(case, "conclude", "区督查室", conclusion="已经办结")


def test_a_slip_goes_from_its_order_to_its_evaluation(town: CaseTown) -> None:
    with at(9, 15):
        case = town.slip()
        assert case.number == "990102-260915-0001"
        assert (case.state, case.planned_due) == ("initiated", dt.date(2026, 9, 30))
        town.move(case, "assign", "区督查室")
    with at(9, 22):
        town.move(case, "report", "区住建局", answer="改造完成13.4公里")
        assert case.planned_due == clock(case, "check").due_on == dt.date(2026, 10, 13)
    with at(9, 23):
        town.move(case, "check", "区审计局", finding="现场核对属实")
        town.move(case, "conclude", "区督查室", conclusion="已经办结")
        assert clock(case, "contest").due_on == dt.date(2026, 10, 23)
    with at(10, 26):
        town.move(case, "evaluate", "区督查室", grade="good")
    assert (case.state, case.outcome) == ("evaluated", "done")
    assert case.closed_at is not None
    assert case.planned_due is None
    assert light(case) == []
    slip = Slip.objects.get(case=case)
    assert (slip.ordered_by, slip.conclusion) == (town.posts["区政府"], "已经办结")


def test_every_move_leaves_exactly_one_event_and_one_line_of_history(town: CaseTown) -> None:
    with at(9, 15):
        case = concluded(town)
    events = list(Event.objects.filter(subject=case.id).order_by("id").values_list("kind", flat=True))
    assert events == ["case.opened", *["case.moved"] * 4]
    moves = list(Step.objects.filter(case=case).order_by("id").values_list("move", flat=True))
    assert moves == ["initiate", "assign", "report", "check", "conclude"]


def test_verify_rebuilds_cases_from_their_events(town: CaseTown) -> None:
    with at(9, 15):
        case = concluded(town)
        town.move(case, "rectify", "区督查室", matter="补齐档案", rectify_by="2026-10-15")
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_the_unit_that_did_the_work_does_not_check_it(town: CaseTown) -> None:
    with at(9, 15):
        case = reported(town)
        with refused("other-party"):
            town.move(case, "check", "区住建局", finding="属实")
        with refused("other-party"):
            town.move(case, "check", "区督查室", finding="属实")
        assert case.state == "reported"


def test_whoever_did_the_work_neither_concludes_nor_evaluates_it(town: CaseTown) -> None:
    """The office may do a thing itself; then another post of the office says that it is done."""
    with at(9, 1):
        accounts.grant(town.posts["区住建局"], "office", scope=None, by=SYSTEM)
    with at(9, 15):
        case = reported(town)
        town.move(case, "check", "区审计局", finding="属实")
        with refused("own-work"):
            town.move(case, "conclude", "区住建局", conclusion="属实")
        town.move(case, "conclude", "区督查室", conclusion="属实")
        town.move(case, "accept", "区住建局")
        with refused("own-work"):
            town.move(case, "evaluate", "区住建局", grade="good")
        town.move(case, "evaluate", "区督查室", grade="good")
    assert case.state == "evaluated"


def test_an_answer_that_does_not_hold_goes_back_with_its_first_deadline(town: CaseTown) -> None:
    with at(9, 15):
        case = reported(town)
        town.move(case, "refute", "区审计局", finding="少了三公里")
    assert case.state == "assigned"
    assert case.planned_due == dt.date(2026, 9, 30)


def test_there_is_one_open_slip_a_subject(town: CaseTown) -> None:
    with at(9, 15):
        first = town.slip()
        with refused("open-already") as caught:
            town.slip()
        assert first.number in caught.value.message
        town.slip(subject="c0000000000002")
        town.move(first, "withdraw", "区督查室", reason="重复")
        assert town.slip().number == "990102-260915-0003"


def test_a_conclusion_may_be_contested_once(town: CaseTown) -> None:
    with at(9, 15):
        case = concluded(town)
        town.move(case, "contest", "区住建局", reason="数字有误")
        assert clock(case, "review").due_on == dt.date(2026, 10, 15)
        town.move(case, "answer_review", "区督查室", answer="维持")
        with refused("no-more"):
            town.move(case, "contest", "区住建局", reason="再来")


def test_a_pause_needs_a_second_hand_and_moves_the_written_day(town: CaseTown) -> None:
    with at(9, 16):
        case = town.slip()
        town.move(case, "assign", "区督查室")
        town.move(case, "suspend", "区督查室", reason="等上级批复", until="2026-09-22")
        assert (case.state, light(case)) == ("assigned", [("answer", "green")])
        waiting = Step.objects.get(case=case, move="suspend")
        with refused("other-party"):
            actions.sign(waiting, by=town.actors["区住建局"])
        actions.sign(waiting, by=town.actors["区政府"])
        case.refresh_from_db()
        assert (case.state, case.planned_due, light(case)) == (
            "suspended",
            None,
            [("answer", "paused"), ("pause", "green")],
        )
        assert Pause.objects.get(case=case).reason == "等上级批复"
    with at(9, 22):
        town.move(case, "resume", "区督查室")
    assert (case.state, case.planned_due) == ("assigned", dt.date(2026, 10, 6))


def test_a_pause_that_is_not_agreed_to_never_was(town: CaseTown) -> None:
    with at(9, 16):
        case = town.slip()
        town.move(case, "assign", "区督查室")
        town.move(case, "suspend", "区督查室", reason="等上级批复", until="2026-09-22")
        actions.sign(Step.objects.get(case=case, move="suspend"), by=town.actors["区政府"], agrees=False)
        case.refresh_from_db()
        assert case.state == "assigned"
        town.move(case, "suspend", "区督查室", reason="再提一次", until="2026-09-22")


def test_an_extension_is_granted_once_and_only_to_a_later_day(town: CaseTown) -> None:
    with at(9, 16):
        case = town.slip()
        town.move(case, "assign", "区督查室")
        with refused("not-later"):
            town.move(case, "extend", "区督查室", reason="天气", until="2026-09-30")
        town.move(case, "extend", "区督查室", reason="天气", until="2026-10-15")
        assert case.planned_due == dt.date(2026, 10, 15)
        with refused("no-more"):
            town.move(case, "extend", "区督查室", reason="天气", until="2026-10-30")


def test_it_is_lifted_level_by_level_to_the_top(town: CaseTown) -> None:
    with at(9, 16):
        case = town.slip()
        town.move(case, "assign", "区督查室")
        for level in (2, 3, 4):
            assert town.move(case, "escalate", "区督查室").level == level
        with refused("top-level"):
            town.move(case, "escalate", "区督查室")


def test_closing_by_force_is_another_end_and_counted_apart(town: CaseTown) -> None:
    with at(9, 16):
        case = reported(town)
        with refused("other-party"):
            town.move(case, "terminate", "区督查室", reason="不办了")
        town.move(case, "terminate", "区政府", reason="机构撤销")
    assert (case.state, case.outcome) == ("terminated", "forced")


def test_lights_turn_with_the_day_and_a_second_tick_does_nothing(town: CaseTown) -> None:
    with at(9, 15):
        case = town.slip()
        town.move(case, "assign", "区督查室")
        assert light(case) == [("answer", "green")]
    with at(9, 30):
        assert actions.tick() == 1
        assert light(case) == [("answer", "amber")]
        assert actions.tick() == 0
    with at(10, 1):
        assert actions.tick() == 1
        assert light(case) == [("answer", "red")]
        assert actions.tick() == 0


def test_what_is_asked_must_be_answered_and_each_fault_is_told(town: CaseTown) -> None:
    with at(9, 15), refused("bad-answers") as caught:
        town.slip(order_paper=" ", answer_by="月底", colour="red")
    assert set(caught.value.fields) == {"order_paper", "answer_by", "colour"}  # type: ignore[attr-defined]
    assert Case.objects.count() == 0


def test_who_was_slower_is_told_and_nothing_is_written(town: CaseTown) -> None:
    with at(9, 15):
        case = reported(town)
        with refused("changed-meanwhile"):
            actions.move(case, "report", by=town.actors["区住建局"], answers={"answer": "x"}, seen="assigned")
        assert Step.objects.filter(case=case, move="report").count() == 1


def test_a_deadline_before_today_is_refused(town: CaseTown) -> None:
    with at(9, 15), refused("day-passed"):
        town.slip(answer_by="2026-09-14")


def test_free_text_is_encrypted_in_the_event(town: CaseTown) -> None:
    with at(9, 15):
        case = reported(town)
    told = "".join(
        payload + closed
        for payload, closed in Event.objects.filter(subject=case.id).values_list("payload", "closed")
    )
    assert "改造完成13.4公里" not in told
    assert "管网改造逾期" not in told


def test_a_move_asks_the_database_a_bounded_number_of_questions(
    town: CaseTown, django_assert_max_num_queries: object
) -> None:
    with at(9, 15):
        case = reported(town)
        with django_assert_max_num_queries(30):  # type: ignore[operator]
            actions.move(case, "check", by=town.actors["区审计局"], answers={"finding": "属实"})


def test_a_conclusion_is_contested_within_thirty_days_and_no_later(town: CaseTown) -> None:
    for last, code in ((22, ""), (24, "too-late")):
        with at(9, 1):
            case = town.move(town.slip(f"c00000000000{last}"), "assign", "区督查室")
        with at(9, 23):
            town.move(case, "report", "区住建局", answer="已经通水")
            town.move(case, "check", "区审计局", finding="属实")
            town.move(case, "conclude", "区督查室", conclusion="属实")
        with at(10, last):
            if code:
                with refused(code):
                    town.move(case, "contest", "区住建局", reason="数字有误")
            else:
                town.move(case, "contest", "区住建局", reason="数字有误")


def on_the_23rd(town: CaseTown, subject: str = "c0000000000001") -> Case:
    """A slip concluded on 23 September: a review may be asked for until 23 October."""
    with at(9, 1):
        case = town.move(town.slip(subject), "assign", "区督查室")
    with at(9, 23):
        town.move(case, "report", "区住建局", answer="已经通水")
        town.move(case, "check", "区审计局", finding="属实")
        return town.move(case, "conclude", "区督查室", conclusion="属实")


def test_nothing_is_evaluated_while_the_unit_may_still_contest(town: CaseTown) -> None:
    case = on_the_23rd(town)
    assert case.version == 2
    for month, day in ((9, 23), (10, 23)):
        with at(month, day), refused("too-early") as told:
            town.move(case, "evaluate", "区督查室", grade="good")
        assert "申请复核" in told.value.message
        case.refresh_from_db()
        assert (case.state, case.closed_at) == ("concluded", None)
    with at(10, 24):
        town.move(case, "evaluate", "区督查室", grade="good")
    assert case.outcome == "done"


def test_a_conclusion_that_was_accepted_is_evaluated_at_once_and_no_longer_contested(town: CaseTown) -> None:
    case = on_the_23rd(town)
    with at(9, 24):
        with refused("other-party"):
            town.move(case, "accept", "区督查室")
        town.move(case, "accept", "区住建局")
        assert (case.state, case.planned_due) == ("accepted", None)
        with refused("not-from-here"):
            town.move(case, "contest", "区住建局", reason="数字有误")
        town.move(case, "evaluate", "区督查室", grade="fair")
    assert (case.state, case.outcome) == ("evaluated", "done")


def test_an_accepted_conclusion_may_still_be_rectified(town: CaseTown) -> None:
    case = on_the_23rd(town)
    with at(9, 24):
        town.move(case, "accept", "区住建局")
        town.move(case, "rectify", "区督查室", matter="补上两处", rectify_by="2026-10-09")
    assert (case.state, case.planned_due) == ("rectifying", dt.date(2026, 10, 9))


def test_once_a_review_is_answered_nobody_waits_for_the_rest_of_the_term(town: CaseTown) -> None:
    case = on_the_23rd(town)
    with at(9, 25):
        town.move(case, "contest", "区住建局", reason="数字有误")
    with at(9, 28):
        town.move(case, "answer_review", "区督查室", answer="维持")
        town.move(case, "evaluate", "区督查室", grade="poor")
    assert case.outcome == "done"


def test_slips_under_way_stay_as_they_began_and_are_moved_without_loss(town: CaseTown) -> None:
    case = on_the_23rd(town)
    with unguarded():
        Case.objects.filter(pk=case.pk).update(version=1)  # as one that began before
    with at(9, 24):
        with refused("no-such-move"):
            town.move(case, "accept", "区住建局")
        actions.move_to_version(case, 2, by=town.actors["区督查室"])
        case.refresh_from_db()
        assert (case.version, case.state) == (2, "concluded")
        assert clock(case, "contest").due_on == dt.date(2026, 10, 23)
        with refused("too-early"):
            town.move(case, "evaluate", "区督查室", grade="good")
        town.move(case, "accept", "区住建局")
    first = on_the_23rd(town, "c0000000000002")
    with unguarded():
        Case.objects.filter(pk=first.pk).update(version=1)
    with at(9, 25):
        town.move(first, "evaluate", "区督查室", grade="good")
    assert first.outcome == "done", "the first version is what it was"


def test_a_suspension_is_no_longer_than_the_rule_and_its_end_is_due(town: CaseTown) -> None:
    with at(9, 1):
        case = town.move(town.slip(), "assign", "区督查室")
        for until, code in (("2027-06-30", "pause-too-long"), ("2026-08-31", "day-passed")):
            with refused(code):
                town.move(case, "suspend", "区督查室", reason="等汛期过去", until=until)
        step = actions.move(
            case,
            "suspend",
            by=town.actors["区督查室"],
            answers={"reason": "等汛期过去", "until": "2026-09-11"},
        )
        actions.sign(step, by=town.actors["区政府"])
    due = {item.name: item for item in DueItem.objects.filter(subject=case.id)}
    assert (due["answer"].light, due["pause"].light) == ("paused", "green")
    assert (due["pause"].due_on, due["pause"].unit.name) == (dt.date(2026, 9, 11), "区督查室")
    with at(9, 12):
        actions.tick()
        assert DueItem.objects.get(subject=case.id, name="pause").light == "red"
        town.move(case, "resume", "区督查室")
    assert set(DueItem.objects.filter(subject=case.id).values_list("name", flat=True)) == {"answer"}
