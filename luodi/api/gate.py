"""Stands before the interface: how much may be sent, how often, and that every failure has the one shape."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from luodi.api import counting, faults
from luodi.api.callers import caller_of

PREFIX = "/api/"
LARGEST_BODY = 1_000_000
_KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


class ApiGate:
    """Middleware. Comes before whatever may answer with a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        try:
            caller = caller_of(request)
        except Exception as fault:
            return faults.of_exception(request, fault)
        limit = counting.OF_A_KEY if caller.bearer else counting.OF_AN_ADDRESS
        count = counting.REQUESTS.count(caller.counted_as, limit)
        response = faults.answer(429) if count.is_over else _refused(request) or self._answer(request)
        for name, value in count.headers().items():
            response.headers[name] = value
        if caller.bearer is not None:
            response.headers["Cache-Control"] = "no-store"
        elif request.method == "GET" and not caller.is_wrong:
            # what anybody may read, pages of other sites may read, too
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_shaped = response.headers.get("Content-Type", "").startswith("application/json")
        if response.status_code >= 400 and not is_shaped:
            kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
            response = faults.answer(response.status_code)
            for name, value in kept.items():
                response.headers[name] = value
        return response


def _refused(request: HttpRequest) -> HttpResponse | None:
    """What is not even looked at."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > LARGEST_BODY:
        return faults.answer(413)
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return faults.answer(400, "bad-request", "地址里有不能用的字符。")
    return None
