"""Log-in by name and password, second factor, log-out; in the demonstration also by one click."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.signals import user_login_failed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.desk.doors import open_door
from luodi.desk.locked_out import is_locked_out, too_many
from luodi.desk.public_log_ins import public_log_ins
from luodi.desk.rendering import page
from luodi.desk.way_back import go_on, way_back
from luodi.kernel.accounts import actions, second_factor
from luodi.kernel.accounts.access import SESSION_KEY, account_of, actor_of
from luodi.kernel.accounts.addresses import client_address
from luodi.kernel.accounts.authority import LONGEST_PASSWORD, normal_login
from luodi.kernel.accounts.models import Account, Session
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS, PUBLIC_LOG_INS
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import is_demonstration

BACKEND = "django.contrib.auth.backends.ModelBackend"
_PENDING = "luodi_pending"  # who proved a password and still owes the second factor
_PENDING_SECONDS = 300


@open_door("log-in")
@sensitive_post_parameters("password")
@csrf_protect
@require_http_methods(["GET", "POST"])
@sensitive_variables("raw")
def log_in(request: HttpRequest) -> HttpResponse:
    """Name and password."""
    if account_of(request) is not None:
        return go_on(request)
    if request.method == "GET":
        return _form(request, next=request.GET.get("next", ""))
    name, raw = (
        normal_login(request.POST.get("login", ""))[:60],
        request.POST.get("password", "")[: LONGEST_PASSWORD + 1],
    )
    if (seconds := _throttled(request, name)) > 0:
        return too_many(request, seconds)
    account = authenticate(request, login=name, password=raw)
    if not isinstance(account, Account):
        words = "登录名或密码不对。请再输一次；忘了密码，请本单位的系统管理员发一个重设链接。"
        return _form(request, status=422, error=words, login=name, next=request.POST.get("next", ""))
    _succeeded(request, name)
    actions.upgrade_password_hash(account, raw)
    return enter_or_ask_more(request, account, way_back(request.POST.get("next")), way="password")


def enter_or_ask_more(
    request: HttpRequest, account: Account, wanted: str, *, way: str = "outer"
) -> HttpResponse:
    """Let in whoever proved to be ``account``, or ask for the second factor first; then on to ``wanted``."""
    if second_factor.is_on(account):
        request.session.cycle_key()
        request.session[_PENDING] = {"account": account.id, "at": time.time(), "way": way}
        return HttpResponseRedirect("/desk/second-factor?" + urlencode({"next": wanted}))
    return _enter(request, account, "", way, wanted)


@open_door("the log-ins of the demonstration are everybody's")
@csrf_protect
@require_POST
def log_in_as(request: HttpRequest) -> HttpResponse:
    """``/desk/login/as``: one click, only in a demonstration, and only as one of its public log-ins."""
    if (seconds := PUBLIC_LOG_INS.attempt(client_address(request))) > 0:
        return too_many(request, seconds)
    chosen = request.POST.get("login", "")
    account = next((each.account for each in public_log_ins() if each.account.login == chosen), None)
    if account is None:
        raise Http404(gettext("没有这个公开的登录。"))
    return _enter(request, account, "", "public", way_back(request.POST.get("next")))


@open_door("second step of the log-in")
@sensitive_post_parameters("code")
@csrf_protect
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """The code of the device, or a recovery code."""
    account = _pending(request)
    if account is None:
        return HttpResponseRedirect("/desk/login")
    if request.method == "GET":
        return page(request, "desk/second_step.html", next=request.GET.get("next", ""))
    if (seconds := _throttled(request, str(account.login))) > 0:
        return too_many(request, seconds)
    if is_locked_out(request, account):
        return too_many(request)
    try:
        way = request.session[_PENDING].get("way", "password")
        wanted = way_back(request.POST.get("next"))
        response = _enter(request, account, request.POST.get("code", "")[:40], way, wanted)
    except Refusal as refusal:
        # counts towards the same lock-out as a wrong password
        user_login_failed.send(sender=__name__, credentials={"login": account.login}, request=request)
        wanted = request.POST.get("next", "")
        return page(request, "desk/second_step.html", status=422, error=refusal.message, next=wanted)
    _succeeded(request, str(account.login))
    return response


@open_door("whoever is out may log out again")
@csrf_protect
@require_http_methods(["GET", "POST"])
def log_out(request: HttpRequest) -> HttpResponse:
    """Only a pressed button logs out, never a followed link."""
    if request.method == "GET":
        return page(request, "desk/log_out.html")
    named = request.session.get(SESSION_KEY)
    way = Session.objects.filter(id=named).values_list("way", flat=True).first()
    _end_current(request)
    logout(request)
    return HttpResponseRedirect("/desk/logged-out" if way == "outer" else "/desk/login")


@open_door("whoever came in by an outer provider is still logged in there")
@require_safe
def logged_out(request: HttpRequest) -> HttpResponse:
    """``/desk/logged-out``: how to log out there, too."""
    return page(request, "desk/logged_out.html", outer=outer_name())


def outer_name() -> str:
    """What the button calls the outer log-in; empty where there is none, and in a demonstration, which calls nobody."""
    told = settings.OIDC
    return str(told["name"]) if told and not is_demonstration() else ""


def _form(request: HttpRequest, *, status: int = 200, **shown: str) -> HttpResponse:
    return page(
        request,
        "desk/log_in.html",
        status=status,
        outer=outer_name(),
        public=public_log_ins(),
        **shown,
    )


def _enter(request: HttpRequest, account: Account, code: str, way: str, wanted: str) -> HttpResponse:
    device = request.headers.get("User-Agent", "")[:200]
    address = client_address(request)
    _end_current(request)
    session = actions.begin_session(account, address=address, device=device, code=code, way=way)
    request.session.pop(_PENDING, None)
    login(request, account, backend=BACKEND)
    request.session[SESSION_KEY] = session.id
    return HttpResponseRedirect(wanted)


def _end_current(request: HttpRequest) -> None:
    """Whoever comes in as somebody else has gone out as the one before."""
    named = request.session.get(SESSION_KEY)
    if named is not None and account_of(request) is not None:
        actions.end_session(Session.objects.get(id=named), by=actor_of(request))


def _pending(request: HttpRequest) -> Account | None:
    pending = request.session.get(_PENDING)
    if not isinstance(pending, dict) or time.time() - pending["at"] > _PENDING_SECONDS:
        request.session.pop(_PENDING, None)
        return None
    return Account.objects.filter(id=pending["account"], is_active=True).first()


def _throttled(request: HttpRequest, name: str) -> float:
    """Seconds to wait; asks nothing of the database."""
    return max(FROM_ONE_ADDRESS.attempt(client_address(request)), AT_ONE_LOGIN.attempt(name))


def _succeeded(request: HttpRequest, name: str) -> None:
    FROM_ONE_ADDRESS.succeeded(client_address(request))
    AT_ONE_LOGIN.succeeded(name)
