"""Links that work once: by an invitation or a reset its person sets a password, by another ties the outer log-in.

The token leaves the address at once and waits in the session, so that it stands in no history, log or referrer.
"""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from luodi.desk.coming_in import outer_name
from luodi.desk.doors import open_door
from luodi.desk.locked_out import too_many
from luodi.desk.outer_log_in import BINDING
from luodi.desk.rendering import page
from luodi.kernel.accounts import actions
from luodi.kernel.accounts.addresses import client_address
from luodi.kernel.accounts.throttle import ONE_TIME_LINKS
from luodi.kernel.refusal import Refusal

_TOKEN = "luodi_link"  # noqa: S105 (a name in the session, not a secret)


@open_door("whoever has a link has no password yet")
@require_safe
def follow_link(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/link/<token>``: remember the token and drop it from the address."""
    if (seconds := ONE_TIME_LINKS.attempt(client_address(request))) > 0:
        return too_many(request, seconds)
    request.session[_TOKEN] = token
    return HttpResponseRedirect("/desk/link")


@open_door("whoever has a link has no password yet")
@sensitive_post_parameters("password", "again")
@csrf_protect
@require_http_methods(["GET", "POST"])
@sensitive_variables("raw")
def use_link(request: HttpRequest) -> HttpResponse:
    """``/desk/link``: set the password."""
    token = request.session.get(_TOKEN, "")
    try:
        account = actions.account_of_token(token)
    except Refusal as refusal:
        return page(request, "desk/refused.html", status=410, refusal=refusal)
    if request.method == "GET":
        return page(request, "desk/use_link.html", login=account.login)
    raw = request.POST.get("password", "")
    try:
        if raw != request.POST.get("again", ""):
            raise Refusal("passwords-differ", "两次输的密码不一样，没有存。请重新输两遍。")
        actions.accept(token, raw)
    except Refusal as refusal:
        return page(request, "desk/use_link.html", status=422, login=account.login, error=refusal.message)
    logout(request)
    messages.success(request, "密码设好了。请用新密码登录。")
    return HttpResponseRedirect("/desk/login")


@open_door("whoever has such a link may not be able to come in yet")
@require_safe
def follow_binding(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/bind/<token>``: remember the token and drop it from the address."""
    if (seconds := ONE_TIME_LINKS.attempt(client_address(request))) > 0:
        return too_many(request, seconds)
    request.session[BINDING] = {"token": token, "mark": secrets.token_urlsafe(16)}
    return HttpResponseRedirect("/desk/bind")


@open_door("whoever has such a link may not be able to come in yet")
@require_safe
def use_binding(request: HttpRequest) -> HttpResponse:
    """``/desk/bind``: which account it is, and the way to the outer log-in, which ties it (``outer_log_in``)."""
    held = request.session.get(BINDING, {"token": "", "mark": ""})
    try:
        account = actions.account_of_token(held["token"], ("bind",))
    except Refusal as refusal:
        return page(request, "desk/refused.html", status=410, refusal=refusal)
    return page(request, "desk/use_binding.html", login=account.login, outer=outer_name(), mark=held["mark"])
