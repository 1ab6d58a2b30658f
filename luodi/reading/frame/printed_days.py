"""Days printed on a page: in its byline, under its title, in its signature, in its dateline.

Only whole days count; a month alone is a period, not a day. Day and month order is always year first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

_HAN = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "Ｏ": "0",
    "O": "0",
    "０": "0",
}
_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?:[-/.—]\s?(?P<month>\d{1,2})\s?[-/.—]\s?(?P<day>\d{1,2})(?!\d)|"
    r"年\s?(?P<month2>\d{1,2})\s?月\s?(?P<day2>\d{1,2})\s?[日号])"
)
_HAN_DAY = re.compile(
    r"(?P<year>[二一][〇○ＯO0零一二三四五六七八九]{3})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]"
    r"{1,3})日"
)
_PACKED = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-2]\d|3[01])(?!\d)")
_EARLIEST, _LATEST = 1990, 2100


class PrintedDay(NamedTuple):
    """A day printed at ``text[start:stop]``."""

    start: int
    stop: int
    day: dt.date


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or ``None`` where there is no such day or it is out of all reason."""
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def han_number(text: str) -> int:
    """一 to 三十一 as an integer.

    >>> han_number("二十三"), han_number("十")
    (23, 10)
    """
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(_HAN.get(text, "0")) if len(text) == 1 else 0
    return 10 * (int(_HAN[tens]) if tens in _HAN else 1) + (int(_HAN[ones]) if ones in _HAN else 0)


def find_days(text: str, start: int, stop: int, packed: bool = False) -> Iterator[PrintedDay]:
    """The whole days of ``text[start:stop]``, in order of form; ``packed`` also takes 20230105."""
    for found in _DAY.finditer(text, start, stop):
        day = make_day(
            int(found["year"]), int(found["month"] or found["month2"]), int(found["day"] or found["day2"])
        )
        if day:
            yield PrintedDay(found.start(), found.end(), day)
    for found in _HAN_DAY.finditer(text, start, stop):
        year = int("".join(_HAN.get(c, "0") for c in found["year"]))
        day = make_day(year, han_number(found["month"]), han_number(found["day"]))
        if day:
            yield PrintedDay(found.start(), found.end(), day)
    if packed:
        for found in _PACKED.finditer(text, start, stop):
            day = make_day(int(found["year"]), int(found["month"]), int(found["day"]))
            if day:
                yield PrintedDay(found.start(), found.end(), day)
