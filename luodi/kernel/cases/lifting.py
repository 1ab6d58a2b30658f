"""When what is overdue is lifted a level: by rule, so many days a level, fewer where a unit has much overdue. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from luodi.kernel.cases.playbook import Move, Playbook
from luodi.kernel.clocks.now import day_of
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.rule import Rule

ESCALATE_AFTER = "case.escalate_after"


@dataclass(frozen=True, slots=True)
class Late:
    """One limit (``clock``) on a case that stands in ``state`` at ``level``: since when it ran and when its time was up."""

    clock: str
    kind: str
    state: str
    level: int
    started_at: dt.datetime
    due_at: dt.datetime


def lifts_at(
    late: Late, playbook: Playbook, book: RuleBook, *, is_loaded: bool | None = None
) -> dt.datetime | None:
    """The instant at which the next level is reached: the days of every level so far, after the end of the limit.

    A rule may set fewer days (``days_loaded``) for a unit with at least ``load`` limits overdue at once; where it is not known
    yet whether it has (``is_loaded``), that is the earliest it could be. ``None`` where the system may not lift it, the top is
    reached, or no rule of its kind, level and day says when.
    """
    if late.level > playbook.escalates or lifting_move(playbook, late.state) is None:
        return None
    if all(clock.name != late.clock for clock in playbook.clocks):
        return None  # a duty: somebody else's lateness
    rules = [_rule(late, level, book) for level in range(1, late.level + 1)]
    if None in rules:
        return None
    days = sum(_days(rule, is_loaded=is_loaded) for rule in rules if rule is not None)
    return late.due_at + dt.timedelta(days=days)


def load_of(late: Late, book: RuleBook) -> int | None:
    """How many limits overdue at once make a unit a loaded one; ``None`` where its rule does not ask."""
    rule = _rule(late, late.level, book)
    return int(rule.value("load")) if rule is not None and "load" in rule.values else None


def lifting_move(playbook: Playbook, state: str) -> Move | None:
    """The move by which the system lifts a case that stands there."""
    moves = playbook.moves_from(state)
    return next((m for m in moves if m.effect == "escalate" and "system" in m.by), None)


def _rule(late: Late, level: int, book: RuleBook) -> Rule | None:
    facts = {"kind": late.kind, "level": str(level)}
    try:
        return book.choose(ESCALATE_AFTER, on=day_of(late.started_at), facts=facts)
    except Refusal:
        return None


def _days(rule: Rule, *, is_loaded: bool | None) -> int:
    days = int(rule.value("days"))
    if is_loaded is False or "days_loaded" not in rule.values:
        return days
    return min(days, int(rule.value("days_loaded")))
