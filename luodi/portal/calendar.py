"""``/calendar/<key>.ics``: what is due from a post, for the calendar of whoever holds it. The key stands in no log.

Number, kind and what is to be done; no titles, no names: calendars are shown on locked screens and kept by other firms.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from luodi.kernel.accounts.acts.tokening import note_used
from luodi.kernel.accounts.addresses import client_address
from luodi.kernel.accounts.bearers import bearer_of
from luodi.kernel.accounts.models import Token
from luodi.kernel.accounts.throttle import Throttle
from luodi.kernel.cases import access
from luodi.kernel.cases.models import Case, DueItem
from luodi.kernel.cases.registry import due_label
from luodi.kernel.clocks.now import day_of, now, today
from luodi.pages.public_address import public_address
from luodi.portal.calendar_text import Entry, calendar_of

MOST = 500
WRONG_KEYS = Throttle(limit=30, window=900)
ONE_KEY = Throttle(limit=60, window=900)  # a phone, a computer and an impatient hand stay far below it
# so long before a key ends the calendar itself says so: a program that gets a 404 tells nobody
ENDS_SOON = dt.timedelta(days=30)
_PROMISE = "承诺"
_log = logging.getLogger("luodi.calendar")


# a check of forms would write the address of a refused call to the log, and nothing is changed here by anybody's form
@csrf_exempt
@sensitive_variables("key")
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar; ``?tasks=1`` for tasks instead of days. 404 for a key that is not good, 429 for too many calls, 405."""
    if request.method not in ("GET", "HEAD"):
        refused = _plain(405, "日历只能订阅，不能往里写。")
        refused.headers["Allow"] = "GET, HEAD"
        return refused
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
            return _too_many(seconds)
        return _plain(404, "没有这个日历，或它的密钥已经作废。请在“我的登录”里另做一个。")
    if (seconds := ONE_KEY.attempt(bearer.token.id)) > 0:
        return _too_many(seconds)
    note_used(bearer.token)
    post = bearer.token.post
    desk = f"{public_address(request)}/desk"
    items = list(access.due_from(bearer.actor).exclude(light="paused")[: MOST + 1])
    text = calendar_of(
        f"{post.unit.name}{post.title}到期的事",
        [*_entries(items[:MOST], desk), *_remarks(bearer.token, desk, is_cut=len(items) > MOST)],
        now(),
        as_tasks=bool(request.GET.get("tasks")),
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    return _closed(response)


def _entries(items: list[DueItem], desk: str) -> list[Entry]:
    """One for each: a case leads to its page, whatever else is due to those of its kind in the inbox."""
    numbers = dict(Case.objects.filter(pk__in={item.subject for item in items}).values_list("id", "number"))
    found = []
    for item in items:
        number = numbers.get(item.subject, "")
        words = f"{due_label(item.kind) or _PROMISE}{number}到期"
        link = f"{desk}/cases/{item.subject}" if number else f"{desk}/inbox?kind={item.kind}"
        found.append(Entry(f"{item.subject}.{item.name}@luodi", item.due_on, words, item.label, link))
    return found


def _remarks(token: Token, desk: str, *, is_cut: bool) -> list[Entry]:
    """What whoever relies on the calendar has to know of it: that it does not hold everything, or that it is about to end."""
    found = []
    if is_cut:
        says = f"这里只列最早的{MOST}件，其余的在工作台“待办”里"
        found.append(Entry(f"{token.id}.more@luodi", today(), "还有没列出的事", says, f"{desk}/inbox"))
    if token.expires_at - now() <= ENDS_SOON:
        ends, says = day_of(token.expires_at), "到期后这里不再更新。请在工作台“到期日历”另做一个"
        link = f"{desk}/me/calendar"
        found.append(Entry(f"{token.id}.ends@luodi", ends, "日历的地址今天到期", says, link))
    return found


def _too_many(seconds: float) -> HttpResponse:
    refused = _plain(429, "试得太多，请过一会儿再试。")
    refused.headers["Retry-After"] = str(int(seconds) + 1)
    return refused


def _plain(status: int, words: str) -> HttpResponse:
    return _closed(HttpResponse(words, status=status, content_type="text/plain; charset=utf-8"))


def _closed(response: HttpResponse) -> HttpResponse:
    """Kept by its reader alone, found by no search, logged by nobody."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django logs failures with their address, unless told
    return response
