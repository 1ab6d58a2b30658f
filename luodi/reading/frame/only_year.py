"""The year of a page without a day: the one that it plans for or reports on, where it names no later one.

2024年安排重点项目476个，…。1—8月份，… is told in 2024; how far into it, the months that are counted up or that open it say.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from luodi.reading.blocks.kinds import Block

_BODY = ("paragraph", "question", "answer", "list_item", "heading", "table_row")
_READ = 40_000  # characters of article looked at
# 到2030年, 截至2023年底 and the years of papers are not the year that is spoken of
_YEAR = re.compile(
    r"(?<![\d到至自从于—–~-])(?<!截止)(?<!预计)(?<!力争)(?<!有望)(20\d\d)年(?!前|[^，。；、]{0,4}[底末](?:前|[，,]|达|实))"
)
_PAPER = re.compile(r"[《〔（(\[][^《》〔〕（）()\[\]\n]{0,60}$")
# what a year that is not over is said with: 2024年安排…, 确定了2024年将…, 2021年重点工作上半年完成情况
_OF_THE_YEAR = re.compile(
    r"[^，。；\d《》]{2,16}(?:项目|工程|工作)(?:正|[，,](?:计划|于\d))"
    r"|[，,](?:我们|我[省市区县旗镇局]|全[省市区县旗镇局]|[市区县]里|[^，。；\d]{2,8}[局委办会])?还?(?:将|打算|计划|准备|要)"
    r"|[^，。；\d]{0,6}打算|度?(?:的)?(?:[^，。；\d]{0,6})(?:计划|安排|将|拟|力争|预期|重点(?!项目[^，。]{0,8}(?:完成|竣工))|民生实事|目标任务|工作任务|工作要点|上半年|前三季度|第?[一二三]季度|前\d+个月|[1一]\s?[-—至~]\s?\d{1,2}月)"
)
_NEXT = re.compile("明年|来年|下一年")
# a whole year told of as over, and the one after it, which is not: 2024年，…全部完成。…今年有什么打算
_OVER = re.compile(
    r"度?(?:[，,]|[^，。；\d]{0,8})[^。；\n]{0,40}(?:完成|实现|达到?|增长|取得|成绩|成效|办得怎么?样|干得怎么?样|交出|收官|兑现)"
)
_GOES_ON = re.compile(
    r"今年(?:，|[^，。；\n]{0,10})(?:将|计划|打算|安排|准备|怎么[干办抓做]|如何|有哪些|有什么|目标)|新的一年|去年[^。；\n]{0,40}今年"
)
_LAST_YEAR = re.compile(
    r"去年[，,（(]?(?:也就是|即|是)?(?P<year>20\d\d)年|(?P<before>20\d\d)年[，,（(]?(?:也就是|即)?去年"
)
# months that are over: 截至9月底, 1—8月份, 前10个月
_MONTH_OVER = re.compile(
    r"截[至止]到?(?:20\d\d年|今年)?(?P<as_of>1[0-2]|[1-9])月|(?<!\d)[1一]\s?(?:月份?)?[-—–~至]\s?(?P<counted>1[0-2]|[1-9])月|前(?P<first>1[0-2]|[2-9])个?月"
)
_HALF_OVER = re.compile(r"(?<![^，。；\n])(?:今年)?上半年[，,][^。\n]{0,40}(?:完成|实现|达|新增|累计)")
_OPENS = re.compile(r"[^。\n]{0,24}?(?<![\d年])(?P<month>1[0-2]|[1-9])月(?P<day>[12]\d|3[01]|[1-9])日")


class OnlyYear(NamedTuple):
    """The year, whether the page has counted up months of it, its last day told of, and where it is named."""

    year: int
    day: dt.date
    start: int
    stop: int
    rule: str = "only_year"


def only_year(text: str, blocks: Sequence[Block]) -> OnlyYear | None:
    """The year for which the article plans or of which it counts months, if it is the last that it names.

    Where the last one is told of as over and this year is planned for, it is the year after.
    """
    body = [block for block in blocks if block.kind in _BODY]
    if not body or _NEXT.search(text, body[0].start, body[-1].stop):
        return None
    named: list[re.Match[str]] = []
    read = 0
    for block in body:
        if read > _READ:
            break
        read += block.stop - block.start
        named.extend(
            found
            for found in _YEAR.finditer(text, block.start, block.stop)
            if not _PAPER.search(text, max(block.start, found.start() - 60), found.start())
        )
    if not named:
        return None
    last = max(int(found[1]) for found in named)
    told = next((f for f in named if int(f[1]) == last and _OF_THE_YEAR.match(text, f.end())), None)
    if told is not None:
        return OnlyYear(last, last_told_day(text, body, last), *told.span())
    return _year_after(text, body, [found for found in named if int(found[1]) == last])


def _year_after(text: str, body: Sequence[Block], named: Sequence[re.Match[str]]) -> OnlyYear | None:
    """This year, where the last year that is named is over by what is said of it, and plans are told of for this one."""
    span = body[0].start, body[-1].stop
    goes_on = _GOES_ON.search(text, *span)
    over = next((found for found in named if _OVER.match(text, found.end())), None)
    said = _LAST_YEAR.search(text, *span)
    if said is not None and int(said["year"] or said["before"]) == int(named[0][1]):
        goes_on = over = said
    if goes_on is None or over is None or over.start() > goes_on.start():
        return None
    year = int(named[0][1]) + 1
    return OnlyYear(year, last_told_day(text, body, year), *goes_on.span())


def last_told_day(text: str, body: Sequence[Block], year: int) -> dt.date:
    """The last day of ``year`` that the article counts up to or opens with; its first, where it only plans."""
    months = [0]
    for block in body:
        over = _MONTH_OVER.finditer(text, block.start, block.stop)
        months.extend(int(found["as_of"] or found["counted"] or found["first"]) for found in over)
        if _HALF_OVER.search(text, block.start, block.stop):
            months.append(6)
    opened = _OPENS.match(text, body[0].start, body[0].stop) if body else None
    month = max(months)
    if opened is not None and int(opened["month"]) > month:
        last = calendar.monthrange(year, int(opened["month"]))[1]
        return dt.date(year, int(opened["month"]), min(int(opened["day"]), last))
    return dt.date(year, month, calendar.monthrange(year, month)[1]) if month else dt.date(year, 1, 1)


_MONTH_LINE = re.compile(
    r"\s*[（(【]?\s*(?P<year>20\d\d)\s?年\s?(?P<month>1[0-2]|0?[1-9])\s?月(?:号|刊)?\s*[）)】]?\s*"
)


def month_line(text: str, blocks: Sequence[Block]) -> OnlyYear | None:
    """（2025年7月） alone on a line above the article or behind it: spoken by the end of that month."""
    for block in blocks:
        found = _MONTH_LINE.fullmatch(text, block.start, block.stop)
        if found is not None:
            year, month = int(found["year"]), int(found["month"])
            day = dt.date(year, month, calendar.monthrange(year, month)[1])
            return OnlyYear(year, day, *found.span(), "month_line")
    return None
