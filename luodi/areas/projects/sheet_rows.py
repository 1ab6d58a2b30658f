"""Rows of the project office's sheet as what they say: a project, its money in 分, its days, its plan by month. Pure.

Nothing is guessed: an amount whose unit cannot be told, a date without a year, an amount merged over several projects and a
second row of one code are faults, each at its cell.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from statistics import median

from luodi.areas.projects.money import fen_of, wan
from luodi.areas.projects.plan import FaultyPlan, from_cumulative, require_sum
from luodi.areas.projects.sheet_columns import money_unit
from luodi.kernel.sheets.addresses import Area, in_sheet
from luodi.kernel.sheets.amount_cells import holds_nothing
from luodi.kernel.sheets.due_days import Due, due_of
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.table import Cell, Row, Table

MONEY = ("total", "annual", "done_before")
STAGE_WORDS = {
    "谋划": "conceived", "储备": "reserved", "前期": "preparing", "拟开工": "preparing", "计划新开工": "preparing",
    "新开工": "newly_started", "新建": "newly_started", "在建": "under_construction", "续建": "under_construction",
    "结转": "under_construction", "竣工": "completed_works", "完工": "completed_works", "建成": "completed_works",
    "投产": "in_production", "达产": "at_capacity", "达效": "at_capacity",
}  # fmt: skip
LEVEL_WORDS = {
    "国家": "national",
    "国": "national",
    "省": "provincial",
    "市": "city",
    "区": "district",
    "县": "district",
}
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
_CODE = re.compile(r"[0-9A-Za-z-]{4,32}")
_LONGEST_NAME, _LONGEST_GOAL = 200, 300
_ODD = 1_000  # a bare number so many times smaller than the column's usual one was meant in another unit


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """What one row says. Money is in 分, ``None`` where the cell is empty; ``months`` is empty without a plan by month."""

    row: int
    cell: str
    name: str = ""
    code: str = ""
    number: str = ""
    levels: tuple[str, ...] = ()
    industry: str = ""
    owner: str = ""
    goal: str = ""
    stage: str = ""
    lead: str = ""
    responsible: str = ""
    total: int | None = None
    annual: int | None = None
    done_before: int | None = None
    start: dt.date | None = None
    completion: dt.date | None = None
    months: tuple[int, ...] = ()
    areas: Mapping[str, Area] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    def area(self, name: str) -> Area:
        """The cell of a field, or the row's first cell."""
        return self.areas.get(name) or next(iter(self.areas.values()), Area(self.row, 1, self.row, 1))


def project_drafts(table: Table, mapping: Mapping[int, str], year: int) -> list[ProjectDraft]:
    """A draft for each row, in order. ``mapping`` gives fields by column; ``year`` is the plan's, for bare months."""
    places = {name: column for column, name in mapping.items() if name}
    units = {name: _unit_of(table, places[name]) for name in places if _is_money(name)}
    usual = {name: _usual(table, places[name]) for name in units if name in MONEY}
    drafts = [_Reading(table, row, places, year, units, usual).draft() for row in table.rows]
    return _without_doubles(drafts)


def _is_money(name: str) -> bool:
    return name in MONEY or name.startswith("plan_")


def _unit_of(table: Table, column: int) -> str:
    header = next((each.header for each in table.columns if each.index == column), "")
    return money_unit(header, table.title)


def _usual(table: Table, column: int) -> float:
    """The middle one of a column's bare numbers; 0 where there are hardly any."""
    numbers = []
    for row in table.rows:
        text = unicodedata.normalize("NFKC", row.text(column)).replace(",", "")
        if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) and float(text) > 0:
            numbers.append(float(text))
    return median(numbers) if len(numbers) >= 3 else 0.0


