"""Rows of flattened tables: one cell a line, cells between tabs or bars, or all of it run together.

A header names the columns; without one only tabs and bars are believed. Rows with a running number (序号) may have
cells missing, since merged cells vanish when a table is flattened; rows without one must come in equal steps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.reading.blocks.furniture import furniture_rule
from luodi.reading.blocks.lines import Line
from luodi.reading.blocks.numbering import read_number
from luodi.reading.blocks.table_cells import Cell, align, cell_kind, split_rows, statement_part
from luodi.reading.blocks.table_glued import cut_run_together, glued_rows
from luodi.reading.blocks.table_header import column_kind, has_strong, is_strong

_LONGEST_ROW = 60  # lines
_LONGEST_HEAD = 12
_FEWEST_BEFORE = 2  # known names before one that is not
_INTEGER = re.compile(r"^\s*(\d{1,4})\s*[.、|]?\s*$")
_BETWEEN = re.compile(r"\s*[\t|｜]\s*|\s{2,}")
# space between cells, and not inside a day: 2023 年 10 月底
_SPACED = re.compile(r"(?<![\d年月])\s+|(?<=\d)\s+(?![年月日])|(?<=[年月])\s+(?![\d底末前上中下])")
_BARS = re.compile(r"[\t|｜]")
_DRAWN = frozenset(" \t|｜+:-=—─")  # of a line drawn between header and rows
# cells of the box that describes a document, not of a table in it
_ABOUT_PAGE = re.compile(
    r"索引号|(?:成文|发布|公开|发文|生成)(?:日期|时间)|有效性|发文机关|发布机构|文号|主题分类|公开(?:形式|方式|范围|目录)"
)
_GOES_ON = ("，", ",", "、", "；", ";")
_NO_CELL = frozenset({"bare_number", "site_name", "menu", "page_number"})


def mark(lines: list[Line]) -> None:
    """Decide header and rows of every table; what lies between tables is left open."""
    cut_run_together(lines)
    at = 0
    while at < len(lines):
        at = max(_columned(lines, at) or _celled(lines, at) or glued_rows(lines, at) or 0, at + 1)
    _mark_bare_rows(lines)


# --- one cell a line -----------------------------------------------------------------------------------------------


def _bare(line: Line) -> str:
    return line.plain.strip(" |")


def _celled(lines: list[Line], at: int) -> int | None:
    """A header of one name a line from ``at``, and its rows; the index behind the table."""
    stop = at
    while stop < len(lines) and len(lines[stop].text) <= 24 and _heads_column(lines, at, stop):
        stop += 1
    names = tuple(_bare(line) for line in lines[at:stop])
    if len(names) < 3 and not (len(names) == 2 and all(is_strong(n) for n in names)):
        return None
    if not any(is_strong(n) for n in names):
        return None
    numbered = column_kind(names[0]) == "number"
    end = _numbered_rows(lines, stop, names) if numbered else _stepped_rows(lines, stop, names)
    if end is None:
        return None
    for line in lines[at:stop]:
        line.decide("furniture", "table_header")
    return end


def _heads_column(lines: list[Line], at: int, nth: int) -> bool:
    """A known name; between bars, where names are known on both sides, any other."""
    bare = _bare(lines[nth])
    if column_kind(bare):
        return True
    if not bare or bare.isdecimal() or nth - at < _FEWEST_BEFORE or not lines[nth].plain.endswith("|"):
        return False
    below = [_bare(line) for line in lines[nth + 1 : nth + 3]]
    if any(name.isdecimal() for name in below):
        below = below[: [name.isdecimal() for name in below].index(True)]
    return any(column_kind(name) for name in below)


def _integer(line: Line) -> int | None:
    found = _INTEGER.match(line.plain)
    return int(found[1]) if found else None


def _numbered_rows(lines: list[Line], at: int, names: Sequence[str]) -> int | None:
    """Rows told by their running number; group titles and headings between them are left open."""
    far = min(at + _LONGEST_HEAD, len(lines))
    while at < far and _integer(lines[at]) is None and len(lines[at].text) <= 30:
        at += 1  # a group title, a second header line
    if at >= len(lines) or (value := _integer(lines[at])) is None:
        return None
    widest = 0
    while True:
        lines[at].decide("furniture", "table_number")
        following = _next_number(lines, at + 1, value + 1, len(names))
        end = following if following is not None else _row_end(lines, at + 1, max(widest, len(names) - 1))
        widest = max(widest, end - at - 1)
        _row(lines, at + 1, end, names[1:])
        if following is None:
            return end
        at, value = following, value + 1


def _next_number(lines: list[Line], at: int, value: int, width: int) -> int | None:
    """Where the next row begins: its number, behind enough cells to make a row."""
    fallback = None
    for nth in range(at + 1, min(at + _LONGEST_ROW, len(lines))):
        if _integer(lines[nth]) == value:
            if nth - at >= width - 2:
                return nth
            fallback = nth if fallback is None else fallback
    return fallback


def _row_end(lines: list[Line], at: int, width: int) -> int:
    """The end of the last row, which no number closes."""
    end = at
    while end < len(lines) and end - at < width:
        line = lines[end]
        rule = furniture_rule(line)
        if (rule and rule not in _NO_CELL) or re.match(r"^(?:附件|注|备注|说明)\s*\d*\s*[:]", line.plain):
            break
        end += 1
    return end


def _row(lines: list[Line], start: int, stop: int, names: Sequence[str]) -> None:
    """Merge the cells of ``lines[start:stop]`` into rows."""
    owners: dict[int, Line] = {}
    cells = []
    for line in lines[start:stop]:
        number = read_number(line.plain)
        if (
            number
            and number.form in ("one", "bracketed_one")
            and len(line.text) <= 24
            and line is lines[stop - 1]
        ):
            continue  # the title of the group that follows
        bare = line.text.rstrip("|｜ ")
        if not bare:
            line.decide("furniture", "table_rule")
            continue
        cell = Cell(line.start, line.start + len(bare), bare)
        cells.append(cell)
        owners[cell.start] = line
    if not cells:
        return
    for line in owners.values():
        line.decide("furniture", "table_rest")
    for row in split_rows(align(cells, names)) if names else [[(cell, "") for cell in cells]]:
        part = statement_part(row)
        _merge([owners[cell.start] for cell, _ in part], part)


def _merge(owners: list[Line], part: Sequence[tuple[Cell, str]]) -> None:
    first, last = owners[0], part[-1][0]
    for line in owners:
        line.decide("furniture", "merged")
    first.decide("table_row", "table_cells")
    first.stop = last.stop
    first.columns = tuple(name for _, name in part)


def _stepped_rows(lines: list[Line], at: int, names: Sequence[str]) -> int | None:
    """Rows without a number: as many cells each as the header has, a unit or due column holding in every step."""
    width = len(names)
    checks = [i for i, name in enumerate(names) if column_kind(name) in ("unit", "due")]
    rows = []
    while at + width <= len(lines):
        step = lines[at : at + width]
        if not all(cell_kind(_bare(step[i])) in ("unit", "due") for i in checks) or any(
            (rule := furniture_rule(line)) and rule not in _NO_CELL for line in step
        ):
            break
        rows.append(at)
        at += width
    if not rows or not checks:
        return None
    for row in rows:
        _row(lines, row, row + width, names)
    return at


# --- tabs, bars, wide gaps -------------------------------------------------------------------------------------------


def _cells(line: Line, separator: re.Pattern[str]) -> list[Cell]:
    cells = []
    at = 0
    for start, stop in [*(m.span() for m in separator.finditer(line.text)), (len(line.text), len(line.text))]:
        piece = line.text[at:start]
        if piece.strip():
            low = line.start + at + len(piece) - len(piece.lstrip())
            cells.append(Cell(low, low + len(piece.strip()), piece.strip()))
        at = stop
    return cells


def _columned(lines: list[Line], at: int) -> int | None:
    """A header whose names stand side by side, and the rows below it; the index behind the table."""
    head = lines[at]
    if head.kind is not None or not 6 <= len(head.text) <= 400:
        return None
    parted = "|" in head.text or "｜" in head.text or len(head.text.split(None, 2)) >= 3
    if not parted or not has_strong(head.plain):
        return None
    for separator in (_BETWEEN, _SPACED):
        names = tuple(cell.text for cell in _cells(head, separator))
        known = sum(1 for name in names if column_kind(name))
        if len(names) >= 3 and known * 3 >= len(names) * 2 and any(is_strong(n) for n in names):
            return _rows_below(lines, at, names, separator)
    return None


def _rows_below(lines: list[Line], at: int, names: tuple[str, ...], separator: re.Pattern[str]) -> int | None:
    numbered = column_kind(names[0]) == "number"
    found: list[tuple[Line, list[Cell], bool]] = []
    drawn = [lines[at]]
    end = at + 1
    missed = 0
    while end < len(lines) and missed < 2:
        line = lines[end]
        if _DRAWN.issuperset(line.text):
            drawn.append(line)
            end += 1
            continue
        cells = [] if _ABOUT_PAGE.search(line.plain) else _cells(line, separator)
        starts = bool(cells) and cells[0].text.rstrip(".、").isdecimal()
        if separator is not _BETWEEN and numbered and not starts:
            cells = []
        if found and numbered and cells and not starts and _wraps(found[-1], cells, len(names) - 1):
            line.decide("furniture", "merged")
            missed = 0
        elif len(cells) >= 2 and (not numbered or starts or len(cells) >= len(names) - 2):
            found.append((line, cells, starts))
            missed = 0
        elif len(line.text) > 40 or furniture_rule(line):
            break
        else:
            missed += 1
        end += 1
    if not found:
        return None
    for line in drawn:
        line.decide("furniture", "table_header")
    for line, cells, starts in found:
        own = names[1:] if numbered else names
        row = align(cells[1:] if numbered and starts else cells, own)
        part = statement_part(row)
        line.decide("table_row", "table_columns")
        line.start, line.stop = part[0][0].start, part[-1][0].stop
        line.columns = tuple(name for cell, name in part for _ in cell.text.split("\n"))
    return max(lines.index(found[-1][0], at) + 1, end - missed)


def _wraps(row: tuple[Line, list[Cell], bool], more: list[Cell], width: int) -> bool:
    """Whether ``more``, from the line below a numbered row that lacks cells, goes on with its last cell; then it is added."""
    _, cells, starts = row
    lacks = width - (len(cells) - starts)
    last = cells[-1]
    if not starts or lacks < max(len(more) - 1, 1):
        return False
    if not last.text.endswith(_GOES_ON) and len(more) - 1 != lacks:
        return False
    cells[-1:] = [Cell(last.start, more[0].stop, f"{last.text}\n{more[0].text}"), *more[1:]]
    return True


def _mark_bare_rows(lines: list[Line]) -> None:
    """Two or more lines in a row of three or more cells between tabs or bars are rows of a table without a header."""
    run: list[Line] = []
    for line in [*lines, None]:
        if (
            line is not None
            and line.kind is None
            and len(_BARS.findall(line.text[:400])) >= 2
            and re.search(r"\d", line.text)
            and not _ABOUT_PAGE.search(line.plain)
            and len(_cells(line, re.compile(r"\s*[\t|｜]\s*"))) >= 3
            and not furniture_rule(line)
        ):
            run.append(line)
            continue
        if len(run) >= 2:
            for row in run:
                row.decide("table_row", "table_bars")
        run = []
