"""What is done about things, for the leader: open and overdue cases by unit, how old they are, what was let off, honest rates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from luodi.desk.cases.inbox_counts import bounds_at, with_light
from luodi.desk.cases.listing_asking import Asked
from luodi.desk.cases.listing_words import address_of, title_words
from luodi.kernel.cases.measures import Number, Period, number
from luodi.kernel.cases.models import Case, DueItem, Step
from luodi.kernel.cases.registry import kinds
from luodi.kernel.clocks.now import day_of
from luodi.kernel.figures.display import percent, share_of
from luodi.kernel.register.lookups import names_of

UNITS, NAMED = 5, 4  # lines of units; cases that are named
YOUNG_DAYS, OLD_DAYS = 30, 90
_FORCED = "forced"
_ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnitCases:
    """A unit's line: how many of its cases are open and overdue, each with its list; how many days the oldest is open."""

    name: str
    open: int
    open_href: str
    overdue: int
    overdue_href: str
    oldest: int


@dataclass(frozen=True, slots=True)
class Aged:
    """How many open cases are of one age, with their list."""

    words: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Named:
    """Cases of which the newest are named, with the list of all ``total``."""

    total: int
    href: str
    rows: list[tuple[str, str, str]]  # address, title, unit


@dataclass(frozen=True, slots=True)
class Rate:
    """A measure of this year: what was reported beside what was confirmed, and the share that was left out of it."""

    name: str
    kind: str
    says: str
    raw: str
    adjusted: str
    excluded: str


@dataclass(frozen=True, slots=True)
class CasesShown:
    """The section. ``since``: the first day of the rates."""

    open: int
    open_href: str
    overdue: int
    overdue_href: str
    units: list[UnitCases]
    more_units: int
    ages: list[Aged]
    forced: Named
    extended: Named
    rates: list[Rate]
    since: dt.date

    @property
    def is_empty(self) -> bool:
        """Whether there never was a case."""
        return not (self.open or self.forced.total or self.rates)


def cases_shown(found: QuerySet[Case], moment: dt.datetime) -> CasesShown:
    """Of the cases that the reader may see. Eight queries, and one a measure of the kinds that there are cases of."""
    day = day_of(moment)
    lines, ages = _open(found, moment)
    forced = _named(found.filter(outcome=_FORCED).order_by("-closed_at", "-id"), Asked(ended=_FORCED).href())
    since = day.replace(month=1, day=1)
    return CasesShown(
        open=sum(line.open for line in lines),
        open_href=Asked().href(),
        overdue=sum(line.overdue for line in lines),
        overdue_href=Asked(light="red").href(),
        units=lines[:UNITS],
        more_units=len(lines) if len(lines) > UNITS else 0,
        ages=ages,
        forced=forced,
        extended=_named(extended(found), "/desk/leader/extended"),
        rates=_rates(found, Period(since, day)),
        since=since,
    )


def extended(found: QuerySet[Case]) -> QuerySet[Case]:
    """Those of them that are open and were granted more time, the newest first."""
    granted = defaultdict(set)
    for kind in kinds():
        for book in kind.playbooks.values():
            granted[kind.name] |= {move.name for move in book.moves if move.effect == "extend"}
    names = [Q(case__kind=kind, move__in=moves) for kind, moves in granted.items() if moves]
    if not names:
        return found.none()
    made = Step.objects.filter(reduce(or_, names), case=OuterRef("pk"), taken_back=False)
    made = made.filter(Q(needs_signature=False) | Q(signed_at__isnull=False))
    return found.filter(Exists(made), closed_at=None).order_by("-opened_on", "-id")


def rows_of(cases: Iterable[Case]) -> list[tuple[str, str, str]]:
    """Address, title and unit of each."""
    return [
        (address_of(case.id), title_words(case.title), case.unit.short_name or case.unit.name)
        for case in cases
    ]


