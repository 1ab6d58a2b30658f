"""Which notices and channels an account sees: those of the post acted as, and its own."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from luodi.kernel.accounts.access import post_of
from luodi.kernel.clocks.now import now
from luodi.kernel.ledger.action import Actor
from luodi.kernel.notices.models import Channel, Notice, Seen
from luodi.kernel.register.models import Post

SHOWN_FOR = dt.timedelta(days=60)
MOST_COUNTED = 100
FAILS = 3  # in a row; one or two may be the network


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """The notices of the last sixty days to the post acted as, or to its unit as a whole; the newest first.

    Each with ``is_seen``: whether this account has read it.
    """
    post = post_of(actor)
    if post is None or not actor.account:
        return _with_seen(actor.account).none()
    return _shown(actor.account, post)


def unread(actor: Actor) -> int:
    """How many of these were not read; counted no further than a hundred."""
    post = post_of(actor)
    return unread_of(actor.account, post) if post is not None and actor.account else 0


def unread_of(account: str, post: Post) -> int:
    """The same for a post that the account is known to act as; one query."""
    return len(_shown(account, post).filter(is_seen=False).values_list("pk")[:MOST_COUNTED])  # type: ignore[misc]  # annotated


def _shown(account: str, post: Post) -> QuerySet[Notice]:
    mine = Q(post=post) | Q(post=None, unit=post.unit_id)
    return _with_seen(account).filter(mine, at__gt=now() - SHOWN_FOR)


def _with_seen(account: str) -> QuerySet[Notice]:
    seen = Seen.objects.filter(account=account, notice=OuterRef("pk"))
    return Notice.objects.annotate(is_seen=Exists(seen)).order_by("-id")


def failing(actor: Actor) -> list[str]:
    """The kinds of the own channels over which nothing has come through lately."""
    return list(channels_of(actor).filter(fails__gte=FAILS).values_list("kind", flat=True))


def channels_of(actor: Actor) -> QuerySet[Channel]:
    """The channels of the own account."""
    return Channel.objects.filter(account=actor.account).order_by("kind")
