"""Months as the office counts them: a month is its first day; plans and reports run from January to December. Pure."""

from __future__ import annotations

import datetime as dt


def month_of(day: dt.date) -> dt.date:
    """The month a day lies in, as its first day.

    >>> month_of(dt.date(2026, 9, 15))
    datetime.date(2026, 9, 1)
    """
    return day.replace(day=1)


def plus_months(day: dt.date, count: int) -> dt.date:
    """The same day ``count`` months on (or back), or the last day of that month where it has no such day.

    >>> plus_months(dt.date(2026, 1, 31), 1), plus_months(dt.date(2026, 3, 1), -3)
    (datetime.date(2026, 2, 28), datetime.date(2025, 12, 1))
    """
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return day.replace(year=years, month=month + 1, day=min(day.day, _days_in(years, month + 1)))


def last_day_of(month: dt.date) -> dt.date:
    """The last day of a month.

    >>> last_day_of(dt.date(2028, 2, 1))
    datetime.date(2028, 2, 29)
    """
    return month.replace(day=_days_in(month.year, month.month))


def months_between(earlier: dt.date, later: dt.date) -> int:
    """How many months from the month of one day to that of another; negative where ``later`` is the earlier.

    >>> months_between(dt.date(2025, 12, 31), dt.date(2026, 2, 1))
    2
    """
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _days_in(year: int, month: int) -> int:
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return (after - dt.timedelta(days=1)).day
