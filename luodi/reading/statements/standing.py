"""A level as it stands when the text is written: 目前规上企业94家, 尚有9个村民小组未通自来水.

It is not of the year that heading, question or title look back on, once that year is over.
"""

from __future__ import annotations

import datetime as dt
import re

from luodi.reading.periods.find import Period

_LAST_MONTH = 12
# what runs up over a year: 亩均税收仅为全省平均的82% is of that year, 高新技术企业仅19家 of the day
_OF_YEAR = re.compile("税收|收入|产值|增加值|生产总值|投资|增速|增长|下降|财政|支出|销售|能耗")
_NOW = re.compile(
    r"(?<!截至)(?<!截止)(?<!到)目前|当前|眼下|现有|现已|现(?=入住|住|存|辖|共|任)|尚有|尚未|仍有|仍存在|仍未"
)
# 同时也要看到，…；一些短板依然明显：…
_WANTING = re.compile(
    r"(?:看到|认识到|正视|存在|面临|反映出)[^。\n]{0,40}?(?:问题|不足|短板|差距|困难|挑战|矛盾|压力)|(?:短板|差距|不足)[^。\n]{0,6}(?:明显|突出|不小|较大|依然|仍然)"
)


# 全区现有幼儿园86所, 目前，持证率为92%, said in a plan: how things stand before it
_OPENS = re.compile(
    r"(?:[^，,。；;：:\d]{0,8}?)(?:目前|当前|眼下|现有|现共有|现已有)(?!.{0,12}(?:要|将|任务|工作|重点是))"
)


def opens_with_now(text: str, start: int, stop: int) -> bool:
    """Whether a sentence begins by telling how things stand."""
    return _OPENS.match(text, start, stop) is not None


def of_its_day(
    around: list[tuple[str, Period]], text: str, start: int, stop: int, on: dt.date | None
) -> list[tuple[str, Period]]:
    """The periods ``around`` a level at ``text[start:stop]`` that can be its own, told on the day ``on``.

    What the sentence itself names stays (截至2020年底，…尚有11处), unless it names it before it turns to what is wanting.
    """
    sentence = 1 + max(text.rfind(mark, 0, start) for mark in "。\n")
    wanting = [found.end() for found in _WANTING.finditer(text, 1 + text.rfind("\n", 0, start), start)]
    if wanting and _OF_YEAR.search(text, start, stop) is None:
        sentence = max(sentence, wanting[-1])
    elif _NOW.search(text, sentence, stop) is None:
        return around
    elif on is not None and opens_with_now(text, sentence, stop):
        return [
            (rule, period)
            for rule, period in around
            if _is_of(rule, period, sentence) or not _is_of_years(period, on)
        ]
    if not any(
        _is_year_gone_by(period, on) and not _is_of(rule, period, sentence) for rule, period in around
    ):
        return around
    return [(rule, period) for rule, period in around if _is_of(rule, period, sentence)]


def _is_of(rule: str, period: Period, sentence: int) -> bool:
    """Whether the sentence that begins there names the period itself."""
    return rule == "opening_period" and period.start >= sentence


def _is_of_years(period: Period, on: dt.date) -> bool:
    """A year, or some; not what of it is gone by (今年以来)."""
    return period.precision in ("year", "plan") and period.until != on


def _is_year_gone_by(period: Period, on: dt.date | None) -> bool:
    """A year, or some, that is over or in its last month; a month or a quarter reported on keeps its levels."""
    if on is None or period.until is None or period.precision not in ("year", "plan"):
        return False
    return period.until < on or (period.until.year == on.year and on.month == _LAST_MONTH)
