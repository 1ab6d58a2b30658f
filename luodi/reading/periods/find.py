"""Stretches of time named in running text, as closed intervals of days with a precision."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from luodi.reading.periods.calendar import Precision as Precision
from luodi.reading.periods.calendar import Relation as Relation
from luodi.reading.periods.grammar import (
    BARE_PARTS,
    PHRASES,
    YEARS,
    Expression,
    bind,
    bind_before,
    extend_to_range,
    is_damaged,
    is_qualifier,
    read_calendar,
    read_phrase,
)
from luodi.reading.periods.shape import PeriodRule, Setting
from luodi.reading.periods.stops import (
    AT_START,
    BASE_AFTER_PATTERN,
    BASE_BEFORE_PATTERN,
    TITLE_PATTERN,
    StopRule,
)
from luodi.reading.periods.words import FIRST_SIGNS, MARKS

SENTENCE = re.compile(r"[^。！？；!?;\n]+")
"""A year named in a sentence holds for the bare months after it, and no further."""

MARK = re.compile(MARKS)
STOP = re.compile("|".join(rule.words for rule in AT_START))
LONGEST_BEFORE_MARK = 16
"""No expression has its first mark farther in than this; before it nothing need be tried."""

FAR_HORIZON = 2
"""A year so far ahead (到2030年) is a horizon: a bare 6月底前 after it does not belong to it."""

EXAMPLE_DAY = dt.date(2023, 5, 18)
"""The day on which the rules' examples are spoken."""


Search = Callable[[str, int, int], "re.Match[str] | None"]


@cache
def candidate() -> re.Pattern[str]:
    """Where an expression may begin. Made on first use: it is the dearest pattern, and not every command reads."""
    words = "|".join((STOP.pattern, PHRASES.words, YEARS.words, BARE_PARTS.words))
    return re.compile(f"(?={FIRST_SIGNS})(?:{words})")


class Period(NamedTuple):
    """The days from ``since`` to ``until``, both included, that ``text[start:stop]`` names.

    Either end is ``None`` where the text leaves it open (到2025年 has only an end) or where the year cannot be told.
    ``relation`` says how the words bind it: ``within`` (今年), ``by`` (年底前, 到2025年), ``since`` (今年以来),
    ``from`` (自2021年起). ``rule`` names what found it: the rules joined by ``+`` in the order they applied.
    """

    start: int
    stop: int
    since: dt.date | None
    until: dt.date | None
    precision: Precision
    relation: Relation
    rule: str


def find_periods(
    text: str, on: dt.date | None, start: int = 0, stop: int | None = None, *, topic: int | None = None
) -> list[Period]:
    """The periods of ``text[start:stop]``, in order, not overlapping; relative ones are resolved against the day ``on``.

    They are placed in ``text``, but nothing around the stretch is looked at.

    ``topic`` is the year a heading gives (2022年工作回顾): it holds for 全年, 6月 and the like where the sentence names no
    year, never for 今年. Where ``on`` is ``None`` and the year is needed, both ends are ``None``. Never raises on any text.
    """
    found: list[Period] = []
    if MARK.search(text, start, len(text) if stop is None else stop) is None:
        return found
    setting = Setting(on=on, topic=topic)
    stretch = text[start:stop]
    for sentence in SENTENCE.finditer(stretch):
        low, high = sentence.span()
        found.extend(_periods_of_sentence(stretch, low, high, setting, start))
    return found


def period_as_dict(period: Period) -> dict[str, Any]:
    """The period for JSON: ``start, end`` in the text, ``from, to`` as ISO days or ``None``."""
    return {
        "start": period.start,
        "end": period.stop,
        "from": period.since.isoformat() if period.since else None,
        "to": period.until.isoformat() if period.until else None,
        "precision": period.precision,
        "relation": period.relation,
        "rule": period.rule,
    }


def example_of(rule: PeriodRule[Any] | StopRule) -> list[Period]:
    """What the rule's own example gives when spoken on ``EXAMPLE_DAY``; nothing, for a rule that stops."""
    return find_periods(rule.example, EXAMPLE_DAY)


def _near_mark(text: str, place: int, end: int) -> re.Match[str] | None:
    """The next place where an expression may begin: not long before a mark of time."""
    mark = MARK.search(text, place, end)
    return candidate().search(text, max(place, mark.start() - LONGEST_BEFORE_MARK), end) if mark else None


def _periods_of_sentence(
    text: str, start: int, end: int, setting: Setting, begin: int = 0, search: Search = _near_mark
) -> Iterator[Period]:
    """The periods of the sentence ``text[start:end]``, placed from ``begin``."""
    place = floor = start
    titles: list[tuple[int, int]] | None = None
    while (begun := search(text, place, end)) is not None:
        at = begun.start()
        expression = _read(text, at, end, setting)
        stopped = None if expression else STOP.match(text, at, end)
        if expression is None:
            place = stopped.end() if stopped else at + 1
            continue
        place = expression.stop
        if is_damaged(text, end, expression, setting) or _is_base(text, start, expression):
            continue
        if titles is None:
            titles = [title.span() for title in TITLE_PATTERN.finditer(text, start, end)]
        while titles and titles[0][1] <= at:
            titles.pop(0)
        if titles and titles[0][0] < at:
            continue
        bound = bind_before(text, floor, bind(text, end, expression, setting), setting)
        if is_qualifier(text, end, bound, setting):
            continue
        place = floor = bound.stop
        setting = _after(setting, expression, bound)
        stretch = bound.stretch
        yield Period(
            bound.start + begin,
            bound.stop + begin,
            stretch.since,
            stretch.until,
            stretch.precision,
            stretch.relation,
            bound.rule,
        )


def _read(text: str, at: int, end: int, setting: Setting) -> Expression | None:
    expression = read_phrase(text, at, end, setting)
    if expression is None and STOP.match(text, at, end):
        return None
    expression = expression or read_calendar(text, at, end, setting)
    if expression is None:
        return None
    joined = extend_to_range(text, end, expression, setting)
    if joined is None and expression.own_year is not None and expression.own_year.needs_range:
        return None
    return joined or expression


def _is_base(text: str, floor: int, expression: Expression) -> bool:
    """Whether the expression is what something is compared with: 比上年, 2015年的1.8倍."""
    left = text[max(floor, expression.start - 4) : expression.start]
    return (
        BASE_BEFORE_PATTERN.search(left) is not None
        or BASE_AFTER_PATTERN.match(text, expression.stop) is not None
    )


def _after(setting: Setting, expression: Expression, bound: Expression) -> Setting:
    """The setting for the rest of the sentence, once ``expression`` (``bound`` by the words round it) is read."""
    named = expression.own_year.year if expression.own_year else None
    if named is None or "range" in expression.rules:
        return setting
    is_year_alone = not expression.has_part
    is_horizon = (
        bound.stretch.relation == "by" and setting.on is not None and named >= setting.on.year + FAR_HORIZON
    )
    if is_year_alone and is_horizon:
        return setting
    return setting._replace(named=named, as_theme=is_year_alone and bound.stretch.relation == "within")
