"""What a spreadsheet's cell shows, near enough to be read as text: 85.5%, 2026年10月, 2026年3月31日."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache

_SECTIONS = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')


def cell_text(value: object, layout: str = "") -> str:
    """A value as its cell shows it.

    >>> cell_text(0.1 + 0.2), cell_text(0.855, "0.0%"), cell_text(dt.datetime(2026, 10, 1), 'yyyy"年"m"月"')
    ('0.3', '85.5%', '2026年10月')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, _bare(layout))
    if isinstance(value, dt.datetime):
        day = _day(value, _bare(layout))
        return day if value.time() == dt.time(0) else f"{day} {value:%H:%M}"
    return _day(value, _bare(layout)) if isinstance(value, dt.date) else str(value)


def _day(value: dt.date, layout: str) -> str:
    if layout and "d" not in layout.lower() and "y" in layout.lower():
        return f"{value.year}年{value.month}月"
    return f"{value.year}年{value.month}月{value.day}日"


def _number(value: int | float, layout: str) -> str:
    # a file keeps 17 digits, the programs show 15 of them
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return ""
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    if abs(number) >= 10**30:
        return f"{number:.15g}"
    if "%" in layout:
        return _plain(number * 100) + "%"
    places = re.search(r"0\.(0+)", layout)
    if places is not None and -int(number.as_tuple().exponent) <= len(places[1]) <= 12:
        return format(number.quantize(Decimal(1).scaleb(-len(places[1]))), "f")
    return _plain(number)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


@lru_cache(maxsize=256)
def _bare(layout: str) -> str:
    """The first section of a number format without its literal words and colours."""
    return _SECTIONS.sub("", (layout or "").split(";")[0]).strip()
