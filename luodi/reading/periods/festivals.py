"""Rules for times told by a festival or a school term: 国庆节前, 春节前, 秋季学期开学前.

The days that move are data. From 2015 to 2026 the first four were compared with the days off of the State Council's
notices (kernel/clocks/calendars.toml): each is one of them. Double Ninth, and all days of the lunar calendar from 2027 on,
come from one reckoning of that calendar; Qingming from 2027 on has no second source. No year beyond is guessed.
"""

from __future__ import annotations

import datetime as dt
import re

from luodi.reading.periods.calendar import Stretch, a_day, last_day
from luodi.reading.periods.shape import PeriodRule, ReadStretch, Setting
from luodi.reading.periods.words import FREE_DIGITS, FREE_HAN, GAP, HAN_NUMERAL

FIXED = {
    "元旦": (1, 1),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
}
"""Festivals that stand still: month and day."""

LUNAR: dict[int, tuple[str, str, str, str, str]] = {
    # year: Spring Festival, Qingming, Dragon Boat, Mid-Autumn, Double Ninth
    2015: ("02-19", "04-05", "06-20", "09-27", "10-21"),
    2016: ("02-08", "04-04", "06-09", "09-15", "10-09"),
    2017: ("01-28", "04-04", "05-30", "10-04", "10-28"),
    2018: ("02-16", "04-05", "06-18", "09-24", "10-17"),
    2019: ("02-05", "04-05", "06-07", "09-13", "10-07"),
    2020: ("01-25", "04-04", "06-25", "10-01", "10-25"),
    2021: ("02-12", "04-04", "06-14", "09-21", "10-14"),
    2022: ("02-01", "04-05", "06-03", "09-10", "10-04"),
    2023: ("01-22", "04-05", "06-22", "09-29", "10-23"),
    2024: ("02-10", "04-04", "06-10", "09-17", "10-11"),
    2025: ("01-29", "04-04", "05-31", "10-06", "10-29"),
    2026: ("02-17", "04-05", "06-19", "09-25", "10-18"),
    2027: ("02-06", "04-05", "06-09", "09-15", "10-08"),
    2028: ("01-26", "04-04", "05-28", "10-03", "10-26"),
    2029: ("02-13", "04-04", "06-16", "09-22", "10-16"),
    2030: ("02-03", "04-05", "06-05", "09-12", "10-05"),
}
"""Festivals that move, by the year they fall in; a year that is not here is not guessed."""

MOVING = {"春节": 0, "新春": 0, "除夕": 0, "元宵": 0, "清明": 1, "端午": 2, "中秋": 3, "重阳": 4}
FROM_SPRING = {"除夕": -1, "元宵": 14}
"""Days from the Spring Festival."""

EARLY = frozenset(("元旦", "春节", "新春", "除夕", "元宵"))
"""Without a year, and once this year's is over, the next year's is meant."""

LATE_MONTH = 9
"""From this month on, 元旦 and 春节 without a year are the coming ones even where a heading names the year that ends."""

NAMES = '元旦|国庆|[五六七八]一|(?<=[“"])十一|劳动节|儿童节|教师节|春节|新春|除夕|元宵|清明|端午|中秋|重阳'
FESTIVAL = rf"[“\"]?(?P<f>{NAMES})[”\"]?(?:国际)?(?:劳动|儿童|建党|建军)?佳?节?"
NOT_A_FESTIVAL = rf"(?<![{HAN_NUMERAL}第年])"
OPENS = r"(?:启用|投用|投入使用|招生|开学|交付)"
NOT_AFTER = "(?![夕后往期列])"
TERM_STARTS = {"秋": (8, 31), "春": (2, 29)}
"""The last day before a school term begins: the end of August, the end of February."""


def festival_day(name: str, year: int) -> dt.date | None:
    """The day of a festival in a year, or ``None`` where the table does not reach."""
    if name in FIXED:
        return a_day(year, *FIXED[name])
    row = LUNAR.get(year)
    if row is None:
        return None
    month, day = row[MOVING[name]].split("-")
    return dt.date(year, int(month), int(day)) + dt.timedelta(days=FROM_SPRING.get(name, 0))


