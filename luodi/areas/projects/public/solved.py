"""How bottlenecks went in all: counts and rates alone. What each is about, and of which project, is the office's business."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.areas.projects.acts.solving import KIND
from luodi.areas.projects.bottlenecks import tickets
from luodi.areas.projects.solving_rates import Rate, rates
from luodi.kernel.cases.models import Case
from luodi.kernel.clocks.now import today


@dataclass(frozen=True, slots=True)
class Solved:
    """Of those registered this year: how many, closed, parked. ``on_time``: of those due, solved in time and verified."""

    year: int
    registered: int
    closed: int
    deferred: int
    on_time: Rate
    verified: Rate


def solved() -> Solved:
    """This year up to today. Three queries."""
    day = today()
    found = rates(
        tickets(Case.objects.filter(kind=KIND, opened_on__year=day.year)), day.replace(month=1, day=1), day
    )
    return Solved(
        day.year,
        found.closed.among,
        found.closed.count,
        found.deferred.count,
        found.on_time,
        found.verified,
    )
