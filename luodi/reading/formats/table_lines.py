"""Tables as lines: a row with its cells between tabs, merged cells repeated in every row they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from luodi.reading.formats.extract import Place, Writer

MOST_ROWS_MERGED = 2_000  # a merged cell that reaches further only lays out a page
_CHINESE_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_BREAK = re.compile(r"\s*\n\s*")
_LONGEST_NAME = 20


class GridCell(NamedTuple):
    """A cell at ``row`` and ``column``, counted from 1, and how many of each it spans."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def one_line(text: str, *, joins: bool = False) -> str:
    """The text of a cell without line breaks; ``joins`` where they only wrap a line, as on a printed page."""
    if joins:
        text = _CHINESE_BREAK.sub("", text.strip())
    return _BREAK.sub(" ", text.strip())


def write_table(writer: Writer, cells: Iterable[GridCell], place: Place) -> None:
    """Write the rows of a table. ``place`` says which table it is; each cell adds its row and column.

    Of a heading of two rows only the lower is written, with the upper one's name before each part of a divided column.
    """
    rows: dict[int, dict[int, tuple[str, Place]]] = {}
    listed = list(cells)
    for cell in listed:
        text = one_line(cell.text)
        for row in range(cell.row, cell.row + min(cell.rows, MOST_ROWS_MERGED)):
            if text or cell.rows == 1:
                rows.setdefault(row, {})[cell.column] = (text, place._replace(row=row, column=cell.column))
    upper = _divided_heading(listed)
    if upper is not None and upper + 1 in rows:
        for cell in listed:
            if cell.row == upper and cell.columns > 1:
                _name_parts(rows[upper + 1], cell)
        del rows[upper]
    for row in sorted(rows):
        writer.row(rows[row][column] for column in sorted(rows[row]))


def _divided_heading(cells: list[GridCell]) -> int | None:
    """The upper of two rows that are a heading together: some of its cells reach down, some are divided below."""
    for row in sorted({cell.row for cell in cells})[:6]:
        mine = [cell for cell in cells if cell.row == row and cell.text.strip()]
        down = [cell for cell in mine if cell.rows == 2]
        across = [cell for cell in mine if cell.columns > 1 and cell.rows == 1]
        if len(down) >= 2 and across and len(down) + len(across) == len(mine):
            return row if all(len(cell.text.strip()) <= _LONGEST_NAME for cell in mine) else None
    return None


def _name_parts(row: dict[int, tuple[str, Place]], cell: GridCell) -> None:
    for column in range(cell.column, cell.column + cell.columns):
        if column in row:
            text, place = row[column]
            row[column] = (f"{one_line(cell.text)}{text}", place)
