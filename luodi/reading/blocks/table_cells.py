"""Which cell of a row stands in which column, and which stretch of the row is its statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from luodi.reading.blocks.kinds import Block
from luodi.reading.blocks.table_header import ColumnKind, column_kind
from luodi.reading.names.surnames import is_person

_UNIT = re.compile(
    r"(?:局|委|办|镇|乡|街道|公司|中心|政府|管委会|部|院|会|联|社|集团|单位|处|所|站|队|部门|园区|开发区|高新区|"
    r"办公室|专班|银行|指挥部|学校|大学|委员会|各镇街|镇街|区|县|支队|大队|国资|城投|水务|供电)(?:等|牵头|"
    r"负责)?(?:[（(].{1,20}[)）])?$"
)
_NOT_UNIT = re.compile(r"\d|建设|新建|改造|完成|推进|实施|提升|打造|开工|[。，,；;]")
_DUE = re.compile(
    r"^(?:20\d\d\s*年?|20\d\d[-/.—]\d{1,4}(?:[-/.]\d{1,2})?)?(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|年|"
    r"第?[一二三四1-4]季度|[上下]半年|全年|年)?(?:上旬|中旬|下旬|底|末|初|中)?(?:[以之]?前)?(?:完成|建成|动工|开工|"
    r"投用|投入使用|竣工|完工|启动)?$|"
    r"^(?:长期|持续|常年|全年|年底前?|年内|每月|每季度|按季度|按月|持续推进|长期坚持|长期推进|立即|即时)(?:推进|坚持|完成)?$"
)
# 6月底前完成选址，9月底前建成
_STEPS = re.compile(
    r"(?:(?:20\d\d\s*年)?(?:\d{1,2}\s*月(?:\d{1,2}日)?|第?[一二三四1-4]季度|[上下]半年|年)(?:份|上旬|中旬|下旬|[底末初])?(?:[之以]?前)?"
    r"(?:完成|建成|动工|开工|投用|投入使用|竣工|完工|启动|开始|全部|全面|基本|正式|主体|选址|选点|方案|设计|立项|可研|招标|采购|征地|"
    r"前期|手续|建设|施工|改造|封顶|验收|运营|开放|通车|工作|任务|并)*(?:[，,；;、。—–~～至到-]|——)?)+"
)
_TELLS_WHEN = re.compile(r"\d\s*月|季度|[上下]半年|年[底末内]|节前|开学")
_LONGEST_DUE = 40
_AMOUNT = re.compile(r"^[\d.,]+\s*(?:%|万元?|亿元?|元)?$|^[/—\-]+$")
_SEPARATOR = re.compile(r"[\r\n\t|｜]+|[ \u3000\u00a0]{2,}")
_SHORTEST_CONTENT = 6
_LONGEST_PERSON = 5
_LONGEST_GROUP = 10  # characters of a category or a name


class Cell(NamedTuple):
    """One cell of a row, at ``text[start:stop]`` of the page."""

    start: int
    stop: int
    text: str


def cell_kind(text: str) -> ColumnKind:
    """What a cell looks like by itself: a due date, a unit, an amount, or text."""
    if text and (_DUE.match(text) or _STEPS.fullmatch(text)):
        return "due"
    if _AMOUNT.match(text):
        return "amount"
    if len(text) <= _LONGEST_PERSON and is_person(text):
        return "person"
    parts = [part for part in re.split(r"[、,，\s/]+", text) if part]
    if (
        len(text) <= 80
        and parts
        and all(len(p) <= 22 and _UNIT.search(p) for p in parts)
        and not _NOT_UNIT.search("".join(parts))
    ):
        return "unit"
    return "text"


def align(cells: Sequence[Cell], columns: Sequence[str]) -> list[tuple[Cell, str]]:
    """Each cell with its column's name; where cells are missing or too many (merged cells), by what they look like."""
    if len(cells) == len(columns):
        return list(zip(cells, columns, strict=True))
    kinds = [column_kind(name) or "text" for name in columns]
    placed = []
    at = 0
    for nth, cell in enumerate(cells):
        looks = cell_kind(cell.text)
        if looks == "person" and "person" not in kinds[at:]:
            looks = "text"  # two or three signs that may as well be a place's name
        found = next((i for i in range(at, len(columns)) if _fits(looks, kinds[i], len(cell.text))), None)
        left = len(cells) - nth
        if found is None:
            found = next((i for i in range(len(columns)) if kinds[i] == looks), None)
        if found is None:
            found = min(at, len(columns) - 1)
        elif found > at and left >= len(columns) - at and looks == "text":
            found = at
        placed.append((cell, columns[found]))
        at = max(at, found + 1)
    return placed


def _fits(looks: ColumnKind, kind: ColumnKind, length: int) -> bool:
    if looks == kind:
        return True
    if looks == "text" and length > _LONGEST_GROUP:
        return kind in ("text", "remark")
    if looks == "text":
        return kind in ("text", "group", "person", "remark")
    return (looks == "amount" and kind == "text") or (looks == "due" and kind == "text")


def split_rows(placed: Sequence[tuple[Cell, str]]) -> list[list[tuple[Cell, str]]]:
    """Rows under one number: content that comes again behind a unit or a due date begins another."""
    rows: list[list[tuple[Cell, str]]] = [[]]
    passed = False
    for cell, name in placed:
        kind = column_kind(name)
        looks = cell_kind(cell.text)
        if (
            passed
            and looks == "text"
            and kind in ("text", "unit", "due", None)
            and len(cell.text) >= _SHORTEST_CONTENT
        ):
            earlier = {n for _, n in rows[-1]}
            when = kind == "due" and len(cell.text) <= _LONGEST_DUE and _TELLS_WHEN.search(cell.text)
            if name in earlier or (kind in ("unit", "due") and not when):
                rows.append([])
                passed = False
                name = next((n for _, n in rows[0] if column_kind(n) == "text"), name)
        if looks in ("unit", "due") and kind in ("unit", "due"):
            passed = True
        rows[-1].append((cell, name))
    return [row for row in rows if row]


def statement_part(row: Sequence[tuple[Cell, str]]) -> list[tuple[Cell, str]]:
    """The cells from a row's content to its responsible unit or due date; number, group and remarks are left out."""
    first = next((i for i, (_, name) in enumerate(row) if column_kind(name) in ("text", None)), None)
    if first is None:
        return list(row)
    last = max(
        (
            i
            for i, (cell, name) in enumerate(row)
            if column_kind(name) in ("unit", "due", "person") or cell_kind(cell.text) == "due"
        ),
        default=len(row) - 1,
    )
    if last < first:
        last = len(row) - 1
        while last > first and column_kind(row[last][1]) == "remark":
            last -= 1
    return list(row[first : last + 1])


def cells_of(text: str, block: Block) -> list[Cell]:
    """The cells of a ``table_row`` block, in the order of its ``columns``."""
    cells = _split(_SEPARATOR, text, block)
    if block.columns and len(cells) != len(block.columns):
        loose = _split(re.compile(r"\s+"), text, block)
        if len(loose) == len(block.columns):
            return loose
    return cells


def _split(separator: re.Pattern[str], text: str, block: Block) -> list[Cell]:
    cells = []
    at = block.start
    for start, stop in [
        *(m.span() for m in separator.finditer(text, block.start, block.stop)),
        (block.stop,) * 2,
    ]:
        low, high = at, start
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        if low < high:
            cells.append(Cell(low, high, text[low:high]))
        at = stop
    return cells
