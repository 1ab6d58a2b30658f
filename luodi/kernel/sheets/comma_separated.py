"""Comma-separated values as offices export them: UTF-8 with or without mark, GB 18030, UTF-16; comma, semicolon or tab."""

from __future__ import annotations

import codecs
import csv
import io
import threading
from collections import Counter

from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets import limits
from luodi.kernel.sheets.grid import Book, Entry, Grid, trimmed

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_FIRST = 20
_limit = threading.Lock()


def read_commas(raw: bytes, name: str) -> Book:
    """One sheet, called ``name``. Raises ``Refusal``: ``sheet-encoding`` and those of size."""
    text, encoding = _decoded(raw)
    entries: dict[tuple[int, int], Entry] = {}
    with _limit:  # the limit of the csv module is one for all threads
        csv.field_size_limit(limits.LONGEST_CELL)
        try:
            for row, cells in enumerate(
                csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), 1
            ):
                _take_row(entries, name, row, cells)
        except csv.Error as fault:
            raise Refusal(
                "sheet-unreadable",
                f"“{name}”有一格超过{limits.LONGEST_CELL:,}个字，多半是引号没有成对。请在 Excel 或 WPS 里检查后另存。",
            ) from fault
    return Book((Grid(name, entries),), (f"按{encoding}编码读出",))


def _decoded(raw: bytes) -> tuple[str, str]:
    marked = [encoding for mark, encoding in _MARKS if raw.startswith(mark)]
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, {"gb18030": "GB 18030", "utf-16": "UTF-16"}.get(encoding, "UTF-8")
    raise Refusal(
        "sheet-encoding",
        f"这个文件不是表格，或者文字编码认不出（可以是 UTF-8 或 GB 18030）。{limits.SAVE_AS}",
    )


def _delimiter(text: str) -> str:
    """The sign that parts the first lines most evenly."""
    lines = [line for line in text.splitlines()[:_FIRST] if line.strip()]
    counts = {sign: Counter(line.count(sign) for line in lines if sign in line) for sign in ",\t;"}
    return max(counts, key=lambda sign: max((n * seen for n, seen in counts[sign].items()), default=0))


def _take_row(entries: dict[tuple[int, int], Entry], sheet: str, row: int, cells: list[str]) -> None:
    for column, text in enumerate(cells, 1):
        kept = trimmed(text)
        if not kept:
            continue
        if row > limits.MOST_ROWS:
            raise limits.too_many_rows(sheet, row)
        if column > limits.MOST_COLUMNS:
            raise limits.too_many_columns(sheet, column)
        entries[row, column] = Entry(kept)
        if len(entries) > limits.MOST_CELLS:
            raise limits.too_many_cells()
