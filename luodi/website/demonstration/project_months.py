"""How the months of an invented site went: its plan by the season, what it brought of it, and how far it had come. Pure.

Sites of the north stand still in winter: their plans ask for nothing in December, January and February.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

# parts of a hundred that a whole year brings month by month
SEASON = (0, 0, 8, 12, 14, 14, 12, 12, 12, 10, 6, 0)
_SWAY = 12  # percent up or down from a site's own pace
_CAUGHT_UP = 18  # percent of what a year's plan lacks that a month beyond it brings
_WORKS = 94  # percent of the total that is works, and not land or interest


@dataclass(frozen=True, slots=True)
class MonthDone:
    """A month of a site: 万元 done and paid in it, and percent of the whole that stand there at its end."""

    month: dt.date
    done: int
    paid: int
    percent: int


def planned(annual: int, year: int, first: dt.date, last: dt.date) -> tuple[int, ...]:
    """A year's plan of ``annual`` over its months, only those from ``first`` to ``last``; the sum is ``annual`` to the last unit.

    >>> planned(100, 2026, dt.date(2026, 9, 1), dt.date(2026, 12, 1))
    (0, 0, 0, 0, 0, 0, 0, 0, 42, 36, 22, 0)
    """
    of_month = [
        part if first <= dt.date(year, number, 1) <= last else 0 for number, part in enumerate(SEASON, 1)
    ]
    if not any(of_month):
        # built in winter alone: all of it in the last of its months
        of_month[min(last.month if last.year == year else 12, 12) - 1] = 1
    whole, gone, months = sum(of_month), 0, []
    for part in of_month:
        share = annual * (gone + part) // whole - annual * gone // whole
        gone += part
        months.append(share)
    return tuple(months)


@dataclass(frozen=True, slots=True)
class Pace:
    """How a site works: percent of its plan that a month brings, ``odd`` months otherwise, percent paid of what is done.

    ``total`` is what the whole is to cost and ``before`` what was done earlier, in the unit of the plans; ``is_over``: the last
    month brings it to its end.
    """

    percent: int
    odd: Mapping[str, int]
    paid: int
    total: int
    before: int
    is_over: bool


def went(
    name: str, plans: Mapping[int, tuple[int, ...]], months: Iterable[dt.date], pace: Pace
) -> list[MonthDone]:
    """What each month brought: its plan times the site's pace, swaying a little; the same name gives the same months.

    Where the plan is at its end and the year's sum is not there, a month of the season brings a part of what is missing.
    """
    random = Random(name)  # noqa: S311 (nothing secret: the same site each time)
    amounts: list[tuple[dt.date, int]] = []
    of_year: dict[int, int] = {}
    for month in months:
        plan = plans.get(month.year, (0,) * 12)
        share = pace.odd.get(f"{month:%Y-%m}", pace.percent + random.randint(-_SWAY, _SWAY))
        done = plan[month.month - 1] * share // 100
        if not any(plan[month.month - 1 :]) and SEASON[month.month - 1]:
            done = max(0, sum(plan) - of_year.get(month.year, 0)) * _CAUGHT_UP // 100
        of_year[month.year] = of_year.get(month.year, 0) + done
        amounts.append((month, done))
    stands = pace.before + sum(done for _, done in amounts) if pace.is_over else pace.total * _WORKS // 100
    found, whole = [], pace.before
    for month, done in amounts:
        whole += done
        paid = done * (pace.paid + random.randint(-6, 6)) // 100
        percent = min(100 if pace.is_over else 98, whole * 100 // stands)
        found.append(MonthDone(month, done, paid, percent))
    return found


def months_from(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The first day of every month from that of ``first`` to that of ``last``."""
    at = first.replace(day=1)
    while at <= last:
        yield at
        at = (at + dt.timedelta(days=32)).replace(day=1)
