"""No NUL reaches a page: no person types one, and not every database keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict


class PlainWords:
    """Middleware: a form with a NUL in it is answered with 400; in a question it is passed over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Look at the words only; files and bytes are judged where they are taken in."""
        if any("\0" in value for _, values in request.POST.lists() for value in values):
            raise SuspiciousOperation("a NUL in what was sent")
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = QueryDict(request.META["QUERY_STRING"].replace("%00", ""))
