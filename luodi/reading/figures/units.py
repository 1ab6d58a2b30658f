"""Which unit stands at a place of the text, what it is called without scale, and what it counts.

The longest written form wins; a form that only begins a longer word (3条件) is passed over for a shorter one or none.
Wrong where a page coins a unit: the number then goes unread, which is the safer mistake.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from luodi.reading.figures import unit_table

Kind = Literal["money", "measure", "share", "span", "counter", "noun"]


class Unit(NamedTuple):
    """A unit by its base name; ``small`` says that a one-sign Chinese numeral may count it (三所)."""

    base: str
    kind: Kind
    small: bool


class UnitAt(NamedTuple):
    """A unit found in a text, and where it stops."""

    unit: Unit
    stop: int
    written: str


def _entries(words: str) -> list[tuple[str, str]]:
    pairs = (word.partition("=") for word in words.split())
    return [(written, base or written) for written, _, base in pairs]


def _table() -> dict[str, Unit]:
    """Every written form; a form listed twice keeps its first kind."""
    rows: list[tuple[str, Kind, bool]] = [
        (unit_table.MONEY, "money", True),
        (unit_table.MEASURE, "measure", True),
        (unit_table.SHARE, "share", True),
        (unit_table.SPAN, "span", True),
        (unit_table.COUNTER_COMMON, "counter", True),
        (unit_table.COUNTER, "counter", False),
        (unit_table.NOUN, "noun", False),
    ]
    table: dict[str, Unit] = {}
    for words, kind, small in rows:
        for written, base in _entries(words):
            table.setdefault(written, Unit(base, kind, small))
    return table


UNITS = _table()
FIRST_SIGNS = "".join(sorted({written[0] for written in UNITS}))
_LENGTHS: dict[str, list[int]] = {
    sign: sorted({len(written) for written in UNITS if written[0] == sign}, reverse=True)
    for sign in FIRST_SIGNS
}
_PER = dict(_entries(unit_table.PER))
_PER_WORDS = "|".join(sorted(map(re.escape, _PER), key=len, reverse=True))
_UNDER = re.compile(
    rf"[/／]((?:每?[0-9]{{0,3}}[十百千万]{{0,2}})?)({_PER_WORDS})(?:[·.•/]({_PER_WORDS}))?(?![A-Za-z])"
)
_EACH = re.compile(r"每(立方米|平方米|公顷|亩|升)")
_NEVER = {unit: re.compile(after) for unit, after in unit_table.NEVER_BEFORE.items()}
_SPACED_NEVER = re.compile(unit_table.SPACED_NEVER_BEFORE)


def unit_at(text: str, at: int, *, spaced: bool = False) -> UnitAt | None:
    """The unit that begins at ``text[at]``; ``spaced`` when a space parts it from its number."""
    for length in _LENGTHS.get(text[at : at + 1], ()):
        written = text[at : at + length]
        unit = UNITS.get(written)
        if unit is None or len(written) < length or not _stands_alone(text, at, at + length, spaced):
            continue
        return _with_denominator(text, at, at + length, unit)
    return None


def _stands_alone(text: str, start: int, stop: int, spaced: bool) -> bool:
    """False where the sign is only the head of a longer word, Latin or Chinese."""
    last, after = text[stop - 1], text[stop : stop + 1]
    if last.isascii() and last.isalpha() and after.isascii() and after.isalnum():
        return False
    if spaced and _SPACED_NEVER.match(text, start):
        return False
    never = _NEVER.get(text[start:stop])
    return never is None or never.match(text, stop) is None


def _with_denominator(text: str, start: int, stop: int, unit: Unit) -> UnitAt:
    """元 grown to 元/亩 where a stroke and a known unit follow."""
    under = _UNDER.match(text, stop) if text[stop : stop + 1] in ("/", "／") else None
    if under:
        count, first, second = under.groups()
        base = f"{unit.base}/{count}{_PER[first]}" + (f"·{_PER[second]}" if second else "")
        return UnitAt(Unit(base, "measure", unit.small), under.end(), text[start : under.end()])
    each = _EACH.match(text, stop) if unit.kind == "measure" else None
    if each:
        return UnitAt(Unit(f"{unit.base}/{each[1]}", "measure", True), each.end(), text[start : each.end()])
    return UnitAt(unit, stop, text[start:stop])
