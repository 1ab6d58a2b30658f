"""What the page of one project shows of its past: stages with their gates, versions of plans, months, reports, visits."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from luodi.areas.projects.access import reports_for, statistics_for, visits_for
from luodi.areas.projects.desk.signing import may_sign
from luodi.areas.projects.desk.year_told import YearTold
from luodi.areas.projects.lookups import MonthTold
from luodi.areas.projects.models import GateEvidence, LeaderAssignment, PlanVersion, ProjectFile, StageMove
from luodi.areas.projects.plan import Plan
from luodi.areas.projects.report_models import MonthlyReport, StatisticalFigure
from luodi.areas.projects.stages import ORDER, STAGE, STAGES, Gate
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.models import Post
from luodi.pages.promise_words import post_name


@dataclass(frozen=True, slots=True)
class GateShown:
    """What a stage asks; ``paper`` is what was shown for it, ``is_shown`` whether anything was."""

    gate: Gate
    is_shown: bool
    paper: str = ""


@dataclass(frozen=True, slots=True)
class StageShown:
    """A stage: entered on which day, here or still to come, with what it asks."""

    label: str
    entered: dt.date | None
    is_here: bool
    is_next: bool
    gates: tuple[GateShown, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A version of the year's plan beside the first; ``change`` is less or more than the version before, in shares of it."""

    number: int
    from_day: dt.date
    annual: int
    change: Fraction | None
    paper: str
    reason: str
    post: Post

    @property
    def is_lower(self) -> bool:
        """Whether it asks for less than the one before."""
        return self.change is not None and self.change < 0


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the year: planned at first and now, told on three bases."""

    month: dt.date
    first: int | None
    planned: int | None
    told: MonthTold | None
    statistical: int | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A version of a month's report and who signed it on either side; ``is_mine``: it waits for the reader's signature."""

    report: MonthlyReport
    filler: str
    head: str
    is_mine: bool


def stages_of(file: ProjectFile) -> list[StageShown]:
    """Every stage in order, a stop or the end added where the project stands there. Two queries."""
    moves = list(StageMove.objects.filter(file=file).order_by("on", "id"))
    held = [move for move in moves if not (move.needs_signature and move.signed_at is None)]
    shown: dict[str, list[GateEvidence]] = defaultdict(list)
    to = {move.id: move.to_stage for move in held}
    for evidence in GateEvidence.objects.filter(move__in=list(to)).order_by("id"):
        shown[to[evidence.move_id]].append(evidence)
    entered = {move.to_stage: move.on for move in held} | {file.stage: file.stage_since}
    place = ORDER.index(file.stage) if file.stage in ORDER else -1
    names = [stage.name for stage in STAGES if stage.name in ORDER or stage.name == file.stage]
    return [
        StageShown(
            STAGE[name].label,
            entered.get(name),
            name == file.stage,
            place >= 0 and name in ORDER and ORDER.index(name) == place + 1,
            tuple(_gate(gate, shown[name]) for gate in STAGE[name].gates),
        )
        for name in names
    ]


def plan_rows(file: ProjectFile, year: int) -> list[PlanRow]:
    """Every version of the year's plan, the first first. One query."""
    rows: list[PlanRow] = []
    versions = PlanVersion.objects.filter(file=file, year=year).select_related("post__unit")
    for row in versions.order_by("version"):
        before = rows[-1].annual if rows else 0
        change = Fraction(row.annual - before, before) if before else None
        rows.append(
            PlanRow(row.version, row.from_day, row.annual, change, row.paper, row.reason or "", row.post)
        )
    return rows


def month_rows(
    plan: Plan | None, told: Sequence[MonthTold], quoted: dict[dt.date, int], month: dt.date
) -> list[MonthRow]:
    """The year's twelve months where it has a plan, else those of which something was told."""
    by_month = {each.month: each for each in told}
    rows = []
    for number in range(1, 13):
        of = month.replace(month=number, day=1)
        first = plan.original.months[number - 1] if plan is not None else None
        planned = plan.current.months[number - 1] if plan is not None else None
        if plan is not None or of in by_month or of in quoted:
            rows.append(MonthRow(of, first, planned, by_month.get(of), quoted.get(of)))
    return rows


def report_rows(file: ProjectFile, actor: Actor, post: Post | None) -> list[ReportRow]:
    """Every version of every month, the newest first. One query."""
    found = reports_for(actor).filter(file=file).order_by("-month", "-version")
    rows = found.select_related("filler_post__unit", "head_post__unit").defer("physical_text")
    return [
        ReportRow(row, post_name(row.filler_post), post_name(row.head_post), may_sign(row, file, post))
        for row in rows
    ]


def visit_rows(file: ProjectFile, actor: Actor) -> list[tuple[dt.date, str, bool, str]]:
    """Visits, the newest first: day, whose post, whether somebody was at work, what was found. One query."""
    rows = visits_for(actor).filter(file=file).select_related("post__unit")
    return [(row.made_on, post_name(row.post), row.is_working, row.found or "") for row in rows]


def leader_rows(file: ProjectFile) -> list[LeaderAssignment]:
    """Who led it from when to when, the newest first. One query."""
    held = LeaderAssignment.objects.filter(file=file).select_related("post__unit", "after__post__unit")
    return list(held.order_by("-since", "-id"))


def quotes_of(file: ProjectFile, month: dt.date, actor: Actor) -> list[StatisticalFigure]:
    """What statistics gave of each month up to this one, oldest first, for whom the law lets read it. One query."""
    found = statistics_for(actor).filter(file=file, month__lte=month)
    # a sheet of the bureau is kept as it is; a paper among the documents has a page
    return list(found.select_related("source__source").defer("source__source__text"))


def told_of(told: Sequence[MonthTold], year: int) -> YearTold:
    """The months of one year as drawings take them."""
    of_year = [each for each in told if each.month.year == year]
    return YearTold(
        {each.month.month: each.done for each in of_year if each.done is not None},
        {each.month.month: each.paid for each in of_year if each.paid is not None},
        None,
        max((each.as_of for each in told if each.as_of is not None), default=None),
    )


def _gate(gate: Gate, shown: Sequence[GateEvidence]) -> GateShown:
    found = [each for each in shown if each.gate == gate.name]
    return GateShown(gate, bool(found), found[-1].paper if found else "")
