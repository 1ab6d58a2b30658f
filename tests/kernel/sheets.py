"""Workbooks for tests, made in memory."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from luodi.kernel.sheets.grid import Grid
from luodi.kernel.sheets.open_book import open_book
from luodi.kernel.sheets.table import Table, read_table

HEADER = ("序号", "任务", "牵头单位", "配合单位", "完成时限", "备注")


def workbook(
    rows: Sequence[Sequence[Any]],
    *,
    title: str = "任务分解表",
    merges: Sequence[str] = (),
    layouts: dict[str, str] | None = None,
) -> bytes:
    """An .xlsx with one sheet of these rows."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column).value = value
    for place, layout in (layouts or {}).items():
        sheet[place].number_format = layout
    for merge in merges:
        sheet.merge_cells(merge)
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_part(raw: bytes, name: str, data: bytes) -> bytes:
    """The workbook with one part put in, or in the place of the one that was there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member in given.namelist():
            if member != name:
                made.writestr(member, given.read(member))
        made.writestr(name, data)
    return out.getvalue()


def grid_of(raw: bytes) -> Grid:
    """Its first sheet."""
    return open_book(raw, "表.xlsx").sheets[0]


def table_of(rows: Sequence[Sequence[Any]], **given: Any) -> Table:
    """The table of such a workbook."""
    return read_table(grid_of(workbook(rows, **given)))


def kept_day(year: int, month: int, day: int) -> dt.datetime:
    """A day as a workbook keeps it: workbooks know no zones."""
    return dt.datetime(year, month, day)  # noqa: DTZ001
