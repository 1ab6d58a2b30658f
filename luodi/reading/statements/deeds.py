"""Lists of deeds promised for a year (民生实事): what announces one, and the year it is for."""

from __future__ import annotations

import datetime as dt
import re

from luodi.reading.periods.find import Period, find_periods

# 2025年度十件民生实事项目正式出炉; 发布今年民生实事
_ANNOUNCES = re.compile(
    r"(?:(?:发布|公布|确定|敲定|票决出?|晒出)(?:了)?[^。，,]{0,20})?民生[^。，,\d]{0,8}实事(?:项目)?[^。\d]{0,12}"
    r"(?:出炉|敲定|揭晓|亮相|产生|确定|发布会)|(?:发布|公布|确定|敲定|票决出)(?:了)?[^。，,]{0,20}民生[^。，,\d]{0,8}实事"
)
_DEEDS_OF_YEAR = re.compile(r"民生实事|为民办实事|为民实事|[十\d]件实事")
_YEAR_BEFORE = 10
_HEAD = 400


def announced(text: str) -> re.Match[str] | None:
    """The words near the head of a page that announce such a list."""
    return _ANNOUNCES.search(text, 0, _HEAD)


def year_near(text: str, found: re.Match[str], on: dt.date | None) -> Period | None:
    """The year that an announcement names: 2025年度十件民生实事出炉."""
    periods = find_periods(text, on, max(found.start() - _YEAR_BEFORE, 0), found.end())
    return next((p for p in periods if p.precision == "year" and p.until is not None), None)


def year_of_deeds(text: str, titled: Period | None, on: dt.date | None) -> Period | None:
    """The year they are promised for: the title's, else the one in which the page tells how far they have come."""
    if titled is not None and titled.precision == "year":
        return titled
    named = _DEEDS_OF_YEAR.search(text, 0, _HEAD)
    if named is None or on is None:
        return None
    year = (dt.date(on.year, 1, 1), dt.date(on.year, 12, 31))
    return Period(named.start(), named.end(), *year, "year", "within", "deeds_of_year")
