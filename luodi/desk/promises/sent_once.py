"""A form is taken once, and only by what its reader saw: a double press, a resend, another's change in between.

Every form carries the event that changed the promise last when the form was shown, and a key of its own. Whoever comes second
finds another event there. The same key with the same words means: it is done; anything else: somebody was quicker.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from luodi.desk.promises.one_promise import ABOUT_IT, version_of
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.ledger.models import Event

Result = TypeVar("Result")
_SENT = "luodi_sent"
_KEPT = 50  # forms a session
_NOT_TYPED = ("csrfmiddlewaretoken", "ld-draft", "key")


class AlreadySent(Exception):  # noqa: N818 (good news)
    """This very form was taken before."""


class Overtaken(Exception):  # noqa: N818 (nobody's mistake)
    """Others changed the promise since; ``events``, oldest first."""

    def __init__(self, events: list[Event]) -> None:
        super().__init__(f"{len(events)} events since")
        self.events = events


def new_key() -> str:
    """The key of a form about to be shown."""
    return secrets.token_hex(12)


def mark_of(request: HttpRequest) -> str:
    """What tells a form sent again from one sent anew: its key, and a digest of all that was typed and chosen.

    Empty for a form without a key. Somebody who goes back and types something else has not sent the same form. Where the answer
    was lost on the way, the draft on the device goes into a form shown anew, with a key of its own: so the draft is the key.
    """
    key = request.POST.get("key", "")[:40] and (request.POST.get("ld-draft", "") or request.POST["key"])[:40]
    typed = [(name, values) for name, values in request.POST.lists() if name not in _NOT_TYPED]
    files = [(name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent]
    digest = hashlib.sha256(repr((sorted(typed), sorted(files, key=repr))).encode()).hexdigest()
    return f"{key}:{digest[:16]}" if key else ""


def was_sent(request: HttpRequest, mark: str) -> bool:
    """Whether this session has sent just this form already."""
    return bool(mark) and mark in _sent_by(request)


def once(
    request: HttpRequest,
    ident: str,
    act: Callable[[], Result],
    *,
    version: str,
    mark: str,
    also: Sequence[str] = (),
) -> Result:
    """Do ``act`` unless it is done or the promise is no longer as it was. ``also`` are further promises that it locks.

    Raises ``AlreadySent`` or ``Overtaken``, and whatever the act raises; then nothing is written at all.
    """

    def as_it_was() -> Result:
        if version_of(ident) != version:
            since = Event.objects.filter(subject=ident, kind__startswith=ABOUT_IT, id__gt=version)
            raise Overtaken(list(since.order_by("id")))
        return act()

    return once_by_mark(request, as_it_was, mark=mark, lock=Commitment.objects.filter(pk__in=[ident, *also]))


def once_by_mark(
    request: HttpRequest, act: Callable[[], Result], *, mark: str, lock: QuerySet[Any]
) -> Result:
    """Do ``act`` with the rows of ``lock`` held, unless this session has sent this very form already (``mark_of``).

    Raises ``AlreadySent``, and whatever the act raises.
    """
    with transaction.atomic():
        list(lock.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        if was_sent(request, mark):
            raise AlreadySent
        made = act()
        if mark:
            # kept in one transaction with what was done, so that the second of two presses finds it
            request.session[_SENT] = [*_sent_by(request), mark][-_KEPT:]
            request.session.save()
        return made


def _sent_by(request: HttpRequest) -> list[str]:
    """The marks as they stand in the database now, not as this request found them when it began."""
    name = request.session.session_key
    kept = type(request.session)(name).load() if name else {}
    return list(kept.get(_SENT, ()))
