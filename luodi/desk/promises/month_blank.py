"""The blank for a month's progress, filled as far as it is known: which promises, their targets, what was reported last."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill

from luodi.desk.promises.month_promises import MonthPromise
from luodi.kernel.figures.money import YUAN_IN

HEADERS = (
    "承诺编号",
    "承诺",
    "牵头单位",
    "目标",
    "计量单位",
    "上次完成数",
    "上次截至",
    "本次完成数",
    "截至日",
    "进展说明",
)
_WIDTHS = (17, 48, 22, 12, 10, 12, 12, 14, 13, 40)
_TO_FILL = PatternFill("solid", fgColor="FFF0A8")
_BOLD = Font(bold=True)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def filled_blank(unit: str, month: dt.date, promises: Iterable[MonthPromise]) -> bytes:
    """An ``.xlsx`` with a row for each promise; the last three columns are to be filled. Nothing in it is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(f"{month.month}月进展")
    for column, width in zip("ABCDEFGHIJ", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "C3"
    title = f"{unit}{month.year}年{month.month}月承诺进展（填黄色的三列，写累计的数；编号和名称不要改）"
    sheet.append([_text(sheet, title, bold=True)])
    sheet.append([_header(sheet, at, words) for at, words in enumerate(HEADERS)])
    for promise in promises:
        sheet.append(_line(sheet, promise))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _line(sheet: Any, promise: MonthPromise) -> list[Any]:
    unit = promise.unit or "%"
    scale = "万元" if unit in YUAN_IN else unit
    return [
        _text(sheet, promise.id),
        _text(sheet, promise.title),
        _text(sheet, promise.lead),
        _number(promise.number, unit),
        _text(sheet, scale),
        _number(promise.last_number, promise.last_unit or unit),
        promise.last_as_of.isoformat() if promise.last_as_of else None,
    ]


def _number(number: str, unit: str) -> Any:
    """A number as a number; money in 万元, as the column beside it says."""
    if not number:
        return None
    value = Decimal(number) / (YUAN_IN["万元"] / YUAN_IN[unit]) if unit in YUAN_IN else Decimal(number)
    return int(value) if value == value.to_integral_value() else float(value)


def _header(sheet: Any, at: int, words: str) -> Any:
    cell = _text(sheet, words, bold=True)
    if at >= HEADERS.index("本次完成数"):
        cell.fill = _TO_FILL
    return cell


def _text(sheet: Any, text: str, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=_CONTROLS.sub("", text) or None)
    if cell.value is not None:
        cell.data_type = "s"  # text that begins with = stays text
        if text.startswith(_STARTS_A_FORMULA):
            cell.quotePrefix = True
    if bold:
        cell.font = _BOLD
    return cell
