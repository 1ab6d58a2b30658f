"""``/calendar/<key>.ics``: what is due from a post, for the calendar of whoever holds it. The key stands in no log.

Number, kind and what is to be done; no titles, no names: calendars are shown on locked screens and kept by other firms.
"""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from luodi.kernel.accounts.acts.tokening import note_used
from luodi.kernel.accounts.addresses import client_address
from luodi.kernel.accounts.bearers import bearer_of
from luodi.kernel.accounts.throttle import Throttle
from luodi.kernel.cases import access
from luodi.kernel.cases.models import Case, DueItem
from luodi.kernel.cases.registry import kind_of
from luodi.kernel.clocks.now import now
from luodi.kernel.refusal import Refusal
from luodi.portal.calendar_text import Entry, calendar_of
from luodi.portal.public_address import public_address

MOST = 500
WRONG_KEYS = Throttle(limit=30, window=900)
_log = logging.getLogger("luodi.calendar")


@require_safe
@sensitive_variables("key")
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar; ``?tasks=1`` for tasks instead of days. 404 for a key that is not good, 429 for too many of those."""
    try:
        return _answered(request, key)
    except Exception as fault:
        # whoever handles it further up would log the address, and the key is in it
        _log.error("a calendar failed: %s", type(fault).__name__)
        return _plain(503, "现在给不出日历，请稍后再试。")


def _answered(request: HttpRequest, key: str) -> HttpResponse:
    bearer = bearer_of(key, "calendar")
    if bearer is None:
        if (seconds := WRONG_KEYS.attempt(client_address(request))) > 0:
            refused = _plain(429, "试得太多，请过一会儿再试。")
            refused.headers["Retry-After"] = str(int(seconds) + 1)
            return refused
        return _plain(404, "没有这个日历，或它的密钥已经作废。请在“我的登录”里另做一个。")
    note_used(bearer.token)
    post = bearer.token.post
    items = list(access.due_from(bearer.actor).exclude(light="paused")[:MOST])
    text = calendar_of(
        f"{post.unit.name}{post.title}到期的事",
        _entries(items, f"{public_address(request)}/desk"),
        now(),
        as_tasks=bool(request.GET.get("tasks")),
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    return _closed(response)


def _entries(items: list[DueItem], desk: str) -> list[Entry]:
    numbers = dict(Case.objects.filter(pk__in={item.subject for item in items}).values_list("id", "number"))
    found = []
    for item in items:
        if item.subject not in numbers:
            continue  # only cases have pages that a number leads to
        words = f"{_kind_words(item.kind)}{numbers[item.subject]}到期"
        link = f"{desk}/cases/{item.subject}"
        found.append(Entry(f"{item.subject}.{item.name}@luodi", item.due_on, words, item.label, link))
    return found


def _kind_words(kind: str) -> str:
    try:
        return kind_of(kind).newest.label
    except Refusal:
        return ""


def _plain(status: int, words: str) -> HttpResponse:
    return _closed(HttpResponse(words, status=status, content_type="text/plain; charset=utf-8"))


def _closed(response: HttpResponse) -> HttpResponse:
    """Kept by its reader alone, found by no search, logged by nobody."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django logs failures with their address, unless told
    return response
