"""Colour for a terminal that wants it; elsewhere the words alone, for no meaning hangs on colour."""

from __future__ import annotations

import os
from typing import TextIO

_CODES = {
    "bold": "1",
    "dim": "2",
    "commitment": "34",
    "result": "32",
    "status": "36",
    "damaged": "31",
}


def wants_colour(stream: TextIO | None) -> bool:
    """Whether ``stream`` is a terminal and nobody asked for none (NO_COLOR set, TERM=dumb)."""
    if stream is None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def paint(text: str, name: str, *, colour: bool) -> str:
    """``text`` in the named style, or as it is."""
    return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if colour and text else text
