"""What a sheet's own XML says and the reading library does not in its frugal mode: extent, merged areas, formulas.

Streams; keeps no tree. Declarations of entities were refused before (``archive.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets import limits
from luodi.kernel.sheets.addresses import Area, place_of

_CHUNK = 1 << 16


@dataclass(slots=True)
class Outline:
    """``height`` and ``width`` are the last row and column with a value; ``blank_formulas`` have none kept with them."""

    height: int = 0
    width: int = 0
    filled: int = 0
    merges: list[Area] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    blank_formulas: list[tuple[int, int]] = field(default_factory=list)
    _row: int = 0
    _column: int = 0


def outline_of(part: IO[bytes], sheet: str) -> Outline:
    """The outline of one worksheet part. Raises ``Refusal`` for one beyond the limits or damaged."""
    found = Outline()
    parser: Any = XMLPullParser(("start", "end"))
    open_rows: list[Element] = []
    try:
        while chunk := part.read(_CHUNK):
            parser.feed(chunk)
            for happening, element in parser.read_events():
                name = _local(element)
                if happening == "start":
                    if name in ("row", "sheetData", "mergeCells"):
                        open_rows.append(element)
                    if name == "row":
                        _begin_row(found, element)
                    continue
                if name == "c":
                    _take_cell(found, element, sheet)
                elif name == "mergeCell":
                    _take_merge(found, element)
                if name in ("row", "sheetData", "mergeCells") and open_rows:
                    open_rows.pop()
                if name in ("row", "mergeCell") and open_rows:
                    open_rows[-1].clear()
    except (ParseError, ValueError) as fault:
        raise limits.unreadable(f"“{sheet}”这张表的内容损坏") from fault
    return found


def _local(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _begin_row(found: Outline, row: Element) -> None:
    found._row = int(row.get("r") or found._row + 1)
    found._column = 0


def _take_cell(found: Outline, cell: Element, sheet: str) -> None:
    named = cell.get("r")
    row, column = place_of(named) if named else (found._row, found._column + 1)
    found._column = column
    parts = {_local(part): part for part in cell}
    held = parts.get("v") is not None and bool(parts["v"].text)
    held = held or any(text.text for text in parts["is"].iter()) if "is" in parts else held
    if "f" in parts:
        found.formulas.add((row, column))
        if not held:
            found.blank_formulas.append((row, column))
    if not held:
        return
    if row > limits.MOST_ROWS:
        raise limits.too_many_rows(sheet, row)
    if column > limits.MOST_COLUMNS:
        raise limits.too_many_columns(sheet, column)
    found.filled += 1
    if found.filled > limits.MOST_CELLS:
        raise limits.too_many_cells()
    found.height, found.width = max(found.height, row), max(found.width, column)


def _take_merge(found: Outline, element: Element) -> None:
    area = Area.named(element.get("ref") or "")
    if area.top > limits.MOST_ROWS or area.left > limits.MOST_COLUMNS:
        return
    found.merges.append(area)
    if len(found.merges) > limits.MOST_MERGES:
        raise Refusal(
            "sheet-too-merged", f"合并单元格超过{limits.MOST_MERGES:,}处，不像正常的表格。{limits.SAVE_AS}"
        )
