"""Stands before every staff screen: who has not come in goes to the log-in, and a screen without a door stays shut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from luodi.desk.bounds import too_large
from luodi.desk.doors import door_of
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.kernel.ledger.action import reading
from luodi.kernel.privacy.field_keys import KeyMissing
from luodi.kernel.privacy.sealing import SealBroken, why_shut
from luodi.kernel.refusal import Refusal

PREFIX = "/desk/"


class DeskGate:
    """Middleware. Comes after sessions, authentication and messages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing that staff see is kept by a browser or a proxy."""
        request.desk = Presence(request)  # type: ignore[attr-defined]
        with reading():
            return self._answered(request)

    def _answered(self, request: HttpRequest) -> HttpResponse:
        refusal = too_large(request) if request.path.startswith(PREFIX) else None
        response = self.get_response(request) if refusal is None else _refused(request, refusal, 413)
        if request.path.startswith(PREFIX) and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        """Let in, send to the log-in, or refuse."""
        if not request.path.startswith(PREFIX):
            return None
        if "\0" in request.path:
            raise Http404
        door = door_of(view)
        if door is None:
            raise PermissionDenied("这一页还没有定谁能看，所以谁也不能看。请告诉系统管理员。")
        if door.is_open:
            return None
        presence = presence_of(request)
        if presence.account is None:
            if request.user.is_authenticated:
                logout(request)
            return _to_log_in(request)
        try:
            door.require(presence)
        except Refusal as refusal:
            return _refused(request, refusal, 403)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal that a staff screen did not answer itself becomes a page; so does something sealed that does not open."""
        if isinstance(exception, KeyMissing | SealBroken):
            exception = Refusal("does-not-open", why_shut(exception))
        if isinstance(exception, Refusal) and request.path.startswith(PREFIX):
            return _refused(request, exception, 409)
        return None


def _to_log_in(request: HttpRequest) -> HttpResponse:
    address = "/desk/login"
    if request.method in ("GET", "HEAD") and request.path != PREFIX:
        address += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(address)


def _refused(request: HttpRequest, refusal: Refusal, status: int) -> HttpResponse:
    if refusal.code == "post-not-chosen":
        return HttpResponseRedirect("/desk/post?" + urlencode({"next": request.get_full_path()}))
    return page(request, "desk/refused.html", status=status, refusal=refusal)
