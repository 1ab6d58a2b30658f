"""The first form of all: the district and its first account."""

from __future__ import annotations

from dataclasses import fields

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from luodi.desk.doors import open_door
from luodi.desk.first_hour.founding import Founding, found
from luodi.desk.first_hour.setup_code import is_setup_code
from luodi.desk.rendering import page
from luodi.kernel.accounts.addresses import client_address
from luodi.kernel.accounts.throttle import FROM_ONE_ADDRESS
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import district
from luodi.kernel.register.models import District

_TEMPLATE = "desk/first_hour/found.html"


@open_door("before the district is founded nobody can have an account; the setup code stands in for one")
@sensitive_post_parameters("password", "again", "setup")
@csrf_protect
@require_http_methods(["GET", "POST"])
@sensitive_variables("password", "again", "setup")
def found_district(request: HttpRequest) -> HttpResponse:
    """``/desk/first-hour/found``."""
    if district() is not None:
        return HttpResponseRedirect("/desk/first-hour")
    if request.method == "GET":
        code = request.GET.get("code", "")[:64]
        known = bool(code) and FROM_ONE_ADDRESS.attempt(client_address(request)) <= 0 and is_setup_code(code)
        return _form(request, Founding(), setup=code if known else "")
    given = Founding(**{f.name: request.POST.get(f.name, "").strip()[:120] for f in fields(Founding)})
    setup = request.POST.get("setup", "")[:64]
    if (seconds := FROM_ONE_ADDRESS.attempt(client_address(request))) > 0:
        return _form(request, given, error=f"试得太密。请过{int(seconds) + 1}秒再按一次。", status=429)
    try:
        account = found(given, request.POST.get("password", ""), request.POST.get("again", ""), setup)
    except Refusal as refusal:
        return _form(request, given, setup=setup, error=refusal.message, status=422)
    messages.success(request, f"{given.name}开通了。请用登录名“{account.login}”登录，接着录单位和任务。")
    return HttpResponseRedirect("/desk/login?next=/desk/first-hour")


def _form(
    request: HttpRequest, given: Founding, *, setup: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    return page(
        request,
        _TEMPLATE,
        status=status,
        given=given,
        setup=setup,
        error=error,
        shapes=District.SHAPES,
    )
