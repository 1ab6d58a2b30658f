"""Rules for the national five-year plans, named by their number in quotes: “十四五”期间."""

from __future__ import annotations

import re

from luodi.reading.periods.calendar import Stretch, a_day, five_year_plan, number_of, years
from luodi.reading.periods.shape import PeriodRule, ReadStretch, Setting
from luodi.reading.periods.words import CLOSE_QUOTE, COUNT, OPEN_QUOTE

UNIT = "[一二三四五六七八九]"
PLAN = (
    rf"(?:{OPEN_QUOTE}(?P<p>十{UNIT}?|{UNIT})五{CLOSE_QUOTE}|(?P<q>十{UNIT})五{CLOSE_QUOTE}?|第(?P<r>十{UNIT}?|{UNIT})个五年)"
    r"(?:规划|计划)?(?:实施)?"
)
"""Up to the tenth plan the quotes are needed: 五一 and 十五 are a holiday and a number without them."""

NOT_A_NUMBER = r"(?<![一二三四五六七八九十第])"


def _plan_years(match: re.Match[str]) -> tuple[int, int] | None:
    number = number_of(match["p"] or match["q"] or match["r"])
    return None if number is None else five_year_plan(number)


def plan(match: re.Match[str], _setting: Setting) -> Stretch | None:
    """“十四五”期间. “十四五”规划 alone is a document, not a time, and has no rule."""
    span = _plan_years(match)
    if span is None:
        return None
    return Stretch(a_day(span[0], 1, 1), a_day(span[1], 12, 31), "plan")


def plan_end(match: re.Match[str], setting: Setting) -> Stretch | None:
    """“十四五”末: up to its last day."""
    whole = plan(match, setting)
    return None if whole is None else whole.by_its_end()


def plan_part(match: re.Match[str], _setting: Setting) -> Stretch | None:
    """“十四五”前三年, 后两年."""
    span, count = _plan_years(match), number_of(match["n"])
    if span is None or count is None or not 1 <= count <= 5:
        return None
    return years(span[1] - count + 1, span[1]) if match["x"] == "后" else years(span[0], span[0] + count - 1)


PLAN_RULES: tuple[PeriodRule[ReadStretch], ...] = (
    PeriodRule(
        "plan_end",
        "五年规划期末：到末年最后一天止",
        "“十五五”末建成",
        rf"{PLAN}(?:时期)?(?:期末|末期|末)",
        plan_end,
        NOT_A_NUMBER,
    ),
    PeriodRule(
        "plan_part",
        "五年规划的前几年、后几年",
        "“十四五”前三年完成七成",
        rf"{PLAN}(?:时期|期间)?的?(?P<x>前|头|后)(?P<n>{COUNT})年",
        plan_part,
        NOT_A_NUMBER,
    ),
    PeriodRule(
        "plan", "五年规划期间", "“十四五”期间建成5个", rf"{PLAN}(?:期间|时期|期内)", plan, NOT_A_NUMBER
    ),
    PeriodRule(
        "plan_onward", "五年规划以来", "“十四五”以来建成40公里", rf"{PLAN}(?=以来|至今)", plan, NOT_A_NUMBER
    ),
)
