"""Where a commitment stands on a day: its one exclusive state on the board, and its light with the rule that lit it. Pure.

Order of the states: ended ones keep their own; verified is kept; reported done is claimed, even past the due day; past the due
day is overdue; what has neither number nor due day cannot be judged; all else is going.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luodi.kernel.commitments.light_rules import Rule

OPEN_ON_BOARD = ("overdue", "claimed", "going", "vague")
COUNTED = ("kept", "claimed", "going", "overdue", "vague")
EXCLUDED = ("dropped", "merged", "carried")
BOARD_WORDS: dict[str, str] = {
    "kept": "已核实兑现",
    "claimed": "报完成，未核实",
    "going": "推进中",
    "overdue": "已逾期",
    "vague": "无法判断",
    "dropped": "不再办",
    "merged": "已并入",
    "carried": "已结转",
    "undone": "采纳已撤回",
}
NO_DUE_ORDER = 9_999_999


@dataclass(frozen=True, slots=True)
class Facts:
    """What follows from the rows alone, whatever the day. ``share`` is the reported share of the target, if known."""

    state: str
    state_since: dt.date
    has_number: bool
    start: dt.date
    due_until: dt.date | None
    share: Decimal | None
    news_on: dt.date


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The day's findings. ``worst`` orders lists: the smaller, the more urgent."""

    board: str
    light: str
    rule: str
    worst: int


def reckon(facts: Facts, day: dt.date, rules: Sequence[Rule]) -> Reckoned:
    """Where it stands on ``day``. Raises ``LookupError`` where no rule in force covers its state."""
    board = board_of(facts, day)
    for rule in rules:
        if board in rule.applies_to and _holds(rule, facts, day):
            return Reckoned(board, rule.light, rule.name, _worst(board, rule.light))
    raise LookupError(f"no rule for lights covers {board!r} on {day}")


def board_of(facts: Facts, day: dt.date) -> str:
    """The exclusive state on the board."""
    if facts.state != "open":
        return facts.state
    if facts.due_until is not None and facts.due_until < day:
        return "overdue"
    return "going" if facts.has_number or facts.due_until is not None else "vague"


def elapsed(start: dt.date, due_until: dt.date, day: dt.date) -> Fraction:
    """The share of the time allowed that has gone by on ``day``, between 0 and 1."""
    whole = (due_until - start).days
    if whole <= 0:
        return Fraction(1 if day >= due_until else 0)
    return min(Fraction(1), max(Fraction(0), Fraction((day - start).days, whole)))


def _holds(rule: Rule, facts: Facts, day: dt.date) -> bool:
    if rule.test == "since":
        return (day - facts.state_since).days > (rule.days or 0)
    if rule.test == "no_news":
        return (day - facts.news_on).days > (rule.days or 0)
    if rule.test == "behind":
        return _is_behind(rule, facts, day)
    return True


def _is_behind(rule: Rule, facts: Facts, day: dt.date) -> bool:
    if facts.due_until is None or facts.share is None:
        return False
    if rule.within_days is not None and (facts.due_until - day).days > rule.within_days:
        return False
    gone = elapsed(facts.start, facts.due_until, day)
    return Fraction(facts.share) < gone - Fraction(rule.points or 0, 100)


def _worst(board: str, light: str) -> int:
    """Overdue first, then amber, then what waits, then what runs, then what cannot be judged, then ends, then kept."""
    order = {
        "overdue": 0,
        "claimed": 3,
        "going": 4,
        "vague": 5,
        "dropped": 6,
        "carried": 7,
        "merged": 8,
        "kept": 9,
    }
    if light == "red" and board in COUNTED:
        return 0
    if light == "amber":
        return 1 if board == "going" else 2
    return order.get(board, 10)
