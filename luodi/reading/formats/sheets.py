"""How large a spreadsheet may be, and how a sheet that was read becomes lines."""

from __future__ import annotations

from typing import NamedTuple

from luodi.reading.formats.extract import Place, Writer
from luodi.reading.formats.table_lines import GridCell, write_table
from luodi.reading.refusals import Refused

MOST_SHEETS = 100
MOST_ROWS = 50_000  # filled ones, in one sheet
MOST_CELLS = 1_000_000  # filled ones, in one workbook
MOST_COLUMNS = 500
LONGEST_CELL = 32_767
_EVEN = 3


class Sheet(NamedTuple):
    """The filled cells of a sheet by row and column; ``merges`` as (top, left, bottom, right), counted from 1."""

    name: str
    cells: dict[tuple[int, int], str]
    merges: list[tuple[int, int, int, int]]
    is_hidden: bool = False


def write_sheet(writer: Writer, sheet: Sheet) -> None:
    """Write the rows of a sheet; cells that are merged downwards stand in each row."""
    spans = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
    last = max((row for row, _ in sheet.cells), default=0)
    cells = []
    for (row, column), text in sheet.cells.items():
        bottom, right = spans.get((row, column), (row, column))
        cells.append(
            GridCell(text, row, column, max(min(bottom, last) - row, 0) + 1, max(right - column, 0) + 1)
        )
    hidden = "（隐藏）" if sheet.is_hidden else ""
    writer.gap()
    write_table(writer, cells, Place(0, 0, f"工作表“{sheet.name}”{hidden}", is_sheet=True))
    writer.gap()
    if sheet.is_hidden and cells:
        writer.notes.append(f"工作表“{sheet.name}”是隐藏的，一并取了")


def require_few_sheets(count: int) -> None:
    """Refuse a workbook with too many sheets."""
    if count > MOST_SHEETS:
        raise Refused("too-long", f"工作簿里有{count}张表，最多{MOST_SHEETS}张。请只留要读的表，再读。")


def too_many_rows(name: str) -> Refused:
    """What is said of a sheet with too many rows or cells."""
    return Refused(
        "too-long",
        f"工作表“{name}”太大：一张表最多{MOST_ROWS:,}行、{MOST_COLUMNS}列，一个工作簿最多{MOST_CELLS:,}格。请拆开后再读。",
    )
