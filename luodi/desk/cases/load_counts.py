"""How much lies with whom and for how long, and what comes back again and again; a few questions whatever there is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from luodi.kernel.cases.models import Case
from luodi.kernel.cases.registry import kinds
from luodi.kernel.register.lookups import names_of
from luodi.kernel.rules.lookups import rulebook

MOST = 50  # lines of each table of what recurs


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """The open cases of one unit: how many, how many past their day, how old in days the middle one and the oldest are."""

    unit: str
    name: str
    open: int
    overdue: int
    median: int
    oldest: int
    oldest_on: dt.date


@dataclass(frozen=True, slots=True)
class Recurs:
    """What counts as coming back: this often within this many days."""

    times: int
    days: int


def recurs_on(day: dt.date) -> Recurs:
    """By the rule ``case.recurs``. One query."""
    rule = rulebook().choose("case.recurs", on=day)
    return Recurs(int(rule.value("times")), int(rule.value("days")))


@dataclass(frozen=True, slots=True)
class Again:
    """Something that was opened more than once within a year: the subject's or the unit's id, of which kind, how often, last."""

    ident: str
    name: str
    kind: str
    label: str
    times: int
    last_on: dt.date


def unit_loads(found: QuerySet[Case], day: dt.date) -> list[UnitLoad]:
    """The load of every unit that has an open case, most overdue first. Two queries: one row a unit and day, and the names."""
    past = Count("pk", filter=Q(planned_due__lt=day))
    rows = found.filter(closed_at=None).order_by().select_related(None)
    by_unit: dict[str, list[tuple[dt.date, int, int]]] = defaultdict(list)
    for unit, opened, number, overdue in (
        rows.values_list("unit", "opened_on")
        .annotate(number=Count("pk"), overdue=past)
        .order_by("unit", "opened_on")
    ):
        by_unit[unit].append((opened, number, overdue))
    names = names_of(by_unit)
    loads = [_load(unit, names.get(unit, ""), days, day) for unit, days in by_unit.items()]
    return sorted(loads, key=lambda load: (-load.overdue, -load.open, load.name))


def whole_of(loads: Iterable[UnitLoad]) -> tuple[int, int]:
    """How many are open and overdue in all."""
    held = list(loads)
    return sum(load.open for load in held), sum(load.overdue for load in held)


def median_age(days: Sequence[tuple[int, int]]) -> int:
    """The middle age, where each age comes with how many are so old; of an even number the younger of the two.

    >>> median_age([(3, 1), (10, 1), (40, 1)]), median_age([(3, 2), (40, 2)]), median_age([(7, 1)])
    (10, 3, 7)
    """
    ordered = sorted(days)
    half, reached = (sum(number for _, number in ordered) + 1) // 2, 0
    for age, number in ordered:
        reached += number
        if reached >= half:
            return age
    raise ValueError("nothing has a middle")


def again_by_subject(found: QuerySet[Case], day: dt.date, recurs: Recurs) -> list[Again]:
    """Subjects on which cases were opened again and again, most often first. One query a kind that has subjects."""
    first = day - dt.timedelta(days=recurs.days)
    recent = found.filter(opened_on__gt=first).order_by().select_related(None)
    made: list[Again] = []
    for kind in kinds():
        field = kind.newest.unique_on
        if not field or kind.details is None:
            continue
        rows = kind.details._default_manager.filter(case__in=recent.filter(kind=kind.name).values("pk"))
        counted = rows.values_list(field).annotate(number=Count("pk"), last=Max("case__opened_on"))
        often = counted.filter(number__gte=recurs.times).order_by("-number", field)[:MOST]
        made += [
            Again(str(subject), "", kind.name, kind.newest.label, number, last)
            for subject, number, last in often
        ]
    return sorted(made, key=lambda each: (-each.times, each.ident))[:MOST]


def again_by_unit(found: QuerySet[Case], day: dt.date, recurs: Recurs) -> list[Again]:
    """Units to which cases about a subject were opened again and again, most often first. One query, and the names."""
    labels = {kind.name: kind.newest.label for kind in kinds() if kind.newest.unique_on}
    first = day - dt.timedelta(days=recurs.days)
    recent = found.filter(kind__in=labels, opened_on__gt=first).order_by().select_related(None)
    times: dict[tuple[str, str], int] = defaultdict(int)
    last: dict[tuple[str, str], dt.date] = {}
    for kind, unit, opened, number in (
        recent.values_list("kind", "unit", "opened_on").annotate(number=Count("pk")).order_by("opened_on")
    ):
        times[(kind, unit)] += number
        last[(kind, unit)] = opened
    names = names_of(unit for _, unit in times)
    made = [
        Again(unit, names.get(unit, ""), kind, labels[kind], number, last[(kind, unit)])
        for (kind, unit), number in times.items()
        if number >= recurs.times
    ]
    return sorted(made, key=lambda each: (-each.times, each.name))[:MOST]


def _load(unit: str, name: str, days: Sequence[tuple[dt.date, int, int]], day: dt.date) -> UnitLoad:
    oldest = min(opened for opened, _, _ in days)
    return UnitLoad(
        unit=unit,
        name=name,
        open=sum(number for _, number, _ in days),
        overdue=sum(overdue for _, _, overdue in days),
        median=median_age([((day - opened).days, number) for opened, number, _ in days]),
        oldest=(day - oldest).days,
        oldest_on=oldest,
    )
