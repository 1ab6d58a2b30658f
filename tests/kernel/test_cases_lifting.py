"""What stays overdue is lifted by rule, level by level, once each, by one of two at once, reading only what is due."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models.sql.compiler import SQLCompiler

from luodi.areas.supervision.playbook import PLAYBOOK as SLIP
from luodi.kernel.cases import actions
from luodi.kernel.cases.lifting import ESCALATE_AFTER, Late, lifts_at, load_of
from luodi.kernel.cases.models import Case, DueItem, Step
from luodi.kernel.clocks.now import SHANGHAI
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.rules import lookups
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.reading import rule_of
from tests.areas.case_town import CaseTown, at, found
from tests.kernel.small_kinds import PERMIT, known, permit
from tests.kernel.test_two_writers import one_after_the_other

OFFICE = "区督查室"


def rule(days: int, *, values: dict[str, int] | None = None, **applies_to: list[str]) -> Any:
    return rule_of(
        {
            **(values or {}),
            "name": ESCALATE_AFTER,
            "title": "提级",
            "source_title": "甲",
            "article": "一",
            "evidence": "⚙",
            "effective_from": dt.date(2020, 1, 1),
            "days": days,
            "applies_to": applies_to,
        }
    )


def moment(day: int) -> dt.datetime:
    return dt.datetime(2026, 9, day, tzinfo=SHANGHAI)


def lifted_on(level: int, *rules: Any, state: str = "assigned", clock: str = "answer") -> int | None:
    when = lifts_at(Late(clock, "supervision", state, level, moment(1), moment(10)), SLIP, RuleBook(rules))
    return when.astimezone(SHANGHAI).day if when else None


def test_each_level_has_its_days_after_the_end_of_the_limit() -> None:
    assert [lifted_on(level, rule(3)) for level in (1, 2, 3, 4)] == [13, 16, 19, None], "four is the top"
    own = rule(5, level=["2"])
    assert [lifted_on(level, rule(3), own) for level in (1, 2, 3)] == [13, 18, 21]


def test_where_a_unit_has_much_overdue_fewer_days_are_given() -> None:
    loaded = rule(3, values={"load": 2, "days_loaded": 1})
    late = Late("answer", "supervision", "assigned", 2, moment(1), moment(10))
    days = [
        lifts_at(late, SLIP, RuleBook([loaded]), is_loaded=known_load) for known_load in (None, True, False)
    ]
    assert [day and (day - moment(10)).days for day in days] == [2, 2, 6]
    assert (load_of(late, RuleBook([loaded])), load_of(late, RuleBook([rule(3)]))) == (2, None)


def test_without_a_rule_or_where_the_system_may_not_nothing_is_lifted() -> None:
    assert lifted_on(1) is None
    assert lifted_on(1, rule(3, kind=["mediation"])) is None
    assert lifted_on(1, rule(3), state="reported") is None
    assert lifted_on(1, rule(3), clock="z0000000000000") is None, "a duty is no clock of the case"


@pytest.fixture
def town(data_folder: object, db: None) -> Iterator[CaseTown]:
    with known(PERMIT):
        yield found()


def assigned(town: CaseTown, number: int = 1) -> Case:
    """A slip to be answered by 30 September; by rule it is lifted every three days after."""
    with at(9, 15):
        return town.move(town.slip(subject=f"c{number:013}"), "assign", OFFICE)


def level_of(case: Case) -> tuple[int, int]:
    return Case.objects.get(pk=case.id).level, DueItem.objects.get(subject=case.id).level


def test_an_overdue_slip_is_lifted_every_three_days_to_the_top(town: CaseTown) -> None:
    case = assigned(town)
    with at(10, 1):
        assert (actions.tick(), level_of(case)) == (1, (1, 1))
    for day, level in ((3, 1), (4, 2), (7, 3), (10, 4), (20, 4)):
        with at(10, day):
            actions.tick()
            assert level_of(case) == (level, level), f"on the {day}th"
            assert actions.tick() == 0
    made = Step.objects.filter(case=case, move="escalate")
    assert [(step.post, step.from_state, step.to_state) for step in made] == [
        (None, "assigned", "assigned")
    ] * 3
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_after_a_long_silence_all_levels_are_made_up_each_as_an_event(town: CaseTown) -> None:
    case = assigned(town)
    before = Event.objects.filter(subject=case.id).count()
    with at(10, 20):
        assert actions.tick() == 4  # the light, and three levels
    events = list(Event.objects.filter(subject=case.id).order_by("id"))[before:]
    assert [json.loads(event.payload)["data"]["level"] for event in events] == [2, 3, 4]


def test_what_moved_on_is_not_lifted(town: CaseTown) -> None:
    case = assigned(town)
    with at(10, 2):
        actions.tick()
        town.move(case, "report", "区住建局", answer="办好了")
    with at(10, 20):
        actions.tick()
    assert Case.objects.get(pk=case.id).level == 1


def test_what_goes_back_to_a_limit_long_past_is_lifted_by_it(town: CaseTown) -> None:
    case = assigned(town)
    with at(9, 30):
        town.move(case, "report", "区住建局", answer="办好了")
    with at(10, 5):
        town.move(case, "refute", "区审计局", finding="没有办")
        assert actions.tick() == 1
    assert level_of(case) == (2, 2)


def test_a_kind_without_a_rule_only_turns_red(town: CaseTown) -> None:
    with at(9, 15):
        case = permit(town)
    with at(10, 20):
        actions.tick()
        assert DueItem.objects.get(subject=case.id).turns_at is None
    assert level_of(case) == (1, 1)


def test_a_tick_reads_at_most_five_rows_a_due_clock(town: CaseTown, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 7):
        assigned(town, number)
    with at(10, 1):
        actions.tick()
    read = []
    results = SQLCompiler.results_iter

    def counted(self: SQLCompiler, *args: Any, **more: Any) -> Iterator[Any]:
        for row in results(self, *args, **more):
            read.append(row)
            yield row

    monkeypatch.setattr(SQLCompiler, "results_iter", counted)
    with at(10, 4):
        assert actions.tick() == 6
    assert 6 <= len(read) <= 5 * 6


def test_much_overdue_at_one_unit_is_lifted_sooner_than_little(
    town: CaseTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = rule(3, values={"load": 2, "days_loaded": 1}, kind=["supervision"])
    others = [each for each in lookups._defaults if each.name != ESCALATE_AFTER]
    monkeypatch.setattr(lookups, "_defaults", [*others, loaded])
    first = assigned(town)
    with at(10, 1):
        actions.tick()
    with at(10, 2):
        assert actions.tick() == 1  # asked, found alone, put off
        assert level_of(first) == (1, 1)
        assert actions.tick() == 0
    second = assigned(town, 2)
    with at(10, 3):
        actions.tick()
        assert level_of(second)[0] == 3, "two are overdue, for more than two days"
        assert level_of(first)[0] == 1, "it was asked yesterday, and is asked again on its day"
    with at(10, 4):
        actions.tick()
        assert level_of(first)[0] == 4


def test_of_two_ticks_at_once_one_lifts(committed_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town = found()
    case = assigned(town)
    with at(10, 1):
        actions.tick()

    def tick() -> int:
        with at(10, 4):
            return actions.tick()

    assert one_after_the_other(monkeypatch, tick, tick) == [None, None]
    assert level_of(case) == (2, 2)
    assert Step.objects.filter(case=case, move="escalate").count() == 1
    assert [str(finding) for finding in verify(committed_database) if finding.is_wrong] == []
