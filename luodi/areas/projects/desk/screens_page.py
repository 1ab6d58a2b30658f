"""``/desk/projects/wall/screens``: the screens on which the wall hangs without a log-in, each with a key that is taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from luodi.areas.projects.desk.wall_page import MAY_HANG, WALL
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.desk.tokens import holder
from luodi.kernel.accounts.acts import tokening
from luodi.kernel.accounts.bearers import tokens_of
from luodi.kernel.clocks.now import now
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import is_demonstration
from luodi.pages.public_address import public_address

SCREENS = f"{WALL}/screens"


@role_door(*MAY_HANG)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("key")
def screens(request: HttpRequest) -> HttpResponse:
    """What hangs where, and a form for one more; the address of a new one is shown this once."""
    if request.method != "POST":
        return _listed(request)
    account, post = holder(request)
    days = request.POST.get("days", "")
    try:
        row, key = tokening.make_screen(
            account,
            post,
            name=request.POST.get("name", "").replace("\0", ""),
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
            by=presence_of(request).actor,
        )
    except Refusal as refusal:
        return _listed(request, refusal)
    return page(
        request,
        "projects/screen_given.html",
        here="projects",
        screen=row,
        address=f"{public_address(request)}{WALL}/hang/{key}",
        back=SCREENS,
    )


@role_door(*MAY_HANG)
@require_POST
def take_screen_down(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/wall/screens/<id>/revoke``: with its next renewal the screen shows nothing any more."""
    row = tokens_of(presence_of(request).actor, "screen").filter(pk=token).first()
    if row is None:
        raise Refusal("token-gone", "这块屏已经收回，或不是您挂的。请刷新后再看。")
    tokening.revoke_token(row, by=presence_of(request).actor)
    messages.success(request, gettext("收回了，那块屏最迟五分钟后不再显示。"))
    return HttpResponseRedirect(SCREENS)


def _listed(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    return page(
        request,
        "projects/screens.html",
        status=422 if refusal else 200,
        here="projects",
        rows=list(tokens_of(presence_of(request).actor, "screen")),
        now=now(),
        wall=WALL,
        screens=SCREENS,
        days=tokening.LASTS,
        chosen_days=request.POST.get("days", "90"),
        name=request.POST.get("name", "")[: tokening.LONGEST_NAME],
        longest=tokening.LONGEST_NAME,
        fault=refusal,
        is_demonstration=is_demonstration(),
    )
