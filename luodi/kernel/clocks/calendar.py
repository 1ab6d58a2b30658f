"""Which days are working days: the week, the holidays and the make-up days of each year, as they were announced."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_SATURDAY = 5
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """What was announced for one year. ``evidence``: ``excerpt`` (read) or ``unverified``."""

    year: int
    off: frozenset[dt.date]
    work: frozenset[dt.date]
    notices: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The announced years. A year that is not among them follows the week, and ``is_known`` says no."""

    years: Mapping[int, Year]

    def is_known(self, day: dt.date) -> bool:
        """Whether the holidays of the day's year have been announced and entered."""
        return day.year in self.years

    def is_workday(self, day: dt.date) -> bool:
        """Whether it is a working day, make-up Saturdays and Sundays included."""
        announced = self.years.get(day.year)
        if announced is not None:
            if day in announced.work:
                return True
            if day in announced.off:
                return False
        return day.weekday() < _SATURDAY

    def kind(self, day: dt.date) -> str:
        """``workday``, ``make_up`` (a working Saturday or Sunday), ``holiday`` (an announced day off) or ``weekend``."""
        announced = self.years.get(day.year)
        if announced is not None:
            if day in announced.work and day.weekday() >= _SATURDAY:
                return "make_up"
            if day in announced.off:
                return "holiday"
        return "workday" if day.weekday() < _SATURDAY else "weekend"


@cache
def announced() -> Calendar:
    """The years of ``calendars.toml``."""
    given = tomllib.loads(files("luodi.kernel.clocks").joinpath("calendars.toml").read_text("utf-8"))
    return Calendar({int(year): year_of(int(year), table) for year, table in given.items()})


def year_of(year: int, table: Mapping[str, Any]) -> Year:
    """One year as a table gives it. Raises ``ValueError`` for a day that is not of the calendar, or both off and worked."""
    off = frozenset(day for span in table["off"] for day in _days(year, span))
    work = frozenset(day for span in table.get("work", ()) for day in _days(year, span))
    if both := off & work:
        raise ValueError(f"{min(both)} is both a day off and a working day")
    return Year(year, off, work, tuple(table["notices"]), table["evidence"])


def _days(year: int, span: str) -> list[dt.date]:
    first, _, last = span.partition("..")
    start = dt.date.fromisoformat(f"{year}-{first}")
    end = dt.date.fromisoformat(f"{year}-{last}") if last else start
    if end < start:
        raise ValueError(f"{span} of {year} ends before it begins")
    return [start + _DAY * count for count in range((end - start).days + 1)]
