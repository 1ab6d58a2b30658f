"""Rows of an office's list of promises (任务分解表) as what they become: a draft each, its faults by cell, its notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from luodi.kernel.privacy.scrubbing import scrub
from luodi.kernel.sheets.addresses import Area, in_sheet
from luodi.kernel.sheets.amount_cells import amount_in, holds_nothing
from luodi.kernel.sheets.due_days import Due, due_of
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.table import Cell, Row, Table
from luodi.kernel.sheets.unit_names import names_everybody, names_in

LONGEST_TITLE = 300
LONGEST_NUMBER = 30
LONGEST_TOPIC = 20
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
_SECTION_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[）)、．.]\s*")


@dataclass(frozen=True, slots=True)
class PromiseDraft:
    """What one row becomes. ``lead`` and ``helpers`` are names as written, ``unit_areas`` where; ``cell`` is the row's place.

    ``amount`` is a number as written, without its unit; ``wording`` is the row's own text. With ``faults`` it is not taken.
    """

    row: int
    cell: str
    title: str = ""
    number: str = ""
    wording: str = ""
    lead: str = ""
    helpers: tuple[str, ...] = ()
    due: Due = field(default_factory=Due)
    amount: str = ""
    amount_unit: str = ""
    topic: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    unit_areas: dict[str, Area] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    def with_fault(self, area: Area, words: str) -> PromiseDraft:
        """The same draft with one fault more."""
        return replace(self, faults=(*self.faults, Fault(area, words)))


def promise_drafts(table: Table, mapping: Mapping[int, str], year: int | None = None) -> list[PromiseDraft]:
    """A draft for each promise of the table, in order. ``mapping`` gives fields by column; ``year`` is the plan's.

    Rows beneath one merged task are one promise where nothing but their units differs.
    """
    places = {name: column for column, name in mapping.items() if name}
    drafts: list[PromiseDraft] = []
    for row in table.rows:
        draft = _Reading(table, row, places, year).draft()
        if drafts and (before := _continued(drafts[-1], draft, row, places)) is not None:
            drafts[-1] = before
        else:
            drafts.append(draft)
    return drafts


class _Reading:
    """One row being read; collects faults and notes."""

    def __init__(self, table: Table, row: Row, places: Mapping[str, int], year: int | None) -> None:
        self.table, self.row, self.places, self.year = table, row, places, year
        self.faults: list[Fault] = []
        self.notes: list[str] = []

    def draft(self) -> PromiseDraft:
        title, wording = self._title()
        lead, helpers = self._units()
        amount, amount_unit = self._amount()
        due = self._due()
        return PromiseDraft(
            row=self.row.number,
            cell=self._own_cells(),
            title=title,
            number=self._text("number")[:LONGEST_NUMBER],
            wording=wording,
            lead=lead,
            helpers=helpers,
            due=due,
            amount=amount,
            amount_unit=amount_unit,
            topic=(self._text("topic") or _SECTION_NUMBER.sub("", self.row.section))[:LONGEST_TOPIC],
            cells={name: cell.address for name in self.places if (cell := self._cell(name)) is not None},
            unit_areas=self._unit_areas(),
            faults=tuple(self.faults),
            notes=tuple(self.notes),
        )

    def _cell(self, name: str) -> Cell | None:
        return self.row.cells.get(self.places[name]) if name in self.places else None

    def _text(self, name: str) -> str:
        cell = self._cell(name)
        if cell is None:
            return ""
        if _ERROR.fullmatch(cell.text):
            self._fault(name, f"这一格是公式出错的“{cell.text}”。请改成实际内容。")
            return ""
        return cell.text

    def _area(self, name: str) -> Area:
        """Where a field stands, or would stand; for a field without column the row's first cell."""
        cell = self._cell(name)
        if cell is not None:
            return cell.area
        column = self.places.get(name, min(self.row.cells, default=1))
        return Area(self.row.number, column, self.row.number, column)

    def _fault(self, name: str, words: str) -> None:
        fault = Fault(self._area(name), words)
        if fault not in self.faults:
            self.faults.append(fault)

    def _own_cells(self) -> str:
        """The row from its first to its last mapped cell: 任务分解表!B7:F7."""
        columns = [column for column in self.places.values() if column in self.row.cells] or [1]
        return in_sheet(self.table.sheet, Area(self.row.number, min(columns), self.row.number, max(columns)))

    def _title(self) -> tuple[str, str]:
        """The title on one line, and all that the row says in its own words."""
        task, detail, target = (self._text(name) for name in ("title", "detail", "target"))
        cell = self._cell("title")
        is_shared = cell is not None and cell.is_filled_down and bool(detail)
        chosen = detail if is_shared or not task else task
        name = "detail" if is_shared or not task else "title"
        title = re.sub(r"\s*\n\s*", "", chosen).strip()
        wording = "\n".join(dict.fromkeys(part for part in (task, detail, target) if part))
        if not title:
            self._fault("title", "任务没有填。请写上要办的事。")
        elif len(title) > LONGEST_TITLE:
            self._fault(
                name, f"任务有{len(title)}个字，最多{LONGEST_TITLE}个字。请写短，细节放到“具体内容”一列。"
            )
        for part in ("title", "detail", "target"):
            if (text := self._text(part)) and scrub(text) != text:
                self._fault(part, "这一格里像是有人的姓名、电话、证件号或车牌。任务会公开，请删去后再传。")
        if is_shared and title:
            self.notes.append(f"“{_short(task)}”管几行，这一行按“{_short(title)}”单独算一件")
        return title, wording if wording != title else ""

    def _units(self) -> tuple[str, tuple[str, ...]]:
        lead, duty, help_ = (names_in(self._text(name)) for name in ("lead", "duty", "help"))
        if not lead and duty:
            lead, duty = duty[:1], duty[1:]
            if duty:
                self.notes.append(f"没有单列牵头单位，以责任单位里的第一个“{lead[0]}”为牵头单位")
        if not lead:
            if _is_lower_part(self.row, self.places):
                return "", tuple(name for name in help_ if not names_everybody(name))
            self._fault("lead" if "lead" in self.places else "duty", "牵头单位没有填。请写上一个单位的名称。")
            return "", ()
        if names_everybody(lead[0]):
            self._fault(
                "lead" if self._text("lead") else "duty",
                f"“{lead[0]}”不是一个单位，没有谁能对它负责。请写明由哪个单位牵头。",
            )
        if len(lead) > 1:
            self.notes.append(f"牵头单位写了{len(lead)}个，以第一个“{lead[0]}”为准，其余列为配合单位")
        others = [name for name in dict.fromkeys([*lead[1:], *duty, *help_]) if name != lead[0]]
        for name in others:
            if names_everybody(name):
                self.notes.append(f"“{name}”不是一个单位，没有列入配合单位")
        return lead[0], tuple(name for name in others if not names_everybody(name))

    def _unit_areas(self) -> dict[str, Area]:
        """Where each unit is named, the first time."""
        return {
            unit: self._area(name) for name in ("help", "duty", "lead") for unit in names_in(self._text(name))
        }

    def _due(self) -> Due:
        cell = self._cell("due")
        if cell is None or not self._text("due"):
            if "due" in self.places and not self.faults_of("due"):
                self.notes.append("没有写完成时限")
            return Due()
        due = due_of(cell.entry, self.year)
        if isinstance(due, str):
            self._fault("due", due)
            return Due()
        if due.note:
            self.notes.append(due.note)
        return due

    def faults_of(self, name: str) -> bool:
        area = self._area(name)
        return any(fault.area == area for fault in self.faults)

    def _amount(self) -> tuple[str, str]:
        text = self._text("amount")
        if holds_nothing(text):
            return "", ""
        found = amount_in(text)
        unit = self._text("amount_unit")
        if found is None:
            self._fault("amount", f"“{_short(text)}”不是一个数。请只写一个阿拉伯数字，说明写到“目标”一列。")
            return "", ""
        if not (found[1] or unit):
            self._fault("amount", f"“{text}”没有单位。请写成 {text}个 这样，或加一列“计量单位”。")
            return "", ""
        return found[0], found[1] or unit


