"""Where two readers agree and where not: disagreements come first, for a person to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from luodi.reading.document import Document
from luodi.reading.figures.find import find_figures
from luodi.reading.periods.find import find_periods
from luodi.reading.second.answers import Said
from luodi.reading.statements.model import Statement

Difference = Literal["only_rules", "only_second", "figures", "kind", "due", "owner"]
WORDS: dict[Difference, str] = {
    "only_rules": "只有规则读出这一条",
    "only_second": "只有第二个读者读出这一条",
    "figures": "数字不一",
    "kind": "种类不一",
    "due": "期限不一",
    "owner": "主责不一",
}
_LEAST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Both:
    """One statement as both read it, or one of them; ``differences`` are empty where they agree."""

    rules: Statement | None
    second: Said | None
    differences: tuple[Difference, ...]

    @property
    def start(self) -> int:
        """Where it begins in the repaired text."""
        return min(each.start for each in (self.rules, self.second) if each is not None)


def agreement(document: Document, said: Sequence[Said]) -> list[Both]:
    """Every statement of either reader, those they disagree about first, then in text order. One to one, best overlap first."""
    candidates = sorted(
        (-share, i, j)
        for i, s in enumerate(document.statements)
        for j, other in enumerate(said)
        if (share := _shared(s, other)) >= _LEAST_SHARED
    )
    ours: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in candidates:
        if i not in ours and j not in taken:
            ours[i] = j
            taken.add(j)
    found = []
    for i, statement in enumerate(document.statements):
        other = said[ours[i]] if i in ours else None
        found.append(Both(statement, other, _differences(document, statement, other)))
    found += [Both(None, other, ("only_second",)) for j, other in enumerate(said) if j not in taken]
    return sorted(found, key=lambda both: (not both.differences, both.start))


def _shared(s: Statement, other: Said) -> float:
    both = min(s.stop, other.stop) - max(s.start, other.start)
    return both / min(s.stop - s.start, other.stop - other.start) if both > 0 else 0.0


def _differences(document: Document, s: Statement, other: Said | None) -> tuple[Difference, ...]:
    if other is None:
        return ("only_rules",)
    found: list[Difference] = []
    if {(f.number, f.unit) for f in s.figures} != _figures(other):
        found.append("figures")
    if s.kind != other.kind:
        found.append("kind")
    if _is_due_otherwise(document, s, other):
        found.append("due")
    named = s.owner if s.owner and s.owner in document.text[s.start : s.stop] else None
    theirs = other.owner
    if (named and not theirs) or (theirs and s.owner and theirs not in s.owner and s.owner not in theirs):
        found.append("owner")
    return tuple(found)


def _is_due_otherwise(document: Document, s: Statement, other: Said) -> bool:
    """Whether the words it gives for the due day say another day than the rules read; words that say no day say nothing."""
    day = document.frame.speaks_of or document.frame.published
    until = {period.until for period in find_periods(other.due or "", day) if period.until}
    return bool(until) and (s.due is None or s.due.until not in until)


def _figures(said: Said) -> set[tuple[Decimal, str]]:
    return {(figure.number, figure.unit) for text in said.figures for figure in find_figures(text)}
