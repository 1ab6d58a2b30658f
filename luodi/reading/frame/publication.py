"""The day a page says it was published, and failing that the day of the event its first lines report."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from luodi.reading.blocks.kinds import Block
from luodi.reading.frame.only_year import only_year
from luodi.reading.frame.printed_days import PrintedDay, find_days, make_day

_PUBLISHED_LABEL = re.compile(
    r"(?:发布|发表|发稿|公开|公布|刊发|上传|更新|报道|上载)\s*(?:时间|日期)|^\W*(?:时间|日期)|\s(?:时间|日期)\s*[:：]"
)
_WRITTEN_LABEL = re.compile(r"(?:成文|发文|印发|生成|编辑|录入|添加|归档|制发|文章|稿件)\s*(?:时间|日期)")
_NEVER_LABEL = re.compile(r"(?:实施|失效|废止|截止|有效期|起始|征集)\s*(?:时间|日期)?")
_DATELINE = re.compile(r"^[^。]{0,60}?(?<![\d年])(?P<month>\d{1,2})月(?P<day>\d{1,2})(?:日|[、—\-至到])")
# 2020年12月1日至31日: of what is told, not of the telling
_RUNS_ON = re.compile(r"\s?(?:[-—–~～]{1,2}|至|到|起)")
# 完成时间：2025年9月30日前, 工期至2025年10月31日: by when something is to be ready
_BY = re.compile(r"\s?(?:之前|以前|前|止|底)")
_TO_BE_READY = re.compile(
    r"(?:完成|完工|竣工|办结|建成|投用|投产|整改|实施|开工|计划|目标|进度|时间|节点|要求|工期)[^，。；\n]{0,4}(?:时限|时间|期限|日期|节点|要求|安排|工期)?[:：】\s]{0,2}(?:至|到|于)?$|"
    r"(?:时限|期限|工期)[^，。；\n]{0,4}$|[至到于]$"
)
_IN_FORCE = re.compile(r"[，,]?[^，。；\n]{0,30}(?:以来|起?(?:施行|实施|生效))")
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_BEFORE_PLANS = 10
_SHORT_TAIL = 40
_SESSION = re.compile(r"(?:会议|大会|全会|次会)")
_HEAD_BODY = 2
_LONGEST_LINE, _LONGEST_CLOCKED = 60, 160
_HOUR = re.compile(r"\d{1,2}[:：]\d{2}")
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
    r"(?<!预计)(?<!计划)(?<!力争)(?<!确保)(?<![到于至])(?P<year>20\d\d)年(?:(?P<part>上半年|前三季度|第?[一二三四]季度)|(?:1[-—~至])?(?P<month>1[0-2]|[1-9])月份?)(?![底末日\d]|\d{1,2}日|以来|[，,]?[^，。；\d]{0,14}(?:启动|成立|组建|印发|出台|开工|挂牌|就任|履新|到任|上任|施行|实施))"
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
    for block in blocks[body[-1] : body[-1] + 2]:
        days = _days_in_brackets(text, block)
        if len(body) > 1 and len(days) == 1 and not _is_day_to_be_ready(text, block.start, days[0]):
            return _as_found(days[0], "signature_day")
    tail = list(find_days(text, max(last.start, last.stop - 24), last.stop))
    if tail and last.stop - tail[-1].stop <= 3 and not _is_day_to_be_ready(text, last.start, tail[-1]):
        return _as_found(tail[-1], "signature_day")
    return None


def _days_in_brackets(text: str, block: Block) -> list[PrintedDay]:
    """The days on a short line that stands in brackets: （2025年7月13日 青岚融媒）."""
    if block.stop - block.start > _SHORT_TAIL or text[block.start] not in "（(【[":
        return []
    return list(find_days(text, block.start, block.stop))


def _session(text: str, blocks: Sequence[Block]) -> Found | None:
    return session_day(text, blocks)


def _line_above(text: str, blocks: Sequence[Block]) -> Found | None:
    """A short line above the article with one whole day on it: 区政府办公室编　2025年3月5日, whatever else it was taken for."""
    above: list[Found] = []
    for block in blocks:
        if block.kind in _BODY:
            break
        if block.rule in _NO_LINE or block.kind == "heading":
            continue
        longest = _LONGEST_CLOCKED if _HOUR.search(text, block.start, block.stop) else _LONGEST_LINE
        if block.stop - block.start > longest:
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
            if _RUNS_ON.match(text, day.stop):
                break
            if _is_day_to_be_ready(text, block.start, day) or _is_told_of(text, block.start, day):
                continue
            if _is_titled_later(text, blocks, day) or _is_of_later_year(text, blocks, day):
                continue
            return _as_found(day, "dateline_day")
    return None


def _is_told_of(text: str, start: int, day: PrintedDay) -> bool:
    """自2024年9月28日成立以来, 2024年9月28日，《办法》施行: a day in the past that the article begins with."""
    since = text[max(start, day.start - 2) : day.start].endswith(("自", "从"))
    return since or _IN_FORCE.match(text, day.stop) is not None


def _is_of_later_year(text: str, blocks: Sequence[Block], day: PrintedDay) -> bool:
    """Whether the article counts months of the next year, which had not begun on that day."""
    later = only_year(text, blocks)
    return later is not None and later.year == day.day.year + 1 and later.day.month > 1


def _is_titled_later(text: str, blocks: Sequence[Block], day: PrintedDay) -> bool:
    """Whether a title is of a later year than a day before its last two months, when next year's plans are made."""
    titles = [block for block in blocks if block.kind == "title"]
    years = [
        int(found[1]) for block in titles for found in _TITLE_YEAR.finditer(text, block.start, block.stop)
    ]
    return bool(years) and max(years) == day.day.year + 1 and day.day.month <= _BEFORE_PLANS


def _is_day_to_be_ready(text: str, start: int, day: PrintedDay) -> bool:
    """Whether a day in a task's own words is its last day, not the day of the page."""
    before = text[max(start, day.start - 16) : day.start]
    return _BY.match(text, day.stop) is not None or _TO_BE_READY.search(before) is not None


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
