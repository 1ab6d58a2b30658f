"""My own log-in: password, second factor, recovery codes, open sessions."""

from __future__ import annotations

import io

import segno
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.desk.devices import device_name
from luodi.desk.doors import staff_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts import actions, second_factor, totp
from luodi.kernel.accounts.access import SESSION_KEY, visible_sessions
from luodi.kernel.accounts.addresses import blurred
from luodi.kernel.accounts.models import Account
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import district

_SECRET = "luodi_new_secret"  # noqa: S105 (a name in the session, not a secret)


@staff_door
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """``/desk/me``."""
    account = _account(request)
    here = request.session.get(SESSION_KEY)
    sessions = [
        {
            "row": row,
            "address": blurred(row.address),
            "device": device_name(row.device),
            "is_here": row.id == here,
        }
        for row in visible_sessions(presence_of(request).actor)
    ]
    is_on = second_factor.is_on(account)
    left = account.recovery_codes.filter(used_at__isnull=True).count() if is_on else 0
    return page(request, "desk/me.html", here="me", sessions=sessions, second_factor=is_on, codes_left=left)


@staff_door
@sensitive_post_parameters("old", "password", "again")
@require_http_methods(["GET", "POST"])
@sensitive_variables("raw", "old")
def change_password(request: HttpRequest) -> HttpResponse:
    """``/desk/me/password``: afterwards every session has ended, this one too."""
    if request.method == "GET":
        return page(request, "desk/change_password.html", here="me")
    raw, old = request.POST.get("password", ""), request.POST.get("old", "")
    try:
        if raw != request.POST.get("again", ""):
            raise Refusal("passwords-differ", "两次输的新密码不一样，没有存。请重新输两遍。")
        actions.set_password(_account(request), raw, old=old, by=presence_of(request).actor)
    except Refusal as refusal:
        return page(request, "desk/change_password.html", status=422, here="me", error=refusal.message)
    logout(request)
    messages.success(request, "密码改好了，所有设备都已退出。请用新密码登录。")
    return HttpResponseRedirect("/desk/login")


@staff_door
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def turn_on(request: HttpRequest) -> HttpResponse:
    """``/desk/me/second-factor``: show the secret, take a code as proof, give out recovery codes once."""
    account = _account(request)
    if second_factor.is_on(account):
        return HttpResponseRedirect("/desk/me")
    secret = request.session.setdefault(_SECRET, totp.new_secret())
    shown = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    if request.method == "GET":
        return page(request, "desk/turn_on.html", here="me", secret=shown)
    try:
        code = request.POST.get("code", "")[:40]
        codes = actions.turn_second_factor_on(
            account, secret=secret, code=code, by=presence_of(request).actor
        )
    except Refusal as refusal:
        return page(request, "desk/turn_on.html", status=422, here="me", secret=shown, error=refusal.message)
    del request.session[_SECRET]
    return page(request, "desk/recovery_codes.html", here="me", codes=codes)


@staff_door
@require_safe
def qr_code(request: HttpRequest) -> HttpResponse:
    """``/desk/me/second-factor.svg``: the secret as a picture for the phone; only while it is being set up."""
    secret = request.session.get(_SECRET)
    if secret is None:
        raise Http404("现在没有要扫的二维码。")
    row = district()
    issuer = f"{row.name}落地" if row else "落地"
    drawn = io.BytesIO()
    code = segno.make(totp.address(secret, str(_account(request).login), issuer), error="m", micro=False)
    code.save(
        drawn, kind="svg", scale=6, border=4, xmldecl=False, svgclass=None, lineclass=None, light="#fff"
    )
    response = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "no-store"
    return response


@staff_door
@sensitive_post_parameters("code")
@require_POST
def turn_off(request: HttpRequest) -> HttpResponse:
    """``/desk/me/second-factor/off``."""
    actions.turn_second_factor_off(_account(request), code=_code(request), by=presence_of(request).actor)
    messages.success(request, "手机验证关了。下次登录只要密码。")
    return HttpResponseRedirect("/desk/me")


@staff_door
@sensitive_post_parameters("code")
@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    """``/desk/me/recovery-codes``: new ones, shown once."""
    codes = actions.renew_recovery_codes(
        _account(request), code=_code(request), by=presence_of(request).actor
    )
    return page(request, "desk/recovery_codes.html", here="me", codes=codes)


@staff_door
@require_POST
def end_session(request: HttpRequest, session: str) -> HttpResponse:
    """``/desk/me/session/<id>/end``; ``others`` for all but this one."""
    presence = presence_of(request)
    if session == "others":
        here = request.session.get(SESSION_KEY, "")
        count = actions.end_other_sessions(_account(request), keep=here, by=presence.actor)
        messages.success(request, f"别处的{count}次登录都已退出。")
        return HttpResponseRedirect("/desk/me")
    row = visible_sessions(presence.actor).filter(id=session).first()
    if row is None:
        raise Refusal("session-gone", "这次登录已经退出了。")
    actions.end_session(row, by=presence.actor)
    messages.success(request, "那次登录已退出。")
    return HttpResponseRedirect("/desk/me")


def _account(request: HttpRequest) -> Account:
    account = presence_of(request).account
    if account is None:
        raise Refusal("not-logged-in", "您还没有登录，或登录已过期。请登录后再办。")
    return account


def _code(request: HttpRequest) -> str:
    return request.POST.get("code", "")[:40]
