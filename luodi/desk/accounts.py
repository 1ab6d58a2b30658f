"""Accounts as an administrator sees them: who has one, and the one-time links for it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from luodi.desk.doors import role_door
from luodi.desk.presence import Presence
from luodi.desk.rendering import page
from luodi.kernel.accounts import actions
from luodi.kernel.accounts.access import visible_accounts

PER_PAGE = 50


@role_door("administrator")
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """``/desk/accounts``: those not yet able to come in first."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    rows = visible_accounts(presence.actor).select_related("person", "credential")
    shown = Paginator(rows.order_by("-is_active", "credential__password", "login"), PER_PAGE)
    return page(request, "desk/accounts.html", here="accounts", shown=shown.get_page(request.GET.get("page")))


@role_door("administrator")
@require_POST
def give_link(request: HttpRequest, account: str) -> HttpResponse:
    """``/desk/accounts/<id>/link``: an invitation where there is no password yet, else a reset; shown this once."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    row = visible_accounts(presence.actor).select_related("credential").filter(id=account).first()
    if row is None:
        raise Http404("没有这个账号，或它不归您管。")
    is_new = not row.credential.password
    token = (actions.invite if is_new else actions.issue_reset)(row, by=presence.actor)
    link = request.build_absolute_uri(f"/desk/link/{token}")
    return page(request, "desk/link_given.html", here="accounts", account=row, link=link, is_new=is_new)


@role_door("administrator")
@require_POST
def remove_second_factor(request: HttpRequest, account: str) -> HttpResponse:
    """``/desk/accounts/<id>/second-factor``: for whoever lost phone and recovery codes."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    row = visible_accounts(presence.actor).filter(id=account).first()
    if row is None:
        raise Http404("没有这个账号，或它不归您管。")
    actions.remove_second_factor(row, by=presence.actor)
    messages.success(request, f"“{row.login}”的手机验证已取消，登录都已退出。")
    return HttpResponseRedirect("/desk/accounts")
