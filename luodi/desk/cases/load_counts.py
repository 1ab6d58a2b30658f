"""How much lies with whom and for how long, and what comes back again and again; a few questions whatever there is."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, QuerySet

from luodi.desk.cases.listing import lit
from luodi.kernel.cases import tallies
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.registry import Kind, kinds
from luodi.kernel.cases.tallies import OpenAges, Reopened
from luodi.kernel.clocks.now import day_of
from luodi.kernel.register.lookups import names_of
from luodi.kernel.rules.lookups import rulebook

MOST = 50  # lines of each table of what recurs
_LOOKED_AT = 1_000  # subjects


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """The open cases of one unit: how many, how many of them red, how old in days the middle one and the oldest are."""

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

    def since(self, day: dt.date) -> dt.date:
        """The first of these days, of which ``day`` is the last."""
        return day - dt.timedelta(days=self.days - 1)


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


def unit_loads(found: QuerySet[Case], moment: dt.datetime, *, is_whole: bool) -> list[UnitLoad]:
    """The load of every unit that has an open case, most overdue first. Three queries and the names: of the whole district from
    the counters, a row a unit; of a part of it from the cases.
    """
    if is_whole:
        ages, red = tallies.ages_by_unit(), tallies.red_by_unit(moment)
    else:
        ages, red = _counted(found, moment)
    names, day = names_of(ages), day_of(moment)
    loads = [
        UnitLoad(
            unit=unit,
            name=names.get(unit, ""),
            open=held.number,
            overdue=red.get(unit, 0),
            median=(day - held.middle).days,
            oldest=(day - held.oldest).days,
            oldest_on=held.oldest,
        )
        for unit, held in ages.items()
    ]
    return sorted(loads, key=lambda load: (-load.overdue, -load.open, load.name))


def _counted(found: QuerySet[Case], moment: dt.datetime) -> tuple[dict[str, OpenAges], Counter[str]]:
    """The same from the rows. Two queries, a row a unit and day."""
    here = found.filter(closed_at=None).order_by().select_related(None)
    by_unit: dict[str, list[tuple[dt.date, int]]] = defaultdict(list)
    for unit, opened, number in here.values_list("unit", "opened_on").annotate(number=Count("pk")):
        by_unit[unit].append((opened, number))
    ages = {
        unit: OpenAges(sum(number for _, number in days), min(days)[0], middle_day(days))
        for unit, days in by_unit.items()
    }
    return ages, Counter(dict(lit(here, "red", moment).values_list("unit").annotate(number=Count("pk"))))


def whole_of(loads: Iterable[UnitLoad]) -> tuple[int, int]:
    """How many are open and overdue in all."""
    held = list(loads)
    return sum(load.open for load in held), sum(load.overdue for load in held)


def middle_day(days: Sequence[tuple[dt.date, int]]) -> dt.date:
    """The day of the middle one, where each day comes with how many are of it; of an even number the later of the two.

    >>> first, second = dt.date(2026, 9, 1), dt.date(2026, 9, 8)
    >>> middle_day([(first, 2), (second, 1)]) == first, middle_day([(first, 2), (second, 2)]) == second
    (True, True)
    """
    half, reached = (sum(number for _, number in days) + 1) // 2, 0
    for day, number in sorted(days, reverse=True):
        reached += number
        if reached >= half:
            return day
    raise ValueError("nothing has a middle")


def again_by_subject(found: QuerySet[Case], day: dt.date, recurs: Recurs, *, is_whole: bool) -> list[Again]:
    """Subjects on which cases were opened again and again, most often first. Three queries at most a kind that has subjects."""
    made: list[Again] = []
    for kind in kinds():
        if kind.newest.unique_on and kind.details is not None:
            here = None if is_whole else found.filter(kind=kind.name).order_by().select_related(None)
            made += [
                Again(subject, "", kind.name, kind.newest.label, number, last)
                for subject, number, last in _often(kind, here, recurs.since(day), recurs.times)
            ]
    return sorted(made, key=lambda each: (-each.times, each.ident))[:MOST]


def _often(
    kind: Kind, here: QuerySet[Case] | None, since: dt.date, times: int
) -> list[tuple[str, int, dt.date]]:
    """Of one kind, the subjects of at least ``times`` cases opened from that day on, ``here`` or anywhere: how often, when last.

    Begun with those that ever came back most often, which the index of subjects tells: only of them are the cases looked at, and
    of the others only where one of them might come before.
    """
    field, held = kind.newest.unique_on, kind.details._default_manager.order_by()  # type: ignore[union-attr]
    ever = held.values(field).annotate(number=Count("pk")).filter(number__gte=times)
    first = list(ever.order_by("-number", field).values_list(field, "number")[:_LOOKED_AT])
    rows = held.filter(case__opened_on__gte=since)
    if here is not None:
        rows = rows.filter(case__in=here.values("pk"))

    def counted(subjects: Any) -> list[tuple[str, int, dt.date]]:
        some = rows.filter(**{f"{field}__in": subjects}).values_list(field)
        told = some.annotate(number=Count("pk"), last=Max("case__opened_on")).filter(number__gte=times)
        return [(str(subject), *rest) for subject, *rest in told.order_by("-number", field)[:MOST]]

    often = counted([subject for subject, _ in first])
    are_all = len(first) < _LOOKED_AT or (len(often) == MOST and often[-1][1] >= first[-1][1])
    return often if are_all else counted(ever.values(field))


def again_by_unit(found: QuerySet[Case], day: dt.date, recurs: Recurs, *, is_whole: bool) -> list[Again]:
    """Units to which cases about a subject were opened again and again, most often first. One query, and the names."""
    labels = {kind.name: kind.newest.label for kind in kinds() if kind.newest.unique_on}
    since = recurs.since(day)
    if is_whole:
        often = tallies.opened_again(list(labels), since, recurs.times, MOST)
    else:
        recent = found.filter(kind__in=labels, opened_on__gte=since).order_by().select_related(None)
        counted = recent.values_list("kind", "unit").annotate(number=Count("pk"), last=Max("opened_on"))
        rows = counted.filter(number__gte=recurs.times).order_by("-number", "unit")[:MOST]
        often = [Reopened(*row) for row in rows]
    names = names_of(each.unit for each in often)
    made = [
        Again(each.unit, names.get(each.unit, ""), each.kind, labels[each.kind], each.number, each.last)
        for each in often
    ]
    return sorted(made, key=lambda each: (-each.times, each.name))
