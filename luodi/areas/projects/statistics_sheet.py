"""The statistics bureau's sheet of projects: which column is what, what each row says. Pure; figures are taken as they stand.

Only what is of one month is taken: a sum since January is known and left alone, since nothing on this basis is ever computed.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from luodi.areas.projects.money import fen_of
from luodi.areas.projects.months import last_day_of
from luodi.areas.projects.sheet_columns import money_unit
from luodi.kernel.sheets.addresses import Area, in_sheet
from luodi.kernel.sheets.amount_cells import holds_nothing
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.fields import FIELDS, Field
from luodi.kernel.sheets.table import Row, Table

USE = "statistics"
COLUMNS: tuple[Field, ...] = (
    Field("number", "序号", "序号 编号 No", is_taken=False),
    Field("code", "项目代码", "项目代码 代码 项目编码 投资项目代码 在线平台代码 统一代码"),
    Field("name", "项目名称", "项目名称 名称 工程名称 项目 投资项目名称", is_required=True),
    Field(
        "amount", "当月完成投资",
        "当月完成投资 本月完成投资 当月完成投资额 本月完成投资额 当月完成 本月完成 当月投资 本月投资 当月数 本月数 本期完成投资",
        is_required=True,
    ),
    Field(
        "running", "累计数",
        "自年初累计完成投资 本年完成投资 本年累计完成投资 累计完成投资 自开始建设累计完成投资 累计完成 本年累计 累计数",
        is_taken=False,
    ),
    Field("rest", "别的", "计划总投资 总投资 增速 同比 建设单位 法人单位 项目单位 行业代码 备注 建设地址", is_taken=False),
)  # fmt: skip
_MONTH = re.compile(r"(20[0-9]{2})\s*[年./-]\s*(?:1\s*[-—–~～至到]\s*)?(1[0-2]|0?[1-9])\s*月")


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """What one row says: of which project, how much in 分 (``None`` where its cell is wrong or empty)."""

    row: int
    cell: str
    name: str = ""
    code: str = ""
    amount: int | None = None
    areas: Mapping[str, Area] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def area(self, name: str) -> Area:
        """The cell of a field, or the row's first cell."""
        return self.areas.get(name) or Area(self.row, 1, self.row, 1)


def enter_columns() -> None:
    """Let the reading of sheets know this use. Called once, when the area starts."""
    FIELDS.setdefault(USE, COLUMNS)  # type: ignore[arg-type]


def month_end_named(*texts: str) -> dt.date | None:
    """The last day of the one month that a title or a file's name gives; ``None`` where none does, or two do.

    >>> month_end_named("青岚区2026年1—8月固定资产投资项目表"), month_end_named("投资月报")
    (datetime.date(2026, 8, 31), None)
    """
    for text in texts:
        found = {(int(y), int(m)) for y, m in _MONTH.findall(unicodedata.normalize("NFKC", text))}
        if len(found) == 1:
            year, month = found.pop()
            return last_day_of(dt.date(year, month, 1))
    return None


def figure_drafts(table: Table, mapping: Mapping[int, str]) -> list[FigureDraft]:
    """A draft for each row, in order; ``mapping`` gives fields by column. A second row of one project is a fault."""
    places = {name: column for column, name in mapping.items() if name in ("name", "code", "amount")}
    header = next((each.header for each in table.columns if each.index == places.get("amount")), "")
    unit = money_unit(header, table.title)
    seen: dict[str, int] = {}
    drafts = []
    for row in table.rows:
        draft = _draft(table, row, places, unit)
        key = draft.code or draft.name
        if key and key in seen:
            words = f"“{key[:20]}”在第{seen[key]}行已经有了。一个项目一个月只有一个统计数，请只留一行。"
            draft = _with(draft, Fault(draft.area("name"), words))
        seen.setdefault(key, draft.row)
        drafts.append(draft)
    return drafts


def _draft(table: Table, row: Row, places: Mapping[str, int], unit: str) -> FigureDraft:
    columns = [column for column in places.values() if column in row.cells] or [1]
    areas = {
        name: row.cells[at].area if at in row.cells else Area(row.number, at, row.number, at)
        for name, at in places.items()
    }
    texts = {name: row.text(at).strip() for name, at in places.items()}
    cell = in_sheet(table.sheet, Area(row.number, min(columns), row.number, max(columns)))
    name = re.sub(r"\s+", "", texts.get("name", ""))
    code = unicodedata.normalize("NFKC", texts.get("code", "")).replace(" ", "").upper()
    draft = FigureDraft(row.number, cell, name, code, None, areas)
    if not name and not code:
        return _with(draft, Fault(draft.area("name"), "没有写项目名称。请写上全称，或删去这一行。"))
    text = texts.get("amount", "")
    if holds_nothing(text):
        return draft
    held = row.cells.get(places.get("amount", 0))
    if held is not None and held.is_filled_down:
        return _with(draft, Fault(draft.area("amount"), "这个数合并了几行，分不到各个项目。请拆开合并再传。"))
    try:
        amount, _ = fen_of(text, unit)
    except ValueError as fault:
        return _with(draft, Fault(draft.area("amount"), str(fault)))
    return FigureDraft(draft.row, cell, name, code, amount, areas)


def _with(draft: FigureDraft, fault: Fault) -> FigureDraft:
    return FigureDraft(
        draft.row, draft.cell, draft.name, draft.code, None, draft.areas, (*draft.faults, fault)
    )
