"""Reads one time expression at one place: a phrase, or a year and a part of it, or a range of two."""

from __future__ import annotations

import re
from typing import NamedTuple

from luodi.reading.periods.bindings import BINDING_RULES, COUNTED_NOT_BOUND, PREFIX_RULES, RANGE
from luodi.reading.periods.calendar import Stretch, days_of_month, finer, number_of, years
from luodi.reading.periods.parts import PART_RULES
from luodi.reading.periods.rules import PHRASE_RULES
from luodi.reading.periods.shape import Bind, NamedYear, PeriodRule, Setting
from luodi.reading.periods.stops import LOST_SIGN_PATTERN, QUALIFIER_PATTERN
from luodi.reading.periods.table import RuleTable
from luodi.reading.periods.words import DAY_DIGITS, DAY_HAN, GAP
from luodi.reading.periods.years import YEAR_RULES

PHRASES = RuleTable(PHRASE_RULES)
YEARS = RuleTable(YEAR_RULES)
BARE_PARTS = RuleTable(tuple(rule for rule in PART_RULES if rule.bare))
PARTS_AFTER_YEAR = RuleTable(tuple(rule for rule in PART_RULES if rule.after_year))
BINDINGS = RuleTable(BINDING_RULES)
BETWEEN_YEAR_AND_PART = re.compile(f"{GAP}的?{GAP}")
LONGEST_PREFIX = 8
DAY_ALONE = re.compile(f"(?P<d>{DAY_DIGITS}|{DAY_HAN}){GAP}[日号]")


class Expression(NamedTuple):
    """A time at ``text[start:stop]``: what it means, the rules that read it, the year it named itself."""

    start: int
    stop: int
    stretch: Stretch
    rules: tuple[str, ...]
    own_year: NamedYear | None = None
    has_part: bool = False

    @property
    def rule(self) -> str:
        """The rules' names in the order they applied."""
        return "+".join(self.rules)

    @property
    def is_range(self) -> bool:
        """Whether it names its own beginning and end: 3月至5月."""
        return "range" in self.rules or "month_span" in self.rules

    def bound(self, start: int, stop: int, stretch: Stretch, rules: tuple[str, ...]) -> Expression:
        """The same expression with words beside it taken in."""
        return Expression(start, stop, stretch, rules, self.own_year, self.has_part)


def read_phrase(text: str, start: int, end: int, setting: Setting) -> Expression | None:
    """An expression that stands by itself."""
    for rule, match in PHRASES.matches(text, start, end, guarded=True):
        stretch = rule.read(match, setting)
        if stretch is not None:
            return Expression(start, match.end(), stretch, (rule.name,), NamedYear(None), has_part=True)
    return None


def read_calendar(
    text: str, start: int, end: int, setting: Setting, *, guarded: bool = True
) -> Expression | None:
    """A year with or without a part of it, or a part whose year follows from the setting."""
    for rule, match in YEARS.matches(text, start, end, guarded=guarded):
        year = rule.read(match, setting)
        if year is not None:
            alone = Expression(start, match.end(), years(year.year, year.year), (rule.name,), year)
            return alone if year.needs_range else _with_part(text, end, alone, setting.beside(year))
    for part, match in BARE_PARTS.matches(text, start, end, guarded=guarded):
        stretch = part.read(match, setting)
        if stretch is not None:
            return Expression(start, match.end(), stretch, (part.name,), has_part=True)
    return None


def _with_part(text: str, end: int, year: Expression, setting: Setting) -> Expression:
    gap = BETWEEN_YEAR_AND_PART.match(text, year.stop, end)
    place = gap.end() if gap else year.stop
    for part, match in PARTS_AFTER_YEAR.matches(text, place, end, guarded=False):
        stretch = part.read(match, setting)
        if stretch is not None:
            rules = (*year.rules, part.name)
            return Expression(year.start, match.end(), stretch, rules, year.own_year, has_part=True)
    return year


def extend_to_range(text: str, end: int, first: Expression, setting: Setting) -> Expression | None:
    """First and last of a range: 6月28日至7月3日, 2016—2018年度, 11月至次年3月. ``None`` where no second half follows."""
    between = RANGE.match(text, first.stop, end)
    if between is None or first.stretch.relation not in ("within", "from"):
        return None
    known = _year_of(first, setting)
    from_first = setting.beside(NamedYear(known))
    second = _second_half(text, between.end(), end, first, from_first)
    if second is None:
        return None
    joined = _join(first, second)
    if joined is None and second.own_year is None and known is not None:  # 11月—3月 runs into the next year
        second = _second_half(text, between.end(), end, first, setting.beside(NamedYear(known + 1)))
        joined = _join(first, second) if second else None
    return joined


