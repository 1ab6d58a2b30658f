"""Pages of the desk: the same frame, never kept by a browser."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A staff page. What people typed comes back with it, passwords and codes never."""
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
