"""Accounts as an administrator sees them: who has one, as which posts, in what state."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts.access import visible_accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.register.lookups import appointments_on
from luodi.kernel.register.models import Post

PER_PAGE = 50
_LONGEST_WORDS = 60
STATES = {
    "new": Q(is_active=True, credential__password="", outer_identity__isnull=True),
    "open": Q(is_active=True) & (~Q(credential__password="") | Q(outer_identity__isnull=False)),
    "closed": Q(is_active=False),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An account with the posts that its person holds today."""

    account: Account
    posts: tuple[Post, ...]


@role_door("administrator")
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """``/desk/accounts``: those not yet able to come in first. ``q``: words of log-in, name or unit; ``state``."""
    presence = presence_of(request)
    words, state = request.GET.get("q", "").strip()[:_LONGEST_WORDS], request.GET.get("state", "")
    rows = visible_accounts(presence.actor).select_related("person", "credential", "outer_identity")
    if words:
        held = appointments_on().filter(post__unit__name__icontains=words).values("person")
        rows = rows.filter(Q(login__icontains=words) | Q(person__name__icontains=words) | Q(person__in=held))
    if state in STATES:
        rows = rows.filter(STATES[state])
    ordered = rows.order_by("-is_active", "credential__password", "login")
    shown = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "desk/accounts.html",
        here="accounts",
        shown=shown,
        rows=_with_posts(list(shown)),
        q=words,
        state=state if state in STATES else "",
    )


def account_named(request: HttpRequest, ident: str) -> Account:
    """The account of an address, where this administrator may see it. Raises ``Http404``."""
    presence = presence_of(request)
    found = visible_accounts(presence.actor).select_related("person", "credential", "outer_identity")
    row = found.filter(id=ident).first()
    if row is None:
        raise Http404(gettext("没有这个账号，或它不归您管。"))
    return row


def _with_posts(accounts: list[Account]) -> list[Row]:
    """One query for the posts of all."""
    running = appointments_on().filter(person__in=[account.person_id for account in accounts])
    held: dict[str, list[Post]] = {}
    for appointment in running.select_related("post__unit").order_by("-post__is_leader", "post__title"):
        held.setdefault(appointment.person_id, []).append(appointment.post)
    return [Row(account, tuple(held.get(account.person_id, ()))) for account in accounts]
