"""Rules for the year: written out, or counted from the day spoken of or from a year named before."""

from __future__ import annotations

import re
from collections.abc import Callable

from luodi.reading.periods.calendar import number_of
from luodi.reading.periods.shape import NamedYear, PeriodRule, ReadYear, Setting
from luodi.reading.periods.words import (
    FREE_DIGITS,
    FREE_HAN,
    GAP,
    NOT_A_YEAR,
    TO,
    WHOLE_WORD,
    YEAR_DIGITS,
    YEAR_HAN,
)


def written_year(match: re.Match[str], _setting: Setting) -> NamedYear | None:
    """2022年, 二〇二二年."""
    year = number_of(match["y"])
    return None if year is None else NamedYear(year)


def first_of_range(match: re.Match[str], _setting: Setting) -> NamedYear | None:
    """2016 in 2016—2018年度: no year by itself."""
    year = number_of(match["y"])
    return None if year is None else NamedYear(year, needs_range=True)


def years_from_now(distance: int) -> Callable[[re.Match[str], Setting], NamedYear]:
    """去年 is -1, 今年 0, 明年 1 from the year of the day spoken of; a heading's year does not move them."""

    def read(_match: re.Match[str], setting: Setting) -> NamedYear:
        return NamedYear(None if setting.on is None else setting.on.year + distance)

    return read


def years_from_named(distance: int) -> Callable[[re.Match[str], Setting], NamedYear | None]:
    """当年 is 0 and 次年 1 from the year the sentence named; without one, 当年签约、当年开工 is a slogan."""

    def read(_match: re.Match[str], setting: Setting) -> NamedYear | None:
        if setting.given is None and setting.named is None:
            return None
        base = setting.given.year if setting.given is not None else setting.named
        return NamedYear(None if base is None else base + distance)

    return read


YEAR_RULES: tuple[PeriodRule[ReadYear], ...] = (
    PeriodRule(
        "explicit_year",
        "四位数字的年份",
        "2022年完成投资5亿元",
        rf"(?P<y>{YEAR_DIGITS}){GAP}年{NOT_A_YEAR}(?:{GAP}度)?",
        written_year,
        guard=FREE_DIGITS,
    ),
    PeriodRule(
        "numeral_year",
        "汉字写的年份",
        "二〇二五年建成",
        rf"(?P<y>{YEAR_HAN})年{NOT_A_YEAR}(?:度)?",
        written_year,
        guard=FREE_HAN,
    ),
    PeriodRule(
        "year_span",
        "起止两年共用一个“年”字",
        "命名2016—2018年度文明村",
        rf"(?P<y>{YEAR_DIGITS}|{YEAR_HAN})(?={TO}(?:{YEAR_DIGITS}|{YEAR_HAN}){GAP}年)",
        first_of_range,
        guard=FREE_DIGITS + FREE_HAN,
    ),
    PeriodRule(
        "this_year",
        "说话之年",
        "今年新建3所",
        "今年(?![轻龄])度?",
        years_from_now(0),
        guard="(?:(?<!如)|(?<=[例比譬]如))",
    ),
    PeriodRule(
        "this_year_formal",
        "本年、本年度",
        "本年度计划实施12项",
        "本年度?",
        years_from_now(0),
        guard=rf"(?:(?<![日资样基版标原书剧根文脚])(?=本年度)|{WHOLE_WORD})",
    ),
    PeriodRule(
        "last_year",
        "说话之年的前一年",
        "去年完成18公里",
        "去年(?![轻龄])度?",
        years_from_now(-1),
        guard="(?<!过)",
    ),
    PeriodRule(
        "last_year_formal",
        "上年、上一年、上年度",
        "上年结转项目7个",
        "上一?年度?",
        years_from_now(-1),
        guard=rf"(?:(?<![以之线网马晚早岁身路])(?=上年度|上一年)|{WHOLE_WORD})",
    ),
    PeriodRule(
        "year_before_last",
        "说话之年往前数两年",
        "前年获评",
        "前年(?!度)",
        years_from_now(-2),
        guard=WHOLE_WORD,
    ),
    PeriodRule(
        "next_year",
        "说话之年的后一年",
        "明年新增学位2000个",
        "明年度?",
        years_from_now(1),
        guard="(?<![文光证声说发黎透聪阐注申标清])",
    ),
    PeriodRule(
        "next_year_formal",
        "来年、下一年、下年度",
        "来年再建两座",
        "来年|下一年度?|下年度",
        years_from_now(1),
        guard=rf"(?:(?<![以之])(?=下)|{WHOLE_WORD})",
    ),
    PeriodRule(
        "year_after_next",
        "说话之年往后数两年",
        "后年建成通车",
        "后年(?![产均收销增供处加度])",
        years_from_now(2),
        guard=WHOLE_WORD,
    ),
    PeriodRule(
        "same_year",
        "同句前文所说的那一年",
        "2021年立项,当年开工",
        "当年(?!轻)度?|同年(?![龄级纪代轻比])|该年(?!龄)度?",
        years_from_named(0),
        guard="(?<![相适])",
    ),
    PeriodRule(
        "following_year",
        "同句前文所说年份的后一年",
        "2021年8月立项,次年3月开工",
        "次年|翌年|第二年",
        years_from_named(1),
        guard=rf"(?:{WHOLE_WORD}|(?=第二年))",
    ),
)
