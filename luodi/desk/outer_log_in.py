"""Log-in by an outer provider (OpenID Connect): there, back, and whose account that is. Asked for by a setting, else not there.

State, nonce and verifier wait in the browser's own session: whoever comes back with a state that this browser was not given has
come from somebody else's log-in. The account is the one tied to the proven subject before, never one of like name or mail.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import secrets
import time
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.coming_in import enter_or_ask_more, outer_name
from luodi.desk.doors import open_door
from luodi.desk.locked_out import too_many
from luodi.desk.rendering import page
from luodi.desk.way_back import way_back
from luodi.kernel.accounts import actions
from luodi.kernel.accounts.addresses import client_address
from luodi.kernel.accounts.id_token import subject_of
from luodi.kernel.accounts.models import Account
from luodi.kernel.accounts.provider import Provider, ProviderFault
from luodi.kernel.accounts.throttle import FROM_ONE_ADDRESS
from luodi.kernel.refusal import Refusal
from luodi.pages.public_address import public_address

log = logging.getLogger("luodi.desk.outer_log_in")
BINDING = "luodi_binding"  # in the session: ``token`` of a link that ties an account, ``mark`` of the page that asked
_GOING = "luodi_outer_going"  # in the session: log-ins under way, by their state
_AT_ONCE = 5
_SECONDS = 600


@open_door("log-in by an outer provider")
@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """``/desk/outer``: to the provider. ``bind``: to tie the account of a link.

    Only the page that named the account knows the mark for that: nobody else's link may tie whoever happens to be logged in
    out there.
    """
    provider = _provider()
    mark = request.session.get(BINDING, {}).get("mark", "")
    going = {
        state: each
        for state, each in request.session.get(_GOING, {}).items()
        if time.time() - each["at"] < _SECONDS
    }
    for state in list(going)[: max(0, len(going) - _AT_ONCE + 1)]:
        del going[state]
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    try:
        address = provider.way_in(redirect=_redirect(request), state=state, nonce=nonce, challenge=challenge)
    except ProviderFault as fault:
        return _failed(request, fault)
    going[state] = {
        "nonce": nonce,
        "verifier": verifier,
        "next": way_back(request.GET.get("next")),
        "bind": bool(mark) and hmac.compare_digest(mark.encode(), request.GET.get("bind", "").encode()),
        "at": time.time(),
    }
    request.session[_GOING] = going
    return HttpResponseRedirect(address)


@open_door("log-in by an outer provider")
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """``/desk/outer/back``: what the provider says; a code works once, and only in the browser that went."""
    provider = _provider()
    if (seconds := FROM_ONE_ADDRESS.attempt(client_address(request))) > 0:
        return too_many(request, seconds)
    going = _take(request, request.GET.get("state", ""))
    if going is None:
        return _refused(
            request,
            Refusal("outer-state", "这次登录不是从这个浏览器发起的，或隔得太久了。请回登录页再点一次。"),
        )
    if request.GET.get("error"):
        # what the provider says of it may name somebody, so only its code is kept
        log.warning("the outer log-in was refused there: %s", request.GET["error"][:40])
        return _refused(
            request, Refusal("outer-refused", "统一登录那边没有放行，或您取消了。请再试一次，或用密码登录。")
        )
    try:
        subject = _proven(request, provider, going)
        account = _account(request, provider, subject, going)
    except ProviderFault as fault:
        return _failed(request, fault)
    except Refusal as refusal:
        return _refused(request, refusal)
    FROM_ONE_ADDRESS.succeeded(client_address(request))
    return enter_or_ask_more(request, account, going["next"])


@open_door("whoever has logged out here may log out there")
@require_safe
def out(request: HttpRequest) -> HttpResponse:
    """``/desk/outer/out``: end the provider's own session too."""
    provider = _provider()
    try:
        address = provider.way_out(back=f"{public_address(request)}/desk/login")
    except ProviderFault as fault:
        return _failed(request, fault)
    return HttpResponseRedirect(address or "/desk/login")


def _proven(request: HttpRequest, provider: Provider, going: dict[str, Any]) -> str:
    """The subject. Raises ``ProviderFault``."""
    # RFC 9207: an answer mixed up with another provider's
    if (issuer := request.GET.get("iss")) is not None and issuer != provider.issuer:
        raise ProviderFault("the answer comes from another issuer")
    token = provider.id_token(
        code=request.GET.get("code", "")[:4_000], verifier=going["verifier"], redirect=_redirect(request)
    )
    return subject_of(token, provider, nonce=going["nonce"])


def _account(request: HttpRequest, provider: Provider, subject: str, going: dict[str, Any]) -> Account:
    """The account tied to the subject; tied now where a link was followed for that. Raises ``Refusal``."""
    if going["bind"]:
        return actions.bind_outer(
            request.session.pop(BINDING, {}).get("token", ""), issuer=provider.issuer, subject=subject
        )
    return actions.account_of_outer(provider.issuer, subject)


def _take(request: HttpRequest, state: str) -> dict[str, Any] | None:
    """The log-in under way that this answer belongs to, once."""
    going = request.session.get(_GOING, {})
    found = next((each for each in going if hmac.compare_digest(each.encode(), state.encode())), None)
    if found is None:
        return None
    taken: dict[str, Any] = going.pop(found)
    request.session[_GOING] = going
    return taken if time.time() - taken["at"] < _SECONDS else None


def _provider() -> Provider:
    if not outer_name():
        raise Http404(gettext("这里没有设统一登录。"))
    told = settings.OIDC
    return _kept(told["issuer"], told["client_id"], told["secret"])


@cache
def _kept(issuer: str, client_id: str, secret: str) -> Provider:
    """One for the life of the process: it remembers what the provider told of itself."""
    return Provider(issuer, client_id, secret)


def _redirect(request: HttpRequest) -> str:
    return f"{public_address(request)}/desk/outer/back"


def _failed(request: HttpRequest, fault: ProviderFault) -> HttpResponse:
    log.warning("outer log-in: %s", fault)
    words = "统一登录这会儿用不了，或它的答复不能信，没有登录。请过一会儿再试，或用密码登录；一直这样，请告诉系统管理员。"
    return _refused(request, Refusal("outer-failed", words), 502)


def _refused(request: HttpRequest, refusal: Refusal, status: int = 403) -> HttpResponse:
    return page(request, "desk/outer_refused.html", status=status, refusal=refusal)
