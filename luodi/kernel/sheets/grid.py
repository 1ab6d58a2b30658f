"""A sheet as it was read: filled cells by place, merged areas, and what each cell shows.

``Grid`` knows nothing of headers; ``table.py`` finds them.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

from luodi.kernel.sheets.addresses import Area

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta
_EDGE = " \t\r\n\u00a0\u3000\u200b\ufeff"
_SECTIONS = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class Entry:
    """What one cell holds. ``layout`` is its number format; ``is_computed`` where a formula gave the value (its last one)."""

    value: Value
    layout: str = ""
    is_computed: bool = False

    @property
    def text(self) -> str:
        """What the cell shows, near enough to be recognised; text without the blanks at its ends."""
        return shown(self.value, self.layout)


@dataclass(frozen=True)
class Grid:
    """``entries`` by row and column, filled cells only; ``merges`` by their areas. ``is_hidden`` as the file says."""

    name: str
    entries: dict[tuple[int, int], Entry]
    merges: tuple[Area, ...] = ()
    is_hidden: bool = False

    @cached_property
    def height(self) -> int:
        """The last row with anything in it; 0 for an empty sheet."""
        return max((row for row, _ in self.entries), default=0)

    @cached_property
    def width(self) -> int:
        """The last column with anything in it."""
        return max((column for _, column in self.entries), default=0)

    def text(self, row: int, column: int) -> str:
        """What a cell shows; empty for an empty one."""
        entry = self.entries.get((row, column))
        return "" if entry is None else entry.text


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of one file in their order; ``notes`` say in Chinese what was passed over in reading."""

    sheets: tuple[Grid, ...]
    notes: tuple[str, ...] = field(default=())


def trimmed(text: str) -> str:
    """Text without blanks, full-width blanks and byte order marks at its ends; line ends as one sign.

    >>> trimmed("　区教育局\\r\\n ")
    '区教育局'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(_EDGE)


def shown(value: Value, layout: str = "") -> str:
    """A value as its cell shows it, as far as the kind of number goes: 85%, 2026.10, 2026-03-31.

    >>> shown(0.1 + 0.2), shown(0.855, "0.0%"), shown(2026.1, "0.00"), shown(3.0)
    ('0.3', '85.5%', '2026.10', '3')
    """
    if isinstance(value, str):
        return trimmed(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, layout)
    if isinstance(value, dt.datetime):
        is_day = value.time() == dt.time(0)
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


@lru_cache(maxsize=4096, typed=True)
def _number(value: int | float, layout: str) -> str:
    # a file keeps 17 digits, the programs show 15 of them
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    if "%" in bare_layout(layout):
        return _plain(number * 100) + "%"
    places = re.search(r"0\.(0+)", bare_layout(layout))
    if places is not None and -int(number.as_tuple().exponent) <= len(places[1]):
        return format(number.quantize(Decimal(1).scaleb(-len(places[1]))), "f")
    return _plain(number)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def bare_layout(layout: str) -> str:
    """The first section of a number format without its literal words and colours.

    >>> bare_layout('yyyy"年"m"月";@'), bare_layout("[Red]0.00_ ")
    ('yyyym', '0.00')
    """
    return _SECTIONS.sub("", layout.split(";")[0]).strip()
