"""Conditional answers: a public page changes with the ledger, the day, the language and the look, and with nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from luodi.kernel.clocks.now import SHANGHAI, today
from luodi.kernel.ledger.models import Event, Leaf, Unsealed
from luodi.pages.look import look_of

View = Callable[..., HttpResponse]
_STARTED = secrets.token_hex(4)  # a new start may be a new version, with other pages


def ledger_state() -> tuple[str, dt.datetime | None]:
    """What the ledger holds, as a short text, and the newest event's instant. Two queries, answered by ends of indexes.

    The text counts the sealed and the waiting events: an event that is committed late, after newer ones, changes it too.
    """
    # the greatest of two columns at once would be looked for in the whole table
    at = models.Subquery(Event.objects.order_by("-at").values("at")[:1])
    sealed = models.Subquery(Leaf.objects.order_by("-index").values("index")[:1])
    newest = Event.objects.order_by("-id").values_list("id", at, sealed).first() or (None, None, None)
    return f"{newest[0]}/{newest[2]}/{Unsealed.objects.count()}", newest[1]


def state_of(request: HttpRequest) -> tuple[str, dt.datetime | None]:
    """The ledger's state when this request began; asked once."""
    if not hasattr(request, "ledger_state"):
        request.ledger_state = ledger_state()  # type: ignore[attr-defined]
    return request.ledger_state  # type: ignore[attr-defined,no-any-return]


def etag_of(request: HttpRequest, *_: Any, **__: Any) -> str:
    """A weak validator over everything that the page depends on."""
    look = look_of(request)
    parts = (
        _STARTED,
        state_of(request)[0],
        today().isoformat(),
        get_language() or "",
        look.size,
        look.theme,
        request.get_full_path(),
    )
    return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]}"'


def changed_at(request: HttpRequest, *_: Any, **__: Any) -> dt.datetime | None:
    """When the page last changed: the newest event, or the beginning of today, since ages and lights change with the day.

    ``None`` where that lies ahead of the machine's clock, as a demonstration's may.
    """
    newest = state_of(request)[1]
    midnight = dt.datetime.combine(today(), dt.time(), SHANGHAI)
    latest = max(midnight, newest) if newest else midnight
    return latest if latest <= dt.datetime.now(dt.UTC) else None


def public_page(view: View) -> View:
    """For pages anybody may read: GET and HEAD only, conditional, always asked anew, kept by each reader for himself."""

    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        response = condition(etag_of, changed_at)(view)(request, *given, **named)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ("Cookie",))
        return response

    return require_safe(answer)
