"""A row of a flattened table is one statement, from its content to the unit responsible."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from luodi.reading.blocks.find import Block
from luodi.reading.blocks.table_header import column_kind
from luodi.reading.statements.context import Context
from luodi.reading.statements.draft import project_of
from luodi.reading.statements.dues import choose
from luodi.reading.statements.kinds import force_of, kind_of
from luodi.reading.statements.model import Kind, Statement
from luodi.reading.statements.objects import object_of
from luodi.reading.statements.owners import owner_of
from luodi.reading.statements.row_days import day_of_cell, told_beside
from luodi.reading.statements.view import View, without_lead_in

_LABELS = re.compile(r"([\u4e00-\u9fff]{2,12})[】\]]?\s*[:：]\s*(?=\S)")
_CELL = re.compile(r"[^\t\n|｜]+")
_UNIT_COLUMN = re.compile(
    r"责任单位|牵头单位|承办单位|主办单位|实施单位|责任部门|牵头部门|负责单位|责任主体|建设单位|配合单位|单位"
)
_LEAD_COLUMN = re.compile(r"牵头|责任|承办|主办|负责|实施")
_DUE_COLUMN = re.compile(
    r"时间安排|进度安排|节点安排|(?:时间|序时|计划)进度|(?:进度|推进)计划|完成时限|时限|完成时间|时间|期限|进度要求|竣工"
)
_NAME_COLUMN = re.compile(r"项目名称|名称|项目|事项|实事|任务|工作内容|指标")
_CONTENT_COLUMN = re.compile(r"内容|目标|标准|规模|任务|要求|举措|措施|计划|安排|说明|描述|概况|事项")
# a cell this long under a column of unknown use is taken for the content where no other is
_LONG_CELL = 8
_LONGEST_DAY = 16
_PROGRESS_COLUMN = re.compile(r"进度|进展|完成情况|形象|状态")
_UNIT = re.compile(
    r"^(?:[\u4e00-\u9fff、，,；;\s]{2,}?(?:局|委|办|中心|公司|集团|政府|街道|镇|乡|办公室|联|院|行|会|队|部|站|所|处|园区|区|县|校))+(?:等)?$"
)
_DUE = re.compile(r"^(?:20\d\d[年./-])?\s*\d{1,2}(?:月|\.\d)?.{0,6}$|年底|月底|全年|季度|长期|持续|20\d\d年")
_HELPERS = re.compile("配合|协同|协办|参与")
_NO_USE = frozenset(("number", "group", "remark", "person", "amount"))
_VALUE = re.compile(
    r"(?:增长|下降|降低|提高|达到|不低于|不少于|不高于|不超过|控制在|高于|低于|完成|左右|以上|以内|以下|持平|力争|"
    r"[（(][^（()）\d]{2,12}[）)]|[\d.,，、;；%％～~—\-－+≥≤<>|｜\s万亿千百元吨亩人家户个项件公里次座所处分点百微克/／立方米])+"
)
_LONGEST_NAME = 14
_HAN = re.compile("[\u4e00-\u9fff]")
_NUMBER = re.compile(r"^[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、]?$")


class Row(NamedTuple):
    """The cells of a row by their use, each as a span of the text; ``None`` where the row has no such cell."""

    start: int
    stop: int
    name: tuple[int, int] | None
    content: tuple[int, int] | None
    unit: tuple[int, int] | None
    due: tuple[int, int] | None
    progress: tuple[int, int] | None


def read_row(text: str, block: Block) -> Row | None:
    """Tell the cells of a table row apart by column name, else by their own look. ``None`` for rows without content."""
    cells = _labelled_cells(text, block) if block.rule == "table_labels" else _cells(text, block)
    if block.rule == "table_bars" and _names_columns(text, cells):
        return None
    uses: dict[str, tuple[int, int]] = {}
    if block.columns and len(block.columns) == len(cells):
        unused = _by_columns(block.columns, cells, uses)
        longest = max(unused, key=lambda cell: cell[1] - cell[0], default=None)
        if "content" not in uses and longest and longest[1] - longest[0] >= _LONG_CELL:
            uses["content"] = longest
        day = next((c for c in unused if c[1] - c[0] <= _LONGEST_DAY and _DUE.search(text[slice(*c)])), None)
        if "due" not in uses and day is not None:
            uses["due"] = day
    else:
        _by_look(text, cells, uses)
    if "content" not in uses and "name" not in uses:
        return None
    wanted = [uses[u] for u in ("content", "unit") if u in uses]
    if "name" in uses and ("content" not in uses or _is_value(text, uses["content"])):
        wanted.append(uses["name"])
    progress = uses.get("progress")
    if progress and ("unit" not in uses or progress < uses["unit"]):
        wanted.append(progress)
    return Row(
        min(low for low, _ in wanted),
        max(high for _, high in wanted),
        uses.get("name"),
        uses.get("content"),
        uses.get("unit"),
        uses.get("due"),
        uses.get("progress"),
    )


def _by_columns(
    columns: tuple[str, ...], cells: list[tuple[int, int]], uses: dict[str, tuple[int, int]]
) -> list[tuple[int, int]]:
    """Fill ``uses`` by the columns' names; what is left over is given back. Content may have two columns side by side."""
    unused = []
    beside = told_beside([column for column in columns if _use_of_column(column) == "due"])
    for column, cell in zip(columns, cells, strict=True):
        if column in beside:
            continue
        use = _use_of_column(column)
        if use == "name" and "name" in uses and "content" not in uses:
            use = "content"
        if use == "content" and "content" in uses and "unit" not in uses:
            uses["content"] = (uses["content"][0], cell[1])
        elif use and use not in uses:
            uses[use] = cell
        elif use is None and column_kind(column) in (None, "text") and not _HELPERS.search(column):
            unused.append(cell)
    return unused


