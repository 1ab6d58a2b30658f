"""Rules for the larger parts of a year: quarters, halves, its end and its festivals."""

from __future__ import annotations

import re

from luodi.reading.periods.calendar import Stretch, months, number_of, quarters, years
from luodi.reading.periods.festivals import FESTIVAL_RULES, TERM_RULES
from luodi.reading.periods.months import MONTH_RULES
from luodi.reading.periods.shape import PeriodRule, ReadStretch, Setting
from luodi.reading.periods.words import (
    DIGIT,
    GAP,
    HAN_NUMERAL,
    LOST,
    NOT_BOTTOM,
    NOT_FIRST,
    NOT_INNER,
    QUARTER,
    TO,
)

MIDDLE = r"中(?=[之以]?前(?!后)|(?:正式|全面|全部|基本|实现|可)?(?:完成|完工|建成|投用|投产|竣工|交付|开工|通车|启用|投入))"
"""年中 before what is done then: 2025年中考 is another word, and 2025年中，… means in the course of that year."""

POINTS_FROM_NOW = rf"(?<![每历往逐常连多近几数半两去前明后个上下本次同该来今〇零0-9０-９{HAN_NUMERAL}{LOST}])"
"""Before 年底 and 年内: not the tail of another count of years, nor of a year that could not be read."""


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


def mid_year(_match: re.Match[str], setting: Setting) -> Stretch | None:
    """年中: up to the end of June."""
    whole = months(setting.spoken_year(), 1, 6, "half")
    return None if whole is None else whole.by_its_end()


def year_start(_match: re.Match[str], setting: Setting) -> Stretch | None:
    """年初 has no agreed end; its quarter is sure to hold it."""
    return quarters(setting.spoken_year(), 1, 1)


PART_RULES: tuple[PeriodRule[ReadStretch], ...] = (
    *TERM_RULES,
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
        "whole_year",
        "全年",
        "全年完成投资30亿元",
        rf"全年(?!龄|的?(?:目标|计划|预期|预算|任务){{1,2}}(?:任务|数)?的?{DIGIT})度?",
        whole_year,
        guard="(?<![安健齐周年])",
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
        "mid_year",
        "年中：到六月最后一天止",
        "年中建成投用",
        rf"年{MIDDLE}|年中(?=[，,。；;]|$)",
        mid_year,
        guard=POINTS_FROM_NOW,
        after_year=False,
    ),
    PeriodRule(
        "middle_of_year",
        "紧跟年份的年中",
        "2025年中前完成",
        rf"年?{MIDDLE}|年中(?=[，,。；;]|$)",
        mid_year,
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
    *FESTIVAL_RULES,
)
