"""Deadlines as offices write them into cells, as a closed stretch of days with its precision.

2026.3, 2026年3月, 三月底, 2026-03-31, 20260331, days as the programs keep them (with the format that shows only year and
month read as the month), bare serial numbers. A guess is never made: 2026.1 as a number may be January or October, since
the programs drop a last 0, and a month without a year has none unless the plan's year is given.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from luodi.kernel.sheets.grid import Entry, bare_layout
from luodi.reading.periods.calendar import last_day
from luodi.reading.periods.find import Period, find_periods

_STANDING = re.compile(r"长期|常态|持续|贯穿|经常性|常年|不间断|每[年月周日季]|定期|动态")
_FIRST_DAY = dt.date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)  # 2000 to 2099
_YEARS = range(2000, 2100)
_EIGHT = re.compile(r"(20[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")
_SIX = re.compile(r"(20[0-9]{2})(0[1-9]|1[0-2])")
_PARTED = re.compile(r"(20[0-9]{2})[-/.](0?[1-9]|1[0-2])")
_MONTH_AND_DAY = re.compile(r"(0?[1-9]|1[0-2])[./](0?[1-9]|[12][0-9]|3[01])")
_HINT = "请写成 2026年3月、2026-03-31、三月底 或 长期坚持"


@dataclass(frozen=True, slots=True)
class Due:
    """``since`` is ``None`` where only the end is told. ``is_standing``: 长期坚持, no end. ``note`` for the person checking."""

    since: dt.date | None = None
    until: dt.date | None = None
    precision: str = ""
    is_standing: bool = False
    note: str = ""


def due_of(entry: Entry, year: int | None = None) -> Due | str:
    """The deadline that a cell holds, or in Chinese why none can be read. ``year`` is that of the plan, for bare months."""
    value = entry.value
    if isinstance(value, bool | dt.time | dt.timedelta):
        return f"“{entry.text}”不是日期。{_HINT}。"
    if isinstance(value, dt.datetime | dt.date):
        return _kept_day(value.date() if isinstance(value, dt.datetime) else value, entry.layout)
    if isinstance(value, int | float):
        return _number(entry, float(value))
    return due_in_words(value, year)


@lru_cache(2_000)  # a sheet says the same few deadlines over and over
def due_in_words(words: str, year: int | None = None) -> Due | str:
    """The deadline that a text names, or why none can be read."""
    text = unicodedata.normalize("NFKC", words).strip()
    squeezed = re.sub(r"\s+", "", text).strip("。;；,，")
    if (plain := _figures(squeezed, year)) is not None:
        return plain
    on = None if year is None else dt.date(year, 1, 1)
    found = [
        period
        for period in find_periods(squeezed, on, topic=year)
        if period.relation not in ("since", "from")
    ]
    dated = [period for period in found if period.until is not None]
    if dated:
        return _latest(dated, squeezed)
    if _STANDING.search(squeezed):
        return Due(is_standing=True, note=f"“{_short(words)}”没有完成的日子，不设期限")
    if found or (
        year is None and re.search(r"[0-9一二三四五六七八九十]+月|季度|半年|年底|年末|全年", squeezed)
    ):
        return f"“{_short(words)}”没有写是哪一年。请在上面填上任务的年份，或把年份写进格子。"
    return f"“{_short(words)}”读不出日期。{_HINT}。"


def _kept_day(day: dt.date, layout: str) -> Due | str:
    if day.year not in _YEARS:
        return f"{day.isoformat()}不在2000年至2099年之间，多半是填错了。{_HINT}。"
    shown = bare_layout(layout).lower()
    if shown and "d" not in shown and "m" in shown and "y" in shown:
        return _month(day.year, day.month, "格子只显示年月，按整个月算")
    return Due(day, day, "day")


def _number(entry: Entry, value: float) -> Due | str:
    if value != int(value):
        return _year_and_month(entry)
    whole = int(value)
    if whole in _YEARS:
        return Due(dt.date(whole, 1, 1), dt.date(whole, 12, 31), "year")
    if whole in _SERIALS:
        day = _FIRST_DAY + dt.timedelta(days=whole)
        return Due(day, day, "day", note=f"{whole}是表格里日期的序号，即{day.isoformat()}")
    plain = _figures(str(whole), None)
    return plain if plain is not None else f"“{entry.text}”读不出日期。{_HINT}。"


def _year_and_month(entry: Entry) -> Due | str:
    """A number such as 2026.3: the month behind the point, unless a dropped 0 makes it one of two."""
    year, _, month = entry.text.partition(".")
    bare_month = month.rstrip("0") if len(month) == 2 and int(month or 0) > 12 else month
    if not year.isdigit() or int(year) not in _YEARS or not bare_month.isdigit():
        return f"“{entry.text}”读不出日期。{_HINT}。"
    if bare_month == "1":
        return (
            f"“{entry.text}”存成了数字，表格会丢掉末尾的0，分不清是1月还是10月。"
            f"请写成 {year}年1月 或 {year}年10月。"
        )
    if not 1 <= int(bare_month) <= 12:
        return f"“{entry.text}”里没有{bare_month}月。{_HINT}。"
    return _month(int(year), int(bare_month))


def _figures(text: str, year: int | None) -> Due | str | None:
    """Dates in figures alone; ``None`` where the text is something else."""
    if match := _EIGHT.fullmatch(text):
        try:
            day = dt.date(*(int(part) for part in match.groups()))
        except ValueError:
            return f"“{text}”不是日历上有的日子。{_HINT}。"
        return Due(day, day, "day")
    if match := _SIX.fullmatch(text) or _PARTED.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    if text.isdigit() and int(text) in _SERIALS:
        day = _FIRST_DAY + dt.timedelta(days=int(text))
        return Due(day, day, "day", note=f"{text}是表格里日期的序号，即{day.isoformat()}")
    if _MONTH_AND_DAY.fullmatch(text):
        month, day_of_month = re.split("[./]", text)
        return f"“{text}”分不清是日期还是小数。请写成 {year or '20××'}年{int(month)}月{int(day_of_month)}日。"
    return None


def _latest(dated: list[Period], words: str) -> Due:
    last = max(dated, key=lambda period: period.until or dt.date.min)
    note = f"“{_short(words)}”写了{len(dated)}个时间，期限取最后一个" if len(dated) > 1 else ""
    return Due(last.since, last.until, last.precision, note=note)


def _month(year: int, month: int, note: str = "") -> Due:
    return Due(dt.date(year, month, 1), last_day(year, month), "month", note=note)


def _short(words: str) -> str:
    return words if len(words) <= 24 else words[:23] + "…"
