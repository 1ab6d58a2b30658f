"""What is done about things, for the leader: open and overdue cases by unit, how old they are, what was let off, honest rates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext

from luodi.desk.cases.listing import lit
from luodi.desk.cases.listing_asking import Asked
from luodi.desk.cases.listing_words import address_of, title_words
from luodi.desk.leading.rates import RatesShown, rates_shown
from luodi.kernel.cases import tallies
from luodi.kernel.cases.access import sees_all, visible_to
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.cases.registry import kinds
from luodi.kernel.cases.tallies import OpenCases
from luodi.kernel.clocks.now import day_of
from luodi.kernel.ledger.action import Actor
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
class CasesShown:
    """The section, with the rates of this year."""

    open: int
    open_href: str
    overdue: int
    overdue_href: str
    units: list[UnitCases]
    more_units: int
    ages: list[Aged]
    forced: Named
    extended: Named
    told: RatesShown

    @property
    def is_empty(self) -> bool:
        """Whether there never was a case."""
        return not (self.open or self.forced.total or self.told.rates or self.told.are_apart)


def cases_shown(actor: Actor, moment: dt.datetime) -> CasesShown:
    """Of the cases that the reader may see. Eight queries, and one a measure of the kinds that there are cases of."""
    found = visible_to(actor)
    lines, ages = _open(found, moment, is_whole=sees_all(actor))
    forced = _named(
        found.filter(closed_at__isnull=False, outcome=_FORCED).order_by("-closed_at", "-id"),
        Asked(ended=_FORCED).href(),
    )
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
        told=rates_shown(actor, moment),
    )


def extended(found: QuerySet[Case]) -> QuerySet[Case]:
    """Those of them that are open and were granted more time, the newest first."""
    granted: dict[str, set[str]] = defaultdict(set)
    for kind in kinds():
        for book in kind.playbooks.values():
            granted[kind.name] |= {move.name for move in book.moves if move.effect == "extend"}
    names = [Q(case__kind=kind, move__in=moves) for kind, moves in granted.items() if moves]
    if not names:
        return found.none()
    made = Step.objects.filter(reduce(or_, names), taken_back=False)
    made = made.filter(Q(needs_signature=False) | Q(signed_at__isnull=False))
    return found.filter(pk__in=made.values("case"), closed_at=None).order_by("-opened_on", "-id")


def rows_of(cases: Iterable[Case]) -> list[tuple[str, str, str]]:
    """Address, title and unit of each."""
    return [
        (address_of(case.id), title_words(case.title), case.unit.short_name or case.unit.name)
        for case in cases
    ]


def _open(
    found: QuerySet[Case], moment: dt.datetime, *, is_whole: bool
) -> tuple[list[UnitCases], list[Aged]]:
    """A line a unit, most overdue first; and how many are of which age. Three queries and the names; of the whole district, from
    the counters.
    """
    day = day_of(moment)
    young, old = day - dt.timedelta(days=YOUNG_DAYS), day - dt.timedelta(days=OLD_DAYS)
    if is_whole:
        rows = tallies.open_by_unit(young, old)
        red: Mapping[str, int] = tallies.red_by_unit(moment)
    else:
        rows, red = _counted(found, moment, young, old)
    names = names_of(rows)
    lines = [_line(unit, row, red.get(unit, 0), names, day) for unit, row in rows.items()]
    lines.sort(key=lambda line: (-line.overdue, -line.oldest, line.name))
    return lines, _ages(list(rows.values()), young, old)


def _counted(
    found: QuerySet[Case], moment: dt.datetime, young: dt.date, old: dt.date
) -> tuple[dict[str, OpenCases], dict[str, int]]:
    """The same of a part of the district, from the rows. Two queries."""
    here = found.filter(closed_at=None).order_by().select_related(None)
    counted = here.values_list("unit").annotate(
        number=Count("pk"),
        oldest=Min("opened_on"),
        young=Count("pk", filter=Q(opened_on__gte=young)),
        old=Count("pk", filter=Q(opened_on__lt=old)),
    )
    red = lit(here, "red", moment).values_list("unit").annotate(number=Count("pk"))
    return {unit: OpenCases(*rest) for unit, *rest in counted}, dict(red)


def _line(unit: str, row: OpenCases, overdue: int, names: Mapping[str, str], day: dt.date) -> UnitCases:
    return UnitCases(
        name=names.get(unit, ""),
        open=row.number,
        open_href=Asked(unit=unit).href(),
        overdue=overdue,
        overdue_href=Asked(unit=unit, light="red").href(),
        oldest=(day - row.oldest).days,
    )


def _ages(rows: Sequence[OpenCases], young: dt.date, old: dt.date) -> list[Aged]:
    whole, recent, aged = (sum(getattr(row, name) for row in rows) for name in ("number", "young", "old"))
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
