"""When a row is due: which of its columns says so, and what a cell of digits alone means there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.reading.periods.calendar import Stretch, months, years
from luodi.reading.periods.find import Period
from luodi.reading.statements.context import Context
from luodi.reading.statements.dues import last_of

_STARTS = re.compile(
    r"(?:计划|预计|拟|实际)?(?:开工|动工|启动|开建|开始|起始)(?:时间|日期|年月|时限|节点)?(?:[（(][^（()）]{1,6}[)）])?"
)
_YEAR, _MONTH = r"(20\d\d)", r"(1[0-2]|0?[1-9])"
_DASH = r"\s?[-—–~～至]{1,2}\s?"
# 2023-10, 2023/10, 202310
_ONE_MONTH = re.compile(rf"{_YEAR}(?:[-/]{_MONTH}|(1[0-2]|0[1-9]))")
# 2025.3-8, 2025.03—08
_TO_MONTH = re.compile(rf"{_YEAR}[./年]\s?{_MONTH}月?{_DASH}{_MONTH}月?")
# 2024, 2024-2026
_ONE_YEAR, _TO_YEAR = re.compile(rf"{_YEAR}"), re.compile(rf"{_YEAR}年?{_DASH}{_YEAR}年?")


def told_beside(due: Sequence[str]) -> frozenset[str]:
    """Those of the ``due`` columns to leave aside: 开工时间 where another tells when the work ends."""
    starts = frozenset(column for column in due if _STARTS.fullmatch(column))
    return starts if len(starts) < len(due) else frozenset()


def day_of_cell(context: Context, start: int, stop: int) -> Period | None:
    """When a due cell says it is to be ready; 2023-10, 202310 and 2024-2026 name times there, as they need not elsewhere."""
    stretch = _of_digits(context.text, start, stop)
    if stretch is not None:
        return Period(start, stop, stretch.since, stretch.until, stretch.precision, "within", "due_cell")
    return last_of(context.periods(start, stop))


def _of_digits(text: str, start: int, stop: int) -> Stretch | None:
    if (one := _ONE_MONTH.fullmatch(text, start, stop)) is not None:
        month = int(one[2] or one[3])
        return months(int(one[1]), month, month)
    if (span := _TO_MONTH.fullmatch(text, start, stop)) is not None:
        return months(int(span[1]), int(span[2]), int(span[3]))
    if (ran := _TO_YEAR.fullmatch(text, start, stop)) is not None and int(ran[1]) <= int(ran[2]):
        return years(int(ran[1]), int(ran[2]))
    alone = _ONE_YEAR.fullmatch(text, start, stop)
    return years(int(alone[1]), int(alone[1])) if alone else None
