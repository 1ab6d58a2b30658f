"""Bulletins and reports on progress: the stretch of days, or the day, that they tell of as a whole."""

from __future__ import annotations

import datetime as dt
import re

from luodi.reading.blocks.find import Block
from luodi.reading.periods.find import Period

# 2024年第28周（7月8日—7月14日），12345热线共受理诉求7184件: a bulletin, with a title or without
_BULLETIN = re.compile(
    r"[^。]{0,16}[月日周旬季年）)][^。]{0,16}(?:热线|平台|中心|全[区县市])[^。]{0,12}(?:受理|接收|接到)"
)
_AT_HEAD = 6
_IN_HEAD = 14  # 2024年第28周（7月8日至14日），
_BESIDE = ("week_beside", "month_beside", "quarter_beside")
_FEW_DAYS, _MANY_DAYS = 5, 360
_SENTENCE_ENDS = "。；;！!\n"


def is_bulletin(text: str, start: int, stop: int) -> bool:
    """Whether a page that begins with this paragraph counts what was received over some days."""
    return _BULLETIN.match(text, start, stop) is not None


def opens_bulletin(text: str, on: dt.date | None, block: Block, period: Period) -> bool:
    """7月8日至14日，…: days that end before the page was written, at the head of a paragraph."""
    if period.since is None or period.until is None or period.precision == "year":
        return False
    before = text[period.start - 1]
    bracketed = before in "（(" and period.start <= block.start + _IN_HEAD
    if period.start > block.start + _AT_HEAD and not bracketed and before not in _SENTENCE_ENDS:
        return False
    days = (period.until - period.since).days
    return _FEW_DAYS <= days <= _MANY_DAYS and (on is None or period.until <= on)


def of_this_issue(text: str, told: Period | None, period: Period) -> Period:
    """本周, 本月 mean the stretch ``told`` of, where that is over when the bulletin appears."""
    if not period.rule.startswith(_BESIDE) or text[period.start] not in "本这" or told is None:
        return period
    if told.until is None or period.since is None or not told.until < period.since:
        return period
    return period._replace(since=told.since, until=told.until)


def ends_inside(period: Period, titled: Period) -> bool:
    """Whether ``period`` ends within the one that the title names."""
    if period.until is None or titled.until is None or titled.since is None:
        return False
    return titled.since <= period.until <= titled.until


def narrowed(titled: Period | None, period: Period) -> Period:
    """From the beginning of the title's period to the day as of which the page tells."""
    return period if titled is None or period.since is not None else period._replace(since=titled.since)
