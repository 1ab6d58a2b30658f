"""A few words around the place where something was found."""

from __future__ import annotations

import re
from collections.abc import Iterable

from luodi.kernel.search.grams import Term, fold

WIDTH = 80  # characters
_BEFORE = 24
_STOPS = "。！？；\n"

Piece = tuple[str, bool]  # words, and whether they are what was asked for


def places(text: str, asked: Iterable[Term]) -> list[tuple[int, int]]:
    """Where the words of ``asked`` stand in ``text``: spans in order that do not overlap."""
    alternatives = sorted({term.words for term in asked if term.words}, key=len, reverse=True)
    if not alternatives:
        return []
    pattern = re.compile("|".join(re.escape(words) for words in alternatives))
    return [match.span() for match in pattern.finditer(fold(text))]


def snippet(text: str, asked: Iterable[Term], width: int = WIDTH) -> tuple[int, tuple[Piece, ...]]:
    """Where the first hit stands (0 where none is), and the words around it, hits marked; ``…`` where cut.

    >>> from luodi.kernel.search.grams import terms
    >>> snippet("今年新增养老床位500张。", terms("养老"))
    (4, (('今年新增', False), ('养老', True), ('床位500张。', False)))
    """
    found = places(text, asked)
    first = found[0][0] if found else 0
    start = _begin(text, first)
    stop = min(len(text), start + width)
    pieces: list[Piece] = [("…", False)] if start else []
    at = start
    for low, high in found:
        if low < at or high > stop:
            continue
        if low > at:
            pieces.append((_plain(text[at:low]), False))
        pieces.append((text[low:high], True))
        at = high
    if at < stop:
        pieces.append((_plain(text[at:stop]), False))
    if stop < len(text):
        pieces.append(("…", False))
    return first, tuple(pieces)


def _begin(text: str, first: int) -> int:
    """The start of the sentence, or a little before the hit where the sentence is long."""
    start = max(text.rfind(stop, 0, first) for stop in _STOPS) + 1
    return start if first - start <= _BEFORE * 2 else first - _BEFORE


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words)
