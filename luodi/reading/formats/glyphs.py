"""A printed page as its signs and ruled lines: what PDF and OFD have in common. ``y`` grows downwards, in points."""

from __future__ import annotations

from typing import NamedTuple

MOST_PAGES = 2_000
MOST_GLYPHS = 400_000  # of one page
MOST_GLYPHS_IN_ALL = 6_000_000


class Glyph(NamedTuple):
    """A sign and the box it fills."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Rule(NamedTuple):
    """A ruled line, upright or level: from (left, top) to (right, bottom)."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


class Page(NamedTuple):
    """One page. ``number`` counts from 1."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
