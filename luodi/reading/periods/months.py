"""Rules for days, thirds of a month and months, whose year may have to be inferred."""

from __future__ import annotations

import re

from luodi.reading.periods.calendar import DECADES, Stretch, days_of_month, months, number_of
from luodi.reading.periods.shape import PeriodRule, ReadStretch, Setting
from luodi.reading.periods.words import (
    COUNT,
    DAY_DIGITS,
    DAY_HAN,
    DIGIT,
    FREE_DIGITS,
    FREE_HAN,
    GAP,
    MONTH_DIGITS,
    MONTH_HAN,
    NOT_FIRST,
    TO,
)

MONTH = f"(?:{MONTH_DIGITS}|{MONTH_HAN})"
FREE = FREE_DIGITS + FREE_HAN
CELL_EDGES = " \t\n\r\u3000\xa0|"
NO_DAY_FOLLOWS = rf"(?!{GAP}(?:{DIGIT}{{1,2}}|{DAY_HAN}){GAP}[日号])"


def month_day(match: re.Match[str], setting: Setting) -> Stretch | None:
    """3月15日."""
    month, day = number_of(match["m"]), number_of(match["d"])
    if month is None or day is None:
        return None
    return days_of_month(setting.year(), month, day, day, "day")


def day_span(match: re.Match[str], setting: Setting) -> Stretch | None:
    """11月1—15日; of days joined by 、 only two that follow each other."""
    which, first, last = number_of(match["m"]), number_of(match["d"]), number_of(match["e"])
    if which is None or first is None or last is None or first > last:
        return None
    if match["j"] and last != first + 1:
        return None
    year = setting.year()
    is_possible = days_of_month(year, which, last, last, "day") is not None
    return days_of_month(year, which, first, last, "day") if is_possible else None


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


MONTH_RULES: tuple[PeriodRule[ReadStretch], ...] = (
    PeriodRule(
        "month_day",
        "几月几日；没有年份的取同句、标题或说话之日的年份",
        "3月15日召开",
        rf"(?P<m>{MONTH}){GAP}月{GAP}(?P<d>{DAY_DIGITS}|{DAY_HAN}){GAP}[日号](?![线楼院地门路井机文])",
        month_day,
        guard=FREE,
    ),
    PeriodRule(
        "day_span",
        "同月几日至几日",
        "11月1—15日举办",
        rf"(?P<m>{MONTH}){GAP}月{GAP}(?P<d>{DAY_DIGITS}|{DAY_HAN})(?:{TO}|(?P<j>、))(?P<e>{DAY_DIGITS}|{DAY_HAN}){GAP}[日号]",
        day_span,
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
        rf"[前头]{GAP}(?P<n>{COUNT}){GAP}(?:个月(?!内|以上|向|书面|提出|申请)|月份?{NO_DAY_FOLLOWS})",
        months_elapsed,
        guard="(?<![提之此以日期产赛届目生婚考月天周节满工年底末])",
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
)
