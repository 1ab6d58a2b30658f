"""A workbook once opened, as plain JSON and back: a page that shows it again need not open the file again.

Loses nothing that ``Book`` has; what stands in the text was read by ``open_book`` and is kept where nobody else writes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from luodi.kernel.sheets.addresses import Area
from luodi.kernel.sheets.grid import Book, Entry, Grid, Value

_FORM = 1  # goes up with every change of the shape


def book_as_text(book: Book) -> str:
    """The book as JSON."""
    sheets = [
        [
            grid.name,
            grid.is_hidden,
            [[a.top, a.left, a.bottom, a.right] for a in grid.merges],
            [[*place, *_told(entry)] for place, entry in grid.entries.items()],
        ]
        for grid in book.sheets
    ]
    return json.dumps([_FORM, list(book.notes), sheets], ensure_ascii=False, separators=(",", ":"))


def book_from_text(text: str) -> Book | None:
    """The book again; ``None`` where the text has another shape than today's."""
    form, notes, sheets = json.loads(text)
    if form != _FORM:
        return None
    return Book(tuple(_grid(*sheet) for sheet in sheets), tuple(notes))


def _grid(name: str, is_hidden: bool, merges: list[list[int]], entries: list[list[Any]]) -> Grid:
    # a column says the same few things thousands of times: each is held once. Typed, since 1 and True are equal
    once = lru_cache(maxsize=None, typed=True)(_entry)
    found = {
        (row, column): once(*told) if isinstance(told[0], str | int) else _entry(*told)
        for row, column, *told in entries
    }
    return Grid(name, found, tuple(Area(*area) for area in merges), is_hidden)


def _told(entry: Entry) -> list[Any]:
    """The value, then layout, whether it was computed and the kind of its value, as far as they are not the usual."""
    kind, plain = _plain(entry.value)
    told = [plain, entry.layout, entry.is_computed, kind]
    for usual in ("", False, ""):
        if told[-1] != usual:
            break
        told.pop()
    return told


def _entry(plain: Any, layout: str = "", is_computed: bool = False, kind: str = "") -> Entry:
    return Entry(_value(kind, plain), layout, is_computed)


def _plain(value: Value) -> tuple[str, Any]:
    if isinstance(value, dt.datetime):
        return "datetime", value.isoformat()
    if isinstance(value, dt.date):
        return "date", value.isoformat()
    if isinstance(value, dt.time):
        return "time", value.isoformat()
    if isinstance(value, dt.timedelta):
        return "span", [value.days, value.seconds, value.microseconds]
    return "", value


_READ: dict[str, Callable[[str], Value]] = {
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
}


def _value(kind: str, plain: Any) -> Value:
    if kind == "span":
        return dt.timedelta(*plain)
    value: Value = _READ[kind](plain) if kind else plain
    return value
