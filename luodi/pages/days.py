"""Days in words: the year only where it is not the present one, relative words beside the absolute day."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import get_language, gettext, ngettext

from luodi.kernel.clocks.now import SHANGHAI, today

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = "一二三四五六日"
_QUARTERS = ("一", "二", "三", "四")


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def full(day: dt.date) -> str:
    """With the year: 2026年9月22日."""
    if _is_english():
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def words(day: dt.date) -> str:
    """Without the year where it is the present one: 9月22日."""
    if day.year != today().year:
        return full(day)
    if _is_english():
        return f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{day.month}月{day.day}日"


def near(day: dt.date) -> str:
    """Today and yesterday by their names, any other day as ``words``."""
    distance = (today() - day).days
    if distance == 0:
        return gettext("今天")
    return gettext("昨天") if distance == 1 else words(day)


def instant(moment: dt.datetime) -> str:
    """Day and time in Shanghai: 2026年9月22日8:00."""
    local = moment.astimezone(SHANGHAI)
    separator = " " if _is_english() else ""
    return f"{full(local.date())}{separator}{local.hour}:{local.minute:02d}"


def ago(number_of_days: int) -> str:
    """How long ago: 22天前; 今天 for 0."""
    if number_of_days <= 0:
        return gettext("今天")
    return ngettext("%(days)s天前", "%(days)s天前", number_of_days) % {"days": f"{number_of_days:,}"}


def due_words(until: dt.date, precision: str) -> str:
    """A due day as exactly as it was said, with the day it means: 2026年8月底（8月31日）.

    ``precision`` is day, decade, month, quarter, half, year or plan (see ``reading.periods``).
    """
    if _is_english():
        return full(until)
    if precision == "decade":
        decade = "上中下"[min((until.day - 1) // 10, 2)]
        return f"{until.year}年{until.month}月{decade}旬"
    if precision == "month":
        return f"{until.year}年{until.month}月底"
    if precision == "quarter":
        return f"{until.year}年第{_QUARTERS[(until.month - 1) // 3]}季度末"
    if precision == "half":
        return f"{until.year}年{'上' if until.month <= 6 else '下'}半年末"
    if precision in ("year", "plan"):
        return f"{until.year}年底"
    return full(until)


def precision_words(precision: str) -> str:
    """How exactly a day was said."""
    known = {
        "day": gettext("精确到日"),
        "decade": gettext("精确到旬"),
        "month": gettext("精确到月"),
        "quarter": gettext("精确到季度"),
        "half": gettext("精确到半年"),
        "year": gettext("精确到年"),
        "plan": gettext("精确到规划期"),
    }
    return known.get(precision, "")


def weekday(day: dt.date) -> str:
    """周三, or Wed."""
    if _is_english():
        return ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()]
    return f"周{_WEEKDAYS[day.weekday()]}"
