"""Rules for the larger parts of a year: quarters, halves, its end and its festivals."""

from __future__ import annotations

import re

from luodi.reading.periods.calendar import Stretch, a_day, months, number_of, quarters, years
from luodi.reading.periods.months import MONTH_RULES
from luodi.reading.periods.shape import PeriodRule, ReadStretch, Setting
from luodi.reading.periods.words import GAP, HAN_NUMERAL, LOST, NOT_BOTTOM, NOT_FIRST, NOT_INNER, QUARTER, TO

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
    *MONTH_RULES,
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
