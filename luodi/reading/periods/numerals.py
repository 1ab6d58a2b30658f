"""Rules for dates and years written in figures alone: 2024-06-30, 2026.3, （2021—2023）, 2022—2023学年."""

from __future__ import annotations

import re

from luodi.reading.periods.calendar import Stretch, a_day, days_of_month, last_day, months, years
from luodi.reading.periods.shape import PeriodRule, ReadStretch, Setting
from luodi.reading.periods.words import GAP, TO

YEAR = "(?:19|20)[0-9]{2}"
MONTH = "(?:1[0-2]|0?[1-9])"
DAY = "(?:[12][0-9]|3[01]|0?[1-9])"
FREE = r"(?<![0-9A-Za-z./\-])"
END = r"(?![0-9A-Za-z]|[./\-][0-9])"


def numeric_date(match: re.Match[str], _setting: Setting) -> Stretch | None:
    """2024-06-30; a day the calendar lacks is no date."""
    return days_of_month(int(match["y"]), int(match["m"]), int(match["d"]), int(match["d"]), "day")


def dotted_months(match: re.Match[str], _setting: Setting) -> Stretch | None:
    """2022.3-2024.10."""
    first, last = a_day(int(match["y"]), int(match["m"]), 1), last_day(int(match["z"]), int(match["n"]))
    return None if first is None or last is None or first > last else Stretch(first, last, "month")


def dotted_month(match: re.Match[str], _setting: Setting) -> Stretch | None:
    """2026.3, only where it can be no figure: alone in a cell, after 时限：, or before 前, 底前, 月."""
    text = match.string
    is_alone = len(text) < 20 and text.strip() == match.group()
    is_labelled = re.search(
        r"(?:时限|时间|日期|期限|年限|工期)[:：]?[ \u3000]?$", text[max(0, match.start() - 6) : match.start()]
    )
    is_bound = re.match(r"月|[底末]?[之以]?前", text[match.end() - 1 : match.end() + 4].lstrip("0123456789"))
    if not (is_alone or is_labelled or is_bound):
        return None
    return months(int(match["y"]), int(match["m"]), int(match["m"]))


def bracketed_years(match: re.Match[str], _setting: Setting) -> Stretch | None:
    """（2021—2023）."""
    first, last = int(match["y"]), int(match["z"])
    return years(first, last) if first < last <= first + 30 else None


def year_list(match: re.Match[str], _setting: Setting) -> Stretch | None:
    """2019、2020、2021年: only years that follow each other."""
    named = [int(year) for year in re.findall(YEAR, match.group())]
    is_unbroken = named == list(range(named[0], named[0] + len(named)))
    return years(named[0], named[-1]) if is_unbroken else None


def school_year(match: re.Match[str], _setting: Setting) -> Stretch | None:
    """2022—2023学年: September to August."""
    first, last = int(match["y"]), int(match["z"])
    return Stretch(a_day(first, 9, 1), a_day(last, 8, 31), "year") if last == first + 1 else None


def fiscal_year(match: re.Match[str], _setting: Setting) -> Stretch | None:
    """2024财年, 2024—2025会计年度: the budget year and the accounting year are the calendar year (预算法, 会计法)."""
    first, last = int(match["y"]), int(match["z"] or match["y"])
    return years(first, last) if first <= last <= first + 30 else None


NUMERIC_RULES: tuple[PeriodRule[ReadStretch], ...] = (
    PeriodRule(
        "numeric_date",
        "全数字的日期，年月日俱全",
        "完成日期2024-06-30",
        rf"(?P<y>{YEAR})(?P<s>[-./])(?P<m>{MONTH})(?P=s)(?P<d>{DAY})(?:(?=T[0-9])|{END})",
        numeric_date,
        FREE,
    ),
    PeriodRule(
        "dotted_months",
        "点分年月的起止",
        "建设年限2022.3-2024.10",
        rf"(?P<y>{YEAR})[.．](?P<m>{MONTH}){TO}(?P<z>{YEAR})[.．](?P<n>{MONTH})(?:月|{END})",
        dotted_months,
        FREE,
    ),
    PeriodRule(
        "dotted_month",
        "点分年月，只在独占一格、标明时限或后有“前”字时",
        "完成时限：2026.12",
        rf"(?P<y>{YEAR})[.．](?P<m>{MONTH})(?:月|{END})",
        dotted_month,
        FREE,
    ),
    PeriodRule(
        "school_year",
        "学年：九月至次年八月",
        "2022—2023学年招生900人",
        rf"(?P<y>{YEAR})年?{TO}(?P<z>{YEAR}){GAP}学年度?",
        school_year,
        FREE,
    ),
    PeriodRule(
        "fiscal_year",
        "财年、预算年度、会计年度：与公历年度相同",
        "2024财年完成支出5亿元",
        rf"(?P<y>{YEAR})年?(?:{TO}(?P<z>{YEAR})年?)?{GAP}(?:财年|(?:预算|财政|会计|决算)年度)",
        fiscal_year,
        FREE,
    ),
    PeriodRule(
        "year_list",
        "连着的几年共用一个“年”字",
        "2020、2021年连续获评",
        rf"(?P<y>{YEAR})(?:、{YEAR})*[、和及](?P<z>{YEAR}){GAP}年(?:度|[两三四五]年)?",
        year_list,
        FREE,
    ),
    PeriodRule(
        "bracketed_years",
        "括号里或“期限：”后的起止年份",
        "三年行动（2021—2023）稳步实施",
        rf"(?P<y>{YEAR}){TO}(?P<z>{YEAR})(?:(?=[)）])|{END}(?!{GAP}年))",
        bracketed_years,
        "(?:(?<=[(（])|(?<=[限期间][:：]))",
    ),
)