class _Reading:
    """One row being read; collects faults and notes."""

    def __init__(
        self,
        table: Table,
        row: Row,
        places: Mapping[str, int],
        year: int,
        units: Mapping[str, str],
        usual: Mapping[str, float],
    ) -> None:
        self.table, self.row, self.places, self.year = table, row, places, year
        self.units, self.usual = units, usual
        self.faults: list[Fault] = []
        self.notes: list[str] = []

    def draft(self) -> ProjectDraft:
        columns = [column for column in self.places.values() if column in self.row.cells] or [1]
        number = self.row.number
        draft = ProjectDraft(
            row=number,
            cell=in_sheet(self.table.sheet, Area(number, min(columns), number, max(columns))),
            name=self._name(),
            code=self._code(),
            number=self._text("number")[:30],
            levels=self._levels(),
            industry=self._text("industry")[:10],
            owner=self._text("owner"),
            goal=self._goal(),
            stage=self._stage(),
            lead=self._text("lead"),
            responsible=self._text("responsible"),
            total=self._money("total"),
            annual=self._money("annual"),
            done_before=self._money("done_before"),
            start=self._day("start", is_end=False),
            completion=self._day("completion", is_end=True),
            months=self._months(),
            areas={name: self._area(name) for name in self.places},
        )
        self._agree(draft)
        return replace(draft, faults=tuple(self.faults), notes=tuple(self.notes))

    def _cell(self, name: str) -> Cell | None:
        return self.row.cells.get(self.places[name]) if name in self.places else None

    def _area(self, name: str) -> Area:
        cell = self._cell(name)
        column = self.places.get(name, min(self.row.cells, default=1))
        return Area(self.row.number, column, self.row.number, column) if cell is None else cell.area

    def _fault(self, name: str, words: str) -> None:
        self.faults.append(Fault(self._area(name), words))

    def _text(self, name: str) -> str:
        cell = self._cell(name)
        text = cell.text if cell is not None else ""  # made anew each time it is asked for
        if holds_nothing(text):
            return ""
        if _ERROR.fullmatch(text):
            self._fault(name, f"这一格是公式出错的“{text}”。请改成实际内容。")
            return ""
        return re.sub(r"\s+", "" if name in ("name", "lead", "responsible", "owner") else " ", text)

    def _name(self) -> str:
        name = self._text("name")
        if not name and not any(fault.area == self._area("name") for fault in self.faults):
            self._fault("name", "没有写项目名称。请写上全称，或删去这一行。")
        if len(name) > _LONGEST_NAME:
            self._fault("name", f"项目名称有{len(name)}字，最多{_LONGEST_NAME}字。请写全称，不写说明。")
        return name[:_LONGEST_NAME]

    def _code(self) -> str:
        code = unicodedata.normalize("NFKC", self._text("code")).replace(" ", "").upper()
        if code and not _CODE.fullmatch(code):
            self._fault(
                "code", f"项目代码“{code[:20]}”里有认不出的符号。应是字母、数字和短横，请对照在线平台再填。"
            )
            return ""
        if re.fullmatch(r"[0-9.]+E[+]?[0-9]+", code):
            self._fault("code", f"项目代码被表格存成了“{code}”，后几位丢了。请把这一列设成文本再填。")
            return ""
        return code

    def _levels(self) -> tuple[str, ...]:
        text = self._text("level")
        found = dict.fromkeys(
            LEVEL_WORDS[word]
            for part in re.split(r"[、，,;；/和 ]+|重点|级", text)
            for word in [part.strip()]
            if word in LEVEL_WORDS
        )
        if text and not found:
            self._fault("level", f"级别写的是“{text[:12]}”，可以是国家、省、市、区，几级的用顿号隔开。")
        return tuple(found)

    def _stage(self) -> str:
        text = self._text("stage")
        if not text:
            return ""
        for word, stage in sorted(STAGE_WORDS.items(), key=lambda pair: -len(pair[0])):
            if word in text:
                return stage
        self._fault(
            "stage", f"阶段写的是“{text[:12]}”，可以是谋划、储备、前期、新开工、在建、竣工、投产、达产。"
        )
        return ""

    def _goal(self) -> str:
        goal = self._text("goal")
        if len(goal) > _LONGEST_GOAL:
            self.notes.append(f"建设内容有{len(goal)}字，只录前{_LONGEST_GOAL}字")
        return goal[:_LONGEST_GOAL]

    def _money(self, name: str) -> int | None:
        cell, text = self._cell(name), self._text(name)
        if cell is None or not text:
            return None
        if cell.is_filled_down:
            rows = cell.area.bottom - cell.area.top + 1
            self._fault(name, f"这个数合并了{rows}行，分不到各个项目。请拆开合并，每个项目写自己的数。")
            return None
        try:
            fen, unit = fen_of(text, self.units.get(name, ""))
        except ValueError as fault:
            self._fault(name, str(fault))
            return None
        if fen < 0:
            self._fault(name, f"“{text[:20]}”是负数。请核对。")
            return None
        if unit == self.units.get(name) and self._is_odd(name, text):
            self._fault(
                name, f"“{text[:20]}”和同一列别的数差了上千倍，分不清是万元还是亿元。请在数后面写上单位。"
            )
            return None
        if unit != self.units.get(name) and self.units.get(name):
            self.notes.append(f"“{text[:20]}”按格子里写的{unit}算，是{wan(fen)}万元")
        return fen

    def _is_odd(self, name: str, text: str) -> bool:
        """Whether a bare number is so far below its column that it was meant in another unit. Small plan months are usual."""
        if name not in MONEY:
            return False
        plain = unicodedata.normalize("NFKC", text).replace(",", "")
        number = float(plain) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", plain) else 0.0
        return 0 < number * _ODD < self.usual.get(name, 0.0)

    def _day(self, name: str, *, is_end: bool) -> dt.date | None:
        cell = self._cell(name)
        if cell is None or not self._text(name):
            return None
        found = due_of(cell.entry, self.year)
        if isinstance(found, str):
            self._fault(name, found)
            return None
        return self._end_of(found, name, cell, is_end=is_end)

    def _end_of(self, found: Due, name: str, cell: Cell, *, is_end: bool) -> dt.date | None:
        day = found.until if is_end else found.since or found.until
        if day is None:
            self._fault(name, f"“{cell.text[:20]}”不是日子。请写成 2026年3月 或 2026-03-31。")
        if found.note:
            self.notes.append(found.note)
        return day

    def _months(self) -> tuple[int, ...]:
        single = {
            month: self._money(f"plan_{month}") for month in range(1, 13) if f"plan_{month}" in self.places
        }
        sums = {
            month: self._money(f"plan_to_{month}")
            for month in range(2, 13)
            if f"plan_to_{month}" in self.places
        }
        if sums and not any(value is not None for value in single.values() if value) and len(sums) < 11:
            return ()
        if sums:
            running = [single.get(1) or 0]
            for month in range(2, 13):
                running.append(sums[month] if sums.get(month) is not None else running[-1])  # type: ignore[arg-type]
            try:
                return from_cumulative(running)
            except FaultyPlan as fault:
                self._fault(f"plan_to_{min(sums)}", str(fault))
                return ()
        if len(single) < 12 or all(value is None for value in single.values()):
            return ()
        return tuple(single[month] or 0 for month in range(1, 13))

    def _agree(self, draft: ProjectDraft) -> None:
        """What of the row does not go together."""
        if draft.months and draft.annual is not None:
            try:
                require_sum(draft.annual, draft.months)
            except FaultyPlan as fault:
                self._fault("annual", str(fault))
        if draft.start is not None and draft.completion is not None and draft.completion < draft.start:
            self._fault("completion", f"竣工{draft.completion}早于开工{draft.start}。请核对两个日子。")
        if draft.total is not None and draft.annual is not None and draft.annual > draft.total:
            self._fault(
                "annual",
                f"年度计划{wan(draft.annual)}万元超过总投资{wan(draft.total)}万元。请核对两个数的单位。",
            )
        if draft.total is not None and draft.done_before is not None and draft.done_before > draft.total:
            self.notes.append("累计完成超过总投资，要说明原因")


def _without_doubles(drafts: list[ProjectDraft]) -> list[ProjectDraft]:
    """A second row of one code or, without codes, of one name is a fault, told with the row of the first."""
    seen: dict[str, int] = {}
    checked = []
    for draft in drafts:
        key = f"code {draft.code}" if draft.code else f"name {draft.name}"
        if key in seen and (draft.code or draft.name):
            at, what = (
                ("code", f"项目代码“{draft.code}”")
                if draft.code
                else ("name", f"项目名称“{draft.name[:20]}”")
            )
            words = f"{what}在第{seen[key]}行已经有了。同一个项目只留一行；不是一个项目，请改正代码或名称。"
            draft = replace(draft, faults=(*draft.faults, Fault(draft.area(at), words)))
        seen.setdefault(key, draft.row)
        checked.append(draft)
    return checked
