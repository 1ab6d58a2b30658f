"""A text cut where marks and repairs begin and end, so that a page can wrap each piece on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from luodi.reading.edits import Edit

Name = TypeVar("Name")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """``text[start:stop]`` with the ids of the statements it is part of, and the repair it shows, if any.

    ``is_first`` names the statements that begin with this piece: where a page sets their anchor.
    """

    start: int
    text: str
    statements: tuple[str, ...] = ()
    edit: Edit | None = None
    is_first: tuple[str, ...] = ()

    @property
    def is_repaired(self) -> bool:
        """Whether a repair was made here, certain or not."""
        return self.edit is not None

    @property
    def is_hole(self) -> bool:
        """Whether nothing can be known of what stood here."""
        return self.edit is not None and self.edit.certainty == "lost"

    @property
    def is_guess(self) -> bool:
        """Whether context chose among candidates."""
        return self.edit is not None and self.edit.certainty == "guessed"


def pieces(
    text: str,
    within: Span,
    marks: Sequence[tuple[Span, str]],
    edits: Sequence[tuple[Span, Edit]],
) -> list[Piece]:
    """The pieces of ``text[within]`` in order; together they are that text. Empty marks and edits mark nothing.

    >>> [p.text for p in pieces("年底前建成学校2所。", (0, 10), [((3, 9), "s1")], [])]
    ['年底前', '建成学校2所', '。']
    """
    low, high = within
    begun = _clipped(marks, low, high)
    repairs = _clipped(edits, low, high)
    cuts = sorted({low, high, *(at for span, _ in [*begun, *repairs] for at in span)})
    found: list[Piece] = []
    mark_at = edit_at = 0
    standing: list[tuple[Span, str]] = []
    for start, stop in pairwise(cuts):
        while mark_at < len(begun) and begun[mark_at][0][0] <= start:
            standing.append(begun[mark_at])
            mark_at += 1
        standing = [mark for mark in standing if mark[0][1] > start]
        while edit_at < len(repairs) and repairs[edit_at][0][1] <= start:
            edit_at += 1
        edit = repairs[edit_at][1] if edit_at < len(repairs) and repairs[edit_at][0][0] <= start else None
        found.append(
            Piece(
                start,
                text[start:stop],
                tuple(name for _, name in standing),
                edit,
                tuple(name for span, name in standing if span[0] == start),
            )
        )
    return found


def _clipped(spans: Sequence[tuple[Span, Name]], low: int, high: int) -> list[tuple[Span, Name]]:
    inside = [((max(start, low), min(stop, high)), name) for (start, stop), name in spans]
    return sorted((each for each in inside if each[0][0] < each[0][1]), key=lambda each: each[0])