def _labelled_cells(text: str, block: Block) -> list[tuple[int, int]]:
    """The cells of a record, each without its label; a line may hold two."""
    cells = []
    for low, high in _cells(text, block):
        labels = [m for m in _LABELS.finditer(text, low, high) if m[1] in block.columns]
        starts = [m.end() for m in labels] if labels else [low]
        stops = [m.start() for m in labels[1:]] + [high]
        if (
            labels
            and labels[0].start() > low
            and text[low : labels[0].start()].strip("（(【[●•·0123456789.、．) ")
        ):
            starts.insert(0, low)
            stops.insert(0, labels[0].start())
        for start, stop in zip(starts, stops, strict=True):
            cells.append((start, start + len(text[start:stop].rstrip(" \u3000；;。)）】"))))
    return cells


def _cells(text: str, block: Block) -> list[tuple[int, int]]:
    cells = []
    for match in _CELL.finditer(text, block.start, block.stop):
        low, high = match.span()
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        if low < high:
            cells.append((low, high))
    return cells


def _names_columns(text: str, cells: list[tuple[int, int]]) -> bool:
    """项目类别 | 项目数量 | 年度计划投资: a line of names, and no cell that is a number or a deed."""
    words = [text[slice(*cell)] for cell in cells]
    return any(column_kind(w) for w in words) and all(
        _HAN.search(w) and len(w) <= _LONGEST_NAME for w in words
    )


def _is_value(text: str, cell: tuple[int, int]) -> bool:
    """Whether a cell says only how much: 增长5.5%左右, 8.85亿元; its row's name then says of what."""
    return _VALUE.fullmatch(text, *cell) is not None


@lru_cache(maxsize=4096)
def _use_of_column(column: str) -> str | None:
    column = "".join(column.split())  # 指 标 要 求
    kind = column_kind(column)
    if kind in _NO_USE or _HELPERS.search(column):
        return None
    if kind in ("unit", "due"):
        return kind
    if _PROGRESS_COLUMN.search(column) and not _DUE_COLUMN.search(column):
        return "progress"
    if _DUE_COLUMN.search(column):
        return "due"
    if _UNIT_COLUMN.search(column):
        return "unit"
    if _NAME_COLUMN.search(column) and not re.search("内容|目标|标准", column):
        return "name"
    return "content" if _CONTENT_COLUMN.search(column) else None


def _by_look(text: str, cells: list[tuple[int, int]], uses: dict[str, tuple[int, int]]) -> None:
    texts = [text[low:high] for low, high in cells]
    rest: list[tuple[int, int]] = []
    for cell, words in zip(cells, texts, strict=True):
        if _NUMBER.match(words):
            continue
        if "unit" not in uses and rest and len(words) <= 40 and _UNIT.match(words):
            uses["unit"] = cell
        elif "due" not in uses and rest and len(words) <= _LONGEST_DAY and _DUE.search(words):
            uses["due"] = cell
        elif "unit" not in uses:
            rest.append(cell)
    if len(rest) > 1 and len(text[slice(*rest[0])]) <= 30:
        uses["name"] = rest[0]
        uses["content"] = (rest[1][0], rest[-1][1])
    elif rest:
        uses["content"] = (rest[0][0], rest[-1][1])


def _named(context: Context, row: Row, view: View) -> View:
    """What tells of the object: the content, or the name where the content only says how much."""
    if row.name is None or row.content is None:
        return view
    is_made_up = len(view.figures) > 1 and _WORK.search(context.text, *row.name)
    if not _is_value(context.text, row.content) and not is_made_up:
        return view
    return View(context.cued, row.name[0], row.name[1], (), (), view.direction)


_WORK = re.compile(r"(?:工程|项目)$")
_FIRST_UNIT = re.compile(r"[、，,；;\s]")
_SURE = 0.9


def statement_of_row(context: Context, block: Block) -> Statement | None:
    """The statement of a table row, or ``None`` where the row has no content."""
    row = read_row(context.text, block)
    if row is None:
        return None
    text = context.text
    speaks_of = context.frame.speaks_of
    content = row.content or row.name or (row.start, row.stop)
    name = row.name or content
    figures = tuple(context.figures(row.start, row.stop))
    view = View(
        context.cued,
        without_lead_in(text, *content),
        content[1],
        tuple(f for f in figures if content[0] <= f.start and f.stop <= content[1]),
        tuple(context.periods(*content)),
        context.direction or "ahead",
    )
    kind: Kind = "commitment"
    kind_rule = "table_of_tasks"
    if view.direction == "back":
        kind, kind_rule = kind_of(view, view, speaks_of)
    told = row.due or (row.progress if kind == "commitment" else None)  # 实施进度 of a plan: 8月底前完工
    set_day = day_of_cell(context, *told) if told else None
    owner = _FIRST_UNIT.split(text[row.unit[0] : row.unit[1]])[0] if row.unit else None
    owner_rule: str | None = "unit_column"
    if not owner:
        owner, owner_rule = owner_of(kind, None, None, context.frame, context.own_words)
    return Statement(
        start=row.start,
        stop=row.stop,
        kind=kind,
        force=force_of(kind, view),
        figures=figures,
        due=choose([set_day] if set_day else view.periods, context.periods_around(None), kind, speaks_of),
        owner=owner,
        object=object_of(_named(context, row, view), None),
        project=project_of(View(context.cued, name[0], name[1], (), (), None)),
        rule="table_row",
        kind_rule=kind_rule,
        owner_rule=owner_rule,
        score=_SURE,
    )
