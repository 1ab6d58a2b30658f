"""How many a choice of the list holds. Whoever sees everything reads it off the counters; any other choice is counted so far as
``MOST``, beyond which it is more.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from luodi.desk.cases.inbox_counts import Bounds
from luodi.desk.cases.listing import chosen, count_of, states_in
from luodi.desk.cases.listing_asking import Asked
from luodi.kernel.cases import tallies
from luodi.kernel.cases.access import sees_all
from luodi.kernel.ledger.action import Actor

MOST = 10_000


@dataclass(frozen=True, slots=True)
class Totals:
    """How many a choice holds, and how many of them show a red light. Where it says ``_more``, more than ``MOST``."""

    whole: int
    overdue: int
    is_whole_more: bool = False
    is_overdue_more: bool = False


def totals_of(wanted: Asked, actor: Actor, bounds: Bounds) -> Totals:
    """Count a choice, and what the same choice holds with a red light. Five queries at most."""
    whole, is_more = _number(wanted, actor, bounds)
    if wanted.light == "red":
        return Totals(whole, whole, is_more, is_more)
    # words are looked for in every title once, not once more
    if wanted.text or wanted.light or wanted.ended not in ("", "all"):
        return Totals(whole, 0, is_more)
    overdue, is_more_overdue = _number(replace(wanted, light="red"), actor, bounds)
    return Totals(whole, overdue, is_more, is_more_overdue)


def state_counts(wanted: Asked, actor: Actor, bounds: Bounds) -> dict[str, int] | None:
    """How many of a choice stand in which state, whatever state was chosen; ``None`` where there are too many to count."""
    every = replace(wanted, state="")
    if sees_all(actor) and not (wanted.text or wanted.light or wanted.since or wanted.until):
        found: Counter[str] = Counter()
        for (state, mark), number in tallies.by_state(wanted.kind, wanted.unit).items():
            found[state] += number if _is_meant(mark, wanted.ended) else 0
        return found
    number, _ = _number(every, actor, bounds)
    if not number:
        return {}
    return states_in(chosen(every, actor, bounds)) if number < MOST else None


def _number(wanted: Asked, actor: Actor, bounds: Bounds) -> tuple[int, bool]:
    """How many, and whether there are more than that."""
    told = _tallied(wanted, bounds) if sees_all(actor) else None
    if told is not None:
        return told, False
    number = count_of(chosen(wanted, actor, bounds), MOST + 1)
    return min(number, MOST), number > MOST


def _tallied(wanted: Asked, bounds: Bounds) -> int | None:
    """The number from the counters; ``None`` where they do not tell it."""
    if wanted.text or (wanted.light == "paused"):
        return None
    days = wanted.since or wanted.until
    if wanted.light:
        if wanted.state or days or wanted.ended not in ("", "all"):
            return None
        return tallies.lights(bounds.now, wanted.kind, wanted.unit)[wanted.light]
    if days:
        if wanted.state or wanted.ended not in ("", "all"):
            return None
        every = wanted.ended == "all"
        return tallies.opened_between(wanted.since, wanted.until, wanted.kind, wanted.unit, closed_too=every)
    return sum(
        number
        for (state, mark), number in tallies.by_state(wanted.kind, wanted.unit).items()
        if wanted.state in ("", state) and _is_meant(mark, wanted.ended)
    )


def _is_meant(mark: str, ended: str) -> bool:
    """Whether a case that counts as ``mark`` (open: empty) is among those asked for."""
    if ended == "all":
        return True
    return bool(mark) if ended == "closed" else mark == ended
