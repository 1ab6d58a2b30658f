"""Random lives of promises: legal and illegal acts in any order. What must hold, holds after each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from luodi.kernel.commitments import actions, board
from luodi.kernel.commitments.acts.ground import doers_of
from luodi.kernel.commitments.board import Choice
from luodi.kernel.commitments.goals import Goal
from luodi.kernel.commitments.independence import in_line_with
from luodi.kernel.commitments.models import Commitment, Report, Standing, Target, Verification
from luodi.kernel.commitments.standing import standings_of
from luodi.kernel.commitments.states import WORDS, allowed
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from tests.depth import is_deep
from tests.kernel.promises import DAY, UNITS, District, at, founded, ten_by_new_year

pytestmark = pytest.mark.django_db

# the likely ones more often, so that lives get beyond their first refusal
units = st.sampled_from(["区督查室", "区教育局", "区督查室", "区教育局", *sorted(UNITS)])
leads = st.sampled_from(["区教育局", "区教育局", "区教育局", *sorted(UNITS)])
which = st.integers(0, 3)
numbers = st.sampled_from(["10", "12", "10000", "10", "3", "9.5", "x"])
goals = st.builds(
    ten_by_new_year,
    number=st.sampled_from(["10", "4", "12", None]),
    approx=st.sampled_from(["", "", "about", "at_most"]),
    due_until=st.sampled_from([None, DAY - dt.timedelta(3), DAY + dt.timedelta(3), dt.date(2027, 6, 30)]),
)


class Lives(RuleBasedStateMachine):
    """Acts of random units on random promises. A refused act must leave no trace."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.day = DAY
        self.merged: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    @initialize()
    def found(self) -> None:
        with at(DAY):
            self.district: District = founded()
            for _ in range(3):
                self.district.adopt(year=2026)

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Do it now; where it is refused, nothing may have been written."""
        before = Event.objects.count()
        with at(self.day):
            try:
                with transaction.atomic():
                    done = act()
            except Refusal:
                assert Event.objects.count() == before
                return None
        assert Event.objects.count() == before + 1
        return done

    def pick(self, index: int, move: str = "") -> Commitment:
        """Mostly one for which the move is possible; with the index 3, any."""
        rows = list(Commitment.objects.order_by("-pk"))
        if move and index != 3:
            rows = [row for row in rows if allowed(move, row.state)] or rows
        return rows[index % len(rows)]

    def actor(self, unit: str) -> Any:
        return self.district.actor(unit)

    @rule(unit=units, lead=leads, goal=goals, helper=units, damaged=st.booleans(), confirmed=st.booleans())
    def adopt(self, unit: str, lead: str, goal: Goal, helper: str, damaged: bool, confirmed: bool) -> None:
        rows = self.district.units
        with at(self.day):
            statement = self.district.statement(damaged=damaged)
        self.attempt(
            lambda: self.district.adopt(
                goal,
                statement,
                by=self.actor(unit),
                lead_unit=rows[lead],
                co_units=[rows[helper]],
                confirmed=confirmed,
                year=2026,
            )
        )

    @rule(index=which, unit=units, number=numbers, back=st.integers(-1, 2))
    def report(self, index: int, unit: str, number: str, back: int) -> None:
        as_of = self.day - dt.timedelta(back)
        self.attempt(
            lambda: actions.report_progress(
                self.pick(index, "report_progress"),
                by=self.actor(unit),
                as_of=as_of,
                number=number,
                unit="所",
            )
        )

    @rule(index=which, way=st.integers(1, 4))
    def go_on_well(self, index: int, way: int) -> None:
        """The way a promise ought to go, or the beginning of it."""
        row, office = self.pick(index, "report_done"), self.actor("区督查室")
        doer = self.actor(row.lead_unit.name)
        with at(self.day):
            file = self.district.kept_file()
        steps = [
            lambda: actions.report_done(row, by=doer, as_of=self.day, number=10, unit="所", evidence=file),
            lambda: actions.verify(row, by=office, number=10),
            lambda: actions.reopen(row, by=office, reason="又坏了", evidence=file),
            lambda: actions.drop(row, by=office, reason="不办了"),
        ]
        for step in steps[:way]:
            self.attempt(step)

    @rule(index=which, unit=units, number=numbers, evident=st.booleans())
    def report_done(self, index: int, unit: str, number: str, evident: bool) -> None:
        with at(self.day):
            file = self.district.kept_file() if evident else None
        self.attempt(
            lambda: actions.report_done(
                self.pick(index, "report_done"),
                by=self.actor(unit),
                as_of=self.day,
                number=number,
                unit="所",
                evidence=file,
            )
        )

    @rule(index=which, unit=units, number=numbers)
    def verify(self, index: int, unit: str, number: str) -> None:
        self.attempt(
            lambda: actions.verify(self.pick(index, "verify_done"), by=self.actor(unit), number=number)
        )

    @rule(index=which, unit=units)
    def send_back(self, index: int, unit: str) -> None:
        self.attempt(
            lambda: actions.send_back(
                self.pick(index, "send_back_done"), by=self.actor(unit), reason="没有看到"
            )
        )

    @rule(index=which, unit=units, evident=st.booleans())
    def reopen(self, index: int, unit: str, evident: bool) -> None:
        with at(self.day):
            file = self.district.kept_file() if evident else None
        self.attempt(
            lambda: actions.reopen(
                self.pick(index, "reopen"), by=self.actor(unit), reason="又坏了", evidence=file
            )
        )

    @rule(index=which, unit=units, lead=leads, helper=units)
    def correct(self, index: int, unit: str, lead: str, helper: str) -> None:
        rows = self.district.units
        self.attempt(
            lambda: actions.correct(
                self.pick(index, "correct"),
                by=self.actor(unit),
                reason="改",
                lead_unit=rows[lead],
                co_units=[rows[helper]],
            )
        )

    @rule(index=which, unit=units, goal=goals)
    def change_target(self, index: int, unit: str, goal: Goal) -> None:
        with at(self.day):
            paper = self.district.paper()
        self.attempt(
            lambda: actions.change_target(
                self.pick(index, "change_target"),
                by=self.actor(unit),
                goal=goal,
                reason="调整",
                adopting_source=paper,
            )
        )

    @rule(index=which, unit=units)
    def drop(self, index: int, unit: str) -> None:
        self.attempt(lambda: actions.drop(self.pick(index, "drop"), by=self.actor(unit), reason="不办了"))

    @rule(index=which, unit=units)
    def restore(self, index: int, unit: str) -> None:
        self.attempt(lambda: actions.restore(self.pick(index, "restore"), by=self.actor(unit), reason="再办"))

    @rule(index=which, unit=units, goal=goals, year=st.integers(2026, 2028))
    def carry_over(self, index: int, unit: str, goal: Goal, year: int) -> None:
        self.attempt(
            lambda: actions.carry_over(
                self.pick(index, "carry_over"), by=self.actor(unit), year=year, goal=goal, reason="没办完"
            )
        )

    @rule(index=which, unit=units)
    def undo(self, index: int, unit: str) -> None:
        self.attempt(
            lambda: actions.undo_adoption(
                self.pick(index, "undo_adoption"), by=self.actor(unit), reason="看错"
            )
        )

    @rule(index=which, further=which, unit=units)
    def merge(self, index: int, further: int, unit: str) -> None:
        one = self.pick(index, "merge")
        others = list(Commitment.objects.exclude(pk=one.pk).order_by("state", "pk"))
        other = others[further % len(others)] if others else one
        before = self.image(one.pk)
        if self.attempt(lambda: actions.merge(one, into=other, by=self.actor(unit))):
            self.merged[one.pk] = before

    @precondition(lambda self: self.merged)
    @rule(index=which, unit=units)
    def unmerge(self, index: int, unit: str) -> None:
        key = sorted(self.merged)[index % len(self.merged)]
        assert self.attempt(lambda: actions.unmerge(key, by=self.actor(unit)))
        row, standing = self.merged.pop(key)
        now_row, now_standing = self.image(key)
        same = ("state", "state_since", "title", "lead_unit_id", "merged_into_id")
        assert {name: now_row[name] for name in same} == {name: row[name] for name in same}
        by_day = ("board", "light", "rule", "worst")
        assert {k: v for k, v in now_standing.items() if k not in by_day} == {
            k: v for k, v in standing.items() if k not in by_day
        }

    @rule(index=which, unit=units, role=st.sampled_from(["repeats", "claims", "changes", "evidence"]))
    def link(self, index: int, unit: str, role: str) -> None:
        with at(self.day):
            statement = self.district.statement(kind="result")
        self.attempt(
            lambda: actions.link_statement(self.pick(index), statement, role=role, by=self.actor(unit))
        )

    @rule(index=which, unit=units)
    def unlink(self, index: int, unit: str) -> None:
        said = self.pick(index).said.order_by("-id").first()
        if said is not None:
            self.attempt(lambda: actions.unlink_statement(said, by=self.actor(unit)))

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.day += dt.timedelta(days)
        with at(self.day):
            actions.tick()

    def image(self, key: str) -> tuple[dict[str, Any], dict[str, Any]]:
        return Commitment.objects.filter(pk=key).values().get(), Standing.objects.filter(
            pk=key
        ).values().get()

    @invariant()
    def nobody_judged_own_work(self) -> None:
        for finding in Verification.objects.select_related("report__commitment"):
            doers = doers_of(finding.report.commitment)
            assert in_line_with(finding.unit_of_id, doers) is None

    @invariant()
    def kept_means_verified_and_reached(self) -> None:
        for commitment in Commitment.objects.filter(state="kept"):
            report = Report.objects.filter(commitment=commitment, kind="done").order_by("at", "id").last()
            assert report is not None
            assert report.verifications.order_by("at", "id").last().verdict == "verified"

    @invariant()
    def the_board_adds_up_and_is_what_it_would_be_made_anew(self) -> None:
        counts = board.tally(Choice(), self.day)
        assert counts.total + counts.excluded == Commitment.objects.exclude(state="undone").count()
        keys = list(Commitment.objects.values_list("pk", flat=True))
        anew = {row.pk: row for row in standings_of(keys, self.day)}
        for row in Standing.objects.all():
            assert [getattr(row, f.attname) for f in row._meta.concrete_fields] == [
                getattr(anew[row.pk], f.attname) for f in row._meta.concrete_fields
            ]

    @invariant()
    def every_statement_has_the_state_that_its_links_give(self) -> None:
        for statement in StatementKey.objects.prefetch_related("said__commitment"):
            made = [said for said in statement.said.all() if said.role == "made" and not said.undone]
            assert len(made) <= 1
            if made:
                assert statement.state == ("merged" if made[0].commitment.state == "merged" else "adopted")

    @invariant()
    def versions_of_a_target_are_never_lost(self) -> None:
        for commitment in Commitment.objects.all():
            versions = list(Target.objects.filter(commitment=commitment).values_list("version", flat=True))
            assert sorted(versions) == list(range(1, len(versions) + 1))
            assert commitment.state in WORDS


@pytest.mark.django_db
def test_random_lives(request: pytest.FixtureRequest) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=settings().max_examples if is_deep() else 25,
            stateful_step_count=35,
            suppress_health_check=list(HealthCheck),
        ),
    )
