"""Lights of a project by named, dated rules: two real ones (银川, 武汉) and as many of the district's own as it writes. Pure.

Facts are compared unrounded. A rule row names its ``measure``; ``amber`` and ``red`` are its limits, and ``amber_at``/``red_at``
say whether the limit itself already lights. Every light names its rule; what a rule leaves undefined is green with a note.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from luodi.areas.projects.indicators import Against
from luodi.areas.projects.months import last_day_of, months_between, plus_months
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.rule import Rule

Colour = Literal["green", "amber", "red"]
COLOUR_WORDS: dict[Colour, str] = {"green": "绿灯", "amber": "黄灯", "red": "红灯"}
SCHEME = "projects.scheme"
LIGHTS = (
    "projects.light.start",
    "projects.light.progress",
    "projects.light.statistics",
    "projects.light.paid",
)
_WEIGHT: dict[Colour, int] = {"green": 0, "amber": 1, "red": 2}


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules ask of one project at the end of a month.

    ``excused``: what a second post has accepted a reason for (``start``, ``statistics``). ``paid`` and ``paid_due`` are public
    money paid and to be paid by now, in 分; empty where it has none. A project not under works has no progress (``None``).
    """

    as_of: dt.date
    progress: Against | None = None
    start_planned: dt.date | None = None
    started_on: dt.date | None = None
    captured_on: dt.date | None = None
    is_eligible: bool = True
    paid: int | None = None
    paid_due: int | None = None
    excused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Light:
    """``rule`` is the reference of the row that lit it; ``words`` say what was measured, ``note`` what the rule leaves open."""

    colour: Colour
    rule: str
    title: str
    words: str
    note: str = ""

    def spoken(self) -> str:
        """The light in a sentence: 黄灯：比时序进度慢11.0个百分点（银川市“红黄绿灯”机制（2025年））"""
        return f"{COLOUR_WORDS[self.colour]}：{self.words}（{self.title}）"


def scheme_on(book: RuleBook, day: dt.date) -> str:
    """The name of the scheme in force. Raises ``Refusal`` (``no-rule``)."""
    return str(book.choose(SCHEME, on=day).value("scheme"))


def rules_on(book: RuleBook, day: dt.date, scheme: str = "") -> tuple[Rule, ...]:
    """The rules of a scheme (the one in force unless named) that light on a day. Raises ``Refusal`` (``no-rule``)."""
    chosen = scheme or scheme_on(book, day)
    found = (_rule(book, name, day, chosen) for name in LIGHTS)
    return tuple(rule for rule in found if rule is not None)


def title_of(rule: Rule) -> str:
    """A rule as a light names it."""
    return f"{rule.citation}：{rule.title}"


def lights(facts: Facts, book: RuleBook, scheme: str = "") -> list[Light]:
    """The light of every rule of a scheme (the one in force unless named) that has something to say, the worst first."""
    return lights_by(facts, rules_on(book, facts.as_of, scheme))


def lights_by(facts: Facts, rules: Iterable[Rule]) -> list[Light]:
    """The same by these rules, for whoever asks of many projects on one day."""
    found = []
    for rule in rules:
        light = _MEASURES[str(rule.value("measure"))](facts, rule)
        if light is not None:
            found.append(light)
    return sorted(found, key=lambda light: -_WEIGHT[light.colour])


def worst(found: Iterable[Light]) -> Light | None:
    """The light a project shows; ``None`` where no rule said anything."""
    return max(found, key=lambda light: _WEIGHT[light.colour], default=None)


def _rule(book: RuleBook, name: str, day: dt.date, scheme: str) -> Rule | None:
    """The row of a scheme in force on a day; the district's own before ours, the later before the earlier."""
    held = [
        rule
        for rule in book.rules
        if rule.name == name and rule.is_in_force(day) and scheme in rule.applies_to.get("scheme", ())
    ]
    return max(held, key=lambda rule: (rule.is_override, rule.effective_from), default=None)


