"""What a title sets for the whole page: a list of tasks looks ahead over its years, a bulletin back over its month."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from luodi.reading.periods.find import Period
from luodi.reading.statements.moods import Mood

_LOOKS_BACK = re.compile(
    r"情况$|情况(?=[（(]|的|报告|汇报|说明|公示|公告)|(?:前[一二三]季度|上半年|[一二三四]季度|月份?).{0,24}(?:加快推进|有序推进|稳步推进|提速)|述职|盘点|(?:交出|晒出|亮出|递交|年中|年度|半年)[^，,]{0,12}(?:答卷|成绩单)|通报|公报|快报|周报|月报|季报|年报|简报|运行情况|经济运行|经济形势|办理情况|进展情况|推进情况|完成情况|进展|总结|工作情况|落实情况|公示"
)
# 2024年民生实事项目公示: what is to be done is made public, unless it is how far it has come
_PUBLISHES_PLAN = re.compile(
    r"(?:实事|计划|清单|任务|目标|方案|项目表|项目安排)(?:项目)?(?:票决结果|征求意见|草案|内容|安排)?(?:的)?公示"
)
_LOOKS_AHEAD = re.compile(
    r"任务分解|责任分解|谋划|打算|设想|规划|计划|方案|实事|要点|清单|目标|任务|安排|意见|纲要|行动|措施|指标"
)
# 关于印发经济运行好转实施方案的通知: what is issued is a plan
_SETS_OUT = re.compile(
    "(?:印发|出台|发布).*(?:(?:实施|行动|工作)方案|行动计划|若干(?:政策)?措施|实施意见|实施细则|工作要点)[》〉）)]*(?:的通知)?$"
)
_TWO_SIDED = re.compile(
    r"工作报告|与20\d\d年|和20\d\d年.*计划|执行情况.*计划|会议|(?:调度|推进|分析|部署|动员|座谈|现场|工作例|总结表彰)会|访|专访|答复|解读|督查(?!.*(?:方案|计划|要点))"
)
# 政府工作报告重点工作责任分解: the tasks set by a report, not the report
_TASKS = re.compile(r"(?:任务|责任|目标|工作)分(?:解|工)(?!.*(?:进展|完成|落实)情况)")
_SET_BY_REPORT = re.compile("工作报告[》”]?(?:所)?(?:确定|提出|明确|部署)的?(?!.*(?:完成|进展|落实|办理))")
# 2023年十件实事全面完成
_KEPT = re.compile("(?:超前|提前|超额)完成|(?:全面|全部|圆满|如期|顺利|悉数)(?:完成|兑现|办结|收官|交卷)")
# 2024年重点工作, 2024年要办这些大事: said of a year that is not over
_YEARS_WORK = re.compile(
    r"20\d\d年[，,]?[^，。]{0,20}?(?:重点工作|主要工作|民生工程|重点项目(?:名单|表)|大事|要办|要干|[这怎么]样?么?干)"
)
_HALVES = re.compile("上半年.*下半年")
_REVIEWS = re.compile(r"总结|回顾|情况|工作报告|成效|述职")
_SPAN = re.compile(r"(20\d\d)年?\s*(?:[—–~～-]{1,2}|至|到)\s*(20\d\d)\s*年?")
_FIVE_YEARS = re.compile(r"“?十([一二三四五六七八九])五”?|第?十([一二三四五六七八九])个五年")
_MONTH = re.compile(r"(20\d\d)年(?:度)?(?:[1一]\s*[-—~至]\s*)?(1[0-2]|[1-9])月")
_QUARTER = re.compile(
    r"(20\d\d)年?[^，,。\d]{0,12}?(上半年|前三季度|一季度|第一季度|第?二季度|第?三季度|第?四季度)"
)
# 2024年第28期 is the number of an issue, not the year that it tells of
_YEAR = re.compile(r"(20\d\d)年(?!度?第?\d{1,3}[期号周])")
_POLICY = re.compile("若干政策|政策措施|若干措施|奖励办法|扶持办法|实施细则")
_NUMBERS = "一二三四五六七八九"
_YEARS_OF_ACTION = re.compile(
    "([二两三四五])年(?:滚动)?(?:行动|攻坚|计划|提升|倍增|规划|整治|改革)[^，。]{0,12}(?:方案|计划|规划|行动)?[》”]?(?:的通知)?$"
)
_EARLY_ENOUGH = 10  # a plan set in November begins with the next year, or with this one
_PLAN_IN_HEADING = re.compile(
    '[“"]?十([一二三四五六七八九])五[”"]?(?:规划)?(?:时期|期间)?的?[^，。《》]{0,8}?'
    "(?:成就|成效|成绩|成果|回顾|实施情况|执行情况|完成情况|发展基础|主要目标|发展目标|奋斗目标|目标任务)"
)
_PARTS = {"上半年": (1, 6), "前三季度": (1, 9), "一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}


def title_mood(title: str) -> Mood | None:
    """The direction of a whole page, where its title says so; interviews and two-part reports have none."""
    if _SETS_OUT.search(title):
        return Mood("ahead", 0, 0, "title_looks_ahead")
    if _TASKS.search(title) or _SET_BY_REPORT.search(title):
        return Mood("ahead", 0, 0, "title_looks_ahead")
    if _TWO_SIDED.search(title):
        return None
    if _PUBLISHES_PLAN.search(title):
        return Mood("ahead", 0, 0, "title_looks_ahead")
    if _LOOKS_BACK.search(title) or _KEPT.search(title):
        return Mood("back", 0, 0, "title_looks_back")
    if _LOOKS_AHEAD.search(title) or _POLICY.search(title):
        return Mood("ahead", 0, 0, "title_looks_ahead")
    return None


def report_mood(title: str, speaks_of: dt.date | None) -> Mood | None:
    """A report on one year, told when that year is over, looks back: 2024年法治政府建设工作报告 of January 2025.

    The work of one year, told before its end, is yet to be done: 2024年重点工作 of March 2024.
    """
    years = {int(found[1]) for found in _YEAR.finditer(title)}
    if (
        speaks_of is not None
        and len(years) == 1
        and _YEARS_WORK.search(title)
        and min(years) >= speaks_of.year
    ):
        return Mood("ahead", 0, 0, "title_looks_ahead")
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


def years_of_action(title: str, at: int, speaks_of: dt.date | None) -> Period | None:
    """三年行动计划 without its years: they begin with the year in which it is set, unless that is nearly over."""
    found = _YEARS_OF_ACTION.search(title)
    if found is None or speaks_of is None or speaks_of.month > _EARLY_ENOUGH or _LOOKS_BACK.search(title):
        return None
    last = speaks_of.year + "两三四五".index(found[1].replace("二", "两")) + 1
    return _period(found, at, dt.date(speaks_of.year, 1, 1), dt.date(last, 12, 31), "plan")


def plan_in_heading(text: str, start: int, stop: int) -> Period | None:
    """“十四五”发展成就, “十五五”主要目标: the years of the plan, where the heading speaks of them and not of a document."""
    found = _PLAN_IN_HEADING.search(text, start, stop)
    if found is None:
        return None
    first_year = 1951 + 5 * (10 + _NUMBERS.index(found[1]) + 1)
    return _period(found, 0, dt.date(first_year, 1, 1), dt.date(first_year + 4, 12, 31), "plan")


def _months(match: re.Match[str], at: int, year: int, first: int, last: int, precision: str) -> Period:
    until = dt.date(year, last, calendar.monthrange(year, last)[1])
    return _period(match, at, dt.date(year, first, 1), until, precision)


def _period(match: re.Match[str], at: int, since: dt.date, until: dt.date, precision: str) -> Period:
    return Period(at + match.start(), at + match.end(), since, until, precision, "within", "title")  # type: ignore[arg-type]
