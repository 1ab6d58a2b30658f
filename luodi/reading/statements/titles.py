"""What a title sets for the whole page: a list of tasks looks ahead over its years, a bulletin back over its month."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from luodi.reading.periods.find import Period
from luodi.reading.statements.moods import Mood

_LOOKS_BACK = re.compile(
    r"通报|公报|快报|周报|月报|季报|年报|简报|盘点|运行情况|经济运行|经济形势|办理情况|进展情况|推进情况|完成情况|进展|总结|答卷|成绩单|工作情况|落实情况|公示"
)
_LOOKS_AHEAD = re.compile(r"规划|计划|方案|实事|要点|清单|目标|任务|安排|意见|纲要|行动|措施|指标")
_TWO_SIDED = re.compile(r"工作报告|与20\d\d年|和20\d\d年.*计划|执行情况.*计划|会议|访|专访|答复|解读")
_HALVES = re.compile("上半年.*下半年")
_REVIEWS = re.compile(r"总结|回顾|情况|工作报告|成效|述职")
_SPAN = re.compile(r"(20\d\d)年?\s*(?:[—–~～-]{1,2}|至|到)\s*(20\d\d)\s*年?")
_FIVE_YEARS = re.compile(r"“?十([一二三四五六七八九])五”?|第?十([一二三四五六七八九])个五年")
_MONTH = re.compile(r"(20\d\d)年(?:度)?(?:[1一]\s*[-—~至]\s*)?(1[0-2]|[1-9])月")
_QUARTER = re.compile(
    r"(20\d\d)年?[^，,。\d]{0,12}?(上半年|前三季度|一季度|第一季度|第?二季度|第?三季度|第?四季度)"
)
# 2024年第28期 is the number of an issue, not the year that it tells of
_YEAR = re.compile(r"(20\d\d)年(?!度?第?\d{1,3}[期号])")
_NUMBERS = "一二三四五六七八九"
_PARTS = {"上半年": (1, 6), "前三季度": (1, 9), "一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}


def title_mood(title: str) -> Mood | None:
    """The direction of a whole page, where its title says so; interviews and two-part reports have none."""
    if _TWO_SIDED.search(title):
        return None
    if _LOOKS_BACK.search(title):
        return Mood("back", 0, 0, "title_looks_back")
    if _LOOKS_AHEAD.search(title):
        return Mood("ahead", 0, 0, "title_looks_ahead")
    return None


def report_mood(title: str, speaks_of: dt.date | None) -> Mood | None:
    """A report on one year, told when that year is over, looks back: 2024年法治政府建设工作报告 of January 2025."""
    years = {int(found[1]) for found in _YEAR.finditer(title)}
    if speaks_of is None or "报告" not in title or len(years) != 1 or _LOOKS_AHEAD.search(title):
        return None
    return Mood("back", 0, 0, "title_looks_back") if years == {speaks_of.year - 1} else None


class Sides(NamedTuple):
    """The year that a two-part title looks back on and the one it looks ahead to."""

    back: Period
    ahead: Period


def title_sides(title: str, at: int) -> Sides | None:
    """The two years of 2024年工作总结及2025年工作思路, or ``None`` where a title has not two parts."""
    years = list(_YEAR.finditer(title))
    if len(years) == 1 and (halves := _HALVES.search(title)) and _REVIEWS.search(title):
        year = int(years[0][1])
        return Sides(_months(halves, at, year, 1, 6, "half"), _months(halves, at, year, 7, 12, "half"))
    if len(years) != 2 or int(years[1][1]) != int(years[0][1]) + 1:
        return None
    first, second = title[: years[1].start()], title[years[1].start() :]
    if not (_REVIEWS.search(first) and _LOOKS_AHEAD.search(second + "安排" if "思路" in second else second)):
        return None
    periods = [_period(y, at, dt.date(int(y[1]), 1, 1), dt.date(int(y[1]), 12, 31), "year") for y in years]
    return Sides(*periods)


def title_period(title: str, at: int) -> Period | None:
    """The years or the month of a title that stands at ``at`` in the text.

    Unlike in running text, “十四五”规划 in a title does name a period: the one the plan is for.
    """
    span = _SPAN.search(title)
    if span and int(span[1]) < int(span[2]) <= int(span[1]) + 15:
        return _period(span, at, dt.date(int(span[1]), 1, 1), dt.date(int(span[2]), 12, 31), "plan")
    part = _QUARTER.search(title)
    if part:
        first, last = next(months for word, months in _PARTS.items() if word in part[2])
        return _months(part, at, int(part[1]), first, last, "half" if "半" in part[2] else "quarter")
    month = _MONTH.search(title)
    if month:
        ranged = re.search(r"[-—~至]", month[0])
        return _months(month, at, int(month[1]), 1 if ranged else int(month[2]), int(month[2]), "month")
    plan = _FIVE_YEARS.search(title)
    if plan:
        first_year = 1951 + 5 * (10 + _NUMBERS.index(plan[1] or plan[2]) + 1)
        return _period(plan, at, dt.date(first_year, 1, 1), dt.date(first_year + 4, 12, 31), "plan")
    years = list(_YEAR.finditer(title))
    if years:
        year = int(years[-1][1])
        return _period(years[-1], at, dt.date(year, 1, 1), dt.date(year, 12, 31), "year")
    return None


def _months(match: re.Match[str], at: int, year: int, first: int, last: int, precision: str) -> Period:
    until = dt.date(year, last, calendar.monthrange(year, last)[1])
    return _period(match, at, dt.date(year, first, 1), until, precision)


def _period(match: re.Match[str], at: int, since: dt.date, until: dt.date, precision: str) -> Period:
    return Period(at + match.start(), at + match.end(), since, until, precision, "within", "title")  # type: ignore[arg-type]
