"""My calendar: an address to which a calendar program subscribes, for the post acted as; shown once, taken back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.desk.tokens import holder
from luodi.kernel.accounts.acts import tokening
from luodi.kernel.accounts.bearers import tokens_of
from luodi.kernel.clocks.now import now
from luodi.pages.public_address import public_address


@post_door
@require_http_methods(["GET", "POST"])
@sensitive_variables("raw", "link")
def calendar_page(request: HttpRequest) -> HttpResponse:
    """``/desk/me/calendar``."""
    presence = presence_of(request)
    link = ""
    if request.method == "POST":
        account, post = holder(request)
        _, raw = tokening.make_calendar(account, post, by=presence.actor)
        link = f"{public_address(request)}/calendar/{raw}.ics"
    rows = list(tokens_of(presence.actor, "calendar"))
    return page(request, "desk/calendar/page.html", here="me", rows=rows, link=link, now=now())