def _continued(
    before: PromiseDraft, draft: PromiseDraft, row: Row, places: Mapping[str, int]
) -> PromiseDraft | None:
    """``before`` with this row's units, where both rows stand beneath one merged task and say nothing else of their own."""
    if not _is_lower_part(row, places):
        return None
    if before.cells.get("title") != draft.cells.get("title") or draft.title != before.title:
        return None
    if (draft.due.until, draft.amount) != (before.due.until, before.amount):
        area = Area(row.number, places.get("due", 1), row.number, places.get("due", 1))
        return before.with_fault(
            area,
            f"“{_short(draft.title)}”在第{before.row}行和第{row.number}行的时限或目标不同。请分成两件，各写各的任务。",
        )
    units = [name for name in (draft.lead, *draft.helpers) if name and name != before.lead]
    helpers = tuple(dict.fromkeys([*before.helpers, *units]))
    faults = tuple(dict.fromkeys([*before.faults, *(f for f in draft.faults if f.area.top == row.number)]))
    first, _, _ = before.cell.partition(":")
    last = draft.cell.rpartition(":")[2].rpartition("!")[2]
    note = f"第{row.number}行与第{before.row}行是同一件任务，单位并入"
    areas = draft.unit_areas | before.unit_areas
    return replace(
        before,
        unit_areas=areas,
        helpers=helpers,
        faults=faults,
        cell=f"{first}:{last}",
        notes=(*before.notes, note),
    )


def _is_lower_part(row: Row, places: Mapping[str, int]) -> bool:
    """Whether a row stands beneath a merged task that began above it, with no words of its own for a task."""
    cell = row.cells.get(places.get("title", 0))
    is_below = cell is not None and cell.is_filled_down and cell.area.top < row.number
    return is_below and not row.text(places.get("detail"))


def _short(text: str) -> str:
    text = text.replace("\n", "")
    return text if len(text) <= 20 else text[:19] + "…"
