"""One numeral with what grows into it: 30多, 2300余万, 百分之三十."""

from __future__ import annotations

import re
from typing import NamedTuple

from luodi.reading.figures.fractions import fraction_at
from luodi.reading.figures.units import FIRST_SIGNS
from luodi.reading.numbers import numerals
from luodi.reading.numbers.numerals import Numeral

_INFIX_SIGNS = ("余", "多", "来", "+")
_INDEFINITE = ("几", "数")
_INFIX = re.compile(rf"[余多来]({numerals.SCALE}*+)|\+(?=[{re.escape(FIRST_SIGNS)}])")
_ARABIC = re.compile(numerals.ARABIC)
_CHINESE = re.compile(numerals.CHINESE)
_PART = re.compile(rf"([百千])分之({numerals.CHINESE}|{numerals.ARABIC})")
_VERSION_TAIL = re.compile(rf"(?:[.．]{numerals.DIGIT}++)+")


class Member(NamedTuple):
    """A numeral at ``text[start:stop]``, 余 or 多 and the scale behind them included, before any unit."""

    start: int
    stop: int
    numeral: Numeral
    infix: str
    joint: str
    """What parts it from the member before: ``range``, ``list`` or nothing for the first."""


def member_at(text: str, at: int, joint: str) -> tuple[Member | None, int]:
    """The numeral at ``at``, and where reading goes on whether it is one or not."""
    if text[at - 2 : at - 1].isdigit() and text[at - 1 : at] in (".", "．"):
        return None, at + 1
    part = _PART.match(text, at) if text[at : at + 1] in ("百", "千") else None
    if part:
        numeral = numerals.read_arabic(part[2]) if part[2][0].isdigit() else numerals.read_chinese(part[2])
        return (Member(at, part.end(), numeral, "", joint), part.end()) if numeral else (None, part.end())
    arabic = _ARABIC.match(text, at)
    found = arabic or _CHINESE.match(text, at)
    if found is None:
        return None, at + 1
    stop, after = found.end(), text[found.end() : found.end() + 1]
    version = _VERSION_TAIL.match(text, stop) if arabic and after in (".", "．") else None
    if version:
        return None, version.end()
    if after == "分" and text.startswith("分之", stop):
        fraction = None if text[at - 1 : at] == "又" else fraction_at(text, at)
        if fraction is None:
            return None, stop + 2 + _length(text, stop + 2)
        return Member(at, fraction.stop, fraction.numeral, "", joint), fraction.stop
    numeral = numerals.read_arabic(found[0]) if arabic else numerals.read_chinese(found[0])
    if numeral is None or after in _INDEFINITE:
        return None, stop
    infix = _INFIX.match(text, stop) if after in _INFIX_SIGNS else None
    return _grown(at, stop, numeral, infix, joint)


def _grown(
    at: int, stop: int, numeral: Numeral, infix: re.Match[str] | None, joint: str
) -> tuple[Member, int]:
    """The member with 余 or 多 and the scale behind it: 2300余万."""
    if infix is None:
        return Member(at, stop, numeral, "", joint), stop
    power = numerals.power_of(infix[1] or "")
    value = numerals.shifted(numeral.value, power)
    numeral = numeral._replace(value=value, scaled=numeral.scaled or power > 0)
    return Member(at, infix.end(), numeral, infix[0][0], joint), infix.end()


def _length(text: str, at: int) -> int:
    found = _ARABIC.match(text, at) or _CHINESE.match(text, at)
    return len(found[0]) if found else 0
