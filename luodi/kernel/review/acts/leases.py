"""Who looks at which statement: taken when its page is opened, renewed while it is open, given up on leaving.

No row of the ledger: a lease decides nothing and runs out by itself. What decides is the statement's own state, under lock, in
the act that judges it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q

from luodi.kernel.clocks.now import now
from luodi.kernel.review.models import Lease, SetAside

LASTS = dt.timedelta(minutes=4)  # an open page renews it every minute


@dataclass(frozen=True, slots=True)
class Held:
    """Whether the lease is one's own; else the post of whoever has it and until when."""

    is_mine: bool
    post: str = ""
    until: dt.datetime | None = None


def hold(statement: str, *, holder: str, post: str) -> Held:
    """Take the statement or renew the own lease of it. Somebody else's is taken over only once it has run out.

    A lease that is the own one and has most of its time is left as it is: nothing is written for turning a page.
    """
    instant = now()
    fresh = instant + LASTS * 3 / 4
    if Lease.objects.filter(statement=statement, holder=holder, until__gt=fresh).exists():
        return Held(True)
    free = Lease.objects.filter(Q(holder=holder) | Q(until__lte=instant), statement=statement)
    if free.update(holder=holder, post=post, until=instant + LASTS):
        return Held(True)
    try:
        with transaction.atomic():
            Lease.objects.create(statement_id=statement, holder=holder, post=post, until=instant + LASTS)
    except IntegrityError:
        other = Lease.objects.filter(statement=statement).first()
        return Held(False, other.post, other.until) if other else Held(False)
    return Held(True)


def hold_first(statements: Iterable[str], *, holder: str, post: str) -> str:
    """The first of the statements that nobody else looks at, now held; empty where others look at all of them."""
    return next((s for s in statements if hold(s, holder=holder, post=post).is_mine), "")


def release(statement: str, *, holder: str) -> None:
    """Give the own lease up. Somebody else's stays."""
    Lease.objects.filter(statement=statement, holder=holder).delete()


def release_others(statement: str, *, holder: str) -> None:
    """Give up every own lease but the one of ``statement``, and sweep out those that have run out."""
    done = Lease.objects.filter(Q(holder=holder) | Q(until__lte=now())).exclude(statement=statement)
    if done.exists():
        done.delete()


def set_aside(statement: str, *, account: str) -> None:
    """Put a statement off: it comes to this account after all others."""
    SetAside.objects.get_or_create(statement_id=statement, account=account, defaults={"at": now()})


def take_up(statement: str, *, account: str) -> None:
    """Let a statement that was put off take its place again."""
    SetAside.objects.filter(statement=statement, account=account).delete()