def _months_unstarted(facts: Facts, rule: Rule) -> Light | None:
    """How many months in a row, the planned one first, have ended without a start."""
    if facts.start_planned is None:
        return None
    if facts.started_on is not None:
        return _light("green", rule, f"已于{facts.started_on}开工")
    ended = facts.as_of if facts.as_of == last_day_of(facts.as_of) else plus_months(facts.as_of, -1)
    months = max(0, months_between(facts.start_planned, ended) + 1)
    if "start" in facts.excused:
        return _light(
            "green", rule, f"计划{facts.start_planned:%Y-%m}开工，还没有开工，理由已由另一个岗位认可"
        )
    words = (
        f"计划{facts.start_planned:%Y-%m}开工，连续{months}个月没有开工"
        if months
        else "还没有到计划开工月份的月底"
    )
    return _light(_above(Fraction(months), rule), rule, words)


def _points_behind(facts: Facts, rule: Rule) -> Light | None:
    """How many percentage points completion is behind time progress."""
    gap = facts.progress.gap if facts.progress is not None else None
    if gap is None:
        return None
    behind = -gap * 100
    colour = _above(behind, rule)
    if behind <= 0:
        return _light(colour, rule, f"比时序进度快{_shown(-behind)}个百分点" if behind else "和时序进度一样")
    note = (
        "慢不到10个百分点的，所据材料没有写，按绿灯"
        if colour == "green" and rule.values.get("open_below")
        else ""
    )
    return _light(colour, rule, f"比时序进度慢{_shown(behind)}个百分点", note)


def _percent_of_due(facts: Facts, rule: Rule) -> Light | None:
    """Done as a percentage of what was to be done by now."""
    ratio = facts.progress.ratio if facts.progress is not None else None
    if ratio is None:
        return None
    return _light(_below(ratio * 100, rule), rule, f"完成到时序进度的{_shown(ratio * 100)}%")


def _months_uncaptured(facts: Facts, rule: Rule) -> Light | None:
    """How long after its start a project is not in statistics."""
    if facts.started_on is None or not facts.is_eligible:
        return None
    if facts.captured_on is not None:
        return _light("green", rule, f"已于{facts.captured_on}纳统")
    if "statistics" in facts.excused:
        return _light("green", rule, "开工后还没有纳统，理由已由另一个岗位认可")
    return _light(_elapsed(facts.started_on, facts.as_of, rule), rule, f"{facts.started_on}开工，还没有纳统")


def _percent_paid(facts: Facts, rule: Rule) -> Light | None:
    """Public money paid as a percentage of what was to be paid by now."""
    if facts.paid is None or not facts.paid_due:
        return None
    share = Fraction(facts.paid, facts.paid_due) * 100
    return _light(_below(share, rule), rule, f"财政资金支付到计划的{_shown(share)}%")


def _above(value: Fraction, rule: Rule) -> Colour:
    """The more the worse."""
    if _is_beyond(value - _limit(rule, "red"), rule, "red"):
        return "red"
    return (
        "amber"
        if "amber" in rule.values and _is_beyond(value - _limit(rule, "amber"), rule, "amber")
        else "green"
    )


def _below(value: Fraction, rule: Rule) -> Colour:
    """The less the worse."""
    if _is_beyond(_limit(rule, "red") - value, rule, "red"):
        return "red"
    return (
        "amber"
        if "amber" in rule.values and _is_beyond(_limit(rule, "amber") - value, rule, "amber")
        else "green"
    )


def _elapsed(start: dt.date, day: dt.date, rule: Rule) -> Colour:
    """Limits in whole months from a day to its like."""
    for colour in ("red", "amber"):
        if colour in rule.values:
            days = (day - plus_months(start, int(rule.value(colour)))).days
            if _is_beyond(Fraction(days), rule, colour):
                return "red" if colour == "red" else "amber"
    return "green"


def _is_beyond(over: Fraction, rule: Rule, colour: str) -> bool:
    return over > 0 or (over == 0 and bool(rule.values.get(f"{colour}_at", False)))


def _limit(rule: Rule, colour: str) -> Fraction:
    return Fraction(int(rule.value(colour)))


def _light(colour: Colour, rule: Rule, words: str, note: str = "") -> Light:
    return Light(colour, rule.reference, title_of(rule), words, note)


def _shown(value: Fraction) -> str:
    tenths = int(value * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


_MEASURES: Mapping[str, Callable[[Facts, Rule], Light | None]] = {
    "months_unstarted": _months_unstarted,
    "points_behind": _points_behind,
    "percent_of_due": _percent_of_due,
    "months_uncaptured": _months_uncaptured,
    "percent_paid": _percent_paid,
}
MEASURES = tuple(_MEASURES)
