"""Which characters the font for PDF has: read from the font itself, so that what it lacks is named and not left blank."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from luodi.papers.text import held, named

FOLDER = Path(__file__).resolve().parent / "font"
FONT = FOLDER / "LuodiSerif.otf"
FAMILY = "Luodi Serif"
TAB = "    "
_FULL = 12  # the kind of table that holds every plane
_RECORD = 16


@cache
def characters() -> frozenset[str]:
    """Every character that is drawn. Raises ``ValueError`` where the font has no full table of them."""
    content = FONT.read_bytes()
    table = _table(content)
    for number in range(struct.unpack_from(">H", table, 2)[0]):
        start = struct.unpack_from(">I", table, 4 + 8 * number + 4)[0]
        if struct.unpack_from(">H", table, start)[0] == _FULL:
            groups = struct.iter_unpack(
                ">III", table[start + 16 : start + struct.unpack_from(">I", table, start + 4)[0]]
            )
            return frozenset(chr(code) for first, last, _ in groups for code in range(first, last + 1))
    raise ValueError(f"{FONT.name} has no table of characters of kind {_FULL}")


def drawn(text: str) -> str:
    """The text as the font can draw it: line breaks stay, a tab is four spaces, what the font lacks is named.

    >>> drawn("龙\\t\\U0002a6a5")
    '龙    〔U+2A6A5〕'
    """
    known = characters()
    signs = held(text).replace("\t", TAB)
    return "".join(sign if sign in known or sign == "\n" else named(sign) for sign in signs)


def _table(content: bytes) -> bytes:
    for number in range(struct.unpack_from(">H", content, 4)[0]):
        tag, _, start, size = struct.unpack_from(">4sIII", content, 12 + _RECORD * number)
        if tag == b"cmap":
            return content[start : start + size]
    raise ValueError(f"{FONT.name} has no table of characters")
