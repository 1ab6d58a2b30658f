"""What a clock answers: the day or minute a time limit ends, and every step of the sum."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from luodi.kernel.clocks.now import SHANGHAI
from luodi.kernel.clocks.now import day_of as shanghai_day

Moment = dt.date | dt.datetime  # a day in Shanghai, or an aware instant


@dataclass(frozen=True, slots=True)
class Suspension:
    """Time that does not count. Two days, both suspended whole; or two instants, the second one counting again."""

    start: Moment
    end: Moment
    reason: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.start, dt.datetime) is not isinstance(self.end, dt.datetime):
            raise ValueError("a suspension is between two days or two instants, not one of each")
        if self.end < self.start:
            raise ValueError(f"a suspension ends on {self.end}, before it begins on {self.start}")

    def covers(self, day: dt.date) -> bool:
        """Whether any part of the day is suspended: for clocks that count in days."""
        return day_of(self.start) <= day <= day_of(self.end)

    def instants(self) -> tuple[dt.datetime, dt.datetime]:
        """The half-open span of instants that are suspended."""
        if isinstance(self.start, dt.datetime) and isinstance(self.end, dt.datetime):
            return self.start, self.end
        last = day_of(self.end) + dt.timedelta(days=1)
        return midnight(day_of(self.start)), midnight(last)


@dataclass(frozen=True, slots=True)
class Step:
    """A run of time of one sort, ``first`` to ``last`` (days: both included; instants: half-open).

    ``why``: workday, make_up, day, hours (these count); weekend, holiday, closed, suspended (these pass); moved (the last
    day was put off to a working day). ``length`` is how much time passed and ``counted`` how much of it counts, in days or
    minutes; ``total`` is what has been counted so far. Lengths add up to the time from start to end, counts to the limit.
    """

    first: Moment
    last: Moment
    why: str
    length: int
    counted: int
    total: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """``due``: a day (its limit ends at 24:00) or a minute. ``latest``: the same with every extension that the rule allows.

    ``is_provisional``: it runs into a year whose holidays are not known yet. ``rule``: how the time was counted.
    """

    due: Moment
    latest: Moment
    is_provisional: bool
    clock: str
    rule: str
    steps: tuple[Step, ...]


def day_of(moment: Moment) -> dt.date:
    """The Shanghai day of a day or an instant."""
    return shanghai_day(moment) if isinstance(moment, dt.datetime) else moment


def midnight(day: dt.date) -> dt.datetime:
    """The instant at which a day begins in Shanghai."""
    return dt.datetime.combine(day, dt.time.min, SHANGHAI)
