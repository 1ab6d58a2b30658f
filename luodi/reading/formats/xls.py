"""Old Excel workbooks (BIFF, as .xls and many .et are), through xlrd. Macros in them are never run, only passed over."""

from __future__ import annotations

import io
import re
from typing import Any

from luodi.reading.formats.cell_text import cell_text
from luodi.reading.formats.extract import Extract, Writer
from luodi.reading.formats.package import damaged
from luodi.reading.formats.sheets import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Sheet,
    require_few_sheets,
    too_many_rows,
    write_sheet,
)
from luodi.reading.refusals import Refused

WHAT = "旧格式的 Excel 工作簿（.xls）"
_TEXT, _NUMBER, _DATE, _BOOLEAN = 1, 2, 3, 4  # xlrd's kinds of cells
_SURROGATES = re.compile("[\ud800-\udfff]")


def extract_xls(raw: bytes) -> Extract:
    """The text of a workbook. Raises ``Refused``: ``damaged``, ``locked``, ``too-long``."""
    import xlrd  # loaded only where there is such a file

    try:
        book = xlrd.open_workbook(
            file_contents=raw, logfile=io.StringIO(), on_demand=True, formatting_info=True
        )
        return _extract(xlrd, book)
    except Refused:
        raise
    except Exception as fault:  # the library raises whatever its input makes it
        if "encrypted" in str(fault).lower():
            raise Refused("locked", f"这个{WHAT}加了密码，读不了。请去掉密码，存盘后再读。") from None
        raise damaged(WHAT) from None


def _extract(xlrd: Any, book: Any) -> Extract:
    require_few_sheets(book.nsheets)
    writer = Writer("xls")
    left = MOST_CELLS
    for number in range(book.nsheets):
        found = book.sheet_by_index(number)
        cells: dict[tuple[int, int], str] = {}
        if found.nrows > MOST_ROWS or found.ncols > MOST_COLUMNS:
            raise too_many_rows(found.name)
        for row in range(found.nrows):
            for column in range(found.row_len(row)):
                text = _shown(xlrd, book, found.cell(row, column))
                if text:
                    cells[row + 1, column + 1] = text
            if len(cells) > left:
                raise too_many_rows(found.name)
        left -= len(cells)
        merges = [(low + 1, left_ + 1, high, right) for low, high, left_, right in found.merged_cells]
        write_sheet(writer, Sheet(_clean(found.name), cells, merges, bool(found.visibility)))
        book.unload_sheet(number)
    return writer.finish()


def _shown(xlrd: Any, book: Any, cell: Any) -> str:
    if cell.ctype == _TEXT:
        return _clean(cell.value[:LONGEST_CELL]).strip()
    if cell.ctype == _BOOLEAN:
        return "是" if cell.value else "否"
    if cell.ctype not in (_NUMBER, _DATE):
        return ""
    layout = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    if cell.ctype == _DATE:
        try:
            return cell_text(xlrd.xldate.xldate_as_datetime(cell.value, book.datemode), layout)
        except (ValueError, OverflowError):
            return ""
    return cell_text(cell.value, layout)


def _clean(text: str) -> str:
    return _SURROGATES.sub("\ufffd", text)
