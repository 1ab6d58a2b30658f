"""How much is due, by kind, by time and by light: one question to the database, from which every number of the inbox comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from luodi.desk.promises.choosing import week_end
from luodi.kernel.cases import tallies
from luodi.kernel.cases.models import DueItem
from luodi.kernel.clocks.deadline import midnight
from luodi.kernel.clocks.now import day_of

GROUPS = ("past", "today", "week", "later", "paused")
_ONE = dt.timedelta(days=1)
Cell = tuple[str, str, str]  # kind, group, light


@dataclass(frozen=True, slots=True)
class Bounds:
    """The instants between the groups of time."""

    now: dt.datetime
    tonight: dt.datetime
    sunday: dt.datetime

    def group_of(self, item: DueItem) -> str:
        """The group of a row."""
        if item.light == "paused":
            return "paused"
        if item.due_at <= self.now:
            return "past"
        if item.due_at <= self.tonight:
            return "today"
        return "week" if item.due_at <= self.sunday else "later"


def bounds_at(now: dt.datetime) -> Bounds:
    """The bounds of an instant: 24:00 of its day and of the Sunday of its week."""
    day = day_of(now)
    return Bounds(now, midnight(day + _ONE), midnight(week_end(day) + _ONE))


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of every kind, group and light."""

    cells: Mapping[Cell, int]

    def total(self, *, kind: str = "", group: str = "", light: str = "") -> int:
        """How many of a kind, in a group, with a light; what is left empty counts all of it."""
        wanted = (kind, group, light)
        return sum(
            number
            for cell, number in self.cells.items()
            if all(not want or want == have for want, have in zip(wanted, cell, strict=True))
        )

    def kinds(self) -> list[str]:
        """The kinds of which there is anything, those with most first."""
        return sorted({kind for kind, _, _ in self.cells}, key=lambda kind: (-self.total(kind=kind), kind))


def whole_counts(bounds: Bounds) -> Counts:
    """The same of all that is due in the district, from its counters. Two queries."""
    return Counts(tallies.items_by_group(bounds.now, week_end(day_of(bounds.now))))


def counts_of(found: QuerySet[DueItem], bounds: Bounds) -> Counts:
    """Count all that is due. One query, whatever there is."""
    conditions = _conditions(bounds)
    parts = {f"{group}_{light}": Count("pk", filter=wanted) for (group, light), wanted in conditions.items()}
    cells: dict[Cell, int] = {}
    rows: QuerySet[DueItem, Any] = found.order_by().select_related(None).values("kind").annotate(**parts)
    for row in rows:
        for group, light in conditions:
            if number := row[f"{group}_{light}"]:
                cells[(row["kind"], group, light)] = number
    return Counts(cells)


def with_light(found: QuerySet[DueItem], light: str, bounds: Bounds) -> QuerySet[DueItem]:
    """Those that show this light now; without one, all whose clock runs."""
    running = ~Q(light="paused")
    wanted = {
        "": running,
        "paused": Q(light="paused"),
        "red": running & Q(due_at__lte=bounds.now),
        "amber": Q(light="amber", due_at__gt=bounds.now),
        "green": running & ~Q(light="amber") & Q(due_at__gt=bounds.now),
    }
    return found.filter(wanted[light])


def _conditions(bounds: Bounds) -> dict[tuple[str, str], Q]:
    running, amber = ~Q(light="paused"), Q(light="amber")
    spans = {
        "today": Q(due_at__gt=bounds.now, due_at__lte=bounds.tonight),
        "week": Q(due_at__gt=bounds.tonight, due_at__lte=bounds.sunday),
        "later": Q(due_at__gt=bounds.sunday),
    }
    found = {("past", "red"): running & Q(due_at__lte=bounds.now), ("paused", "paused"): ~running}
    for group, span in spans.items():
        found[(group, "amber")] = span & amber
        found[(group, "green")] = span & running & ~amber
    return found
