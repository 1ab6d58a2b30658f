"""One account: its posts and roles, how it comes in, and what an administrator may do for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from luodi.desk.accounts import account_named
from luodi.desk.coming_in import outer_name
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts import actions
from luodi.kernel.accounts.models import Grant, Session
from luodi.kernel.clocks.now import now, today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import names_of, on_day, posts_of
from luodi.pages.public_address import public_address


@role_door("administrator")
@require_safe
def account_page(request: HttpRequest, account: str) -> HttpResponse:
    """``/desk/accounts/<id>``."""
    row = account_named(request, account)
    posts = posts_of(row.person_id)
    grants = list(Grant.objects.filter(on_day(today()), post__in=posts).order_by("post", "role"))
    names = names_of(grant.scope_id for grant in grants if grant.scope_id)
    words = dict(Grant.ROLES)
    held = [
        (post, [(words[g.role], names.get(g.scope_id or "", "")) for g in grants if g.post_id == post.id])
        for post in posts
    ]
    sessions = Session.objects.filter(account=row)
    return page(
        request,
        "desk/account.html",
        here="accounts",
        account=row,
        held=held,
        open_sessions=sessions.filter(ended_at__isnull=True, expires_at__gt=now()).count(),
        last_began=sessions.order_by("-began_at").values_list("began_at", flat=True).first(),
        outer=outer_name(),
        is_mine=row.id == _actor(request).account,
    )


@role_door("administrator")
@require_POST
def give_link(request: HttpRequest, account: str) -> HttpResponse:
    """``/desk/accounts/<id>/link``: an invitation where there is no password yet, else a reset; shown this once."""
    row = account_named(request, account)
    is_new = not row.credential.password
    token = (actions.invite if is_new else actions.issue_reset)(row, by=_actor(request))
    kind = "invite" if is_new else "reset"
    link = f"{public_address(request)}/desk/link/{token}"
    return page(request, "desk/link_given.html", here="accounts", account=row, link=link, kind=kind)


@role_door("administrator")
@require_POST
def give_binding(request: HttpRequest, account: str) -> HttpResponse:
    """``/desk/accounts/<id>/bind``: a link by which its person ties the outer log-in to it; shown this once."""
    if not outer_name():
        raise Refusal("no-outer", "这里没有设统一登录，没有可绑定的。设法见说明“统一登录”。")
    row = account_named(request, account)
    token = actions.issue_binding(row, by=_actor(request))
    link = f"{public_address(request)}/desk/bind/{token}"
    return page(
        request,
        "desk/link_given.html",
        here="accounts",
        account=row,
        link=link,
        kind="bind",
        outer=outer_name(),
    )


@role_door("administrator")
@require_POST
def unbind(request: HttpRequest, account: str) -> HttpResponse:
    """``/desk/accounts/<id>/unbind``: the outer log-in opens it no more."""
    row = account_named(request, account)
    actions.unbind_outer(row, by=_actor(request))
    return _back(
        request, row.id, gettext("“%(login)s”和统一登录的绑定解除了，登录都已退出。") % {"login": row.login}
    )


@role_door("administrator")
@require_POST
def remove_second_factor(request: HttpRequest, account: str) -> HttpResponse:
    """``/desk/accounts/<id>/second-factor``: for whoever lost phone and recovery codes."""
    row = account_named(request, account)
    actions.remove_second_factor(row, by=_actor(request))
    return _back(
        request, row.id, gettext("“%(login)s”的手机验证已取消，登录都已退出。") % {"login": row.login}
    )


@role_door("administrator")
@require_POST
def end_sessions(request: HttpRequest, account: str) -> HttpResponse:
    """``/desk/accounts/<id>/sessions/end``: for whoever lost a device."""
    row = account_named(request, account)
    count = actions.end_sessions_of(row, by=_actor(request))
    told = {"login": row.login, "count": count}
    return _back(request, row.id, gettext("“%(login)s”的%(count)s处登录都已退出。") % told)


@role_door("administrator")
@require_POST
def reopen(request: HttpRequest, account: str) -> HttpResponse:
    """``/desk/accounts/<id>/reopen``: a shut account, for somebody who comes back; then it needs a new invitation."""
    row = account_named(request, account)
    actions.reopen_account(row, by=_actor(request))
    return _back(
        request,
        row.id,
        gettext("“%(login)s”恢复了。还要发一个邀请，本人设了密码才能进来。") % {"login": row.login},
    )


def _actor(request: HttpRequest) -> Actor:
    presence = presence_of(request)
    return presence.actor


def _back(request: HttpRequest, account: str, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(f"/desk/accounts/{account}")
