"""Rates with both their sides: what was reported beside what was confirmed, what was left out, and forced ends apart."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from luodi.areas.mediation.playbook import PLAYBOOK as DISPUTE
from luodi.areas.supervision.playbook import PLAYBOOK as SLIP
from luodi.kernel.cases import actions
from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.measures import Number, Period, number, rows
from luodi.kernel.cases.models import Case, Duty
from luodi.kernel.cases.playbook import Measure
from tests.areas.case_town import CaseTown, at, found
from tests.areas.test_mediation import MEDIATORS, settled

pytestmark = pytest.mark.django_db
SEPTEMBER = Period(dt.date(2026, 9, 1), dt.date(2026, 9, 30))
OFFICE, DOER, CHECKS, LEADER = "区督查室", "区住建局", "区审计局", "区政府"
CLOSED = Measure("closed", "评价率", ("evaluated",), ("assign",))


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def of(name: str) -> Measure:
    return next(m for m in (*SLIP.measures, *DISPUTE.measures) if m.name == name)


def measured(measure: Measure | str, period: Period = SEPTEMBER, **more: Any) -> Number:
    wanted = of(measure) if isinstance(measure, str) else measure
    playbook = more.get("playbook", SLIP)
    return number(wanted, playbook, period, more.get("within", Case.objects.all()))


def slips(town: CaseTown, count: int, due: str = "2026-09-25", first: int = 1) -> list[Case]:
    """Assigned on 1 September."""
    with at(9, 1):
        made = [town.slip(subject=f"c{number:013}", answer_by=due) for number in range(first, first + count)]
        return [town.move(case, "assign", OFFICE) for case in made]


def say(town: CaseTown, cases: list[Case], day: int, name: str = "report", unit: str = DOER) -> None:
    field = {"report": "answer", "check": "finding", "refute": "finding"}[name]
    for case in cases:
        with at(9, day):
            town.move(case, name, unit, **{field: "说明"})


def test_the_worked_example_of_reported_and_verified(town: CaseTown) -> None:
    """12 assigned, 10 due in the month; 9 reported, 7 of them in time; 6 accepted, 5 of them in time; 3 returned."""
    cases = slips(town, 10) + slips(town, 2, due="2026-10-20", first=11)
    early, late = cases[:7], cases[7:9]
    say(town, early, 24)
    say(town, late, 28)
    say(town, [*early[:5], late[0]], 29, "check", CHECKS)
    say(town, [*early[5:], late[1]], 29, "refute", CHECKS)
    on_time = measured("on_time")
    assert on_time == Number(among=10, reported=7, counted=5, excluded=0, forced=0, merged=0)
    assert (on_time.raw, on_time.adjusted) == (Fraction(7, 10), Fraction(1, 2))
    for case in cases[:6]:
        if Case.objects.get(pk=case.id).state == "checked":
            with at(9, 30):
                town.move(case, "conclude", OFFICE, conclusion="办结")
    closure = measured("concluded")
    assert (closure.among, closure.counted) == (12, 5)
    lists = rows(of("on_time"), SLIP, SEPTEMBER, Case.objects.all())
    assert {row.id for row in lists.filter(is_counted=True)} == {case.id for case in early[:5]}


def test_each_measure_is_one_question(town: CaseTown, django_assert_num_queries: Any) -> None:
    slips(town, 1)
    for name in ("on_time", "concluded"):
        with django_assert_num_queries(1):
            measured(name)
    with django_assert_num_queries(1):
        measured("performed", playbook=DISPUTE)


def test_forced_and_withdrawn_ends_are_taken_out_in_sight_and_merged_ones_are_counted_elsewhere(
    town: CaseTown,
) -> None:
    done, forced, withdrawn, merged, running = slips(town, 5)
    say(town, [done, forced], 20)
    say(town, [done, forced], 21, "check", CHECKS)
    with at(9, 22):
        town.move(done, "conclude", OFFICE, conclusion="办结")
        town.move(forced, "conclude", OFFICE, conclusion="办结")
        town.move(forced, "terminate", LEADER, reason="不再办")
        town.move(withdrawn, "withdraw", OFFICE, reason="重复")
        actions.merge(merged, into=running, by=town.actors[OFFICE], reason="同一件")
    told = measured("concluded")
    assert told == Number(among=4, reported=2, counted=1, excluded=2, forced=1, merged=1)
    assert (told.raw, told.adjusted, told.excluded_share) == (Fraction(1, 2),) * 3


def test_what_was_reopened_has_not_ended_and_what_ends_later_is_not_yet_counted(town: CaseTown) -> None:
    reopened, later = slips(town, 2)
    say(town, [reopened, later], 20)
    say(town, [reopened, later], 21, "check", CHECKS)
    with at(9, 22):
        for case in (reopened, later):
            town.move(case, "conclude", OFFICE, conclusion="办结")
            town.move(case, "accept", DOER)
        town.move(reopened, "evaluate", OFFICE, grade="good")
    assert measured(CLOSED).counted == 1
    with at(9, 29):
        actions.reopen(reopened, by=town.actors[OFFICE], reason="群众反映没有修好")
    with at(10, 2):
        town.move(later, "evaluate", OFFICE, grade="good")
    assert measured(CLOSED).counted == 0
    assert measured(CLOSED, Period(dt.date(2026, 9, 1), dt.date(2026, 10, 31))).counted == 1
    assert measured(CLOSED, Period(dt.date(2026, 9, 1), dt.date(2026, 9, 28))).counted == 1


def test_a_move_that_waits_for_a_signature_or_was_taken_back_does_not_count(town: CaseTown) -> None:
    slips(town, 1)
    case = Case.objects.get()
    paused = Measure("paused", "停表率", ("suspend",), ("assign",))
    with at(9, 10):
        town.move(case, "suspend", OFFICE, reason="等批复", until="2026-09-22")
        assert measured(paused).counted == 0
        waiting = case.steps.get(move="suspend")
        actions.sign(waiting, by=town.actors[LEADER])
        assert measured(paused).counted == 1


def test_what_was_settled_and_failed_in_the_end_has_failed(town: CaseTown) -> None:
    case = settled(town)
    assert measured("settled", playbook=DISPUTE).raw == 1
    with at(9, 10):
        town.move(case, "file", MEDIATORS, court="青岚区人民法院")
        town.move(case, "rejected", MEDIATORS, note="一项不能调解")
        town.move(case, "fail", MEDIATORS, note="一方不再来")
    assert measured("settled", playbook=DISPUTE).raw == 0


def test_performance_is_what_was_kept_by_its_day_of_all_that_was_due(town: CaseTown) -> None:
    case = settled(town, [{"who": "甲某", "does": f"第{n}期", "due": f"2026-09-{n:02}"} for n in (8, 16, 22)])
    in_time, late, _ = Duty.objects.filter(case=case).order_by("due_on")
    with at(9, 23):
        town.move(case, "perform", MEDIATORS)
        town.move(case, "kept", CHECKS, duty=in_time.id, on="2026-09-08")
        town.move(case, "kept", CHECKS, duty=late.id, on="2026-09-21")
    told = measured("performed", playbook=DISPUTE)
    assert told == Number(among=3, reported=2, counted=1, excluded=0, forced=0, merged=0)
    october = Period(dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    assert measured("performed", october, playbook=DISPUTE).raw is None


def test_a_reader_counts_what_it_may_see(town: CaseTown) -> None:
    slips(town, 2)
    assert measured("concluded", within=visible_to(town.actors[DOER])).among == 2
    assert measured("concluded", within=visible_to(town.actors["区水利局"])).among == 0
