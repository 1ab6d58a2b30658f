"""Lists as files for spreadsheets: CSV with BOM, XLSX. Nothing in a cell is ever taken for a formula."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence

from django.http import FileResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

# what a spreadsheet program may run (OWASP, CSV injection); a plain negative number is none
_STARTS_A_FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?%?$")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Sequence[str]


def safe_cell(text: str) -> str:
    """The text as a cell shows it: control signs out, an apostrophe before what would be run as a formula.

    >>> safe_cell("=1+1"), safe_cell("-3.5"), safe_cell("公里")
    ("'=1+1", '-3.5', '公里')
    """
    text = _CONTROLS.sub("", text)
    if _STARTS_A_FORMULA.match(text) and not _NUMBER.match(text):
        return "'" + text
    return text


def csv_answer(name: str, header: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    """RFC 4180 in UTF-8 with BOM, sent as it is made."""
    response = StreamingHttpResponse(_csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv_lines(header: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in header])
    yield b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([safe_cell(cell) for cell in row])
        yield buffer.getvalue().encode("utf-8")


def xlsx_answer(name: str, sheet: str, header: Row, rows: Iterable[Row]) -> FileResponse:
    """One sheet, first row bold and frozen; every cell is text, as it was written."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    page.append([_cell(page, text, bold=True) for text in header])
    for row in rows:
        page.append([_cell(page, text) for text in row])
    kept = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(kept)
    kept.seek(0)
    return FileResponse(kept, as_attachment=True, filename=name, content_type=_XLSX)


def _cell(page: object, text: str, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=safe_cell(text))
    cell.data_type = "s"  # text that begins with = stays text
    if bold:
        cell.font = Font(bold=True)
    return cell
