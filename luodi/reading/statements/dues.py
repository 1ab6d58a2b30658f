"""When: the clause's own period, else its sentence's, else what the opening, the question or the heading set."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from luodi.reading.blocks.find import Block
from luodi.reading.periods.calendar import years_earlier
from luodi.reading.periods.find import Period
from luodi.reading.statements.model import Due, Kind

# how coarse a period may be and still be the better of two in one clause
_FINENESS = {"day": 0, "decade": 1, "month": 2, "quarter": 3, "half": 4, "year": 5, "plan": 6}


def due_from(period: Period, rule: str, kind: Kind, speaks_of: dt.date | None) -> Due | None:
    """The due of ``period``, or ``None`` where its end is unknown.

    A commitment is not due before it is made, so a period wholly past is no due for one.
    """
    if kind == "commitment" and _starts_on(period, speaks_of):
        return Due(None, period.since or dt.date.max, period.precision, rule, period.start, period.stop)
    if period.until is None:
        return None
    if kind == "commitment" and speaks_of is not None and _is_over(period, period.until, speaks_of):
        return None
    since = None if period.relation == "by" else period.since
    return Due(since, period.until, period.precision, rule, period.start, period.stop)


def _starts_on(period: Period, speaks_of: dt.date | None) -> bool:
    """7月1日起启动: it is due on the day on which it begins."""
    return (
        period.until is None
        and period.relation == "from"
        and period.precision == "day"
        and period.since is not None
        and (speaks_of is None or period.since >= speaks_of)
    )


def _is_over(period: Period, until: dt.date, speaks_of: dt.date) -> bool:
    """Whether nothing promised can be due then: it is past, or runs only up to the day of speaking (今年以来, 截至目前)."""
    if until < speaks_of:
        return True
    runs_till_now = period.relation == "since" or period.since is None or period.rule.startswith("years_")
    return until == speaks_of and runs_till_now and period.relation != "by"


def last_of(periods: Sequence[Period]) -> Period | None:
    """5月底前开工，11月底前完工, in a cell or a note: it is due when the last of it is."""
    return max(
        (p for p in periods if p.until is not None), key=lambda p: p.until or dt.date.min, default=None
    )


_YEARS_TO_COME = "years_ahead"


def choose(
    own: Sequence[Period], around: Sequence[tuple[str, Period]], kind: Kind, speaks_of: dt.date | None
) -> Due | None:
    """The due: of the clause's own periods the most exact that fits, else the nearest of those around."""
    nearest = [*own, *(period for rule, period in around if rule == "opening_period")]
    if kind != "commitment" and nearest and nearest[0].rule.startswith(_YEARS_TO_COME):
        return None  # 未来三年学位缺口约3200个
    so_far = _so_far(own, around, speaks_of) if kind != "commitment" else None
    if so_far is not None:
        return due_from(so_far[1], so_far[0], kind, speaks_of)
    for period in sorted(own, key=lambda p: (_FINENESS[p.precision], -p.start)):
        if kind != "commitment" and period.relation == "by" and period.since is None and len(own) > 1:
            continue
        listed = kind == "commitment" and _is_listed(period, around)
        due = due_from(period, "own_period", kind, None if listed else speaks_of)
        if due is not None:
            return due
    if kind != "commitment" and len(own) > 1:  # 从2015年末的57亿元增长到2020年的79亿元
        last = due_from(own[-1], "own_period", kind, speaks_of)
        if last is not None:
            return last
    titled = next((period for rule, period in around if rule == "title_period"), None)
    headed = next((period for rule, period in around if rule == "heading_period"), None)
    for rule, period in around:
        if rule == "opening_period" and titled is not None and _is_closer(titled, period):
            rule, period = "title_period", titled
        elif rule == "opening_period" and headed is not None and _is_that_year(headed, period):
            rule, period = "heading_period", headed
        if kind != "commitment" and speaks_of is not None and _is_ahead(rule, period, speaks_of):
            continue
        due = due_from(period, rule, kind, speaks_of)
        if due is not None:
            return due
    return None


def _is_listed(period: Period, around: Sequence[tuple[str, Period]]) -> bool:
    """A day to be ready by, in a list for the year it lies in: it was one even where the list is printed after it."""
    titled = next((p for rule, p in around if rule == "title_period"), None)
    if titled is None or titled.since is None or titled.until is None or period.until is None:
        return False
    return period.relation == "by" and titled.since <= period.until <= titled.until


def _so_far(
    own: Sequence[Period], around: Sequence[tuple[str, Period]], on: dt.date | None
) -> tuple[str, Period] | None:
    """截至目前，今年已改造16个; 今年新栽1200亩, asked what was done 今年以来: of this year what of it is gone by."""
    year = (
        own[0]
        if len(own) == 1
        else around[0][1]
        if around and not own and around[0][0] == "opening_period"
        else None
    )
    if year is None or on is None or year.precision != "year" or year.relation != "within":
        return None
    since, until = year.since, year.until
    if since is None or until is None or not since <= on < until:
        return None
    for rule, period in around:
        ends_inside = period.until is not None and since < period.until <= on
        if ends_inside and (period.since is None or period.since == since) and rule != "title_period":
            return rule, period
    return None


# what names a part of a year and not the year
_YEARLESS = frozenset(
    {
        "month",
        "month_day",
        "month_span",
        "day_span",
        "month_decade",
        "month_in_han",
        "quarter",
        "quarter_span",
        "half",
    }
)
_BINDS = frozenset({"as_of", "up_to", "starting"})


def as_told_back(period: Period, speaks_of: dt.date | None) -> Period:
    """A month named without its year in a review, that has not come yet, is the one of the year before."""
    if speaks_of is None or period.since is None or period.until is None or period.since <= speaks_of:
        return period
    first = next((name for name in period.rule.split("+") if name not in _BINDS), "")
    since, until = years_earlier(period.since, 1), years_earlier(period.until, 1)
    if first not in _YEARLESS or since is None or until is None:
        return period
    return period._replace(since=since, until=until, rule=period.rule + "+told_back")


def _is_closer(titled: Period, opening: Period) -> bool:
    """今年以来 under 前三季度…情况: to the end of what the title names, not to the day of the page."""
    if opening.relation != "since" or titled.until is None or opening.until is None:
        return False
    return opening.since == titled.since and titled.until < opening.until


def _is_that_year(headed: Period, opening: Period) -> bool:
    """一年来 under 2014年工作回顾, read out in December: that year, to its end."""
    return opening.rule == "years_since" and headed.precision == "year" and opening.since == headed.since


def _is_ahead(rule: str, period: Period, speaks_of: dt.date) -> bool:
    """Whether what is already so can not be of ``period``: it has not begun, or is the plan's that the page announces."""
    if period.since is not None and period.since > speaks_of:
        return True
    return period.precision == "plan" and rule == "title_period" and (period.until or speaks_of) > speaks_of


_NEW_YEAR = re.compile("新的?一年")


def new_year(text: str, block: Block, speaks_of: dt.date | None) -> Period | None:
    """新的一年: the year that has just begun, or, said late in the year, the next."""
    named = _NEW_YEAR.search(text, block.start, block.stop)
    if named is None or speaks_of is None:
        return None
    year = speaks_of.year + (speaks_of.month > 6)
    return Period(*named.span(), dt.date(year, 1, 1), dt.date(year, 12, 31), "year", "within", "new_year")
