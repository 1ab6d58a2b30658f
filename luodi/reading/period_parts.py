"""Rules for parts of a year: days, thirds of a month, months, quarters, halves, its end and its festivals."""

from __future__ import annotations

import re

from luodi.reading.period_calendar import (
    DECADES,
    Stretch,
    a_day,
    days_of_month,
    months,
    number_of,
    quarters,
    years,
)
from luodi.reading.period_shape import PeriodRule, ReadStretch, Setting
from luodi.reading.period_words import (
    COUNT,
    DAY_DIGITS,
    DAY_HAN,
    DIGIT,
    FREE_DIGITS,
    FREE_HAN,
    GAP,
    HAN_NUMERAL,
    LOST,
    MONTH_DIGITS,
    MONTH_HAN,
    QUARTER,
    TO,
)

MONTH = f"(?:{MONTH_DIGITS}|{MONTH_HAN})"
FREE = FREE_DIGITS + FREE_HAN
CELL_EDGES = " \t\n\r\u3000\xa0|"
NO_DAY_FOLLOWS = rf"(?!{GAP}(?:{DIGIT}{{1,2}}|{DAY_HAN}){GAP}[日号])"
NOT_BOTTOM = "(?![线数气蕴座色层部细子片梢])"
NOT_INNER = "(?![部容外涝需河陆蒙控涵生在科])"
NOT_FIRST = "(?![步级中心衷期次始创审夏冬春秋试衰])"
POINTS_FROM_NOW = rf"(?<![每历往逐常连多近几数半两去前明后个上下本次同该来今〇零0-9０-９{HAN_NUMERAL}{LOST}])"
"""Before 年底 and 年内: not the tail of another count of years, nor of a year that could not be read."""

FESTIVAL_EVES = {
    "元旦": (-1, 12, 31),
    "五一": (0, 4, 30),
    "六一": (0, 5, 31),
    "七一": (0, 6, 30),
    "八一": (0, 7, 31),
    "国庆": (0, 9, 30),
    "十一": (0, 9, 30),
}
"""The day before each festival: years to add to the festival's own, month, day."""


def month_day(match: re.Match[str], setting: Setting) -> Stretch | None:
    """3月15日."""
    month, day = number_of(match["m"]), number_of(match["d"])
    if month is None or day is None:
        return None
    return days_of_month(setting.year(), month, day, day, "day")


def month_decade(match: re.Match[str], setting: Setting) -> Stretch | None:
    """3月上旬, 3月中下旬; 3月初 is the first ten days."""
    month = number_of(match["m"])
    first, last = DECADES[match["x"] or "上"]
    return None if month is None else days_of_month(setting.year(), month, first, last, "decade")


def months_elapsed(match: re.Match[str], setting: Setting) -> Stretch | None:
    """前10个月: January to October."""
    count = number_of(match["n"])
    return None if count is None or count < 2 else months(setting.elapsed_year(count), 1, count)


def _is_cell(match: re.Match[str]) -> bool:
    text, before, after = match.string, match.start() - 1, match.end()
    return (before < 0 or text[before] in CELL_EDGES) and (after >= len(text) or text[after] in CELL_EDGES)


def month_list(match: re.Match[str], setting: Setting) -> Stretch | None:
    """6、7月: only months that follow each other."""
    named = [number_of(sign) for sign in re.findall(MONTH, match.group())]
    first, last = named[0], named[-1]
    if first is None or last is None or named != list(range(first, last + 1)):
        return None
    return months(setting.year(), first, last)


def month_span(match: re.Match[str], setting: Setting) -> Stretch | None:
    """1—10月. From January on it counts what has been done, unless it is all that a table cell says."""
    first, last = number_of(match["a"]), number_of(match["b"])
    if first is None or last is None:
        return None
    counts_up = first == 1 and not _is_cell(match)
    return months(setting.elapsed_year(last) if counts_up else setting.year(), first, last)


def month(match: re.Match[str], setting: Setting) -> Stretch | None:
    """3月, 3月份."""
    which = number_of(match["m"])
    return None if which is None else months(setting.year(), which, which)