def _year_of(expression: Expression, setting: Setting) -> int | None:
    if expression.stretch.since is not None:
        return expression.stretch.since.year
    return expression.own_year.year if expression.own_year else setting.year()


def _second_half(text: str, start: int, end: int, first: Expression, setting: Setting) -> Expression | None:
    phrase = read_phrase(text, start, end, setting)
    if phrase is not None and phrase.rules == first.rules:
        return phrase
    second = read_calendar(text, start, end, setting, guarded=False)
    if second is not None:
        return second
    day = DAY_ALONE.match(text, start, end)
    if day is None or first.stretch.precision != "day":
        return None
    since = first.stretch.since
    number = number_of(day["d"])
    stretch = Stretch(None, None, "day")
    if since is not None and number is not None:
        same_month = days_of_month(since.year, since.month, number, number, "day")
        if same_month is None:
            return None
        stretch = same_month
    return Expression(start, day.end(), stretch, first.rules, first.own_year, has_part=True)


def _join(first: Expression, second: Expression) -> Expression | None:
    since, until = first.stretch.since, second.stretch.until
    if since is not None and until is not None and since > until:
        return None
    if second.stretch.relation not in ("within", "by"):
        return None
    if since is None or until is None:
        since = until = None
    stretch = Stretch(since, until, finer(first.stretch.precision, second.stretch.precision))
    rules = (*first.rules, "range") if first.rules == second.rules else (*first.rules, "range", *second.rules)
    return first._replace(stop=second.stop, stretch=stretch, rules=rules, has_part=True)


def is_damaged(text: str, end: int, expression: Expression, setting: Setting) -> bool:
    """A number with a lost sign, or one that is no date, runs on from the expression: 2025年?月底, 2023年13月."""
    follows = LOST_SIGN_PATTERN.match(text, expression.stop)
    if follows is None:
        return False
    place = expression.stop
    while place < follows.end() and text[place] in " \t\u3000\xa0":
        place += 1
    beside = setting if expression.own_year is None else setting.beside(expression.own_year)
    return read_calendar(text, place, end, beside, guarded=False) is None


def is_qualifier(text: str, end: int, bound: Expression, setting: Setting) -> bool:
    """A limit already past that only says which things are meant: 2000年前建成的小区."""
    until, on = bound.stretch.until, setting.on
    is_past_limit = bound.stretch.relation == "by" and until is not None and on is not None and until < on
    return is_past_limit and QUALIFIER_PATTERN.match(text, bound.stop, end) is not None


def bind(text: str, end: int, expression: Expression, setting: Setting) -> Expression:
    """The expression with the words after it that say how it binds."""
    own_year = expression.own_year is not None
    for rule, match in BINDINGS.matches(text, expression.stop, end, guarded=False):
        if rule.name == "before" and _is_counted(text, end, expression):
            continue
        is_end_of_range = expression.is_range and match.group() in ("底", "末")
        stretch = expression.stretch if is_end_of_range else rule.read(expression.stretch, setting, own_year)
        if stretch is not None:
            return expression.bound(expression.start, match.end(), stretch, (*expression.rules, rule.name))
    return expression


def _is_counted(text: str, end: int, expression: Expression) -> bool:
    is_certain = expression.stretch.relation == "by" or expression.stretch.precision in ("day", "decade")
    return not is_certain and COUNTED_NOT_BOUND.match(text, expression.stop, end) is not None


def bind_before(text: str, floor: int, expression: Expression, setting: Setting) -> Expression:
    """The expression with the words before it that say how it binds; none of them begins before ``floor``."""
    begin = max(floor, expression.start - LONGEST_PREFIX)
    left = text[begin : expression.start]
    for rule in PREFIX_RULES:
        match = rule.guarded.search(left)
        if match is None:
            continue
        stretch = _bound_from_left(text, rule, expression, setting)
        if stretch is None:
            return expression
        rules = (rule.name, *expression.rules)
        return expression.bound(begin + match.start(), expression.stop, stretch, rules)
    return expression


def _bound_from_left(
    text: str, rule: PeriodRule[Bind], expression: Expression, setting: Setting
) -> Stretch | None:
    if rule.name == "starting" and text.startswith("的", expression.stop):  # 从2020年的5家 gives a base
        return None
    if expression.is_range and rule.name != "as_of":  # a range has its own beginning and end
        return expression.stretch
    return rule.read(expression.stretch, setting, expression.own_year is not None)
