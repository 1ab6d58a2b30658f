"""A promise's whole life, each rule as a promise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest

from luodi.kernel.commitments import actions
from luodi.kernel.commitments.goals import Goal
from luodi.kernel.commitments.models import Commitment, Said, Standing
from luodi.kernel.documents.models import Judgement
from luodi.kernel.ledger.action import Actor
from luodi.kernel.ledger.models import Event
from tests.kernel.promises import DAY, District, at, founded, refused, ten_by_new_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> Iterator[District]:
    with at(DAY):
        yield founded()


def state(commitment: Commitment) -> str:
    return Commitment.objects.get(pk=commitment.pk).state


def board(commitment: Commitment) -> str:
    return Standing.objects.get(pk=commitment.pk).board


def done(district: District, commitment: Commitment, number: str = "10") -> object:
    return actions.report_done(
        commitment,
        by=district.actor("区教育局"),
        as_of=DAY,
        number=number,
        unit="所",
        evidence=district.kept_file(),
    )


# adopting


def test_adopting_makes_one_event_and_one_row_on_the_board(district: District) -> None:
    statement = district.statement()
    before = Event.objects.count()
    commitment = district.adopt(statement=statement)
    assert Event.objects.count() == before + 1
    assert board(commitment) == "going"
    statement.refresh_from_db()
    assert statement.state == "adopted"
    assert Judgement.objects.get(statement=statement).verdict == "accept"
    assert commitment.targets.get().adopting == statement


def test_a_number_other_than_the_machine_read_is_a_correction_and_the_reading_stays(
    district: District,
) -> None:
    statement = district.statement(number="70")
    commitment = district.adopt(statement=statement)
    assert commitment.targets.get().number == "10"
    assert statement.readings.get().figures.get().number == "70"
    assert Judgement.objects.get(statement=statement).verdict == "correct"


def test_a_damaged_figure_enters_only_when_a_person_confirms_it(district: District) -> None:
    statement = district.statement(damaged=True)
    with refused("damaged"):
        district.adopt(statement=statement)
    assert Commitment.objects.count() == 0
    assert district.adopt(statement=statement, confirmed=True).targets.get().number == "10"


def test_a_damaged_statement_can_be_adopted_without_number_and_day(district: District) -> None:
    assert board(district.adopt(Goal(), district.statement(damaged=True))) == "vague"


def test_a_statement_is_adopted_once(district: District) -> None:
    statement = district.statement()
    district.adopt(statement=statement)
    with refused("already-judged"):
        district.adopt(statement=statement)


def test_a_result_is_no_promise_unless_a_person_says_so(district: District) -> None:
    statement = district.statement(kind="result")
    with refused("not-a-promise"):
        district.adopt(statement=statement)
    district.adopt(statement=statement, confirmed=True)


def test_nobody_adopts_without_a_post(district: District) -> None:
    with refused("no-post"):
        district.adopt(by=Actor(account="w0000000000000"))


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        (Goal(number="十"), "bad-number"),
        (Goal(number="10"), "no-unit"),
        (Goal(number="10", unit="所", approx="nearly"), "bad-approx"),
        (Goal(due_until=DAY), "bad-precision"),
        (Goal(due_since=DAY), "due-order"),
        (Goal(due_since=DAY, due_until=DAY - dt.timedelta(1), due_precision="day"), "due-order"),
    ],
)
def test_a_goal_that_does_not_hold_together_is_refused(district: District, goal: Goal, code: str) -> None:
    with refused(code):
        district.adopt(goal)


def test_money_is_kept_in_yuan(district: District) -> None:
    target = district.adopt(ten_by_new_year(number="0.93", unit="亿元")).targets.get()
    assert (Decimal(target.number), target.unit) == (93_000_000, "元")


def test_an_adoption_can_be_taken_back_and_the_statement_adopted_again(district: District) -> None:
    statement = district.statement()
    first = district.adopt(statement=statement)
    actions.undo_adoption(first, by=district.actor("区督查室"), reason="看错了")
    statement.refresh_from_db()
    assert (state(first), statement.state) == ("undone", "unread")
    district.adopt(statement=statement)


def test_an_adoption_with_a_report_is_not_taken_back(district: District) -> None:
    commitment = district.adopt()
    actions.report_progress(commitment, by=district.actor("区教育局"), as_of=DAY, number=3, unit="所")
    with refused("already-reported"):
        actions.undo_adoption(commitment, by=district.actor("区督查室"), reason="看错了")


def test_a_row_of_the_office_sheet_enters_once(district: District) -> None:
    given = {
        "by": district.actor("区督查室"),
        "file": district.kept_file(),
        "cell": "任务分解表!B7:F7",
        "title": "建成10所幼儿园",
        "lead_unit": district.units["区教育局"],
        "goal": ten_by_new_year(),
    }
    commitment = actions.enter_from_sheet(**given)
    assert commitment.origin_cell == "任务分解表!B7:F7"
    with refused("sent-twice"):
        actions.enter_from_sheet(**given)


# correcting


def test_a_misread_goal_is_corrected_before_anything_is_reported_and_the_old_stays(
    district: District,
) -> None:
    commitment = district.adopt()
    actions.correct(
        commitment, by=district.actor("区督查室"), reason="看错一位", goal=ten_by_new_year(number="12")
    )
    assert [(t.number, t.kind) for t in commitment.targets.order_by("version")] == [
        ("10", "adopted"),
        ("12", "corrected"),
    ]
    assert not Standing.objects.get(pk=commitment.pk).changed


def test_a_goal_is_not_corrected_after_a_report(district: District) -> None:
    commitment = district.adopt()
    actions.report_progress(commitment, by=district.actor("区教育局"), as_of=DAY, number=3, unit="所")
    with refused("already-reported"):
        actions.correct(
            commitment, by=district.actor("区督查室"), reason="其实是3", goal=ten_by_new_year(number="3")
        )


def test_the_doer_does_not_correct_its_own_goal(district: District) -> None:
    with refused("own-promise"):
        actions.correct(
            district.adopt(),
            by=district.actor("区教育局基建科"),
            reason="改",
            goal=ten_by_new_year(number="3"),
        )


def test_lead_and_helpers_are_corrected_and_a_helper_taken_off_stays_a_doer(district: District) -> None:
    commitment = district.adopt(co_units=[district.units["区住建局"]])
    actions.correct(
        commitment,
        by=district.actor("区督查室"),
        reason="分工变了",
        co_units=[],
        leader_post=district.posts["区教育局"],
    )
    done(district, commitment)
    with refused("doer-cannot-verify"):
        actions.verify(commitment, by=district.actor("区住建局"), number=10)


def test_a_unit_that_verified_part_of_it_cannot_be_made_its_doer(district: District) -> None:
    commitment = district.adopt()
    actions.report_progress(commitment, by=district.actor("区教育局"), as_of=DAY, number=3, unit="所")
    actions.verify(commitment, by=district.actor("区审计局"), number=3)
    for unit in ("区审计局", "青岚区人民政府"):
        with refused("judge-cannot-do"):
            actions.correct(
                commitment, by=district.actor("区督查室"), reason="换", lead_unit=district.units[unit]
            )


def test_correcting_nothing_is_refused(district: District) -> None:
    with refused("nothing-changed"):
        actions.correct(
            district.adopt(), by=district.actor("区督查室"), reason="看看", title="年内建成10所幼儿园"
        )


# reporting


def test_only_lead_and_helping_units_report(district: District) -> None:
    commitment = district.adopt(co_units=[district.units["区住建局"]])
    for unit in ("区教育局", "区教育局基建科", "区住建局工程站"):
        actions.report_progress(commitment, by=district.actor(unit), as_of=DAY, number=3, unit="所")
    for unit in ("区审计局", "青岚区人民政府"):
        with refused("not-the-doer"):
            actions.report_progress(commitment, by=district.actor(unit), as_of=DAY, number=3, unit="所")


def test_a_figure_is_not_of_a_day_to_come_nor_older_than_the_last(district: District) -> None:
    commitment, by = district.adopt(), district.actor("区教育局")
    actions.report_progress(commitment, by=by, as_of=DAY, number=3, unit="所")
    with refused("future-day"):
        actions.report_progress(commitment, by=by, as_of=DAY + dt.timedelta(1), number=3, unit="所")
    with refused("older-than-last"):
        actions.report_progress(commitment, by=by, as_of=DAY - dt.timedelta(1), number=3, unit="所")


def test_a_report_counts_in_the_unit_of_the_target(district: District) -> None:
    commitment, by = district.adopt(), district.actor("区教育局")
    with refused("unit-differs"):
        actions.report_progress(commitment, by=by, as_of=DAY, number=6, unit="间")
    with refused("number-needed"):
        actions.report_progress(commitment, by=by, as_of=DAY)


def test_a_report_exactly_at_the_target_is_noted_in_its_event(district: District) -> None:
    commitment = district.adopt()
    actions.report_progress(commitment, by=district.actor("区教育局"), as_of=DAY, number=10, unit="所")
    assert '"equals_target":true' in Event.objects.order_by("-id").first().payload


def test_done_needs_evidence_and_the_whole_target(district: District) -> None:
    commitment, by = district.adopt(), district.actor("区教育局")
    with refused("no-evidence"):
        actions.report_done(commitment, by=by, as_of=DAY, number=10, unit="所")
    with refused("below-target"):
        done(district, commitment, "9")
    done(district, commitment)
    assert (state(commitment), board(commitment)) == ("claimed", "claimed")


def test_done_may_rest_on_a_public_sentence(district: District) -> None:
    commitment = district.adopt()
    actions.link_statement(
        commitment, district.statement(kind="result"), role="claims", by=district.actor("区督查室")
    )
    actions.report_done(commitment, by=district.actor("区教育局"), as_of=DAY, number=10, unit="所")


def test_progress_is_not_reported_once_it_is_claimed_done(district: District) -> None:
    commitment = district.adopt()
    done(district, commitment)
    with refused("impossible-move"):
        actions.report_progress(commitment, by=district.actor("区教育局"), as_of=DAY, number=3, unit="所")


# verifying


@pytest.mark.parametrize("unit", ["区教育局", "区教育局基建科", "青岚区人民政府"])
def test_neither_the_doer_nor_who_stands_above_or_below_verifies(district: District, unit: str) -> None:
    commitment = district.adopt()
    done(district, commitment)
    for verdict in (actions.verify, actions.send_back):
        with refused("doer-cannot-verify"):
            verdict(commitment, by=district.actor(unit), number=10, reason="看过")
    assert state(commitment) == "claimed"


@pytest.mark.parametrize("unit", ["区督查室", "区审计局", "云川市审计局"])
def test_a_unit_that_did_not_do_it_verifies(district: District, unit: str) -> None:
    commitment = district.adopt()
    done(district, commitment)
    actions.verify(commitment, by=district.actor(unit), number=10)
    assert (state(commitment), board(commitment)) == ("kept", "kept")


def test_a_helper_does_not_verify(district: District) -> None:
    commitment = district.adopt(co_units=[district.units["区审计局"]])
    done(district, commitment)
    with refused("doer-cannot-verify"):
        actions.verify(commitment, by=district.actor("区审计局"), number=10)


def test_the_verifier_states_its_own_number_which_may_differ_but_must_reach_the_target(
    district: District,
) -> None:
    commitment = district.adopt()
    done(district, commitment, "12")
    with refused("number-needed"):
        actions.verify(commitment, by=district.actor("区督查室"))
    with refused("below-target"):
        actions.verify(commitment, by=district.actor("区督查室"), number=9)
    assert actions.verify(commitment, by=district.actor("区督查室"), number=11).number == "11"


def test_verified_progress_leaves_it_under_way(district: District) -> None:
    commitment = district.adopt()
    report = actions.report_progress(
        commitment, by=district.actor("区教育局"), as_of=DAY, number=5, unit="所"
    )
    actions.verify(report, by=district.actor("区督查室"), number=4)
    assert state(commitment) == "open"
    with refused("already-judged"):
        actions.verify(report, by=district.actor("区督查室"), number=4)


def test_what_was_sent_back_is_under_way_again_and_not_counted_as_reported(district: District) -> None:
    commitment = district.adopt()
    done(district, commitment)
    with refused("no-reason"):
        actions.send_back(commitment, by=district.actor("区督查室"), reason=" ")
    actions.send_back(commitment, by=district.actor("区督查室"), reason="只看到6所", number=6)
    standing = Standing.objects.get(pk=commitment.pk)
    assert (standing.board, standing.share, standing.reported_on) == ("going", "0", None)
    done(district, commitment)
    actions.verify(commitment, by=district.actor("区督查室"), number=10)
    assert state(commitment) == "kept"


def test_a_finding_is_not_older_than_what_it_judges(district: District) -> None:
    commitment = district.adopt()
    done(district, commitment)
    with refused("before-report"):
        actions.verify(commitment, by=district.actor("区督查室"), number=10, as_of=DAY - dt.timedelta(1))


def test_counter_evidence_opens_a_kept_promise_again(district: District) -> None:
    commitment = district.adopt()
    done(district, commitment)
    actions.verify(commitment, by=district.actor("区督查室"), number=10)
    with refused("no-evidence"):
        actions.reopen(commitment, by=district.actor("区督查室"), reason="有两所没有开门")
    with refused("doer-cannot-verify"):
        actions.reopen(
            commitment, by=district.actor("区教育局"), reason="有两所没有开门", evidence=district.kept_file()
        )
    actions.reopen(
        commitment,
        by=district.actor("区督查室"),
        reason="有两所没有开门",
        evidence=district.kept_file(),
        number=8,
    )
    standing = Standing.objects.get(pk=commitment.pk)
    assert (standing.board, standing.verified_on) == ("going", None)


def test_kept_after_the_due_day_is_late(district: District) -> None:
    commitment = district.adopt(ten_by_new_year(due_until=DAY - dt.timedelta(1)))
    assert board(commitment) == "overdue"
    done(district, commitment)
    actions.verify(commitment, by=district.actor("区督查室"), number=10)
    assert Standing.objects.get(pk=commitment.pk).late


# the plan


def test_a_target_changes_only_by_the_body_that_adopted_it(district: District) -> None:
    commitment, by = district.adopt(), district.actor("区政府办公室")
    lower = ten_by_new_year(number="6")
    with refused("no-paper"):
        actions.change_target(commitment, by=by, goal=lower, reason="资金不足")
    other = district.paper(issuer="区教育局")
    with refused("not-the-body"):
        actions.change_target(commitment, by=by, goal=lower, reason="资金不足", adopting_source=other)
    unknown = district.paper(issuer="")
    with refused("body-unknown"):
        actions.change_target(commitment, by=by, goal=lower, reason="资金不足", adopting_source=unknown)
    same = district.statement(number="6", quote="年内建成6所幼儿园")
    target = actions.change_target(commitment, by=by, goal=lower, reason="资金不足", adopting=same)
    assert (target.version, target.kind, target.body) == (2, "changed", district.units["青岚区人民政府"])
    assert commitment.targets.get(version=1).number == "10"
    assert Standing.objects.get(pk=commitment.pk).changed
    assert Said.objects.get(commitment=commitment, statement=same).role == "changes"


def test_the_doer_does_not_change_its_own_target(district: District) -> None:
    with refused("own-promise"):
        actions.change_target(
            district.adopt(),
            by=district.actor("区教育局"),
            goal=ten_by_new_year(number="6"),
            reason="难",
            adopting_source=district.paper(),
        )


def test_raising_a_target_is_no_weakening(district: District) -> None:
    commitment = district.adopt()
    actions.change_target(
        commitment,
        by=district.actor("区政府办公室"),
        goal=ten_by_new_year(number="12", due_until=dt.date(2026, 11, 30), due_precision="month"),
        reason="加码",
        adopting_source=district.paper(),
    )
    assert not Standing.objects.get(pk=commitment.pk).changed
    assert '"changes":["raised","sooner"]' in Event.objects.order_by("-id").first().payload


def test_a_promise_is_dropped_with_reason_by_others_than_its_doers_and_taken_up_again(
    district: District,
) -> None:
    commitment = district.adopt()
    done(district, commitment)
    with refused("own-promise"):
        actions.drop(commitment, by=district.actor("区教育局"), reason="不办了")
    with refused("no-reason"):
        actions.drop(commitment, by=district.actor("区督查室"), reason="")
    actions.drop(commitment, by=district.actor("区督查室"), reason="规划调整")
    assert board(commitment) == "dropped"
    actions.restore(commitment, by=district.actor("区督查室"), reason="又要办")
    assert state(commitment) == "claimed"


def test_carried_over_it_goes_on_as_a_new_promise_of_the_next_year(district: District) -> None:
    commitment = district.adopt(year=2026, co_units=[district.units["区住建局"]])
    by, later = district.actor("区督查室"), ten_by_new_year(number="4", due_until=dt.date(2027, 6, 30))
    with refused("bad-year"):
        actions.carry_over(commitment, by=by, year=2026, goal=later, reason="没办完")
    with refused("due-not-later"):
        actions.carry_over(commitment, by=by, year=2027, goal=ten_by_new_year(), reason="没办完")
    new = actions.carry_over(commitment, by=by, year=2027, goal=later, reason="没办完")
    commitment.refresh_from_db()
    assert (commitment.state, commitment.carried_to) == ("carried", new)
    assert (board(commitment), board(new)) == ("carried", "going")
    assert [helper.unit.name for helper in new.co_units.all()] == ["区住建局"]


# joining


def test_a_merger_is_taken_back_exactly(district: District) -> None:
    one, other, by = district.adopt(), district.adopt(), district.actor("区督查室")
    done(district, one)
    before = Commitment.objects.filter(pk=one.pk).values().get()
    standing = Standing.objects.filter(pk=one.pk).values().get()
    actions.merge(one, into=other, by=by)
    assert board(one) == "merged"
    actions.unmerge(one, by=by)
    assert Commitment.objects.filter(pk=one.pk).values().get() == before
    assert Standing.objects.filter(pk=one.pk).values().get() == standing


def test_while_merged_it_stands_still_so_that_the_merger_is_taken_back_exactly(district: District) -> None:
    one, other, by = district.adopt(title="甲件"), district.adopt(title="乙件"), district.actor("区督查室")
    link = actions.link_statement(one, district.statement(quote="建成6所"), role="changes", by=by)
    before = Standing.objects.filter(pk=one.pk).values().get()
    actions.merge(one, into=other, by=by)
    actions.drop(other, by=by, reason="不办了")
    sentence = district.statement(quote="建成5所就行")
    with refused("merged-elsewhere") as told:
        actions.link_statement(one, sentence, role="changes", by=by)
    assert "乙件" in told.value.message
    with refused("merged-elsewhere"):
        actions.note_silence(one, district.paper(), by=by)
    with refused("merged-elsewhere"):
        actions.unlink_statement(link, by=by)
    actions.unmerge(one, by=by)
    assert Standing.objects.filter(pk=one.pk).values().get() == before
    assert board(other) == "dropped"
    actions.unlink_statement(link, by=by)
    actions.link_statement(one, sentence, role="changes", by=by)


def test_no_promise_is_merged_into_itself_or_into_one_that_ended(district: District) -> None:
    one, other, by = district.adopt(), district.adopt(), district.actor("区督查室")
    with refused("same-promise"):
        actions.merge(one, into=one, by=by)
    actions.merge(one, into=other, by=by)
    with refused("cannot-take-in"):
        actions.merge(other, into=one, by=by)


def test_a_link_is_taken_back_and_stays_to_be_seen(district: District) -> None:
    commitment, by = district.adopt(), district.actor("区督查室")
    statement = district.statement(quote="建成6所就行")
    link = actions.link_statement(commitment, statement, role="changes", by=by)
    assert Standing.objects.get(pk=commitment.pk).changed
    with refused("already-linked"):
        actions.link_statement(commitment, statement, role="repeats", by=by)
    actions.unlink_statement(link, by=by)
    statement.refresh_from_db()
    assert (statement.state, Said.objects.get(pk=link.pk).undone) == ("unread", True)
    assert not Standing.objects.get(pk=commitment.pk).changed


def test_the_sentence_that_made_it_is_not_taken_off(district: District) -> None:
    with refused("made-it"):
        actions.unlink_statement(district.adopt().said.get(), by=district.actor("区督查室"))


def test_a_later_plan_that_is_silent_marks_it_gone(district: District) -> None:
    commitment, by = district.adopt(), district.actor("区督查室")
    link = actions.note_silence(commitment, district.paper(), by=by)
    assert Standing.objects.get(pk=commitment.pk).gone
    actions.unlink_statement(link, by=by)
    assert not Standing.objects.get(pk=commitment.pk).gone


def test_a_paper_that_speaks_of_it_is_not_silent(district: District) -> None:
    paper = district.paper()
    commitment = district.adopt(statement=district.statement(paper))
    with refused("it-speaks"):
        actions.note_silence(commitment, paper, by=district.actor("区督查室"))


# objecting


def test_an_objection_keeps_its_words_out_of_the_open_part_of_events(district: District) -> None:
    objection = actions.object_to(district.adopt().id, "门口还堆着土，电话13800000000")
    event = Event.objects.order_by("-id").first()
    assert event.kind == "objection.made"
    assert "13800000000" not in event.payload + event.closed
    answered = actions.answer_objection(objection, "已经到场看过", by=district.actor("区督查室"))
    assert answered.state == "answered"
    with refused("already-answered"):
        actions.answer_objection(objection, "再说一遍", by=district.actor("区督查室"))


def test_an_objection_needs_words_and_a_page(district: District) -> None:
    with refused("no-text"):
        actions.object_to(district.adopt().id, " ")
    with refused("no-such-subject"):
        actions.object_to("c0000000000000", "写错了")