def quarters_elapsed(match: re.Match[str], setting: Setting) -> Stretch | None:
    """前三季度: January to September."""
    count = number_of(match["n"])
    return None if count is None else quarters(setting.elapsed_year(3 * count), 1, count)


def quarter_span(match: re.Match[str], setting: Setting) -> Stretch | None:
    """一至三季度, 三、四季度."""
    first, last = number_of(match["a"]), number_of(match["b"])
    return None if first is None or last is None else quarters(setting.year(), first, last)


def quarter(match: re.Match[str], setting: Setting) -> Stretch | None:
    """第三季度; 首季 is the first."""
    which = number_of(match["q"] or "一")
    return None if which is None else quarters(setting.year(), which, which)


def half(match: re.Match[str], setting: Setting) -> Stretch | None:
    """上半年, 下半年."""
    first = 1 if match["h"] == "上" else 7
    return months(setting.year(), first, first + 5, "half")


def whole_year(_match: re.Match[str], setting: Setting) -> Stretch:
    """全年. Said in January it may mean either year: the sentence or the heading should name it."""
    return years(setting.year(), setting.year())


def inside_year(_match: re.Match[str], setting: Setting) -> Stretch:
    """年内: the whole calendar year, whatever has passed of it."""
    return years(setting.spoken_year(), setting.spoken_year())


def year_end(_match: re.Match[str], setting: Setting) -> Stretch:
    """年底, 年末: up to the last day of the year."""
    return years(setting.spoken_year(), setting.spoken_year()).by_its_end()


def year_start(_match: re.Match[str], setting: Setting) -> Stretch | None:
    """年初 has no agreed end; its quarter is sure to hold it."""
    return quarters(setting.spoken_year(), 1, 1)


def before_festival(match: re.Match[str], setting: Setting) -> Stretch | None:
    """国庆节前: up to the day before. 元旦 without a year is the coming one."""
    year = setting.year()
    if year is None:
        return Stretch(None, None, "day", "by")
    step, month, day = FESTIVAL_EVES[match["f"]]
    if match["f"] == "元旦" and setting.given is None:
        step = 0
    return Stretch(None, a_day(year + step, month, day), "day", "by")


