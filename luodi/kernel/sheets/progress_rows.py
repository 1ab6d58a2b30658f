"""Rows of an office's sheet of progress as what they say: which promise, how much by which day, in which words.

Nothing is guessed: a cell with more than one number in it is a fault, and a row left open is no report.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from luodi.kernel.sheets.addresses import Area, in_sheet
from luodi.kernel.sheets.amount_cells import amount_in, holds_nothing
from luodi.kernel.sheets.due_days import due_of
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.table import Cell, Row, Table

LONGEST_NOTE = 2_000
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ProgressDraft:
    """What one row says. ``amount`` is a number as written and ``unit`` what stands with it; ``as_of`` empty: not told.

    ``areas`` are the cells by field name: ``id``, ``title``, ``amount``, ``as_of``, ``note``. ``cell`` names the row's place.
    """

    row: int
    cell: str
    id: str
    title: str
    amount: str
    unit: str
    as_of: dt.date | None
    note: str
    areas: Mapping[str, Area]
    faults: tuple[Fault, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing was filled in."""
        return not self.amount and not self.note and not self.faults

    def area(self, name: str) -> Area:
        """The cell of a field, or the row's first cell."""
        return self.areas.get(name) or next(iter(self.areas.values()), Area(self.row, 1, self.row, 1))


def progress_drafts(table: Table, mapping: Mapping[int, str], year: int) -> list[ProgressDraft]:
    """A draft for each row of the table, in order. ``mapping`` gives fields by column; ``year`` is that of bare days."""
    places = {name: column for column, name in mapping.items() if name}
    return [_draft(table, row, places, year) for row in table.rows]


def plain_title(text: str) -> str:
    """A title as it is compared: without blanks and line ends.

    >>> plain_title(" 年内建成\\n10所 ")
    '年内建成10所'
    """
    return re.sub(r"\s+", "", text)


def _draft(table: Table, row: Row, places: Mapping[str, int], year: int) -> ProgressDraft:
    cells = {name: row.cells[column] for name, column in places.items() if column in row.cells}
    areas = {
        name: cells[name].area if name in cells else Area(row.number, column, row.number, column)
        for name, column in places.items()
        if name in ("id", "title", "amount", "as_of", "note")
    }
    faults: list[Fault] = []
    texts = {name: _text(name, cells.get(name), areas, faults) for name in ("id", "title", "unit", "note")}
    amount, unit = _amount(cells.get("amount"), areas, faults)
    as_of = _as_of(cells.get("as_of"), areas, faults, year)
    note = "" if holds_nothing(texts["note"]) else texts["note"]
    if len(note) > LONGEST_NOTE:
        faults.append(
            Fault(areas["note"], f"说明有{len(note)}字，最多{LONGEST_NOTE}字。请写短，长的附在承诺页面上。")
        )
    columns = [column for column in places.values() if column in row.cells] or [1]
    return ProgressDraft(
        row=row.number,
        cell=in_sheet(table.sheet, Area(row.number, min(columns), row.number, max(columns))),
        id=texts["id"],
        title=texts["title"],
        amount=amount,
        unit=unit or texts["unit"],
        as_of=as_of,
        note=note,
        areas=areas,
        faults=tuple(faults),
    )


def _text(name: str, cell: Cell | None, areas: Mapping[str, Area], faults: list[Fault]) -> str:
    if cell is None:
        return ""
    if _ERROR.fullmatch(cell.text):
        faults.append(Fault(areas.get(name, cell.area), f"这一格是公式出错的“{cell.text}”。请改成实际内容。"))
        return ""
    return cell.text


def _amount(cell: Cell | None, areas: Mapping[str, Area], faults: list[Fault]) -> tuple[str, str]:
    text = _text("amount", cell, areas, faults)
    if holds_nothing(text):
        return "", ""
    found = amount_in(text)
    if found is None:
        faults.append(
            Fault(
                areas["amount"], f"“{_short(text)}”不是一个数。请只写一个阿拉伯数字，话写到“进展说明”一列。"
            )
        )
        return "", ""
    return found


def _as_of(cell: Cell | None, areas: Mapping[str, Area], faults: list[Fault], year: int) -> dt.date | None:
    if cell is None or holds_nothing(_text("as_of", cell, areas, faults)):
        return None
    found = due_of(cell.entry, year)
    if isinstance(found, str):
        faults.append(Fault(areas["as_of"], found))
        return None
    if found.until is None:
        faults.append(Fault(areas["as_of"], f"“{_short(cell.text)}”不是日子。请写成 2026-09-22 这样。"))
    return found.until


def _short(text: str) -> str:
    text = text.replace("\n", "")
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
