"""Invitations for everybody who has a log-in and no password yet: one printed page, shown once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts import actions
from luodi.kernel.accounts.access import visible_accounts
from luodi.kernel.register.lookups import posts_of
from luodi.pages.public_address import public_address

MOST = 200  # on one page


@role_door("administrator")
@require_POST
@sensitive_variables("rows", "link")
def invitations(request: HttpRequest) -> HttpResponse:
    """``/desk/first-hour/invitations``: a link each; links given out before no longer open anything.

    Whoever comes in through an outer log-in needs no password and gets none.
    """
    presence = presence_of(request)
    waiting = visible_accounts(presence.actor).filter(
        is_active=True, credential__password="", outer_identity__isnull=True
    )
    rows = []
    for account in waiting.select_related("person").order_by("login")[:MOST]:
        link = f"{public_address(request)}/desk/link/{actions.invite(account, by=presence.actor)}"
        rows.append((account, posts_of(account.person_id), link))
    return page(request, "desk/first_hour/invitations.html", here="first-hour", rows=rows)
