"""Questions to the bottlenecks: those of a project, those parked whose day has come, and all as the rates count them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from luodi.areas.projects.acts.solving import KIND
from luodi.areas.projects.models import Bottleneck, ProjectFile
from luodi.areas.projects.solving_rates import Ticket
from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.models import Case, CaseClock, Step
from luodi.kernel.clocks.now import day_of
from luodi.kernel.ledger.action import Actor

_TOLD = ("report_solved", "verify", "refute", "confirm", "reopen", "defer", "find")


def bottlenecks_of(file: ProjectFile | str, actor: Actor) -> list[Bottleneck]:
    """The open bottlenecks of a project that the actor may read, the highest level and the oldest first."""
    key = file if isinstance(file, str) else file.id
    seen = visible_to(actor).filter(kind=KIND, closed_at=None).values("pk")
    found = Bottleneck.objects.filter(subject=key, case__in=seen).select_related(
        "case__unit", "case__post", "asked_unit"
    )
    return list(found.order_by("-case__level", "case__opened_on", "id"))


def reviews_due(day: dt.date, actor: Actor) -> list[Bottleneck]:
    """Deferred bottlenecks whose day of review has come, the longest overdue first: none is forgotten in its drawer."""
    seen = visible_to(actor).filter(kind=KIND, state="deferred").values("pk")
    found = Bottleneck.objects.filter(case__in=seen, review_on__lte=day).select_related("case__unit")
    return list(found.order_by("review_on", "id"))


def tickets(cases: Iterable[Case]) -> list[Ticket]:
    """Bottlenecks as the rates count them. Three queries, however many."""
    rows = {case.id: case for case in cases}
    details = {row.case_id: row for row in Bottleneck.objects.filter(case__in=rows)}
    dues = dict(CaseClock.objects.filter(case__in=rows, name="solve").values_list("case", "due_on"))
    steps: dict[str, list[tuple[str, dt.date]]] = defaultdict(list)
    told = Step.objects.filter(case__in=rows, move__in=_TOLD, taken_back=False).order_by("id")
    for key, move, at in told.values_list("case", "move", "at"):
        steps[key].append((move, day_of(at)))
    return [_ticket(case, details.get(key), dues.get(key), steps[key]) for key, case in rows.items()]


def _ticket(
    case: Case, details: Bottleneck | None, due: dt.date | None, steps: list[tuple[str, dt.date]]
) -> Ticket:
    reported = accepted = closed = reopened = None
    for move, day in steps:
        if move == "report_solved":
            reported, accepted = day, None
        elif move == "verify":
            accepted = day
        elif move == "refute":
            accepted = None
        elif move == "confirm":
            closed = day
        elif move == "reopen":
            reopened = day
    return Ticket(
        registered_on=case.opened_on,
        sort=details.sort if details is not None else "",
        due_on=due,
        reported_on=reported,
        accepted_on=accepted,
        closed_on=closed,
        reopened_on=reopened,
        is_clear=details is not None and details.asked_unit_id is not None and bool(details.asked_act),
        is_deferred=case.state == "deferred",
    )
