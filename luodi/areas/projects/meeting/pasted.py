"""Minutes pasted from a document or a sheet: one decision a line, its parts between tabs or bars. Pure.

The parts come in any order: what reads as a day is the day by which it is due, what is called like a unit is the unit, what is
called like a project (or has its code) is the project; the longest of the rest is what is to be done. Nothing is guessed: what is
not understood stays empty and is asked for.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_BETWEEN = re.compile(r"\t|[|｜]")
_NUMBER = re.compile(r"^\s*(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）、.．]\s*)")
_ISO = re.compile(r"(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_SHORT = re.compile(r"([0-9]{1,2})[月./]([0-9]{1,2})日?")
_BEFORE = re.compile(r"(?:以?前|之前|底前)$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it was understood; ids of unit and project, empty where none is called so."""

    what: str
    unit: str = ""
    project: str = ""
    due_by: dt.date | None = None


def lines_of(
    text: str, held_on: dt.date, units: Mapping[str, str], projects: Mapping[str, str]
) -> list[Line]:
    """The lines of a paste. ``units`` and ``projects`` give ids by the names (and codes) they may be called by.

    >>> lines_of("1. 批复临时用电\\t区供电公司\\t9月30日前", dt.date(2026, 9, 1), {"区供电公司": "u1"}, {})
    [Line(what='批复临时用电', unit='u1', project='', due_by=datetime.date(2026, 9, 30))]
    """
    return [
        _line([part.strip() for part in _BETWEEN.split(line)], held_on, units, projects)
        for line in unicodedata.normalize("NFC", text).splitlines()
        if line.strip()
    ]


def day_of_words(text: str, held_on: dt.date) -> dt.date | None:
    """A day as minutes say it; without a year the next such day after the meeting.

    >>> day_of_words("9.30", dt.date(2026, 9, 1)), day_of_words("1月15日前", dt.date(2026, 12, 3))
    (datetime.date(2026, 9, 30), datetime.date(2027, 1, 15))
    """
    plain = _BEFORE.sub("", unicodedata.normalize("NFKC", text).strip())
    if (match := _ISO.fullmatch(plain)) is not None:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if (match := _SHORT.fullmatch(plain)) is None:
        return None
    found = _day(held_on.year, int(match[1]), int(match[2]))
    if found is not None and found < held_on:
        return _day(held_on.year + 1, int(match[1]), int(match[2]))
    return found


def _line(parts: list[str], held_on: dt.date, units: Mapping[str, str], projects: Mapping[str, str]) -> Line:
    unit = project = ""
    due: dt.date | None = None
    rest = []
    for number, part in enumerate(parts):
        part = (
            _NUMBER.sub("", part)
            if number == 0 and due is None and day_of_words(part, held_on) is None
            else part
        )
        if due is None and (day := day_of_words(part, held_on)) is not None:
            due = day
        elif not unit and part in units:
            unit = units[part]
        elif not project and part in projects:
            project = projects[part]
        elif part:
            rest.append(part)
    return Line(max(rest, key=len, default=""), unit, project, due)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
