"""From bytes to sheets: ``.xlsx`` through openpyxl in its frugal mode, ``.csv`` through the standard library.

Macros, the old binary format, locked files and archives that unpack to too much are refused before anything is opened.
Links to other workbooks are not followed; of formulas the value last computed is taken, and noted.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets import limits
from luodi.kernel.sheets.addresses import Area, letters
from luodi.kernel.sheets.archive import guarded, require_no_other_kind, require_size
from luodi.kernel.sheets.comma_separated import read_commas
from luodi.kernel.sheets.grid import Book, Entry, Grid, trimmed
from luodi.kernel.sheets.outline import Outline, outline_of

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\!\x00-\x1f]")
_NAMED = 5


def open_book(raw: bytes, name: str = "") -> Book:
    """Every sheet of a file called ``name``. Raises ``Refusal`` with words for whoever sent it."""
    require_size(raw)
    require_no_other_kind(raw)
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _open_workbook(raw)
    return read_commas(raw, sheet_name(name))


def sheet_name(file_name: str) -> str:
    """What the only sheet of a file without sheet names is called.

    >>> sheet_name("C:\\\\收\\\\任务分解[1].csv"), sheet_name("")
    ('任务分解1', '表1')
    """
    stem = file_name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return _NOT_IN_NAMES.sub("", stem).strip()[:31] or "表1"


def _open_workbook(raw: bytes) -> Book:
    archive = guarded(raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            return _sheets_of(archive, book)
    except Refusal:
        raise
    except Exception as fault:  # the library raises whatever its input makes it
        raise limits.unreadable("里面的结构和通常的工作簿不一样") from fault


def _sheets_of(archive: zipfile.ZipFile, book: Any) -> Book:
    notes: list[str] = []
    if any(name.startswith("xl/externalLinks/") for name in archive.namelist()):
        notes.append("表格里有指向其他文件的链接，没有跟过去，只取存盘时的数。")
    if len(book.worksheets) > limits.MOST_SHEETS:
        raise Refusal(
            "sheet-too-many",
            f"这个文件有{len(book.worksheets)}张表，最多{limits.MOST_SHEETS}张。请只留要录的表，再传。",
        )
    grids = []
    for sheet in book.worksheets:
        with archive.open(sheet._worksheet_path.lstrip("/")) as part:
            outline = outline_of(part, sheet.title)
        grids.append(_grid(sheet, outline))
        notes += _formula_notes(sheet.title, outline)
    if sum(len(grid.entries) for grid in grids) > limits.MOST_CELLS:
        raise limits.too_many_cells()
    if not any(grid.entries for grid in grids):
        raise Refusal("sheet-empty", "这个文件里的表都是空的。请确认选对了文件，存盘后再传。")
    return Book(tuple(grids), tuple(notes))


def _grid(sheet: Any, outline: Outline) -> Grid:
    entries: dict[tuple[int, int], Entry] = {}
    if outline.filled:
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(max_row=outline.height, max_col=outline.width):
            for cell in cells:
                _take(entries, cell, outline)
    cut = (_within(area, outline) for area in outline.merges)
    merges = tuple(area for area in cut if not area.is_single)
    if sum(area.bottom - area.top + 1 for area in merges) > limits.MOST_CELLS:
        raise limits.too_many_cells()
    return Grid(sheet.title, entries, merges, sheet.sheet_state != "visible")


def _within(area: Area, outline: Outline) -> Area:
    """A merged area cut to where the sheet has anything: some reach down a whole column."""
    return Area(
        area.top,
        area.left,
        max(area.top, min(area.bottom, outline.height)),
        max(area.left, min(area.right, outline.width)),
    )


def _take(entries: dict[tuple[int, int], Entry], cell: Any, outline: Outline) -> None:
    value = cell.value
    if value is None:
        return
    if isinstance(value, str):
        value = trimmed(value)
        if not value:
            return
    place = (cell.row, cell.column)
    layout = cell.number_format if not isinstance(value, str) else ""
    entries[place] = Entry(value, "" if layout == "General" else layout, place in outline.formulas)


def _formula_notes(sheet: str, outline: Outline) -> list[str]:
    notes = []
    kept = len(outline.formulas) - len(outline.blank_formulas)
    if kept:
        notes.append(f"“{sheet}”有{kept}格是公式，取的是存盘时算出的数。")
    if outline.blank_formulas:
        named = "、".join(f"{letters(column)}{row}" for row, column in outline.blank_formulas[:_NAMED])
        more = "等" if len(outline.blank_formulas) > _NAMED else ""
        notes.append(
            f"“{sheet}”的{named}{more}{len(outline.blank_formulas)}格是公式，但没有存下算出的数，当作空格。"
            "请在 Excel 或 WPS 里打开、存盘后再传。"
        )
    return notes
