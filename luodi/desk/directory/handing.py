"""What goes over with a post: the promises of which it answers that are not ended, its roles, and what else names it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from luodi.kernel.accounts.models import Grant
from luodi.kernel.clocks.now import today
from luodi.kernel.commitments.models import Standing
from luodi.kernel.commitments.reckoning import OPEN_ON_BOARD
from luodi.kernel.register.belongings import belongings
from luodi.kernel.register.lookups import on_day
from luodi.kernel.register.models import Post

# tables that the list of promises itself tells of
_TOLD = {"Commitment"}


@dataclass(frozen=True, slots=True)
class Handed:
    """``listed`` are ids of what stands on the list; ``other`` counts what names the post besides, by table."""

    promises: QuerySet[Standing]
    listed: tuple[str, ...]
    grants: tuple[Grant, ...]
    other: int


def open_promises(post: Post) -> QuerySet[Standing]:
    """The promises of which ``post`` answers that are not ended, worst first."""
    found = Standing.objects.filter(commitment__leader_post=post, board__in=OPEN_ON_BOARD)
    related = found.select_related("commitment__lead_unit").defer("commitment__reason")
    return related.order_by("worst", "due_order", "commitment_id")


def listed_ids(post: Post) -> tuple[str, ...]:
    """The ids of those promises, for the event of a signature."""
    return tuple(open_promises(post).values_list("commitment_id", flat=True))


def handed(post: Post) -> Handed:
    """All that goes over with ``post`` today."""
    grants = tuple(Grant.objects.filter(on_day(today()), post=post).select_related("scope").order_by("id"))
    other = sum(count for table, count in belongings(post).items() if table not in _TOLD)
    return Handed(open_promises(post), listed_ids(post), grants, other)
