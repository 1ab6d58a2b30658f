"""The words around a place that still belong to its clause: what is said of a number stands there."""

from __future__ import annotations

import re

_REACH = 36
_CLAUSE_MARK = re.compile(r"[，,。；;！!？?：:\n]")


def clause_before(text: str, at: int) -> str:
    """The words of the clause that runs up to ``at``, at most 36 characters of them."""
    window = text[max(0, at - _REACH) : at]
    return _CLAUSE_MARK.split(window)[-1]


def clause_after(text: str, at: int) -> str:
    """The 24 characters from ``at`` on, not past the end of the line."""
    return text[at : at + 24].partition("\n")[0]
