"""Cells by their names: C7, C7:F9, 任务分解表!C7. Rows and columns count from one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


def letters(column: int) -> str:
    """The name of a column.

    >>> letters(1), letters(28), letters(200)
    ('A', 'AB', 'GR')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place_of(name: str) -> tuple[int, int]:
    """Row and column of a cell's name. Raises ``ValueError``.

    >>> place_of("AB12")
    (12, 28)
    """
    match = _CELL.fullmatch(name)
    if match is None:
        raise ValueError(f"{name!r} is no name of a cell")
    column = 0
    for sign in match[1].upper():
        column = column * 26 + ord(sign) - 64
    return int(match[2]), column


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A rectangle of cells, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def named(cls, name: str) -> Area:
        """The area called ``C7:F9``, or ``C7``. Raises ``ValueError``."""
        first, _, last = name.partition(":")
        top, left = place_of(first)
        bottom, right = place_of(last or first)
        return cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    @property
    def is_single(self) -> bool:
        """Whether it is one cell."""
        return self.top == self.bottom and self.left == self.right

    def __str__(self) -> str:
        """Its name.

        >>> str(Area(7, 3, 9, 3)), str(Area(7, 3, 7, 3))
        ('C7:C9', 'C7')
        """
        first = f"{letters(self.left)}{self.top}"
        return first if self.is_single else f"{first}:{letters(self.right)}{self.bottom}"


def in_sheet(sheet: str, area: Area) -> str:
    """The name of an area with that of its sheet, as it is kept with what was read there.

    >>> in_sheet("任务分解表", Area(7, 3, 7, 3))
    '任务分解表!C7'
    """
    return f"{sheet}!{area}"
