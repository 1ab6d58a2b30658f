"""From the signs of a printed page to its lines, in reading order: columns one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from luodi.reading.formats.glyphs import Glyph

_SAME_LINE = 0.5  # of the height: how far the middles of two signs of one line may lie apart
_WORD_GAP = 0.2  # of the height: between two western words
_BLANK = 0.4  # of the height: a blank between Chinese signs
_WIDE_GAP = 1.0  # of the height: between two cells of a row
_FEWEST_IN_COLUMN = 5
_LETTERS_IN_COLUMN = 8
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line without a wide gap."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page. ``size`` is the height of its signs."""

    segments: tuple[Segment, ...]
    top: float
    bottom: float
    size: float
    page: int = 0

    @property
    def text(self) -> str:
        """The line, wide gaps as a blank."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.segments[-1].right


def lines_of(glyphs: Iterable[Glyph], page: int = 0) -> list[TextLine]:
    """The lines that signs form, from top to bottom, across all columns."""
    rows: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.top + g.bottom):
        own = (glyph.top + glyph.bottom) / 2
        if not rows or abs(own - middle) > _SAME_LINE * max(height, glyph.bottom - glyph.top, 1.0):
            rows.append([])
            middle, height = own, glyph.bottom - glyph.top
        rows[-1].append(glyph)
    return [line for row in rows if (line := _line(row, page)) is not None]


def _line(row: list[Glyph], page: int) -> TextLine | None:
    row.sort(key=lambda g: g.left)
    size = max(median(g.bottom - g.top for g in row), 1.0)
    segments: list[Segment] = []
    pieces: list[str] = []
    left = right = 0.0
    for glyph in row:
        gap = glyph.left - right
        if pieces and gap > _WIDE_GAP * size:
            segments.append(Segment("".join(pieces), left, right))
            pieces = []
        elif pieces and gap > (_WORD_GAP if pieces[-1].isascii() and glyph.text.isascii() else _BLANK) * size:
            pieces.append(" ")
        if not pieces:
            left = glyph.left
        pieces.append(glyph.text)
        right = max(glyph.right, right) if len(pieces) > 1 else glyph.right
    segments.append(Segment("".join(pieces), left, right))
    kept = tuple(segment for segment in segments if segment.text.strip())
    if not kept:
        return None
    return TextLine(kept, min(g.top for g in row), max(g.bottom for g in row), size, page)


def in_columns(glyphs: Sequence[Glyph], width: float, page: int, depth: int = 0) -> list[list[TextLine]]:
    """The lines of a page as stretches to be read one after the other: across, left column, right column, across, …"""
    lines = lines_of(glyphs, page)
    gutter = _gutter(lines) if depth < _DEEPEST else None
    if gutter is None:
        return [lines] if lines else []
    found: list[list[TextLine]] = []
    band: list[Glyph] = []
    ends = [(line.top, line.bottom) for line in lines if _crosses(line, gutter)]
    across = dict(zip(ends, (line for line in lines if _crosses(line, gutter)), strict=True))
    left_over = sorted(glyphs, key=lambda g: g.top + g.bottom)
    at = 0
    for top, bottom in ends:
        while at < len(left_over) and (left_over[at].top + left_over[at].bottom) / 2 < top:
            band.append(left_over[at])
            at += 1
        found += _both_columns(band, gutter, width, page, depth)
        band = []
        found.append([across[top, bottom]])
        while at < len(left_over) and (left_over[at].top + left_over[at].bottom) / 2 <= bottom:
            at += 1
    found += _both_columns(left_over[at:], gutter, width, page, depth)
    return _joined(found)


def _both_columns(
    band: list[Glyph], gutter: float, width: float, page: int, depth: int
) -> list[list[TextLine]]:
    left = [g for g in band if (g.left + g.right) / 2 < gutter]
    right = [g for g in band if (g.left + g.right) / 2 >= gutter]
    return [
        *(in_columns(left, width, page, depth + 1) if left else ()),
        *(in_columns(right, width, page, depth + 1) if right else ()),
    ]


def _joined(stretches: list[list[TextLine]]) -> list[list[TextLine]]:
    """Neighbouring stretches of single lines across as one."""
    found: list[list[TextLine]] = []
    for stretch in stretches:
        if (
            found
            and len(stretch) == 1
            and len(found[-1])
            and found[-1][-1].bottom <= stretch[0].top
            and (abs(found[-1][-1].left - stretch[0].left) < 3 * stretch[0].size)
        ):
            found[-1] = [*found[-1], *stretch]
        else:
            found.append(list(stretch))
    return found


def _crosses(line: TextLine, at: float) -> bool:
    return any(segment.left < at < segment.right for segment in line.segments)


def _gutter(lines: list[TextLine]) -> float | None:
    """Where an empty band runs down between two columns of prose; ``None`` where there is but one column."""
    if len(lines) < _FEWEST_IN_COLUMN:
        return None
    low, high = min(line.left for line in lines), max(line.right for line in lines)
    best: tuple[int, float] | None = None
    for step in range(30, 71):
        at = low + (high - low) * step / 100
        crossing = sum(_crosses(line, at) for line in lines)
        if crossing * 4 > len(lines):
            continue
        free = [line for line in lines if not _crosses(line, at)]
        left = [_letters(line, at, is_left=True) for line in free if line.left < at]
        right = [_letters(line, at, is_left=False) for line in free if line.right > at]
        if min(len(left), len(right)) < _FEWEST_IN_COLUMN:
            continue
        if median(left) < _LETTERS_IN_COLUMN or median(right) < _LETTERS_IN_COLUMN:
            continue
        if best is None or (crossing, abs(step - 50)) < best:
            best = (crossing, abs(step - 50))
            found = at
    return None if best is None else found


def _letters(line: TextLine, at: float, *, is_left: bool) -> int:
    """How many signs a line has in its one stretch on a side; few where it has several, as a row of a table."""
    own = [s for s in line.segments if (s.right <= at) == is_left]
    return sum(len(s.text) for s in own) // (len(own) ** 2 or 1)
