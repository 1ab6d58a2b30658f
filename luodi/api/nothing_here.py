"""Any address below /api/ that is none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from luodi.api import faults


@csrf_exempt
def nothing_here(_request: HttpRequest) -> HttpResponse:
    """404 in the one shape, whatever the method."""
    return faults.answer(404)
