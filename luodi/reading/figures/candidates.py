"""Numerals with the unit that follows them, before any judgement whether they are quantities.

Numerals that share one unit (30—50个, 3、5、7公里) come out together, each with the unit. Nothing is decided here but
where things begin and end; ``figure_stops`` refuses, ``figure_rules`` names what is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from luodi.reading.figures.clause_window import clause_after, clause_before
from luodi.reading.figures.measures import Measured, Shape, coins_of
from luodi.reading.figures.members import Member
from luodi.reading.figures.series import Place, place_in, series_at, shared_value, sharing
from luodi.reading.figures.units import FIRST_SIGNS, Unit
from luodi.reading.numbers import numerals
from luodi.reading.numbers.numerals import Numeral

_TENTHS = ("零", *"一二三四五六七八九")
_SIGNS = numerals.CHINESE_DIGITS + "十拾廿卅百佰千仟万亿萬億"
_FOLLOW = re.escape(FIRST_SIGNS + "余多来几数+大点至到-–—―－~～〜 ")
# one pass in the regular expression engine goes over 一 in 统一 and the like without waking any Python
START = re.compile(
    rf"[0-9０-９{_SIGNS}](?:(?<=[0-9０-９])(?<![0-9０-９]{{2}})|(?<=[{_SIGNS}])(?<![{_SIGNS}]{{2}})[{_SIGNS}]*+(?=[{_FOLLOW}]))"
)
# four parts in ten are written out as the percent number, as every share is: 四成 is 40 %
_NO_MINUS = re.compile("[正担抱肩胜欺自辜背减税]负$")
_TENTH_PART = "成"


class Candidate(NamedTuple):
    """A number with its unit at ``text[start:stop]``; ``head`` and ``tail`` bound the series it stands in."""

    text: str
    start: int
    stop: int
    head: int
    tail: int
    written: str
    value: Decimal
    numeral: Numeral
    infix: str
    unit: Unit
    written_unit: str
    spaced: bool
    shape: Shape
    place: Place | None
    left: str
    right: str

    @property
    def single(self) -> bool:
        """A Chinese numeral of one sign, the kind that stands in slogans and names."""
        return self.numeral.chinese and len(self.written) == 1


def candidates(text: str) -> Iterator[Candidate]:
    """Every numeral of ``text`` that a unit follows, in order; linear in the length of the text."""
    at = 0
    while found := START.search(text, at):
        members, measured, at = series_at(text, found.start())
        if measured:
            yield from _measured(text, members, measured)


def _measured(text: str, members: list[Member], measured: Measured) -> Iterator[Candidate]:
    """The members that share the unit ``measured``, each with its own value and span."""
    if len(members) > 1:
        members = sharing(text, members)
    last = members[-1]
    head, tail = members[0].start, measured.unit.stop
    left, right = clause_before(text, head), clause_after(text, tail)
    for index, member in enumerate(members):
        is_last = index + 1 == len(members)
        value, scaled = shared_value(member, last) if not is_last else (member.numeral.value, None)
        place = place_in(members, index)
        start, shape = member.start, measured.shape
        if shape == "half":
            value = numerals.added(value, Decimal("0.5"))
        elif shape == "coins":
            value = numerals.added(value, coins_of(text, tail))
        elif shape == "tenths":
            value = numerals.added(value, Decimal(_TENTHS.index(text[tail - 1])).scaleb(-1))
        elif shape == "plain" and len(members) == 1:
            start, value, shape = _outlined(text, member, measured)
        if measured.unit.written == _TENTH_PART:
            value = numerals.shifted(value, 1)
        signed = _sign_start(text, start, measured.unit.unit)
        if signed < start and text[signed] not in "+＋":
            value = value.copy_negate()
        yield Candidate(
            text, signed, tail if is_last else member.stop, min(head, signed) if len(members) > 1 else signed, tail,
            text[start : member.stop], value, scaled or member.numeral, member.infix, measured.unit.unit,
            measured.unit.written, measured.spaced, shape, place, left, right,
        )  # fmt: skip


def _outlined(text: str, member: Member, measured: Measured) -> tuple[int, Decimal, Shape]:
    """1.58个 at the head of a line is item 1 and 58个: whole things are not counted in hundredths."""
    whole, point, rest = text[member.start : member.stop].partition(".")
    opens = member.start == 0 or text[member.start - 1] in "\n。；;：: \u3000"
    counts = measured.unit.unit.kind in ("counter", "noun") and not member.numeral.scaled
    if point and opens and counts and len(whole) <= 2 and rest.isdigit() and rest[0] != "0":
        return member.start + len(whole) + 1, Decimal(rest), "outline"
    return member.start, member.numeral.value, measured.shape


def _sign_start(text: str, start: int, unit: Unit) -> int:
    """One before ``start`` where a plus or minus belongs to the number (-3.1%, +5.2%, -5℃, 负2.5亿元)."""
    if text[start - 1 : start] == "负" and unit.kind in ("share", "measure", "money"):
        return start if _NO_MINUS.search(text, max(0, start - 2), start) else start - 1
    signable = unit.base in ("%", "‰", "百分点", "℃")
    if not signable or text[start - 1 : start] not in ("-", "−", "－", "+", "＋"):
        return start
    before = text[start - 2 : start - 1] if start > 1 else ""
    joins = (before.isascii() and before.isalnum()) or before in ("%", "-", "－", "—")
    return start if joins else start - 1
