"""Text on a terminal: how wide it is, and where a line may be broken."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# what must not be torn: numbers with their scale, Latin words, addresses
_WHOLE = re.compile(
    r"[A-Za-z0-9]+(?:[.,:/'_@%&=?+~—–-]+[A-Za-z0-9]+)*[%％‰℃]?[十百千万亿]{0,2}|\s+|.",
    re.DOTALL,
)
_NEVER_FIRST = "，。、；：！？）》」』】〕〉”’…—·%‰℃,.;:!?)]}~～"
_NEVER_LAST = "（《「『【〔〈“‘([{"


@lru_cache(maxsize=8192)
def _width(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1


def width_of(text: str) -> int:
    """Columns that ``text`` takes on a terminal; marks of ambiguous width (“”, ·, ─) count as one.

    >>> width_of("增长9.7%")
    8
    """
    return len(text) if text.isascii() else sum(map(_width, text))


def pad(text: str, width: int) -> str:
    """``text`` with spaces behind it, up to ``width`` columns."""
    return text + " " * (width - width_of(text))


def printable(text: str) -> str:
    """``text`` on one line, with nothing in it that would move the cursor or break the row."""
    return "".join(c if c.isprintable() else " " for c in text)


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns, at least one line; its own line breaks stay.

    Numbers and Latin words stay whole, closing marks stay with what they close; what is wider than a line is cut.

    >>> wrap("完成投资30.5亿元，增长12%", 12)
    ['完成投资', '30.5亿元，增', '长12%']
    """
    return [line for part in text.split("\n") for line in _wrap_line(part, max(width, 2))]


def _wrap_line(text: str, width: int) -> list[str]:
    lines = [""]
    used = 0
    for piece in _pieces(text):
        wide = width_of(piece)
        if used + wide <= width:
            if used or not piece.isspace():
                lines[-1] += piece
                used += wide
            continue
        if piece.isspace():
            lines.append("")
            used = 0
            continue
        if used:
            lines.append("")
            used = 0
        for char in piece:
            if used + _width(char) > width:
                lines.append("")
                used = 0
            lines[-1] += char
            used += _width(char)
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> list[str]:
    """What a line may not be broken inside of, in order."""
    pieces: list[str] = []
    opened = False
    for whole in _WHOLE.findall(text):
        if pieces and (opened or whole in _NEVER_FIRST) and not whole.isspace() and not pieces[-1].isspace():
            pieces[-1] += whole
        else:
            pieces.append(whole)
        opened = whole in _NEVER_LAST
    return pieces
