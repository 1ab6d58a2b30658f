"""What a page says about itself: whose it is, where, who speaks, and of which day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.reading.blocks.kinds import Block
from luodi.reading.frame.issuers import find_issuer
from luodi.reading.frame.only_year import last_told_day, month_line, only_year
from luodi.reading.frame.publication import Found, find_published, reviewed_day, session_day
from luodi.reading.frame.regions import find_region, short_name
from luodi.reading.frame.speakers import find_speaker
from luodi.reading.frame.spoken_year import YearSign, contradicts, current_year, plan_years, year_signs

_BODY = ("paragraph", "question", "answer", "list_item", "heading", "table_row")
_READ = 200_000  # characters of article in which signs of the year are looked for
_TITLE_YEAR = re.compile(r"(20\d\d)\s?年")
_NAMED = re.compile(r"(?:标\s*题|名\s*称|文件名称|访谈主题|题)\s*[:：|]\s*(?P<title>.{4,90}?)\s*[|]?$")
_REVIEW = re.compile(r"总结|情况(?!.*(?:计划|安排|思路|打算))|统计公报|通报|回顾|进展|成绩单|答卷|盘点|述职")
# 3月23日，全县2020年第一季度集中签约仪式举行: the dateline's year stands right behind it
_DAY_THEN_YEAR = re.compile(r"^[^。\n]{0,60}?\d{1,2}月\d{1,2}日[^。\n]{0,30}?(20\d\d)年")
_FIRST_PROSE = 2
_SURE = 2  # weight of a sign by which the words say what year it is
_PLAN_TITLE = re.compile(r"第?十([一二三四五六])个?五年|十([一二三四五六])五[”\"]?[^。]{0,16}规划")
_HAN = {c: i for i, c in enumerate("〇一二三四五六")}


@dataclass(frozen=True, slots=True)
class Frame:
    """The context in which relative words (今年, 我区, 我们) are resolved.

    ``published`` is the day printed on the page; ``speaks_of`` the day its words are spoken from, which is earlier
    where the page is a re-publication. ``region`` is the district, county, city or town the page speaks of.
    ``reasons`` says, per field, the rule that decided and the span it rests on.
    """

    published: dt.date | None = None
    speaks_of: dt.date | None = None
    region: str | None = None
    issuer: str | None = None
    speaker: str | None = None
    speaker_post: str | None = None
    title: str | None = None
    reasons: tuple[tuple[str, str, int, int], ...] = ()  # field, rule, start, stop

    @property
    def short_region(self) -> str | None:
        """The region's name without its suffix; a stem of one character keeps it."""
        return short_name(self.region) if self.region else None


def find_frame(text: str, blocks: Sequence[Block]) -> Frame:
    """Read the frame off title, byline, first lines and contradictions with the printed day."""
    reasons: list[tuple[str, str, int, int]] = []
    title = next((block for block in blocks if block.kind == "title"), None)
    named = (
        None
        if title
        else next(
            (m for b in blocks if b.kind == "byline" and (m := _NAMED.match(text, b.start, b.stop))), None
        )
    )
    if title:
        reasons.append(("title", title.rule, title.start, title.stop))
    published, speaks_of = _days(text, blocks, title, reasons)
    speaker = find_speaker(text, blocks)
    region = find_region(text, blocks, speaker.post if speaker else None)
    if region:
        reasons.append(("region", region.rule, region.start, region.stop))
    issuer = find_issuer(text, blocks)
    if issuer:
        reasons.append(("issuer", issuer.rule, issuer.start, issuer.stop))
    if speaker:
        reasons.append(("speaker", speaker.rule, speaker.start, speaker.stop))
    return Frame(
        published=published,
        speaks_of=speaks_of,
        region=region.name if region else None,
        issuer=issuer.name if issuer else None,
        speaker=speaker.name if speaker else None,
        speaker_post=speaker.post or None if speaker else None,
        title=text[title.start : title.stop].lstrip("-•· ") if title else named["title"] if named else None,
        reasons=tuple(reasons),
    )


