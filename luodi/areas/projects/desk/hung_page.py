"""``/desk/projects/wall/hung``: the wall on a screen that hangs for weeks and at which nobody has come in.

``/desk/projects/wall/hang/<key>`` puts the key into a cookie that no other page is sent, and drops it from the address. Whether
the key is still good is asked each time the wall is renewed. The screen shows what the post that hung it up may see, but no
figures of statistics by project: whoever walks into the room is not among those whom the law lets read them.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from luodi.areas.projects.desk.ledger_page import asking
from luodi.areas.projects.desk.wall_page import EVERY, ON_A_SCREEN, WALL, shown
from luodi.desk.doors import open_door
from luodi.desk.locked_out import too_many
from luodi.desk.presence import Presence
from luodi.desk.rendering import page
from luodi.kernel.accounts.acts.tokening import note_used
from luodi.kernel.accounts.addresses import client_address
from luodi.kernel.accounts.bearers import Bearer, bearer_of
from luodi.kernel.accounts.throttle import Throttle
from luodi.kernel.clocks.now import now

WHY = "a screen on a wall has no account; its key is asked for each time"
HUNG = f"{WALL}/hung"
COOKIE = "luodi_wall"
WRONG_KEYS = Throttle(limit=30, window=900)
_log = logging.getLogger("luodi.wall")


class Hanging(Presence):
    """Nobody: no account and no roles; it reads with the eyes of the post that hung the screen up."""

    def __init__(self, request: HttpRequest, bearer: Bearer) -> None:
        super().__init__(request)
        self.account = None
        self.actor = bearer.actor


@open_door(WHY)
@require_safe
@sensitive_variables("key")
def hang(request: HttpRequest, key: str) -> HttpResponse:
    """``/desk/projects/wall/hang/<key>``: opened once on the screen itself."""
    try:
        return _kept(request, key)
    except Exception as fault:
        # whoever handles it further up would log the address, and the key is in it
        _log.error("a screen could not be hung: %s", type(fault).__name__)
        return _unlogged(_shut(request, 503))


@open_door(WHY)
@require_safe
def hung(request: HttpRequest) -> HttpResponse:
    """``/desk/projects/wall/hung``: renews itself every five minutes; taken down, it shows that and nothing else."""
    bearer = bearer_of(request.COOKIES.get(COOKIE, ""), "screen")
    if bearer is None:
        return _refused(request)
    note_used(bearer.token)
    one = asking(request, ON_A_SCREEN, Hanging(request, bearer))
    context = shown(request, one, HUNG)
    return page(request, "projects/wall.html", **context, is_live=True, is_hung=True, minutes=EVERY // 60)


@sensitive_variables("key")
def _kept(request: HttpRequest, key: str) -> HttpResponse:
    bearer = bearer_of(key, "screen")
    if bearer is None:
        return _unlogged(_refused(request))
    response = HttpResponseRedirect(HUNG)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.set_cookie(
        COOKIE,
        key,
        max_age=int((bearer.token.expires_at - now()).total_seconds()),
        path=HUNG,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _refused(request: HttpRequest) -> HttpResponse:
    if (seconds := WRONG_KEYS.attempt(client_address(request))) > 0:
        return _unlogged(too_many(request, seconds))
    return _shut(request, 404)


def _shut(request: HttpRequest, status: int) -> HttpResponse:
    return page(request, "projects/screen_shut.html", status=status)


def _unlogged(response: HttpResponse) -> HttpResponse:
    """Django logs refusals with their address, unless told; a key may be in it."""
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
