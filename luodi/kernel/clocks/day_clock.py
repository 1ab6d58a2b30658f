"""Clocks that count days: working days or all days, without the day they start on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from luodi.kernel.clocks.calendar import Calendar
from luodi.kernel.clocks.deadline import Step, Suspension
from luodi.kernel.clocks.kinds import Kind

_DAY = dt.timedelta(days=1)
_PASSING = ("weekend", "holiday", "suspended")


@dataclass(frozen=True, slots=True)
class DayClock:
    """How days are counted: ``kind`` in days, a calendar, what is suspended."""

    kind: Kind
    calendar: Calendar
    suspensions: Sequence[Suspension] = ()

    def sort_of(self, day: dt.date) -> str:
        """Why the day counts or does not; see ``Step.why``."""
        if any(each.covers(day) for each in self.suspensions):
            return "suspended"
        return self.calendar.kind(day) if self.kind.on_workdays else "day"

    def count(self, start: dt.date, limit: int) -> tuple[dt.date, list[Step]]:
        """The day on which ``limit`` counted days after ``start`` are used up. A limit of 0 ends on the first day that counts.

        Raises ``OverflowError`` where that is after the year 9999.
        """
        if limit == 0:
            due, steps = self.count(start - _DAY, 1)
            return due, steps[:-1]  # the days before it only pass, and it uses none up
        runs = _Runs()
        for day in _days_after(start):
            sort = self.sort_of(day)
            runs.add(day, sort, 0 if sort in _PASSING else 1)
            if runs.total == limit:
                return day, runs.steps
        raise OverflowError(f"{limit} days after {start} are beyond the calendar")

    def put_off(self, due: dt.date) -> tuple[dt.date, list[Step]]:
        """The first working day from ``due`` on, and the step to it where it is another day."""
        day = due
        while not self.calendar.is_workday(day):
            day += _DAY
        if day == due:
            return due, []
        return day, [Step(due + _DAY, day, "moved", (day - due).days, 0, 0)]

    def is_provisional(self, start: dt.date, due: dt.date) -> bool:
        """Whether a year between is not announced yet."""
        years = range(start.year, due.year + 1)
        return self.kind.on_workdays and any(year not in self.calendar.years for year in years)


class _Runs:
    """Days of one sort after each other become one step."""

    def __init__(self) -> None:
        self.total = 0
        self._ended: list[Step] = []
        self._first: dt.date | None = None
        self._last = dt.date.min
        self._sort = ""
        self._length = self._counted = 0

    def add(self, day: dt.date, sort: str, counted: int) -> None:
        """The next day."""
        if sort != self._sort or self._first is None:
            self._end()
            self._first, self._sort, self._length, self._counted = day, sort, 0, 0
        self._last = day
        self._length += 1
        self._counted += counted
        self.total += counted

    @property
    def steps(self) -> list[Step]:
        """The steps of all days so far."""
        self._end()
        return self._ended

    def _end(self) -> None:
        if self._first is not None:
            step = Step(self._first, self._last, self._sort, self._length, self._counted, self.total)
            self._ended.append(step)
            self._first = None


def _days_after(start: dt.date) -> Iterator[dt.date]:
    day = start
    while day < dt.date.max:
        day += _DAY
        yield day
