"""Who holds posts today, as far as the reader may know their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from luodi.kernel.accounts.access import visible_people
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.lookups import appointments_on
from luodi.kernel.register.models import Appointment, Post

UNKNOWN = "不在您管理的单位内"


@dataclass(frozen=True, slots=True)
class PostLine:
    """An open post with today's appointments."""

    post: Post
    held: tuple[Appointment, ...]


def posts_by_unit(units: Iterable[str]) -> dict[str, list[PostLine]]:
    """The open posts of each unit, leading ones first, with who holds them today. Two queries."""
    wanted = list(units)
    posts = list(Post.objects.filter(unit__in=wanted, closed_on__isnull=True).order_by("-is_leader", "id"))
    held: dict[str, list[Appointment]] = defaultdict(list)
    rows = appointments_on().filter(post__unit__in=wanted).select_related("person").order_by("since", "id")
    for row in rows:
        held[row.post_id].append(row)
    lines: dict[str, list[PostLine]] = defaultdict(list)
    for post in posts:
        lines[post.unit_id].append(PostLine(post, tuple(held[post.id])))
    return dict(lines)


def known_people(actor: Actor, people: Iterable[str]) -> set[str]:
    """Those of ``people`` (ids) whose entries ``actor`` may read."""
    wanted = set(people)
    if not wanted:
        return set()
    return set(visible_people(actor).filter(pk__in=wanted).values_list("id", flat=True))