def _year_of(name: str, setting: Setting) -> int | None:
    """The year of a festival: the one beside it, else the sentence's, the heading's or the day's, never a day gone by."""
    year = setting.year()
    on = setting.on
    if year is None or on is None or setting.given is not None or name not in EARLY:
        return year
    day = festival_day(name, year)
    is_over = day is not None and day < on
    return year + 1 if is_over and year == on.year else year


def before_festival(match: re.Match[str], setting: Setting) -> Stretch | None:
    """国庆节前: up to the day itself, as 12月31日前 takes that day in; 元旦前 alone is the end of the year."""
    name = match["f"]
    year = _year_of(name, setting)
    if year is None:
        return Stretch(None, None, "day", "by")
    if name == "元旦":
        given = setting.given is not None
        return Stretch(
            None, a_day(year - 1 if given or setting.year() != year else year, 12, 31), "day", "by"
        )
    day = festival_day(name, year)
    return None if day is None else Stretch(None, day, "day", "by")


def on_festival(match: re.Match[str], setting: Setting) -> Stretch | None:
    """国庆节当天, 中秋节开园: that day."""
    year = _year_of(match["f"], setting)
    if year is None:
        return Stretch(None, None, "day")
    day = festival_day(match["f"], year)
    return None if day is None else Stretch(day, day, "day")


def before_term(match: re.Match[str], setting: Setting) -> Stretch | None:
    """秋季开学前, 今秋投用, 9月开学前: ready by the day before the term begins."""
    words = match.groupdict()
    year = setting.year()
    if words.get("w") and setting.on is not None:
        year = setting.on.year + (words["w"] == "明")
    if year is None:
        return Stretch(None, None, "month", "by")
    term = words.get("s") or ("秋" if words["m"] in ("9", "九") else "春")
    month, _ = TERM_STARTS[term]
    return Stretch(None, last_day(year, month), "month", "by")


FESTIVAL_RULES: tuple[PeriodRule[ReadStretch], ...] = (
    PeriodRule(
        "before_festival",
        "节日之前，到节日当天止；农历节日查表，表外的年份不读",
        "国庆节前开园",
        rf"{FESTIVAL}{GAP}(?:[双两]节)?(?:假期|小长假|长假)?[之以来到]?前(?![夕后往期列])",
        before_festival,
        guard=NOT_A_FESTIVAL,
    ),
    PeriodRule(
        "on_festival",
        "节日当天",
        "中秋节当天开放",
        rf"{FESTIVAL}(?:当[天日]|(?=(?:正式)?(?:开园|开业|开街|开放|通车|启用|投用|开馆|开幕)))",
        on_festival,
        guard=NOT_A_FESTIVAL,
    ),
)

TERM_RULES: tuple[PeriodRule[ReadStretch], ...] = (
    PeriodRule(
        "before_term",
        "秋季、春季学期开学之前；说某学期投用的，也到开学前止",
        "秋季学期开学前建成幼儿园2所",
        rf"(?P<s>[秋春])季(?:新?学期)?(?:开学)?(?:[之以]?前{NOT_AFTER}|(?:(?<=开学)|(?<=学期))(?:时)?(?=[^，,。；]{{0,4}}{OPENS})|"
        r"(?<=季)(?:如期|按时|按期|顺利)?开学(?=[。；;]|$))",
        before_term,
    ),
    PeriodRule(
        "before_this_term",
        "今秋、明春开学之前；说今秋投用的，也到开学前止",
        "今秋开学前投用学校2所",
        rf"(?P<w>[今明])(?P<s>[秋春])(?:新?学期)?(?:开学)?(?:[之以]?前{NOT_AFTER}|(?=[^，,。；]{{0,4}}{OPENS}))",
        before_term,
        after_year=False,
    ),
    PeriodRule(
        "before_term_month",
        "9月、2月、3月开学之前",
        "9月开学前交付教学楼1栋",
        rf"(?P<m>[923九二三])月份?(?:新学期|秋季|春季)?开学[之以]?前{NOT_AFTER}",
        before_term,
        guard=FREE_DIGITS + FREE_HAN,
    ),
)
