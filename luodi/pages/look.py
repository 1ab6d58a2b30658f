"""How a reader wants pages to look: larger type, light or dark. Kept in a cookie by a link, so that no script is needed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from luodi.pages.language import COOKIE as LANGUAGE_COOKIE
from luodi.pages.language import OFFERED

SIZE_COOKIE = "luodi_size"
THEME_COOKIE = "luodi_theme"
_A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Look:
    """``size`` is ``large`` or empty; ``theme`` is ``dark``, ``light`` or empty (as the system says)."""

    size: str = ""
    theme: str = ""


def look_of(request: HttpRequest) -> Look:
    """What the reader chose; anything unknown counts as not chosen."""
    size = request.COOKIES.get(SIZE_COOKIE, "")
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return Look(size if size == "large" else "", theme if theme in ("dark", "light") else "")


@require_safe
def choose_look(request: HttpRequest) -> HttpResponse:
    """``/look?size=large|normal&theme=dark|light&next=…``: keep the choice and go back."""
    response = _back(request)
    size, theme = request.GET.get("size"), request.GET.get("theme")
    if size in ("large", "normal"):
        _keep(response, SIZE_COOKIE, "large" if size == "large" else "")
    if theme in ("dark", "light"):
        _keep(response, THEME_COOKIE, theme)
    return response


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """``/lang?to=en|zh-hans&next=…``: keep the choice and go back."""
    response = _back(request)
    wanted = request.GET.get("to", "")
    if wanted in OFFERED:
        _keep(response, LANGUAGE_COOKIE, wanted)
    return response


def _back(request: HttpRequest) -> HttpResponse:
    """To the page of this site that the reader came from, never to another site."""
    where = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(where, allowed_hosts=None) or not where.startswith("/"):
        where = "/"
    response = HttpResponseRedirect(where)
    response.headers["Cache-Control"] = "no-store"
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    if value:
        response.set_cookie(name, value, max_age=_A_YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(name, samesite="Lax")
