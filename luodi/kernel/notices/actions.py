"""Telling people, and what they say about being told. Whoever tells of a case does so inside the act that changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from luodi.kernel.clocks.now import now
from luodi.kernel.ledger.action import Action, Actor
from luodi.kernel.ledger.statements import insert
from luodi.kernel.notices.access import notices_for
from luodi.kernel.notices.models import Channel, Delivery, Notice, Seen, notice_id
from luodi.kernel.notices.recipients import channels_for
from luodi.kernel.register.lookups import unsigned_hand_overs

KEPT = dt.timedelta(days=180)
_A_SPREAD = 500  # notices at a time
_LONGEST = 80  # of label and of what to do


@dataclass(frozen=True, slots=True)
class To:
    """Whom to tell: a post, or a unit as a whole."""

    unit: str
    post: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What to tell of: a case by id and number, the kind of it in words, what is to be done and until when. No title."""

    subject: str
    number: str
    label: str
    says: str = ""
    due_on: dt.date | None = None


def about_case(act: Action, what: str, about: About, to: Iterable[To]) -> list[Notice]:
    """Tell of a case, within the act ``act``: what is rolled back was told to nobody. The same act tells the same once.

    ``what`` is one of ``messages.WORDS``. Calls nobody: the sender does, later.
    """
    rows = [_row(what, about, each, act.at) for each in dict.fromkeys(to)]
    return _tell(rows)


def about_light(act: Action, light: str, turned: Sequence[tuple[About, To, str]]) -> int:
    """Tell that lights turned amber or red, within the act that turned them; how many were told of.

    Each with a name of its own (``subject`` and clock): the same turn is told once, however often the tick goes.
    """
    rows = [
        _row(light, about, to, act.at, f"{light}:{name}:{about.due_on}"[:100]) for about, to, name in turned
    ]
    known = set(Notice.objects.filter(mark__in=[row.mark for row in rows]).values_list("mark", flat=True))
    return len(_tell([row for row in rows if row.mark not in known]))


def tell_hand_overs() -> int:
    """Tell of hand-overs that wait for a signature, each side once; how many were told. For the worker."""
    told = 0
    for later in unsigned_hand_overs():
        sides = [later] if later.taken_on is None else []
        if later.after is not None and later.after.given_on is None:
            sides.append(later.after)
        for side in sides:
            mark = f"hand_over:{later.id}:{side.id}"
            if Notice.objects.filter(mark=mark).exists():
                continue
            about = About(later.id, "", later.post.title[:_LONGEST], "看交接清单，签字", later.since)
            with transaction.atomic():
                _tell([_row("hand_over", about, To(later.post.unit_id, later.post_id), now(), mark)])
            told += 1
    return told


def read(notice: Notice, *, by: Actor) -> None:
    """The account has read it; twice is once."""
    Seen.objects.bulk_create([Seen(account_id=by.account, notice=notice)], ignore_conflicts=True)


def read_all(*, by: Actor) -> int:
    """The account has read whatever is shown to it; how many were new."""
    shown: Any = notices_for(by)  # is_seen stands beside the fields
    new = list(shown.filter(is_seen=False).values_list("pk", flat=True)[:1_000])
    Seen.objects.bulk_create([Seen(account_id=by.account, notice_id=pk) for pk in new], ignore_conflicts=True)
    return len(new)


def try_channel(channel: Channel, *, by: Actor, unit: str, post: str) -> Notice:
    """A trial message over one channel, sent like any other. One that waits to be tried again goes at once instead of another."""
    waiting = Delivery.objects.filter(channel=channel, state="waiting", notice__what="trial")
    if (earlier := waiting.select_related("notice").first()) is not None:
        Delivery.objects.filter(pk=earlier.pk, state="waiting").update(next_at=now())
        return earlier.notice
    about = About("", "", "")
    row = _row("trial", about, To(unit, post), now())
    with transaction.atomic():
        row.is_spread = True
        row.save(force_insert=True)
        Seen.objects.create(account_id=by.account, notice=row)
        Delivery.objects.create(notice=row, channel=channel, next_at=now())
    return row


def sweep() -> int:
    """Forget what was told longer ago than half a year, with what was sent of it; how many notices."""
    old = list(Notice.objects.filter(at__lt=now() - KEPT).values_list("pk", flat=True)[:5_000])
    Notice.objects.filter(pk__in=old).delete()
    return len(old)


def _row(what: str, about: About, to: To, at: dt.datetime, mark: str = "") -> Notice:
    """``mark`` for what may be told once only; without it the notice is one of its own."""
    key = notice_id()
    return Notice(
        id=key,
        what=what,
        subject=about.subject,
        number=about.number,
        label=about.label[:_LONGEST],
        says=about.says[:_LONGEST],
        due_on=about.due_on,
        unit_id=to.unit,
        post_id=to.post,
        at=at,
        mark=mark or key,
    )


def spread() -> int:
    """Lay out what was told for the channels of those whom it concerns; how many notices. For the sender, before it sends."""
    with transaction.atomic():
        waiting = Notice.objects.filter(is_spread=False).order_by("id")
        rows = list(waiting.select_for_update(skip_locked=True, no_key=True)[:_A_SPREAD])
        if rows:
            pairs = channels_for(rows)
            Delivery.objects.bulk_create(
                [Delivery(notice=notice, channel=channel, next_at=notice.at) for notice, channel in pairs],
                batch_size=500,
                ignore_conflicts=True,
            )
            Notice.objects.filter(pk__in=[row.pk for row in rows]).update(is_spread=True)
    return len(rows)


def _tell(rows: list[Notice]) -> list[Notice]:
    """Write the notices; over which channels they go is found later, so that no act waits for it."""
    insert(rows)
    return rows
