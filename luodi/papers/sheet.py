"""The tables of a paper as a spreadsheet: one sheet each, every cell text as it was written, nothing that a program would run."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from luodi.papers.paper import Facts, Paper, Table
from luodi.papers.text import held, one_line
from luodi.papers.zipped import CORE, core_properties, packed_again

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_CELL = 32_767  # units of UTF-16, by the format
LONGEST_NAME = 31
LONGEST_FOOT = 160
_ROOM = 40  # for the words that say how much was left out
_WIDE = 92  # characters across a sheet as wide as the paper
_NARROW = 6
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
# what the format itself takes for the number of a character
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def sheet(paper: Paper) -> bytes:
    """The file. Raises ``ValueError`` for a paper without a table."""
    from openpyxl import Workbook

    tables = [block for block in paper.blocks if isinstance(block, (Facts, Table))]
    if not tables:
        raise ValueError("a paper without a table has nothing for a spreadsheet")
    book = Workbook()
    book.remove(book.worksheets[0])
    names: set[str] = set()
    for table in tables:
        page = book.create_sheet(_name(table.title or one_line(paper.title), names))
        if isinstance(table, Facts):
            _fill(page, (), table.rows, (1, 3))
        else:
            _fill(page, table.header, table.rows, table.shares)
        _for_print(page, paper.foot_line)
    kept = io.BytesIO()
    book.save(kept)
    core = core_properties(one_line(paper.title), one_line(paper.office), paper.moment)
    return packed_again(kept.getvalue(), paper.moment, {CORE: core})


def cell_text(text: str) -> str:
    """The text as a cell holds it: what is longer than a cell may be is cut, and the cut is said.

    >>> cell_text("=cmd()_x0041_")
    '=cmd()_x005F_x0041_'
    """
    told = _ESCAPE.sub("_x005F_", held(text))
    if _units(told) <= LONGEST_CELL:
        return told
    kept = told
    while _units(kept) > LONGEST_CELL - _ROOM:
        over = _units(kept) - (LONGEST_CELL - _ROOM)
        kept = kept[: -((over + 1) // 2)]
    return f"{kept}〔后面还有{len(told) - len(kept)}个字，这一格放不下〕"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _fill(
    page: Worksheet, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], shares: tuple[int, ...]
) -> None:
    from openpyxl.utils import get_column_letter

    lines = (header, *rows) if header else rows
    for number, texts in enumerate(lines, start=1):
        for column, text in enumerate(texts, start=1):
            _say(page.cell(number, column), text, is_head=bool(header) and number == 1)
    for column, share in enumerate(shares, start=1):
        page.column_dimensions[get_column_letter(column)].width = max(
            _NARROW, round(_WIDE * share / sum(shares))
        )
    if header:
        page.freeze_panes = "A2"
        page.print_title_rows = "1:1"


def _say(cell: Any, text: str, is_head: bool) -> None:
    from openpyxl.styles import Alignment, Font

    if text:
        cell.value = cell_text(text)
        cell.data_type = "s"  # text that begins with = stays text
    cell.quotePrefix = True  # also after somebody has edited the cell
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if is_head:
        cell.font = Font(bold=True)


def _for_print(page: Worksheet, foot: str) -> None:
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.left.text = one_line(foot)[:LONGEST_FOOT].replace("&", "&&")
    page.oddFooter.right.text = "— &P —"


def _name(title: str, taken: set[str]) -> str:
    plain = _NOT_IN_NAMES.sub("　", one_line(title)).strip("'　 ") or "表"
    for number in range(1, len(taken) + 2):
        ending = f"（{number}）" if number > 1 else ""
        name = _short(plain, LONGEST_NAME - len(ending)) + ending
        if name.casefold() not in taken and name.casefold() != "history":
            taken.add(name.casefold())
            return name
    name = f"表{len(taken) + 1}"
    taken.add(name)
    return name


def _short(text: str, units: int) -> str:
    while _units(text) > units:
        text = text[:-1]
    return text.rstrip("' ") or "表"
