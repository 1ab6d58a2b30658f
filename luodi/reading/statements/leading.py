"""Periods that stand at the head of a sentence or a clause, and so hold for what follows."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import TypeVar

from luodi.reading.figures.find import Figure
from luodi.reading.periods.find import Period
from luodi.reading.sentences import Sentence
from luodi.reading.statements.asides import is_only_period
from luodi.reading.statements.cues import FUTURE
from luodi.reading.statements.view import View

# how far into its first clause a sentence may name the period that holds for it
OPENING = 12
_AT_HEAD = 4
_FEW_YEARS = re.compile("years_(?:within|ahead|of_work)")
# how coarse a period must be to hold beyond its own sentence
_STRETCHES = ("quarter", "half", "year", "plan")
_PARTS_OF_YEAR = ("month", "quarter", "half")
_START = attrgetter("start")
_Spanned = TypeVar("_Spanned", Figure, Period)


def inside(found: list[_Spanned], start: int, stop: int) -> tuple[_Spanned, ...]:
    """Those of ``found`` (in order, not overlapping) that lie within ``start`` and ``stop``."""
    if not found or found[-1].start < start or found[0].stop > stop:
        return ()
    low = bisect_left(found, start, key=_START)
    high = low
    while high < len(found) and found[high].stop <= stop:
        high += 1
    return tuple(found[low:high])


def opening_period(sentence: Sentence, periods: list[Period]) -> Period | None:
    """The period near the beginning of a sentence's first clause."""
    first = sentence.clauses[0]
    for nth, period in enumerate(periods):
        if period.stop <= first.stop + 1 and period.start - first.start <= OPENING:
            return _finer(period, periods[nth + 1 : nth + 2])
    return None


def _finer(period: Period, behind: Sequence[Period]) -> Period:
    """2024年第28周（7月8日至14日）: the days rather than the year, where they stand right behind it."""
    for days in behind:
        near = days.start - period.stop <= OPENING and period.precision == "year"
        if near and days.since and days.until and period.since and period.until:
            inside_it = period.since <= days.since and days.until <= period.until
            return days if inside_it and days.precision in ("day", "decade") else period
    return period


def leading_period(view: View, may_lead: bool) -> Period | None:
    """全年…，…。…: a stretch of time that opens a sentence holds for those behind it; a date to be ready by does not."""
    if not view.periods or not (may_lead or is_only_period(view)):
        return None
    period = _finer(view.periods[0], view.periods[1:2])
    wide = period.precision in _STRETCHES or _is_long(period)
    near = period.start - view.start <= 6 and "是" not in view.text[view.start : period.start]
    if view.text[period.stop - 1] == "初":  # 年初列出清单: when one thing was done
        return None
    if wide and near and period.relation in ("within", "since"):
        return period
    return None


def holds_ahead(period: Period) -> bool:
    """Of what is planned, a year or a plan holds for what follows; 二季度… and 三年内… are of one deed."""
    return period.precision in ("year", "plan") and not _FEW_YEARS.search(period.rule)


def leading_year(view: View) -> Period | None:
    """…，全年外出招商100批次，引进项目6个: the year of a plan, said farther on, holds for what follows in its sentence."""
    if not view.periods or view.direction != "ahead":
        return None
    period = view.periods[0]
    is_year = period.precision == "year" and period.relation == "within" and holds_ahead(period)
    return period if is_year and period.start - view.start <= _AT_HEAD else None


def is_part_gone_by(leading: Period, view: View, on: dt.date | None) -> bool:
    """今年1—2月，接待游客62.3万人次, in the answer to what comes next: a part of the year gone by is told of."""
    over = leading.until is not None and on is not None and leading.until < on
    if not over or leading.precision not in _PARTS_OF_YEAR or leading.relation != "within":
        return False
    return FUTURE.search(view) is None


def is_step(view: View | None, period: Period, around: Sequence[tuple[str, Period]]) -> bool:
    """2022年开工建设…。 or 2022年底前，…； in a plan for more years: the year of that step, not of those behind it.

    ``view`` is the clause that names it; 2022年，… with the year set apart opens a passage. Without one, it stands apart and is
    a step where it is a day to be ready by.
    """
    plan = around[0][1] if around else None
    if plan is None or plan.precision != "plan" or period.precision != "year":
        return False
    if plan.until is None or period.until is None or not period.until < plan.until:
        return False
    if view is None:
        return period.relation == "by"
    return view.direction == "ahead" and not is_only_period(view)


def goes_beyond(opened: Period, so_far: Period | None, view: View) -> bool:
    """截至目前，今年已签约28个: the year said behind it is no longer than what of it is gone by."""
    if so_far is None or view.direction == "ahead" or opened.until is None or so_far.until is None:
        return False
    return (
        so_far.since is None
        and so_far.precision == "day"
        and opened.until > so_far.until
        and opened.precision == "year"
    )


def told_up_to(view: View, on: dt.date | None) -> Period | None:
    """全年计划改造40个，截至9月底已开工31个，…: the day up to which a clause counts."""
    if on is None or not view.periods:
        return None
    period = view.periods[-1]
    counts = period.relation == "within" and period.rule.startswith(("as_of", "so_far"))
    if not counts or period.until is None or period.until > on or FUTURE.search(view) is not None:
        return None
    return period


def narrows(counted: Period, opening: Period | None) -> bool:
    """Whether the year that an opening set goes on only up to the day ``counted``: 2025年30项中，截至9月底已完成19项。"""
    if opening is None or opening.precision != "year" or opening.relation != "within":
        return False
    if opening.since is None or opening.until is None or counted.until is None:
        return False
    return opening.since <= counted.until < opening.until


def leading_aim(view: View, may_lead: bool) -> Period | None:
    """到2026年，…，…; 6月底前建成…，新增…: the day named at the head of a sentence holds for the rest of that sentence."""
    if not may_lead or not view.periods:
        return None
    period = view.periods[0]
    return period if period.relation == "by" and period.start - view.start <= _AT_HEAD else None


def day_ahead(view: View, may_lead: bool, on: dt.date | None) -> Period | None:
    """6月底前建成仓库3座，新增…, where nothing else says which way it looks: a day to come holds as in a plan."""
    day = leading_aim(view, may_lead) if view.direction is None else None
    return day if day is not None and day.until is not None and on is not None and day.until > on else None


def _is_long(period: Period) -> bool:
    if period.precision == "decade":  # 3月中旬进行了一次排查: when one thing was done
        return False
    if period.since is None or period.until is None:
        return False
    return (period.until - period.since).days > (31 if period.precision == "month" else 2)
