"""Clocks that run to the minute: through office hours of working days, or day and night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from luodi.kernel.clocks.calendar import Calendar
from luodi.kernel.clocks.deadline import Step, Suspension, midnight
from luodi.kernel.clocks.kinds import Kind
from luodi.kernel.clocks.office_hours import OfficeHours

_DAY = dt.timedelta(days=1)
_MINUTE = dt.timedelta(minutes=1)
Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, slots=True)
class HourClock:
    """How minutes are counted: ``kind`` in hours, a calendar, office hours, suspensions. Instants are in Shanghai."""

    kind: Kind
    calendar: Calendar
    hours: OfficeHours
    suspensions: Sequence[Suspension] = ()

    def count(self, start: dt.datetime, minutes: int) -> tuple[dt.datetime, list[Step]]:
        """The instant at which ``minutes`` are used up; a limit that ends exactly at a break ends at the break.

        Raises ``OverflowError`` where that is after the year 9999.
        """
        runs = _Runs(start)
        for begin, end in self._open(start):
            for first, last in _without(begin, end, [each.instants() for each in self.suspensions]):
                runs.pass_to(first, self._closed)
                left = minutes - runs.total
                used = min(left, (last - first) // _MINUTE)
                runs.count_to(first + used * _MINUTE, used)
                if runs.total == minutes:
                    return runs.at, runs.steps
        raise OverflowError(f"{minutes} minutes after {start} are beyond the calendar")

    def is_provisional(self, start: dt.datetime, due: dt.datetime) -> bool:
        """Whether a year between is not announced yet."""
        years = range(start.year, due.year + 1)
        return self.kind.on_workdays and any(year not in self.calendar.years for year in years)

    def _open(self, start: dt.datetime) -> Iterator[Span]:
        """The spans of running time from ``start`` on, a day's at a time."""
        day = start.date()
        while day < dt.date.max:
            if not self.kind.on_workdays:
                spans = [(midnight(day), midnight(day + _DAY))]
            else:
                spans = self.hours.on(day) if self.calendar.is_workday(day) else []
            for begin, end in spans:
                if end > start:
                    yield max(begin, start), end
            day += _DAY

    def _closed(self, begin: dt.datetime, end: dt.datetime) -> str:
        """Why the time between does not count."""
        for first, last in (each.instants() for each in self.suspensions):
            if first < end and begin < last:
                return "suspended"
        days = {self.calendar.kind(begin.date() + _DAY * count) for count in range(1, (end - begin).days + 1)}
        if "holiday" in days:
            return "holiday"
        return "weekend" if "weekend" in days else "closed"


class _Runs:
    """Counted and passing time by turns; counted runs that touch become one."""

    def __init__(self, start: dt.datetime) -> None:
        self.steps: list[Step] = []
        self.at = start
        self.total = 0

    def pass_to(self, instant: dt.datetime, why: Callable[[dt.datetime, dt.datetime], str]) -> None:
        if instant > self.at:
            sort = why(self.at, instant)
            self.steps.append(Step(self.at, instant, sort, (instant - self.at) // _MINUTE, 0, self.total))
            self.at = instant

    def count_to(self, instant: dt.datetime, minutes: int) -> None:
        self.total += minutes
        last = self.steps[-1] if self.steps else None
        if last is not None and last.why == "hours" and last.last == self.at:
            self.steps[-1] = replace(
                last,
                last=instant,
                length=last.length + minutes,
                counted=last.counted + minutes,
                total=self.total,
            )
        elif minutes:
            self.steps.append(Step(self.at, instant, "hours", minutes, minutes, self.total))
        self.at = instant


def _without(begin: dt.datetime, end: dt.datetime, taken: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span when others are taken out, in order."""
    at = begin
    for first, last in sorted(taken):
        if last <= at or first >= end:
            continue
        if first > at:
            yield at, first
        at = max(at, last)
    if at < end:
        yield at, end
