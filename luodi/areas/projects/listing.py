"""Lists of projects at the end of a month, read along an index, and how many stand where: the same work at any size.

A choice by month, level, stage and light is counted from the tally; one by unit, leader, place or words is counted over its own
projects, by the database. What is not on the page is never fetched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q, QuerySet, Sum

from luodi.areas.projects.indicators import LEVELS, highest
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.reckoning import HIDDEN, LIGHT, RANK
from luodi.areas.projects.standing_models import MONEY, REPORTS, MonthStanding, StandingTally

AT_ONCE = 500  # rows of a sheet that are put together at once
_WORST = ("rank", "behind", "file")
_PUBLIC = ("rank", "is_over", "promised", "file")
_BESIDE = ("project__place", "project__owner_unit", "lead_unit", "responsible_unit")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which projects: lights aside, ``files`` narrows them further (``None``: it does not). Removed ones only where asked for."""

    month: dt.date
    level: str = ""
    stage: str = ""
    light: str = ""
    files: QuerySet[ProjectFile] | None = None
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Sums:
    """Of the projects with a plan what they did, were to do in the year and by now; of all what was paid. In 分."""

    count: int
    planned_count: int
    done: int
    annual: int
    by_now: int
    paid: int | None

    @property
    def completion(self) -> Fraction | None:
        """Done of the year's plans."""
        return Fraction(self.done, self.annual) if self.annual else None

    @property
    def due(self) -> Fraction | None:
        """What was to be done by now by each one's own months, of the year's plans."""
        return Fraction(self.by_now, self.annual) if self.annual else None

    @property
    def gap(self) -> Fraction | None:
        """Completion less what was due."""
        done, due = self.completion, self.due
        return None if done is None or due is None else done - due


def cells(wanted: Wanted) -> list[StandingTally]:
    """What a choice counts, by stage, levels and light. One query."""
    if wanted.files is None:
        return list(_narrowed(StandingTally.objects.all(), wanted).exclude(number=0))
    rows = _narrowed(MonthStanding.objects.filter(file__in=wanted.files.order_by().values("pk")), wanted)
    counts = {f"_{name}": Count("id", filter=Q(owes=1 + place)) for place, name in enumerate(REPORTS)}
    sums = {f"_{name}": Sum(name) for name in MONEY}
    found = rows.order_by().values("stage", "levels", "rank").annotate(
        _number=Count("id"), _planned=Count("annual"), _told=Count("paid"), **sums, **counts
    )  # fmt: skip
    return [
        StandingTally(month=wanted.month, **{name.lstrip("_"): value or 0 for name, value in row.items() if name[0] == "_"},
                      stage=row["stage"], levels=row["levels"], rank=row["rank"])
        for row in found
    ]  # fmt: skip


def page_of(wanted: Wanted, number: int, length: int) -> list[ProjectFile]:
    """The files of a page (from 1), the worst first; everything that a row shows of them is at hand. One query."""
    start = (number - 1) * length
    return [row.file for row in _rows(wanted)[start : start + length]]


def every(wanted: Wanted) -> Iterator[list[ProjectFile]]:
    """All files of a choice in the same order, some at a time: for a sheet."""
    number = 1
    while files := page_of(wanted, number, AT_ONCE):
        yield files
        number += 1


def sums_of(found: Iterable[StandingTally]) -> Sums:
    """The sums of some cells."""
    given = list(found)
    told = sum(cell.told for cell in given)
    return Sums(
        sum(cell.number for cell in given),
        sum(cell.planned for cell in given),
        sum(cell.done for cell in given),
        sum(cell.annual for cell in given),
        sum(cell.by_now for cell in given),
        sum(cell.paid for cell in given) if told else None,
    )


def light_counts(found: Iterable[StandingTally]) -> Mapping[str, int]:
    """How many show which light, the worst first; only those that there are."""
    counts = dict.fromkeys(LIGHT, 0)
    for cell in found:
        counts[LIGHT[cell.rank]] += cell.number
    return {name: count for name, count in counts.items() if count}


def level_counts(found: Iterable[StandingTally]) -> Mapping[str, int]:
    """How many are of which level, each counted once at its highest; only those that there are."""
    counts = dict.fromkeys(LEVELS, 0)
    for cell in found:
        if top := highest(cell.levels.split()):
            counts[top] += cell.number
    return {name: count for name, count in counts.items() if count}


def report_counts(found: Iterable[StandingTally]) -> Mapping[str, int]:
    """Of the projects that owe the month's report how many have what there is of it, by the names in ``REPORTS``."""
    given = list(found)
    return {name: sum(getattr(cell, name) for cell in given) for name in REPORTS}


def owing(wanted: Wanted, number: int, length: int) -> list[MonthStanding]:
    """A page of those that owe the month's report, those that lack most first. One query."""
    start = (number - 1) * length
    rows = _beside(_standing(wanted).filter(owes__gt=0)).order_by("owes", "file")
    return list(rows[start : start + length])


def _rows(wanted: Wanted) -> QuerySet[MonthStanding]:
    found = _standing(wanted)
    if wanted.light:
        found = found.filter(rank=RANK[wanted.light])
    return _beside(found).order_by(*(_PUBLIC if wanted.is_public else _WORST))


def _beside(found: QuerySet[MonthStanding]) -> QuerySet[MonthStanding]:
    return found.select_related("file", *(f"file__{name}" for name in _BESIDE))


def _standing(wanted: Wanted) -> QuerySet[MonthStanding]:
    found = MonthStanding.objects.all()
    if wanted.files is not None:
        found = found.filter(file__in=wanted.files.order_by().values("pk"))
    if wanted.is_public:
        found = found.filter(is_public=True)
    return _narrowed(found, wanted)


def _narrowed(found: QuerySet, wanted: Wanted) -> QuerySet:  # type: ignore[type-arg]
    """What rows and cells have in common."""
    found = found.filter(month=wanted.month)
    found = found.filter(stage=wanted.stage) if wanted.stage else found.exclude(stage="removed")
    if wanted.is_public:
        found = found.exclude(levels="").exclude(stage__in=HIDDEN)
    return found.filter(levels__contains=wanted.level) if wanted.level else found
