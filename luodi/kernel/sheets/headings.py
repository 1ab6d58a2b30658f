"""Where a sheet's header is: the row that holds most of the known words, with a second header row under it where there is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luodi.kernel.sheets.addresses import Area
from luodi.kernel.sheets.fields import bare, known_headers
from luodi.kernel.sheets.grid import Grid

LOOKED_AT = 40  # rows
_LONGEST_HEADER = 24
_FIGURES = re.compile(r"[0-9０-９.．%-]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """Rows ``top`` to ``bottom`` are the header; ``is_guess`` where no known word was found in it."""

    top: int
    bottom: int
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header (two rows joined by “/”) and where that stands."""

    index: int
    header: str
    area: Area


def find_heading(grid: Grid) -> Heading | None:
    """The header of a sheet; ``None`` for a sheet without two filled rows."""
    scores = {row: _score(grid, row) for row in range(1, min(grid.height, LOOKED_AT) + 1)}
    best = max(scores, key=lambda row: (scores[row], -row), default=0)
    if not best or scores[best] == 0:
        guessed = _first_broad_row(grid)
        return Heading(guessed, guessed, True) if guessed else None
    top = bottom = best
    if best > 1 and scores[best - 1] and _reaches_into(grid, best - 1, best):
        top = best - 1
    elif _reaches_into(grid, best, best + 1):
        bottom = best + 1
    return Heading(top, bottom)


def columns_of(grid: Grid, heading: Heading) -> list[Column]:
    """Every column up to the last filled one, in order; a header merged over columns heads each of them."""
    covering = _covering(grid, range(heading.top, heading.bottom + 1))
    columns = []
    for index in range(1, grid.width + 1):
        parts: list[str] = []
        for row in range(heading.top, heading.bottom + 1):
            area = covering.get((row, index), Area(row, index, row, index))
            text = _one_line(grid.text(area.top, area.left))
            if text and text not in parts:
                parts.append(text)
        columns.append(Column(index, "/".join(parts), Area(heading.top, index, heading.bottom, index)))
    return columns


def words_in(grid: Grid, row: int) -> list[str]:
    """The bare texts of a row, in order."""
    return [bare(grid.text(row, column)) for column in range(1, grid.width + 1) if grid.text(row, column)]


def _score(grid: Grid, row: int) -> int:
    """How many different known headers stand in a row; none where it stands alone beside empty cells, as a title does."""
    words = words_in(grid, row)
    found = {word for word in words if word in known_headers()}
    return 0 if len(words) == 1 < grid.width else len(found)


def _reaches_into(grid: Grid, upper: int, lower: int) -> bool:
    """Whether two rows are one header: cells merged over both, or over columns with short words beneath."""
    below = [grid.text(lower, column) for column in range(1, grid.width + 1)]
    if not any(below) or any(len(bare(text)) > _LONGEST_HEADER for text in below):
        return False
    if any(text and _FIGURES.fullmatch(bare(text) or "x") for text in below):
        return False
    if any(area.top == upper and area.bottom == lower for area in grid.merges):
        return True
    spread = [area for area in grid.merges if area.top == area.bottom == upper and area.right > area.left]
    under = [column for area in spread for column in range(area.left, area.right + 1) if below[column - 1]]
    filled = [column for column, text in enumerate(below, 1) if text]
    return bool(under) and set(filled) <= set(under)


def _covering(grid: Grid, rows: range) -> dict[tuple[int, int], Area]:
    return {
        (row, column): area
        for area in grid.merges
        for row in range(max(area.top, rows.start), min(area.bottom, rows.stop - 1) + 1)
        for column in range(area.left, area.right + 1)
    }


def _first_broad_row(grid: Grid) -> int:
    """The first row at least half as wide as the sheet and with text only."""
    for row in range(1, min(grid.height, LOOKED_AT) + 1):
        filled = [entry for (at, _), entry in grid.entries.items() if at == row]
        if len(filled) * 2 >= max(grid.width, 2) and all(isinstance(entry.value, str) for entry in filled):
            return row
    return 0


def _one_line(text: str) -> str:
    """A header on one line; blanks that only spread its letters go."""
    return re.sub(r"\s+", "" if not re.search(r"[A-Za-z]", text) else " ", text)
