"""The day a page says it was published, and failing that the day of the event its first lines report."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from luodi.reading.blocks.kinds import Block
from luodi.reading.frame.printed_days import PrintedDay, find_days, make_day

_PUBLISHED_LABEL = re.compile(
    r"(?:发布|发表|发稿|公开|公布|刊发|上传|更新|报道|上载)\s*(?:时间|日期)|^\W*(?:时间|日期)|\s(?:时间|日期)\s*[:：]"
)
_WRITTEN_LABEL = re.compile(r"(?:成文|发文|印发|生成|编辑|录入|添加|归档|制发|文章|稿件)\s*(?:时间|日期)")
_NEVER_LABEL = re.compile(r"(?:实施|失效|废止|截止|有效期|起始|征集)\s*(?:时间|日期)?")
_DATELINE = re.compile(r"^[^。]{0,60}?(?P<month>\d{1,2})月(?P<day>\d{1,2})(?:日|[、—\-至到])")
_SESSION = re.compile(r"(?:会议|大会|全会|次会)")
_HEAD_BODY = 2
_LONGEST_LINE = 60
_NO_LINE = frozenset({"menu", "breadcrumb", "dated_links", "byline_session"})
_BODY = ("paragraph", "question", "answer", "list_item", "table_row")


@dataclass(frozen=True, slots=True)
class Found:
    """A day, the rule that took it and where it stands; ``own`` is whether it is a day of publication."""

    day: dt.date
    rule: str
    start: int
    stop: int


def find_published(text: str, blocks: Sequence[Block], year: int | None) -> Found | None:
    """The printed day by the best rule that finds one; ``year`` is the current year where the text tells it."""
    for rule in _RULES:
        found = rule(text, blocks)
        if found:
            return found
    return _dateline(text, blocks, year)


def session_day(text: str, blocks: Sequence[Block]) -> Found | None:
    """The day a report was given: （2023年1月10日在…会议上） at the head."""
    for block in _head(blocks):
        if block.stop - block.start <= 120 and (
            block.rule == "byline_session" or _SESSION.search(text, block.start, block.stop)
        ):
            for day in find_days(text, block.start, block.stop):
                return _as_found(day, "session_day")
    return None


_REVIEWED = re.compile(
    r"^[（(一、\s]*(?P<year>20\d\d)年(?:度)?(?:的)?(?:政府)?(?:主要)?工作(?:回顾|总结|情况)"
)
_REPORTED = re.compile(
    r"(?P<year>20\d\d)年(?:(?P<part>上半年|前三季度|第?[一二三四]季度)|(?:1[-—~至])?(?P<month>1[0-2]|[1-9])月份?)(?![底末日\d]|\d{1,2}日|以来|开工|启动)"
)
_LAST_MONTHS = {"上": 6, "前": 9, "一": 3, "二": 6, "三": 9, "四": 12}
_FIRST_BLOCKS = 4


def reviewed_day(text: str, blocks: Sequence[Block]) -> Found | None:
    """The last day of what a page without any other day reports on: the year below 2022年工作回顾, 2022年上半年."""
    for block in blocks:
        if block.kind == "heading" and (found := _REVIEWED.match(text[block.start : block.stop])):
            day = dt.date(int(found["year"]), 12, 31)
            return Found(day, "reviewed_year", block.start, block.start + found.end())
    for block in [block for block in blocks if block.kind in _BODY][:_FIRST_BLOCKS]:
        reported = _REPORTED.search(text, block.start, block.stop)
        if reported is not None:
            part = (reported["part"] or "").removeprefix("第")
            month = _LAST_MONTHS[part[0]] if part else int(reported["month"])
            until = dt.date(
                int(reported["year"]), month, calendar.monthrange(int(reported["year"]), month)[1]
            )
            return Found(until, "reported_period", *reported.span())
    return None


def _head(blocks: Sequence[Block]) -> list[Block]:
    """What stands before the article's second paragraph, furniture left out."""
    head = []
    body = 0
    for block in blocks:
        if block.kind == "furniture":
            continue
        if block.kind in _BODY:
            body += 1
            if body > 1:
                break
        head.append(block)
    return head


