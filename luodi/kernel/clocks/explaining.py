"""The sum of a deadline in words: one line a step, the way a good clerk would say it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from luodi.kernel.clocks.deadline import Deadline, Moment, Step
from luodi.kernel.clocks.kinds import KINDS

_WEEK = "一二三四五六日"
_MINUTES = 60
WHY = {
    "workday": "工作日",
    "make_up": "调休上班",
    "day": "照算",
    "hours": "计时",
    "weekend": "周末，不算",
    "holiday": "放假，不算",
    "closed": "不在办公时间，不算",
    "suspended": "停表，不算",
    "moved": "赶上放假，顺延",
}


def said(moment: Moment, beside: Moment | None = None) -> str:
    """A day or minute as people say it; the year only where it is not that of ``beside``.

    >>> said(dt.date(2026, 9, 23)), said(dt.date(2026, 9, 23), dt.date(2026, 1, 1))
    ('2026年9月23日（周三）', '9月23日（周三）')
    """
    year = "" if beside is not None and beside.year == moment.year else f"{moment.year}年"
    day = f"{year}{moment.month}月{moment.day}日（周{_WEEK[moment.weekday()]}）"
    return f"{day}{moment:%H:%M}" if isinstance(moment, dt.datetime) else day


def amount(length: int, clock: str) -> str:
    """Days, or minutes as hours and minutes, with their unit.

    >>> amount(7, "workday"), amount(250, "work_hour"), amount(45, "wall_hour")
    ('7个工作日', '4小时10分', '45分')
    """
    if KINDS[clock].in_days:
        return f"{length}{KINDS[clock].unit}"
    hours, minutes = divmod(length, _MINUTES)
    return "".join((f"{hours}小时" if hours or not minutes else "", f"{minutes}分" if minutes else ""))


def line(step: Step, clock: str, beside: Moment) -> str:
    """One step: when, why, what it adds and what has been used so far."""
    span = said(step.first, beside)
    if isinstance(step.first, dt.datetime) and isinstance(step.last, dt.datetime):
        same_day = step.first.date() == step.last.date()
        span += f"至{step.last:%H:%M}" if same_day else f"至{said(step.last, beside)}"
    elif step.last != step.first:
        span += f"至{said(step.last, beside)}"
    words = f"{span}：{WHY[step.why]}"
    if step.counted:
        words += f"，用去{amount(step.counted, clock)}，累计{amount(step.total, clock)}"
    return words


def lines(start: Moment, limit: int | Decimal, deadline: Deadline) -> list[str]:
    """The whole sum: the start, each step, the end, the latest end where it is another, and what is not certain."""
    kind = KINDS[deadline.clock]
    if kind.in_days:
        begun = f"从{said(start)}起，期限{limit}{kind.unit}；当天不算。"
        ending = f"到期：{said(deadline.due)}，当天24:00以前都算按期。"
    else:
        begun = f"从{said(start)}起，期限{amount(int(limit * _MINUTES), deadline.clock)}（{kind.label}）。"
        ending = f"到期：{said(deadline.due)}。"
    told = [begun, *(line(step, deadline.clock, start) for step in deadline.steps), ending]
    if deadline.latest != deadline.due:
        told.append(f"经批准延长，最晚：{said(deadline.latest)}。")
    if deadline.is_provisional:
        told.append("其中有的年份还没有公布放假安排，按一般周末暂算；公布后重算。")
    told.append(f"依据：{deadline.rule}。")
    return told
