"""How well bottlenecks are solved, in rates that cannot be had by closing letters (domain reference §2). Pure.

Each rate is told as two counts. What was only reported stands beside what was verified, never alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

REOPENED_WITHIN = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One bottleneck. ``reported_on`` is the day of its last report of being solved, ``accepted_on`` that on which the verifier
    accepted this report; ``is_clear``: it names the unit asked and the act."""

    registered_on: dt.date
    sort: str = ""
    due_on: dt.date | None = None
    reported_on: dt.date | None = None
    accepted_on: dt.date | None = None
    closed_on: dt.date | None = None
    reopened_on: dt.date | None = None
    is_clear: bool = False
    is_deferred: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` of ``among``."""

    count: int
    among: int

    @property
    def share(self) -> Fraction | None:
        """The rate; ``None`` where there is nothing to count among."""
        return Fraction(self.count, self.among) if self.among else None


@dataclass(frozen=True, slots=True)
class Rates:
    """``reported_on_time`` is shown beside ``on_time``, never alone; ``deferred`` is the share that is parked."""

    closed: Rate
    on_time: Rate
    reported_on_time: Rate
    verified: Rate
    reopened: Rate
    clear: Rate
    deferred: Rate


def rates(tickets: Iterable[Ticket], since: dt.date, until: dt.date) -> Rates:
    """The rates of a period, both days included: of what was registered in it, and of what was due in it."""
    given = list(tickets)
    registered = [each for each in given if since <= each.registered_on <= until]
    due = [each for each in given if each.due_on is not None and since <= each.due_on <= until]
    reported = [each for each in due if each.reported_on is not None]
    closed = [each for each in given if each.closed_on is not None and since <= each.closed_on <= until]
    return Rates(
        closed=Rate(sum(each.closed_on is not None for each in registered), len(registered)),
        on_time=Rate(sum(_in_time(each) and each.accepted_on is not None for each in due), len(due)),
        reported_on_time=Rate(sum(_in_time(each) for each in due), len(due)),
        verified=Rate(sum(each.accepted_on is not None for each in reported), len(reported)),
        reopened=Rate(sum(_came_back(each) for each in closed), len(closed)),
        clear=Rate(sum(each.is_clear for each in registered), len(registered)),
        deferred=Rate(sum(each.is_deferred for each in registered), len(registered)),
    )


def mean_age(
    tickets: Iterable[Ticket], day: dt.date, is_workday: Callable[[dt.date], bool]
) -> Fraction | None:
    """The mean age in workdays of what is open on a day, deferred ones too; ``None`` where nothing is."""
    ages = [
        _workdays(each.registered_on, day, is_workday)
        for each in tickets
        if each.registered_on <= day and (each.closed_on is None or each.closed_on > day)
    ]
    return Fraction(sum(ages), len(ages)) if ages else None


def causes(tickets: Iterable[Ticket]) -> dict[str, dict[dt.date, int]]:
    """For each sort the bottlenecks registered month by month, the most frequent sort first: what keeps coming back."""
    found: dict[str, dict[dt.date, int]] = {}
    for each in tickets:
        months = found.setdefault(each.sort, {})
        month = each.registered_on.replace(day=1)
        months[month] = months.get(month, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: (-sum(pair[1].values()), pair[0])))


def _in_time(ticket: Ticket) -> bool:
    """Reported by its day: the verifier's own delay is not held against the unit."""
    return (
        ticket.reported_on is not None and ticket.due_on is not None and ticket.reported_on <= ticket.due_on
    )


def _came_back(ticket: Ticket) -> bool:
    if ticket.reopened_on is None or ticket.closed_on is None:
        return False
    return ticket.reopened_on - ticket.closed_on <= REOPENED_WITHIN


def _workdays(since: dt.date, day: dt.date, is_workday: Callable[[dt.date], bool]) -> int:
    """Workdays after the first day, up to and with ``day``."""
    return sum(is_workday(since + dt.timedelta(days=count)) for count in range(1, (day - since).days + 1))
