"""Rates of this year, and the cases that each of their figures is made of.

Of very many cases they were reckoned by night up to the end of the day before (``kernel.cases.acts.reckoning``), and say so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext

from luodi.kernel.cases import tallies
from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.measures import Number, number, year_until
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.playbook import Measure, Playbook
from luodi.kernel.cases.rate_access import newest_for
from luodi.kernel.cases.registry import kinds
from luodi.kernel.clocks.now import day_of
from luodi.kernel.figures.display import percent, share_of
from luodi.kernel.ledger.action import Actor

LIST = "/desk/leader/rates/cases"


@dataclass(frozen=True, slots=True)
class Rate:
    """A measure: what was reported beside what was confirmed, and the share that was left out; each with its list."""

    name: str
    kind: str
    says: str
    raw: str
    adjusted: str
    excluded: str
    number: Number
    hrefs: dict[str, str]


@dataclass(frozen=True, slots=True)
class RatesShown:
    """``reckoned_at``: empty where they were counted just now. ``are_apart``: not reckoned yet, and counting takes long."""

    rates: list[Rate]
    since: dt.date
    until: dt.date
    reckoned_at: dt.datetime | None = None
    are_apart: bool = False


def rates_shown(actor: Actor, moment: dt.datetime, *, may_take_long: bool = False) -> RatesShown:
    """Of the cases that the reader may see. Two queries where they were reckoned, else one and one a measure."""
    period = year_until(day_of(moment))
    if not tallies.are_very_many():
        return RatesShown(_counted(visible_to(actor), period.until), period.since, period.until)
    known = {(book.kind, measure.name): (book, measure) for book, measure in _measures()}
    held = [row for row in newest_for(actor) if (row.kind, row.measure) in known]
    if held:
        told = [
            _rate(
                *known[(row.kind, row.measure)],
                Number(**{name: getattr(row, name) for name in Number.__slots__}),
                row.until,
            )
            for row in held
            if row.among
        ]
        return RatesShown(told, held[0].since, held[0].until, reckoned_at=held[0].at)
    if not may_take_long:
        return RatesShown([], period.since, period.until, are_apart=True)
    return RatesShown(_counted(visible_to(actor), period.until), period.since, period.until)


def measure_named(kind: str, name: str) -> tuple[Playbook, Measure] | None:
    """The measure of a kind; ``None`` where there is none of that name."""
    return next((pair for pair in _measures() if (pair[0].kind, pair[1].name) == (kind, name)), None)


def _measures() -> Iterator[tuple[Playbook, Measure]]:
    for kind in kinds():
        for measure in kind.newest.measures:
            yield kind.newest, measure


def _counted(found: QuerySet[Case], day: dt.date) -> list[Rate]:
    """Every measure of the year, up to ``day``, in which there was anything to count. One query a measure."""
    period, here, made = year_until(day), tallies.kinds_there_are(), []
    for book, measure in _measures():
        told = number(measure, book, period, found) if book.kind in here else None
        if told is not None and told.among:
            made.append(_rate(book, measure, told, day))
    return made


def _rate(book: Playbook, measure: Measure, told: Number, until: dt.date) -> Rate:
    excluded = _share(told.excluded, told.among)
    if told.forced:
        excluded = gettext("%(share)s，强行了结%(forced)s件") % {"share": excluded, "forced": told.forced}
    asked: dict[str, Any] = {"kind": book.kind, "measure": measure.name, "until": until.isoformat()}
    return Rate(
        name=measure.label,
        kind=book.label,
        says=measure.says,
        raw=_share(told.reported, told.among),
        adjusted=_share(told.counted, told.among - told.excluded),
        excluded=excluded,
        number=told,
        hrefs={name: f"{LIST}?{urlencode(asked | {'part': name})}" for name in Number.__slots__},
    )


def _share(part: int, whole: int) -> str:
    """A share with both its sides; only the sides where there are too few for a rate."""
    share = share_of(part, whole)
    sides = f"{part:,}/{whole:,}"
    return sides if share is None else f"{percent(share)}（{sides}）"