def _open(found: QuerySet[Case], moment: dt.datetime) -> tuple[list[UnitCases], list[Aged]]:
    """A line a unit, most overdue first; and how many are of which age. One query, and the names."""
    day = day_of(moment)
    young, old = day - dt.timedelta(days=YOUNG_DAYS), day - dt.timedelta(days=OLD_DAYS)
    red = with_light(DueItem.objects.all(), "red", bounds_at(moment)).order_by().values("subject")
    counted = (
        found.filter(closed_at=None)
        .order_by()
        .select_related(None)
        .values("unit")
        .annotate(
            open=Count("pk"),
            overdue=Count("pk", filter=Q(pk__in=red)),
            oldest=Min("opened_on"),
            young=Count("pk", filter=Q(opened_on__gte=young)),
            old=Count("pk", filter=Q(opened_on__lt=old)),
        )
    )
    rows = list(counted)
    names = names_of([row["unit"] for row in rows])
    lines = [_line(row, names, day) for row in rows]
    lines.sort(key=lambda line: (-line.overdue, -line.oldest, line.name))
    return lines, _ages(rows, young, old)


def _line(row: Mapping[str, object], names: Mapping[str, str], day: dt.date) -> UnitCases:
    unit, oldest = str(row["unit"]), row["oldest"]
    return UnitCases(
        name=names.get(unit, ""),
        open=int(str(row["open"])),
        open_href=Asked(unit=unit).href(),
        overdue=int(str(row["overdue"])),
        overdue_href=Asked(unit=unit, light="red").href(),
        oldest=(day - oldest).days if isinstance(oldest, dt.date) else 0,
    )


def _ages(rows: Sequence[Mapping[str, int]], young: dt.date, old: dt.date) -> list[Aged]:
    whole, recent, aged = (sum(row[name] for row in rows) for name in ("open", "young", "old"))
    span = {"first": YOUNG_DAYS + 1, "last": OLD_DAYS}
    return [
        Aged(gettext("立了%(days)s天以上") % {"days": OLD_DAYS + 1}, aged, Asked(until=old - _ONE).href()),
        Aged(
            gettext("立了%(first)s至%(last)s天") % span,
            whole - recent - aged,
            Asked(since=old, until=young - _ONE).href(),
        ),
        Aged(gettext("立了%(days)s天以内") % {"days": YOUNG_DAYS}, recent, Asked(since=young).href()),
    ]


def _named(found: QuerySet[Case], href: str) -> Named:
    """The first of them by name. One query, and another one where there are more."""
    shown = list(found.select_related("unit")[: NAMED + 1])
    total = found.order_by().select_related(None).count() if len(shown) > NAMED else len(shown)
    return Named(total, href, rows_of(shown[:NAMED]))


def _rates(found: QuerySet[Case], period: Period) -> list[Rate]:
    """Every measure of this period in which there was anything to count."""
    here = set(found.order_by().select_related(None).values_list("kind", flat=True).distinct())
    made = []
    for kind in kinds():
        book = kind.newest
        for measure in book.measures if kind.name in here else ():
            counted = number(measure, book, period, found)
            if counted.among:
                made.append(_rate(measure.label, book.label, measure.says, counted))
    return made


def _rate(name: str, kind: str, says: str, counted: Number) -> Rate:
    excluded = _share(counted.excluded, counted.among)
    if counted.forced:
        excluded = gettext("%(share)s，强行了结%(forced)s件") % {"share": excluded, "forced": counted.forced}
    return Rate(
        name=name,
        kind=kind,
        says=says,
        raw=_share(counted.reported, counted.among),
        adjusted=_share(counted.counted, counted.among - counted.excluded),
        excluded=excluded,
    )


def _share(part: int, whole: int) -> str:
    """A share with both its sides; only the sides where there are too few for a rate."""
    share = share_of(part, whole)
    sides = f"{part:,}/{whole:,}"
    return sides if share is None else f"{percent(share)}（{sides}）"
