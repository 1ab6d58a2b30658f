"""The page for whoever tried too often, and the question whether they did."""

from __future__ import annotations

import math
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse

from luodi.desk.rendering import page
from luodi.kernel.accounts.models import Account


def is_locked_out(request: HttpRequest, account: Account) -> bool:
    """Whether the database's lock-out holds for this account from this address."""
    return not AxesProxyHandler.is_allowed(request, {"login": account.login})


def too_many(request: HttpRequest, seconds: float | None = None) -> HttpResponse:
    """429: how long to wait, and what helps meanwhile."""
    if seconds is None:
        cool_off = get_cool_off(request)
        seconds = cool_off.total_seconds() if cool_off else 900.0
    response = page(request, "desk/locked_out.html", status=429, minutes=max(1, math.ceil(seconds / 60)))
    response.headers["Retry-After"] = str(math.ceil(seconds))
    return response


def lockout_response(request: HttpRequest, *_: Any) -> HttpResponse:
    """What django-axes answers with (setting ``AXES_LOCKOUT_CALLABLE``)."""
    return too_many(request)
