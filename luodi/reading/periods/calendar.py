"""Calendar arithmetic for stretches of time: closed intervals of days, whose year may be unknown."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Literal, NamedTuple

Precision = Literal["day", "decade", "month", "quarter", "half", "year", "plan"]

Relation = Literal["within", "by", "since", "from"]

FINEST_FIRST: tuple[Precision, ...] = ("day", "decade", "month", "quarter", "half", "year", "plan")

DECADES = {"上": (1, 10), "中": (11, 20), "下": (21, 31), "上中": (1, 20), "中下": (11, 31)}

HAN_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "O": 0,
    "0": 0,
    "０": 0,
    "两": 2,
}

A_LEAP_YEAR = 2000
"""Stands in for an unknown year when a day is only checked for being possible: 29 February may exist."""


class Stretch(NamedTuple):
    """The days from ``since`` to ``until``, both included; ``None`` is an open end or an unknown year."""

    since: dt.date | None
    until: dt.date | None
    precision: Precision
    relation: Relation = "within"

    def by_its_end(self) -> Stretch:
        """Any time up to the last day of the stretch, that day included."""
        return Stretch(None, self.until, self.precision, "by")


def a_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or ``None`` where the calendar has none (29 February 2023, year 0)."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def last_day(year: int, month: int) -> dt.date | None:
    """The last day of a month."""
    if not (dt.MINYEAR <= year <= dt.MAXYEAR and 1 <= month <= 12):
        return None
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def days_of_month(
    year: int | None, month: int, first: int, last: int, precision: Precision
) -> Stretch | None:
    """Days ``first`` to ``last`` of a month, cut at its end; ``None`` where ``first`` is no day of it."""
    if a_day(A_LEAP_YEAR if year is None else year, month, first) is None:
        return None
    if year is None:
        return Stretch(None, None, precision)
    end = last_day(year, month)
    return Stretch(a_day(year, month, first), a_day(year, month, last) or end, precision)


def months(year: int | None, first: int, last: int, precision: Precision = "month") -> Stretch | None:
    """Months ``first`` to ``last`` of one year; ``None`` where they are no months or run backwards."""
    if not 1 <= first <= last <= 12:
        return None
    if year is None:
        return Stretch(None, None, precision)
    return Stretch(a_day(year, first, 1), last_day(year, last), precision)


def quarters(year: int | None, first: int, last: int) -> Stretch | None:
    """Quarters ``first`` to ``last`` of one year."""
    return months(year, 3 * first - 2, 3 * last, "quarter")


def years(first: int | None, last: int | None) -> Stretch:
    """Calendar years ``first`` to ``last``."""
    since = a_day(first, 1, 1) if first is not None else None
    until = a_day(last, 12, 31) if last is not None else None
    if since is None or until is None or since > until:
        return Stretch(None, None, "year")
    return Stretch(since, until, "year")


def five_year_plan(number: int) -> tuple[int, int]:
    """First and last year of the nth national five-year plan.

    Counted from 1953 for the first two and from 1966 for the third and later: 1963 to 1965 belong to no plan.
    """
    first = 1953 + 5 * (number - 1) if number <= 2 else 1966 + 5 * (number - 3)
    return first, first + 4


def years_earlier(day: dt.date, count: int) -> dt.date | None:
    """The same day ``count`` years before; 29 February becomes the 28th."""
    return a_day(day.year - count, day.month, day.day) or a_day(day.year - count, day.month, 28)


def next_day(day: dt.date | None) -> dt.date | None:
    """The day after, or ``None`` at the end of the calendar."""
    return None if day is None or day == dt.date.max else day + dt.timedelta(days=1)


def finer(one: Precision, other: Precision) -> Precision:
    """The more exact of two precisions."""
    return min(one, other, key=FINEST_FIRST.index)


def number_of(signs: str) -> int | None:
    """A whole number below a hundred, or one written digit by digit: 12, １２, 十二, 二〇二五.

    ``None`` for anything else (两三, 百): such a number is never guessed.
    """
    signs = signs.strip()
    if not signs:
        return None
    if signs.isdecimal():
        return int(signs)
    if "十" not in signs:
        digits = [HAN_DIGITS.get(sign) for sign in signs]
        known = [str(digit) for digit in digits if digit is not None]
        is_place_notation = len(signs) in (1, 4) and len(known) == len(signs)
        return int("".join(known)) if is_place_notation else None
    tens, _, units = signs.partition("十")
    if len(tens) > 1 or len(units) > 1:
        return None
    ten = HAN_DIGITS.get(tens) if tens else 1
    unit = HAN_DIGITS.get(units) if units else 0
    return None if ten is None or unit is None else 10 * ten + unit
