"""Rules for days and weeks counted from the day spoken of: 昨日, 明天, 上周, 本周五前, 未来三个月."""

from __future__ import annotations

import datetime as dt
import re

from luodi.reading.periods.calendar import Stretch, a_day, last_day, number_of
from luodi.reading.periods.shape import PeriodRule, ReadStretch, Setting
from luodi.reading.periods.words import COUNT, GAP, HAN

STEPS = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1}
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 6}
MOST_MONTHS = 24
HALF_A_YEAR = 6
AIMS = "(?:(?<=力争)|(?<=争取)|(?<=计划)|(?<=确保)|(?<=力争在)|(?<=争取在)|(?<=计划在)|(?<=确保在)|(?<=力争用)|(?<=计划用))"
"""Without one, 三个月内 is the clock of a rule, not a plan."""
NAMED_SO = rf"(?=[，,、。；;]|上午|下午|晚上?|凌晨|起|前|内|以?后|在|将|集中|正式|举[行办]|召开|开|签|投|启|发|受|$|[^{HAN}])"
"""今日头条, 明日之星 and the names of columns are no days."""


def _moved(day: dt.date, step: int) -> dt.date | None:
    try:
        return day + dt.timedelta(days=step)
    except OverflowError:
        return None


def day_beside(match: re.Match[str], setting: Setting) -> Stretch:
    """昨日, 今天, 明天."""
    day = None if setting.on is None else _moved(setting.on, STEPS[match["w"]])
    return Stretch(day, day, "day")


def week_beside(match: re.Match[str], setting: Setting) -> Stretch:
    """上周, 本周五: weeks run from Monday to Sunday."""
    if setting.on is None:
        return Stretch(None, None, "day")
    monday = _moved(setting.on, 7 * WEEKS[match["w"]] - setting.on.weekday())
    if monday is None:
        return Stretch(None, None, "day")
    if match["d"] and match["d"] != "末":
        day = _moved(monday, WEEKDAYS[match["d"]])
        return Stretch(day, day, "day")
    since = _moved(monday, 5) if match["d"] else monday
    until = _moved(monday, 6)
    return Stretch(since if until else None, until if since else None, "day")


def months_ahead(match: re.Match[str], setting: Setting) -> Stretch | None:
    """未来三个月, 力争半年内: up to the same day, so many months on."""
    count = number_of(match["n"]) if match["n"] else HALF_A_YEAR
    if count is None or not 1 <= count <= MOST_MONTHS:
        return None
    on = setting.on
    if on is None:
        return Stretch(None, None, "month")
    year, index = divmod(on.year * 12 + on.month - 1 + count, 12)
    until = a_day(year, index + 1, on.day) or last_day(year, index + 1)
    return Stretch(on if until else None, until, "month")


DAY_RULES: tuple[PeriodRule[ReadStretch], ...] = (
    PeriodRule(
        "day_beside",
        "昨日、今天、明天",
        "昨日，12个项目签约",
        rf"(?P<w>昨[天日]|今[天日]|明[天日]|前天|后天){NAMED_SO}",
        day_beside,
        "(?<![如而至到截文光证声说发黎透聪])",
    ),
    PeriodRule(
        "week_beside",
        "上周、本周、下周，可带星期几；一周从星期一起",
        "本周五前整改12处",
        r"(?P<w>[上本这下])(?:一|个)?(?:周|星期)(?P<d>[一二三四五六日天末](?!年))?(?![年岁报刊期转边围长密])",
        week_beside,
        "(?<![以之线网马晚早身路日资基])",
    ),
    PeriodRule(
        "months_ahead",
        "未来、今后几个月：数到同一日",
        "未来三个月整改120处",
        rf"(?:未来|今后|接下来的?){GAP}(?P<n>{COUNT}){GAP}个月(?:之?内|间|里|时间)?",
        months_ahead,
    ),
    PeriodRule(
        "months_within",
        "力争、计划等字后的几个月内、半年内：数到同一日",
        "力争三个月内整改完毕",
        rf"(?:(?P<n>{COUNT}){GAP}个月|半年)(?:[之以]?内|(?:左右)?的?时间)(?![^，,。；]{{0,6}}(?:办结|办理|答复|受理))",
        months_ahead,
        AIMS,
    ),
)
