"""Pages for what went wrong: what did not happen, why, what is safe, what to do next."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

from luodi.kernel.clocks.now import SHANGHAI, now

log = logging.getLogger("luodi.pages")


def not_taken(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent is more than is taken at once, or is not what a browser sends."""
    words = gettext("这次发来的内容服务器认不出来，可能是路上断了，也可能不是浏览器发的。")
    if isinstance(exception, TooManyFilesSent):
        words = gettext("一次选的文件太多了，最多%(most)s份。请分几次传，或把它们打成一个 zip 再传。") % {
            "most": settings.DATA_UPLOAD_MAX_NUMBER_FILES
        }
    elif isinstance(exception, TooManyFieldsSent):
        words = gettext("这张表单的格子太多了，最多%(most)s个。请分几次发。") % {
            "most": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        }
    elif isinstance(exception, RequestDataTooBig):
        words = gettext("这次发来的文字太多了，最多%(most)s字节。请写短一些，或存成文件再传。") % {
            "most": f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE:,}"
        }
    return _page(request, "pages/400.html", 400, {"why": words})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing stands at this address."""
    words = (
        str(exception.args[0]) if exception and exception.args and isinstance(exception.args[0], str) else ""
    )
    return _page(request, "pages/404.html", 404, {"why": words})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: who may, and why not you."""
    words = str(exception) if exception else ""
    return _page(request, "pages/403.html", 403, {"why": words})


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token does not fit: nothing was written."""
    log.info("form refused: %s", reason)
    return _page(request, "pages/form_expired.html", 403, {})


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault, with a number to name it by. Asks neither database nor session, since they may be the fault."""
    moment = now().astimezone(SHANGHAI)
    number = f"E-{moment:%Y%m%d-%H%M%S}-{secrets.token_hex(2).upper()}"
    log.error("page failed, number %s, path %s", number, request.path)
    words = {"number": number, "at": moment, "site_name": gettext("承诺公示"), "host_name": gettext("本区")}
    return HttpResponse(render_to_string("pages/500.html", words), status=500)


def _page(request: HttpRequest, template: str, status: int, context: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(render_to_string(template, context, request), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
