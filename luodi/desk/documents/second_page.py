"""``/desk/documents/<id>/second``: what asking the second reader would take and whom it goes to, before anything is sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.desk.documents.finding import HOME, document_of, title_of
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.documents.second import asking
from luodi.kernel.refusal import Refusal


@role_door("office", "reviewer")
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest, ident: str) -> HttpResponse:
    """The cost, and on POST the asking itself."""
    source = document_of(request, ident)
    presence = presence_of(request)
    context: dict[str, Any] = {"here": "documents", "source": source, "title": title_of(source)}
    try:
        if request.method == "POST":
            asking.ask(source, by=presence.actor)
            messages.success(request, gettext("已经请了。读完会写在这里，说法不一的排在复核的最前面。"))
            return HttpResponseRedirect(f"{HOME}/{source.id}#second")
        told = asking.estimate(source)
    except Refusal as refusal:
        return page(request, "desk/documents/second.html", status=409, refusal=refusal, **context)
    price = "" if told.price is None else f"{max(told.price, 0.01):.2f}"
    return page(request, "desk/documents/second.html", told=told, price=price, **context)
