"""What a time in a line is: its place, its kind, its days, its times of day, and its standard notation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from luodi.reading.periods.find import Period

Kind = Literal["stretch", "time", "duration", "recurring", "named"]
Relation = Literal["within", "by", "since", "from", "lasting", "before", "after"]


class Time(NamedTuple):
    """An expression of time at ``text[start:stop]``.

    ``kind``: ``stretch`` has days (as ``periods.find.Period``), ``time`` is a time of day, ``duration`` a length, ``recurring``
    comes again and again, ``named`` is a time whose days nobody can tell from the words (汛期, 周三, 29日).
    ``time_from`` and ``time_to`` are ``HH:MM`` or ``HH:MM:SS``, the same for one moment. ``notation`` is ISO 8601 as
    TIMEX3 extends it: ``P3M``, ``P45BD`` (working days), ``XXXX-WXX-1T20``, ``T09:30``, ``2026-SU``.
    """

    start: int
    stop: int
    kind: Kind
    since: dt.date | None = None
    until: dt.date | None = None
    precision: str | None = None
    relation: Relation = "within"
    rule: str = ""
    time_from: str | None = None
    time_to: str | None = None
    notation: str | None = None


Read = Callable[[re.Match[str], dt.date | None], Time | None]


@dataclass(frozen=True)
class TimeRule:
    """One way of naming a time: ``words`` is where it stands, ``read`` gives it or refuses; ``example`` is for the reference."""

    name: str
    meaning: str
    example: str
    words: str
    read: Read

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words, made on first use."""
        return re.compile(self.words)


def of_period(period: Period) -> Time:
    """A stretch of days as the documents' own reading gives it."""
    return Time(
        period.start, period.stop, "stretch", period.since, period.until, period.precision, period.relation, period.rule
    )  # fmt: skip


def time_as_dict(time: Time) -> dict[str, Any]:
    """The time for JSON: ``start, end`` in the line, ``from, to`` as ISO days or ``None``."""
    return {
        "start": time.start,
        "end": time.stop,
        "kind": time.kind,
        "from": time.since.isoformat() if time.since else None,
        "to": time.until.isoformat() if time.until else None,
        "precision": time.precision,
        "relation": time.relation,
        "time_from": time.time_from,
        "time_to": time.time_to,
        "timex": time.notation,
        "rule": time.rule,
    }


def moved(day: dt.date | None, days: int) -> dt.date | None:
    """The day so many days on; ``None`` past the ends of the calendar."""
    try:
        return None if day is None else day + dt.timedelta(days=days)
    except OverflowError:
        return None


def moved_months(day: dt.date | None, months: int) -> dt.date | None:
    """The same day so many months on, or the last of that month where it has no such day."""
    if day is None:
        return None
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, index + 1, min(day.day, last))
        except ValueError:
            continue
    return None
