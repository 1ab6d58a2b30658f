"""Tells the browser which draft on its device was accepted, so that it can be forgotten there (``drafts.js``)."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

COOKIE = "ld-draft-sent"
FIELD = "ld-draft"
_TOKEN = re.compile(r"[0-9a-f]{8,40}")
_NOT_DONE = ("/desk/login", "/desk/post", "/desk/second-factor")  # in between: nothing was accepted yet
_LASTS = 24 * 3600


class DraftsSent:
    """Middleware. A form of the desk that is answered by going on was accepted; one answered by a page was not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the cookie beside the answer; it holds a number that means nothing elsewhere."""
        response = self.get_response(request)
        if (
            request.method == "POST"
            and request.path.startswith("/desk/")
            and response.status_code in (302, 303)
        ):
            token = request.POST.get(FIELD, "")
            if _TOKEN.fullmatch(token) and not response.headers.get("Location", "").startswith(_NOT_DONE):
                response.set_cookie(
                    COOKIE, token, max_age=_LASTS, path="/desk/", samesite="Lax", secure=request.is_secure()
                )
        return response
