"""Which year a text calls the current one, and whether that contradicts the day printed on the page.

Pages are copied from site to site and stamped anew: an interview of 2021 may carry a day of 2022. The words give it
away (今年是…, the year of a congress or a centenary, the first year of a plan).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

_HAN_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九十")}
_YEAR_IS = re.compile(r"(?P<year>20\d\d)年[,，]?(?:注定|既)?是(?P<what>[^。；;]{2,60})")
_THIS_YEAR_IS = re.compile(r"(?:今年|本年度)[,，]?(?:既)?是(?:[^。；;]{0,12}?)(?P<year>20\d\d)年")
_THIS_YEAR_NAMED = re.compile(
    r"今年[(（](?P<year>20\d\d)年?[)）]|(?P<year2>20\d\d)年[,，]?(?:我们|全区|全县|我区|我县|区政府|县政府)?(?:将|"
    r"要|计划|力争|拟)(?:重点|全力|继续|着力|在|抓好|实施|围绕|按照)|做好(?P<year3>20\d\d)年(?:的?(?:各项|政府|"
    r"全年))?工作"
)
_LOOKS_BACK = re.compile(
    r"不平凡|里程碑|不寻常|极为|取得|成绩|回顾|过去|一年来|已经|的一年[。,，]?一年来|载入史册|砥砺"
)
_LOOKS_AHEAD = re.compile(r"将|要|力争|全力|必须|今年|做好|开局|起步|推进|加快")
_PLAN = re.compile(
    r"[“\"‘']?十(?P<n>[一二三四五六])五[”\"’']?(?:规划)?(?:的)?(?P<what>开局(?:之年|起步之年|第一年|年)?|起步之年|"
    r"收官(?:之年|战)?|末年|规划(?:圆满)?收官)"
)
_PLAN_DONE = re.compile(r"(?:实现|完成|顺利|良好|圆满(?!收官)|全面)[^。]{0,4}$")
_PARTY_YEARS = re.compile(
    r"建党(?P<n>\d{2,3}|一百)周年|(?:中国共产党|党)(?:成立|诞生)(?P<n2>\d{2,3}|一百)周年|党的?百年华诞|百年党庆"
)
_PARTY_AHEAD = re.compile(r"(?:庆祝|献礼|迎接|向)[^。；]{0,12}$")
_CONGRESS = re.compile(
    r"(?P<which>今年是[^。；;]{0,24}|迎接|喜迎)党的?(?P<n>十九|二十|二十一)大(?P<held>[^。；;,，]{0,4}(?:召开|胜利召开))?"
)
_NATION = re.compile(r"(?:新中国|中华人民共和国|建国)(?:成立)?(?P<n>\d{2})周年")
_IS_NOW = re.compile(r"今年(?:既|又|正)?(?:是|作为|系)[^，。；;]{0,8}$")
_CONGRESS_YEAR = {"十九": 2017, "二十": 2022, "二十一": 2027}
_LATE = 3  # months into the next year in which a review of the last is still told as current
_MENTION = re.compile(r"(20\d\d)年")


class YearSign(NamedTuple):
    """``text[start:stop]`` speaks as one in ``year`` would; ``weight`` 2 where it says so in words (今年是…)."""

    year: int
    rule: str
    weight: int
    start: int
    stop: int


def plan_years(n: int) -> tuple[int, int]:
    """First and last year of the ``n``-th five-year plan (from the sixth on; the early ones ran otherwise).

    >>> plan_years(14)
    (2021, 2025)
    """
    first = 1951 + 5 * n
    return first, first + 4


def year_signs(text: str, start: int, stop: int) -> Iterator[YearSign]:
    """What ``text[start:stop]`` lets slip about the year it was spoken in."""
    piece = text[start:stop]
    if "20" not in piece and "五" not in piece and "党" not in piece and "周年" not in piece:
        return
    for found in _THIS_YEAR_IS.finditer(text, start, stop):
        yield YearSign(int(found["year"]), "this_year_is", 2, *found.span())
    for found in _THIS_YEAR_NAMED.finditer(text, start, stop):
        year = found["year"] or found["year2"] or found["year3"]
        yield YearSign(int(year), "year_ahead", 2 if found["year"] else 1, *found.span())
    for found in _YEAR_IS.finditer(text, start, stop):
        ahead = text[found.end() : min(found.end() + 30, stop)]
        if (
            not _LOOKS_BACK.search(found["what"])
            and not ahead.startswith(("。一年来", "。过去"))
            and _LOOKS_AHEAD.search(found["what"])
        ):
            yield YearSign(int(found["year"]), "year_is", 1, *found.span())
    yield from _occasions(text, start, stop)


def _occasions(text: str, start: int, stop: int) -> Iterator[YearSign]:
    for found in _PLAN.finditer(text, start, stop):
        first, last = plan_years(10 + _HAN_DIGIT[found["n"]])
        if _PLAN_DONE.search(text, max(start, found.start() - 8), found.start()) or _done_start(
            text, found.end(), stop
        ):
            continue
        yield YearSign(
            last if "收官" in found["what"] or "末年" in found["what"] else first,
            "plan_year",
            2 if _IS_NOW.search(text, max(start, found.start() - 12), found.start()) else 1,
            *found.span(),
        )
    for found in _PARTY_YEARS.finditer(text, start, stop):
        n = found["n"] or found["n2"] or "一百"
        if _PARTY_AHEAD.search(text, max(start, found.start() - 16), found.start()):
            yield YearSign(1921 + (100 if n == "一百" else int(n)), "party_jubilee", 1, *found.span())
    for found in _CONGRESS.finditer(text, start, stop):
        said = found["which"].startswith("今年是") and found["held"]
        if said or not found["which"].startswith("今年是"):
            yield YearSign(_CONGRESS_YEAR[found["n"]], "congress_year", 2 if said else 1, *found.span())
    for found in _NATION.finditer(text, start, stop):
        if (
            _PARTY_AHEAD.search(text, max(start, found.start() - 16), found.start())
            or "今年是" in text[max(start, found.start() - 12) : found.start()]
        ):
            is_now = _IS_NOW.search(text, max(start, found.start() - 12), found.start())
            yield YearSign(1949 + int(found["n"]), "nation_jubilee", 2 if is_now else 1, *found.span())


def _done_start(text: str, at: int, stop: int) -> bool:
    """实现“十四五”良好开局: told as done."""
    return text[at : min(at + 6, stop)].startswith(("良好", "顺利", "以来"))


def current_year(signs: list[YearSign]) -> YearSign | None:
    """The year most signs speak for, and its weightiest sign."""
    if not signs:
        return None
    weights: Counter[int] = Counter()
    for sign in signs:
        weights[sign.year] += sign.weight
    best = max(weights, key=lambda year: (weights[year], year))
    return max((s for s in signs if s.year == best), key=lambda s: (s.weight, -s.start))


def contradicts(
    signs: list[YearSign], text: str, start: int, stop: int, year: int, month: int
) -> YearSign | None:
    """The sign by which the text speaks of a year before the printed one, or ``None`` where nothing contradicts.

    A text that names the printed year anywhere, or a year between, was written in it.
    """
    earlier = current_year([sign for sign in signs if sign.year < year])
    if earlier is None or any(sign.year >= year for sign in signs):
        return None
    if any(earlier.year < int(found[1]) <= year for found in _MENTION.finditer(text, start, stop)):
        return None
    agreeing = [sign for sign in signs if sign.year == earlier.year]
    needed = 3 if earlier.year == year - 1 and month <= _LATE else 2
    if sum(sign.weight for sign in agreeing) < needed:
        return None
    return earlier
