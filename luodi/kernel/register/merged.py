"""Which rows of one kind were judged to be the same, all at once: for lists that count such rows as one."""

from __future__ import annotations

from luodi.kernel.register.models import SameAs
from luodi.kernel.register.sameness import Pair, age_order


def judged(letter: str) -> dict[Pair, SameAs]:
    """The judgement in force of every pair of the kind ``letter``. One query."""
    rows = SameAs.objects.filter(left__startswith=letter).order_by("id")
    return {(row.left, row.right): row for row in rows}


def groups(letter: str) -> dict[str, tuple[str, ...]]:
    """By the id that stands for all, the ids that are the same, itself first; only groups of two and more. One query."""
    joined: dict[str, set[str]] = {}
    for (left, right), held in judged(letter).items():
        if held.verdict == "positive":
            group = joined.get(left, {left}) | joined.get(right, {right})
            for member in group:
                joined[member] = group
    ordered = {tuple(sorted(group, key=age_order)) for group in joined.values()}
    return {group[0]: group for group in ordered}


def stand_ins(letter: str) -> dict[str, str]:
    """For every row that another stands for: that other. One query."""
    return {member: first for first, group in groups(letter).items() for member in group[1:]}