def _as_found(day: PrintedDay, rule: str) -> Found:
    return Found(day.day, rule, day.start, day.stop)


def _bylines(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind == "byline"]


def _labelled(text: str, blocks: Sequence[Block]) -> Found | None:
    return _behind_label(text, blocks, _PUBLISHED_LABEL, "published_label")


def _written(text: str, blocks: Sequence[Block]) -> Found | None:
    return _behind_label(text, blocks, _WRITTEN_LABEL, "written_label")


def _behind_label(text: str, blocks: Sequence[Block], label: re.Pattern[str], rule: str) -> Found | None:
    bylines = _bylines(blocks)
    for nth, block in enumerate(bylines):
        for found in label.finditer(text[block.start : block.stop]):
            at = block.start + found.end()
            stop = min(block.stop, at + 30)
            if block.stop - at <= 3 and nth + 1 < len(bylines):  # the value stands on the next line
                at, stop = bylines[nth + 1].start, bylines[nth + 1].stop
            for day in sorted(find_days(text, at, stop, packed=True), key=lambda d: d.start):
                return _as_found(day, rule)
    return None


def _byline_day(text: str, blocks: Sequence[Block]) -> Found | None:
    """A day in a byline at the head, that is not the day of a session."""
    for block in _head(blocks):
        if (
            block.kind != "byline"
            or block.rule == "byline_session"
            or _NEVER_LABEL.search(text, block.start, block.stop)
        ):
            continue
        for day in find_days(text, block.start, block.stop):
            return _as_found(day, "byline_day")
    return None


def _signature(text: str, blocks: Sequence[Block]) -> Found | None:
    """A day alone on its line, or in a byline, behind the article; the first one there."""
    body = [i for i, block in enumerate(blocks) if block.kind in _BODY]
    if not body:
        return None
    for block in blocks[body[0] :]:
        if block.kind == "byline" and not _NEVER_LABEL.search(text, block.start, block.stop):
            for day in find_days(text, block.start, block.stop):
                return _as_found(day, "signature_day")
    last = blocks[body[-1]]
    tail = list(find_days(text, max(last.start, last.stop - 24), last.stop))
    if tail and last.stop - tail[-1].stop <= 3:
        return _as_found(tail[-1], "signature_day")
    return None


def _session(text: str, blocks: Sequence[Block]) -> Found | None:
    return session_day(text, blocks)


def _line_above(text: str, blocks: Sequence[Block]) -> Found | None:
    """A short line above the article with one whole day on it: 区政府办公室编　2025年3月5日, whatever else it was taken for."""
    above: list[Found] = []
    for block in blocks:
        if block.kind in _BODY:
            break
        if block.stop - block.start > _LONGEST_LINE or block.rule in _NO_LINE or block.kind == "heading":
            continue
        if _NEVER_LABEL.search(text, block.start, block.stop):
            continue
        days = list(find_days(text, block.start, block.stop))
        if len(days) == 1:
            above.append(_as_found(days[0], "line_above_day"))
    return above[-1] if above else None


def _head_day(text: str, blocks: Sequence[Block]) -> Found | None:
    """A whole day in the first sentences: 2023年1月12日，区委…召开."""
    body = [block for block in blocks if block.kind in _BODY][:_HEAD_BODY]
    for block in body:
        for day in find_days(text, block.start, min(block.stop, block.start + 40)):
            return _as_found(day, "dateline_day")
    return None


_RULES: tuple[Callable[[str, Sequence[Block]], Found | None], ...] = (
    _labelled,
    _byline_day,
    _written,
    _session,
    _line_above,
    _signature,
    _head_day,
)


def _dateline(text: str, blocks: Sequence[Block], year: int | None) -> Found | None:
    """1月12日，… at the very start, where the text itself tells the year."""
    if year is None:
        return None
    for block in [block for block in blocks if block.kind in _BODY][:1]:
        found = _DATELINE.match(text[block.start : min(block.stop, block.start + 120)])
        if found and (day := make_day(year, int(found["month"]), int(found["day"]))):
            return Found(
                day, "dateline_and_year", block.start + found.start("month"), block.start + found.end()
            )
    return None
