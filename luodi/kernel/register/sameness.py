"""Who is whom: the latest judgement of each pair, and the one id that stands for all that are the same.

The judgements are the only truth; what is computed here is a function of the table and is never stored.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from luodi.kernel.register.models import SameAs

Pair = tuple[str, str]


def pair(one: str, other: str) -> Pair:
    """Two ids in the order in which a judgement holds them: the older first."""
    return (one, other) if age_order(one) < age_order(other) else (other, one)


def age_order(row: str) -> str:
    """The part of an id that sorts by the time it was made."""
    return row[1:]


def judgements(ids: Iterable[str]) -> dict[Pair, SameAs]:
    """The judgement in force of every pair that touches one of ``ids``."""
    wanted = list(ids)
    touching = SameAs.objects.filter(Q(left__in=wanted) | Q(right__in=wanted)).order_by("id")
    return {(judgement.left, judgement.right): judgement for judgement in touching}


def same_as(row: str) -> set[str]:
    """``row`` and everything judged, directly or by way of others, to be the same."""
    found = {row}
    fringe = {row}
    while fringe:
        joined = {
            side for sides, held in judgements(fringe).items() if held.verdict == "positive" for side in sides
        }
        fringe = joined - found
        found |= fringe
    return found


def canonical_id(row: str) -> str:
    """The id that stands for ``row``: the oldest of all that are the same."""
    return min(same_as(row), key=age_order)


def canonical_ids(rows: Iterable[str]) -> dict[str, str]:
    """The standing id of each of ``rows``; as many queries as the longest chain has links, not one a row."""
    known = set(rows)
    joined: dict[str, set[str]] = {row: {row} for row in known}
    fringe = known
    while fringe:
        for (left, right), held in judgements(fringe).items():
            if held.verdict == "positive":
                _join(joined, left, right)
        fringe = set(joined) - known
        known = known | fringe
    return {row: min(group, key=age_order) for row, group in joined.items()}


def _join(joined: dict[str, set[str]], left: str, right: str) -> None:
    group = joined.get(left, {left}) | joined.get(right, {right})
    for member in group:
        joined[member] = group


def contradiction(left: str, right: str) -> Pair | None:
    """A pair judged different that would become one if ``left`` and ``right`` were the same."""
    lefts, rights = same_as(left), same_as(right)
    for sides, held in judgements(lefts).items():
        is_across = (sides[0] in lefts and sides[1] in rights) or (sides[1] in lefts and sides[0] in rights)
        if held.verdict == "negative" and is_across and sides != pair(left, right):
            return sides
    return None
