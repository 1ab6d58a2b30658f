"""The copy of a sheet that goes back: every cell as it stood, the faulty ones marked, the reasons in a last column.

Nothing in it is a formula: what begins like one is text. Sent again after mending, it is read like the first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.grid import Entry, Grid
from luodi.kernel.sheets.headings import Heading

COLUMN = "问题"
_MARK = PatternFill("solid", fgColor="FFF0A8")
_BOLD = Font(bold=True)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NAME = re.compile(r"[\[\]:*?/\\]")


def returned_copy(grid: Grid, heading: Heading, faults: Iterable[Fault]) -> bytes:
    """An ``.xlsx`` of one sheet with ``faults`` marked: colour, comment, and words at the end of the row."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _NAME.sub("", grid.name)[:31] or "表1"
    for (row, column), entry in grid.entries.items():
        _write(sheet.cell(row, column), entry)
    for area in grid.merges:
        sheet.merge_cells(
            start_row=area.top, start_column=area.left, end_row=area.bottom, end_column=area.right
        )
    for row in range(heading.top, heading.bottom + 1):
        for column in range(1, grid.width + 1):
            sheet.cell(row, column).font = _BOLD
    _mark(sheet, grid, heading, list(faults))
    sheet.freeze_panes = sheet.cell(heading.bottom + 1, 1)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _mark(sheet: Any, grid: Grid, heading: Heading, faults: list[Fault]) -> None:
    last = _reasons_column(grid, heading)
    _text(sheet.cell(heading.bottom, last), COLUMN)
    sheet.cell(heading.bottom, last).font = _BOLD
    by_row: dict[int, list[str]] = {}
    by_cell: dict[tuple[int, int], list[str]] = {}
    for fault in faults:
        by_row.setdefault(fault.area.top, []).append(f"{fault.area}：{fault.words}")
        by_cell.setdefault((fault.area.top, fault.area.left), []).append(fault.words)
    for place, words in by_cell.items():
        cell = sheet.cell(*place)
        cell.fill = _MARK
        if hasattr(cell, "comment") and cell.__class__.__name__ != "MergedCell":
            cell.comment = Comment(_CONTROLS.sub("", "\n".join(words)), "落地")
    for row in range(heading.bottom + 1, grid.height + 1):
        cell = sheet.cell(row, last)
        _text(cell, "\n".join(dict.fromkeys(by_row.get(row, []))))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[sheet.cell(heading.bottom, last).column_letter].width = 60


def _reasons_column(grid: Grid, heading: Heading) -> int:
    """The column of a copy that was sent back before, else a new one."""
    if grid.text(heading.bottom, grid.width) == COLUMN:
        return grid.width
    return grid.width + 1


def _write(cell: Any, entry: Entry) -> None:
    if isinstance(entry.value, str):
        _text(cell, entry.value)
        return
    cell.value = entry.value
    if entry.layout:
        cell.number_format = entry.layout


def _text(cell: Any, text: str) -> None:
    if cell.__class__.__name__ == "MergedCell":
        return
    cell.value = _CONTROLS.sub("", text) or None
    if cell.value is not None:
        cell.data_type = "s"  # text that begins with = stays text
        if text.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")):
            cell.quotePrefix = True
