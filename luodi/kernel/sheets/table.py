"""From a sheet to a table: header, rows with their values filled down from merged cells, and what was passed over.

Nothing is lost silently: each row that is no row of the table stands in ``dropped`` with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.addresses import Area, in_sheet
from luodi.kernel.sheets.fields import bare
from luodi.kernel.sheets.grid import Entry, Grid
from luodi.kernel.sheets.headings import Column, Heading, columns_of, find_heading, words_in

_TOTAL = re.compile(r"(?:合计|总计|小计|共计|累计|总和)(?:[0-9]*[项个件条]?)?")
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表说明|填报说明|填表人|填报人|制表人?|审核人?|填报单位|填报日期|联系人|附件?)[:：0-9一1．.、 　]"
)
_SIGNED = re.compile(r"^(?:填表人|填报人|制表|审核|联系人|负责人|单位负责人|填报单位)[^:：]{0,8}[:：]")
_SECTION = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|第[一二三四五六七八九十]{1,3}[章部分类、]|[IVX]{1,4}[、.])"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column holds in one row. ``area`` is where it stands: the whole merged area where it came from one."""

    entry: Entry
    area: Area
    sheet: str

    @property
    def text(self) -> str:
        """What the cell shows."""
        return self.entry.text

    @property
    def address(self) -> str:
        """Where a person finds it: 任务分解表!C7, or 任务分解表!C7:C9 for a merged one."""
        return in_sheet(self.sheet, self.area)

    @property
    def is_filled_down(self) -> bool:
        """Whether it stands for several rows."""
        return self.area.bottom > self.area.top


@dataclass(frozen=True, slots=True)
class Row:
    """``cells`` by column; ``section`` is the heading row above that holds for it, if any."""

    number: int
    cells: dict[int, Cell]
    section: str = ""

    def text(self, column: int | None) -> str:
        """What a column holds; empty where nothing."""
        cell = self.cells.get(column) if column is not None else None
        return "" if cell is None else cell.text


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row of the sheet that is none of the table."""

    number: int
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """``title`` is what stands above the header; ``notes`` are for the person who sent the sheet."""

    sheet: str
    title: str
    heading: Heading
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...]


def read_table(grid: Grid, heading: Heading | None = None) -> Table:
    """The table of a sheet; ``heading`` as a person set it, else found. Raises ``Refusal``: ``sheet-no-header``."""
    heading = heading or find_heading(grid)
    if heading is None or heading.bottom >= grid.height:
        raise Refusal(
            "sheet-no-header",
            f"“{grid.name}”里没有找到表头和它下面的内容。表头是写着“任务、牵头单位、完成时限”这类字的一行。请选别的表，或补上表头后再传。",
        )
    columns = tuple(column for column in columns_of(grid, heading) if _is_used(grid, heading, column))
    rows, dropped = _rows(grid, heading)
    title = " ".join(text for row in range(1, heading.top) if (text := _row_text(grid, row)))
    return Table(grid.name, title, heading, columns, rows, dropped, _notes(grid, heading, rows, dropped))


def _is_used(grid: Grid, heading: Heading, column: Column) -> bool:
    return bool(column.header) or any(column.index == at and row > heading.bottom for row, at in grid.entries)


def _rows(grid: Grid, heading: Heading) -> tuple[tuple[Row, ...], tuple[Dropped, ...]]:
    covering = {
        (row, area.left): area
        for area in grid.merges
        for row in range(max(area.top, heading.bottom + 1), area.bottom + 1)
        if area.top > heading.bottom
    }
    broad = {area.top: area for area in grid.merges if area.right - area.left + 1 >= max(3, grid.width // 2)}
    header = words_in(grid, heading.top)
    spread = {row for (row, _), area in covering.items() if area.bottom > area.top}
    section, rows, dropped = "", [], []
    for number in range(heading.bottom + 1, grid.height + 1):
        own = {
            column: grid.entries[number, column]
            for column in range(1, grid.width + 1)
            if (number, column) in grid.entries
        }
        why = _why_dropped(grid, number, own, spread, number in broad, header) if own else ""
        if why == "小标题":
            section = next(iter(own.values())).text
        if why:
            dropped.append(Dropped(number, why, _row_text(grid, number)))
            continue
        cells = _cells(grid, number, own, covering)
        if own:
            rows.append(Row(number, cells, section))
    return tuple(rows), tuple(dropped)


def _cells(
    grid: Grid, number: int, own: dict[int, Entry], covering: dict[tuple[int, int], Area]
) -> dict[int, Cell]:
    cells: dict[int, Cell] = {}
    for column in range(1, grid.width + 1):
        area = covering.get((number, column))
        if area is None:
            if column in own:
                cells[column] = Cell(own[column], Area(number, column, number, column), grid.name)
        elif (entry := grid.entries.get((area.top, area.left))) is not None:
            cells[column] = Cell(entry, area, grid.name)
    return cells


def _why_dropped(
    grid: Grid, number: int, own: dict[int, Entry], spread: set[int], is_broad: bool, header: list[str]
) -> str:
    """Why a filled row is no row of the table; empty where it is one."""
    texts = [entry.text for entry in own.values()]
    if any(_TOTAL.fullmatch(bare(text)) for text in texts[:3]):
        return "合计行"
    if len(header) > 1 and bare(texts[0]) == header[0] and words_in(grid, number) == header:
        return "重复的表头"
    if _NOTE.match(texts[0]) or _SIGNED.match(texts[0]):
        return "表后的说明" if len(own) <= 3 else ""
    if len(own) == 1 and grid.width > 2:
        first = next(iter(own))
        if _SECTION.match(texts[0]) and number not in spread:
            return "小标题"
        if is_broad and first <= 2:
            return "小标题" if len(texts[0]) <= 40 else "表后的说明"
    return ""


def _row_text(grid: Grid, row: int) -> str:
    return " ".join(
        text.replace("\n", " ") for column in range(1, grid.width + 1) if (text := grid.text(row, column))
    )


def _notes(
    grid: Grid, heading: Heading, rows: tuple[Row, ...], dropped: tuple[Dropped, ...]
) -> tuple[str, ...]:
    notes = []
    if heading.is_guess:
        notes.append(f"没有认出表头，先把第{heading.top}行当作表头。不对的话请改行号。")
    if grid.is_hidden:
        notes.append(f"“{grid.name}”在文件里是隐藏的表。")
    for why in ("小标题", "合计行", "重复的表头", "表后的说明"):
        numbers = [each.number for each in dropped if each.why == why]
        if numbers:
            shown = "、".join(str(number) for number in numbers[:8]) + ("等" if len(numbers) > 8 else "")
            notes.append(f"第{shown}行是{why}，不作为任务。")
    if any(cell.is_filled_down for row in rows for cell in row.cells.values()):
        notes.append("合并的格子已按行补齐，出处写的是整块合并的格子。")
    return tuple(notes)
