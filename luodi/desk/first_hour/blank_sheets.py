"""Empty sheets to be filled, with a note that says how; the reader passes over the note."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from luodi.kernel.sheets.fields import Use

_NOTE_ROW = 30
_HEADERS: dict[Use, tuple[str, str, str]] = {
    "promises": (
        "任务分解表",
        "序号 任务 具体内容 目标值 计量单位 牵头单位 配合单位 完成时限 备注",
        "注：一行一件任务；配合单位有几个的用顿号隔开；完成时限写 2026年3月、三月底 或 长期坚持。",
    ),
    "register": (
        "单位岗位人员表",
        "单位名称 单位简称 单位类别 上级单位 岗位 是否领导岗位 姓名 手机 登录名 角色 任职日期",
        "注：一行一个岗位上的一个人；只有单位或只有岗位也可以；姓名、手机只有本单位和管理员看得到。",
    ),
}


def blank_sheet(use: Use) -> bytes:
    """An ``.xlsx`` with the header that needs no explaining to the reader."""
    name, headers, note = _HEADERS[use]
    book = Workbook()
    sheet: Any = book.active
    sheet.title = name
    sheet.append(headers.split())
    sheet.cell(_NOTE_ROW, 1, note)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = 18
    sheet.freeze_panes = "A2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