PART_RULES: tuple[PeriodRule[ReadStretch], ...] = (
    PeriodRule(
        "month_day",
        "几月几日；没有年份的取同句、标题或说话之日的年份",
        "3月15日召开",
        rf"(?P<m>{MONTH}){GAP}月{GAP}(?P<d>{DAY_DIGITS}|{DAY_HAN}){GAP}[日号](?![线楼院地门路井机文])",
        month_day,
        guard=FREE,
    ),
    PeriodRule(
        "month_decade",
        "某月上、中、下旬，月初算上旬",
        "3月中旬开工",
        rf"(?P<m>{MONTH}){GAP}月份?的?(?:(?P<x>上中|中下|上|中|下)旬|初{NOT_FIRST})",
        month_decade,
        guard=FREE,
    ),
    PeriodRule(
        "months_elapsed",
        "一月起数到第几个月；一二月里说前十个月以上，指上一年",
        "财政收入前4个月完成1亿元",
        rf"[前头]{GAP}(?P<n>{COUNT}){GAP}个月(?!内|以上|向|书面|提出|申请)",
        months_elapsed,
        guard="(?<![提之此以日期产赛届目生婚考月天周节满工年])",
    ),
    PeriodRule(
        "month_span",
        "同年几月至几月",
        "1—4月完成税收3亿元",
        rf"(?P<a>{MONTH})(?:{GAP}月份?)?{TO}(?P<b>{MONTH}){GAP}月份?(?![上中下]旬){NO_DAY_FOLLOWS}",
        month_span,
        guard=FREE,
    ),
    PeriodRule(
        "month_list",
        "连着的几个月共用一个“月”字",
        "6、7月份施工",
        rf"{MONTH}(?:、{MONTH}){{0,10}}[、和]{MONTH}{GAP}月份?{NO_DAY_FOLLOWS}",
        month_list,
        guard=FREE,
    ),
    PeriodRule(
        "month",
        "某月",
        "4月份办理诉求860件",
        rf"(?P<m>{MONTH_DIGITS}){GAP}月(?:{GAP}份)?(?![球饼嫂龄]){NO_DAY_FOLLOWS}",
        month,
        guard=FREE,
    ),
    PeriodRule(
        "month_in_han",
        "汉字写的月份；单用时须有“份、底、前”等字随后，免得误读十月革命",
        "九月底前完成招标",
        rf"(?P<m>{MONTH_HAN})月(?:份|(?=[底末前起至到以,，、。；]|$)){NO_DAY_FOLLOWS}",
        month,
        guard=FREE,
    ),
    PeriodRule(
        "month_in_han_after_year",
        "紧跟年份的汉字月份",
        "二〇二四年六月建成",
        rf"(?P<m>{MONTH_HAN})月份?{NO_DAY_FOLLOWS}",
        month,
        bare=False,
    ),
    PeriodRule(
        "quarters_elapsed",
        "前几季度",
        "前三季度增长6%",
        "前(?P<n>[二两三23２３])个?季度",
        quarters_elapsed,
        guard="(?<![提之此年])",
    ),
    PeriodRule(
        "quarter_span",
        "几季度至几季度",
        "一至三季度完成投资1亿元",
        rf"第?(?P<a>{QUARTER})(?:季度)?(?:{TO}|[、和及]?)第?(?P<b>{QUARTER})季度",
        quarter_span,
        guard=rf"(?<![每个各前近年0-9０-９{HAN_NUMERAL}{LOST}])",
    ),
    PeriodRule(
        "quarter",
        "某季度",
        "第三季度开工",
        rf"(?:第?{GAP}(?P<q>{QUARTER}){GAP}季度|首季度?(?!度))",
        quarter,
        guard=rf"(?<![每个各前近年第0-9０-９{HAN_NUMERAL}{LOST}])",
    ),
    PeriodRule("half", "上半年、下半年", "下半年启动二期", "(?P<h>[上下])半年度?", half, guard="(?<!年)"),
    PeriodRule(
        "whole_year", "全年", "全年完成投资30亿元", "全年(?!龄)度?", whole_year, guard="(?<![安健齐周年])"
    ),
    PeriodRule(
        "inside_year",
        "年内",
        "年内投产",
        rf"年度?内{NOT_INNER}",
        inside_year,
        guard=POINTS_FROM_NOW,
        after_year=False,
    ),
    PeriodRule(
        "year_end",
        "年底、年末：到当年最后一天止",
        "年底建成投用",
        rf"年[底末]{NOT_BOTTOM}|年终(?=[之以]?前)",
        year_end,
        guard=POINTS_FROM_NOW,
        after_year=False,
    ),
    PeriodRule(
        "end_of_year",
        "紧跟年份的底、末",
        "2025年底前完成",
        rf"年?[底末]{NOT_BOTTOM}|年终(?=[之以]?前)",
        year_end,
        bare=False,
    ),
    PeriodRule(
        "year_start",
        "年初：记为第一季度",
        "年初签约",
        rf"年初{NOT_FIRST}",
        year_start,
        guard=POINTS_FROM_NOW,
        after_year=False,
    ),
    PeriodRule("start_of_year", "紧跟年份的初", "2021年初落户", rf"年?初{NOT_FIRST}", year_start, bare=False),
    PeriodRule(
        "before_festival",
        "固定日子的节日之前，到前一天止",
        "国庆节前开园",
        r"[“\"]?(?P<f>元旦|国庆|[五六七八]一|(?<=[“\"])十一)[”\"]?(?:国际)?(?:劳动|儿童|建党|建军)?节?[之以]?前(?![夕后往期列])",
        before_festival,
        guard=rf"(?<![{HAN_NUMERAL}第年])",
    ),
)
