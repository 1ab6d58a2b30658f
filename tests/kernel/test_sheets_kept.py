"""A workbook laid by as text is the same again."""

from __future__ import annotations

import datetime as dt
import json

from luodi.kernel.sheets.addresses import Area
from luodi.kernel.sheets.grid import Book, Entry, Grid
from luodi.kernel.sheets.kept_book import book_as_text, book_from_text

VALUES = (
    "=1+1", "８５％", 3, 0.1, True, dt.datetime.combine(dt.date(2026, 9, 22), dt.time(9)), dt.date(2026, 9, 22), dt.time(9, 30),
    dt.timedelta(days=1, seconds=2, microseconds=3),
)  # fmt: skip


def test_every_kind_of_value_comes_back_with_its_type_layout_and_place() -> None:
    entries = {
        (row, 2): Entry(value, "0.00" if row % 2 else "", row == 3) for row, value in enumerate(VALUES, 1)
    }
    book = Book((Grid("进展", entries, (Area(1, 1, 3, 2),), True), Grid("空", {})), ("有链接。",))
    again = book_from_text(book_as_text(book))
    assert again == book
    assert again is not None
    assert [type(entry.value) for entry in again.sheets[0].entries.values()] == [
        type(value) for value in VALUES
    ]


def test_a_text_of_another_shape_is_not_believed() -> None:
    told = json.loads(book_as_text(Book(())))
    assert book_from_text(json.dumps([told[0] + 1, *told[1:]])) is None
