"""The four kinds of time a deadline can run on, each with the rule that says how it is counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """``in_days``: the start day is left out and the last day ends at 24:00; else it runs to the minute from the start."""

    name: str
    label: str
    unit: str
    in_days: bool
    on_workdays: bool
    rule: str


WORKDAY = Kind(
    "workday",
    "工作日",
    "个工作日",
    True,
    True,
    "《行政许可法》第八十二条：期限以工作日计，不含法定节假日，调休上班的周末算工作日；开始的当天不算",
)
CALENDAR_DAY = Kind(
    "calendar_day",
    "日历日",
    "日",
    True,
    False,
    "《民事诉讼法》第八十五条：开始的当天不算，其余每天都算",
)
WORK_HOUR = Kind(
    "work_hour",
    "工作时",
    "个工作小时",
    False,
    True,
    "落地计时约定：从登记的那一分钟起，只算工作日的办公时间",
)
WALL_HOUR = Kind(
    "wall_hour",
    "连续小时",
    "小时",
    False,
    False,
    "落地计时约定：从登记的那一分钟起，昼夜连续计算",
)
KINDS = {kind.name: kind for kind in (WORKDAY, CALENDAR_DAY, WORK_HOUR, WALL_HOUR)}
EXTENDED_RULE = "期满那天放假的，顺延到放假后第一个工作日（《民事诉讼法》第八十五条）"
