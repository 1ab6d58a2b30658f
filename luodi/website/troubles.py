"""Troubles of the machine, said on the page in the same words as on the command line: disk full, database busy or gone."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

from luodi.kernel.refusal import Refusal
from luodi.website.opening import refusal_for

_log = logging.getLogger("luodi.website")
# what passes by itself is worth another try soon; the rest needs somebody
_SOON, _LATER = "5", "120"


class Troubles:
    """Middleware: the transaction is over and nothing of it remains when a view's exception comes by here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that says what is the matter; nothing for faults of our own."""
        refusal = _trouble(exception)
        if refusal is None:
            return None
        _log.error("%s %s: %s", request.method, request.path, refusal.code)
        # asks neither database nor session: they may be the trouble
        words = {"message": refusal.message, "code": refusal.code}
        words |= {"site_name": gettext("承诺公示"), "host_name": gettext("本区")}
        response = HttpResponse(render_to_string("website/trouble.html", words), status=503)
        response.headers["Retry-After"] = _SOON if refusal.code == "database-busy" else _LATER
        response.headers["Cache-Control"] = "no-store"
        return response


def _trouble(exception: Exception) -> Refusal | None:
    if isinstance(exception, OperationalError):
        return refusal_for(exception)
    if isinstance(exception, OSError) and exception.errno in (errno.ENOSPC, errno.EDQUOT):
        return refusal_for(OSError("no space left on device"))
    return None