def _days(
    text: str, blocks: Sequence[Block], title: Block | None, reasons: list[tuple[str, str, int, int]]
) -> tuple[dt.date | None, dt.date | None]:
    """The printed day and the day spoken from; a year told only by its signs stands for its last day."""
    signs, start, stop = _signs(text, blocks)
    told = current_year(signs)
    year = told.year if told else _year_of_event(text, title) or _year_beside_day(text, blocks)
    printed = find_published(text, blocks, year)
    session = session_day(text, blocks)
    named = None
    if printed is None and session is None and year is None:
        named = month_line(text, blocks) or only_year(text, blocks)
    printed = find_published(text, blocks, named.year) if named else printed
    if printed:
        reasons.append(("published", printed.rule, printed.start, printed.stop))
    spoken = _spoken(text, blocks, title, printed, session, signs, (start, stop)) or reviewed_day(
        text, blocks
    )
    if spoken is None and named is not None:
        spoken = Found(named.day, named.rule, named.start, named.stop)
    if spoken:
        reasons.append(("speaks_of", spoken.rule, spoken.start, spoken.stop))
    return printed.day if printed else None, spoken.day if spoken else None


def _spoken(
    text: str,
    blocks: Sequence[Block],
    title: Block | None,
    printed: Found | None,
    session: Found | None,
    signs: list[YearSign],
    body: tuple[int, int],
) -> Found | None:
    if session:
        return session
    if printed:
        earlier = contradicts(signs, text, *body, printed.day.year, printed.day.month)
        if earlier is None:
            return Found(printed.day, "as_published", printed.start, printed.stop)
        return Found(
            dt.date(earlier.year, 12, 31), f"contradicted_by_{earlier.rule}", earlier.start, earlier.stop
        )
    told = current_year(signs)
    titled = _titled(text, title, blocks)
    if titled is not None or told is None or told.weight < _SURE:
        return titled
    day = last_told_day(text, [block for block in blocks if block.kind in _BODY], told.year)
    return Found(day, f"told_by_{told.rule}", told.start, told.stop)


def _signs(text: str, blocks: Sequence[Block]) -> tuple[list[YearSign], int, int]:
    body = [block for block in blocks if block.kind in _BODY]
    if not body:
        return [], 0, 0
    signs: list[YearSign] = []
    read = 0
    for block in body:
        if read > _READ:
            break
        read += block.stop - block.start
        signs.extend(year_signs(text, block.start, min(block.stop, block.start + _READ)))
    return signs, body[0].start, min(body[-1].stop, body[0].start + _READ)


def _year_of_event(text: str, title: Block | None) -> int | None:
    """The year of the title, where the title does not look back on it."""
    if title is None:
        return None
    years = {int(found) for found in _TITLE_YEAR.findall(text, title.start, title.stop)}
    return years.pop() if len(years) == 1 and not _REVIEW.search(text, title.start, title.stop) else None


def _year_beside_day(text: str, blocks: Sequence[Block]) -> int | None:
    """The year that the opening sentence names right behind its day."""
    prose = [block for block in blocks if block.kind in ("paragraph", "list_item")]
    for block in prose[:_FIRST_PROSE]:
        found = _DAY_THEN_YEAR.match(text[block.start : block.stop])
        if found:
            return int(found[1])
    return None


def _titled(text: str, title: Block | None, blocks: Sequence[Block]) -> Found | None:
    """A day for 今年 and 年底前 where only the title tells the year: the first of a plan's year, the last of a review's.

    A review that counts up to some month of that year was written then.
    """
    if title is None:
        return None
    years = [(int(found[1]), *found.span()) for found in _TITLE_YEAR.finditer(text, title.start, title.stop)]
    if years:
        review = _REVIEW.search(text, title.start, title.stop)
        year, start, stop = max(years) if len(years) > 1 or not review else years[0]
        if 1990 <= year <= 2100:
            day = dt.date(year, 1, 1)
            if review and len(years) == 1:
                told = last_told_day(text, [block for block in blocks if block.kind in _BODY], year)
                day = told if told > day else dt.date(year, 12, 31)
            return Found(day, "title_year", start, stop)
    plan = _PLAN_TITLE.search(text, title.start, title.stop)
    if plan:
        first, _ = plan_years(10 + _HAN[plan[1] or plan[2]])
        return Found(dt.date(first, 1, 1), "title_plan", *plan.span())
    return None
