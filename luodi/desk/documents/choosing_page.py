"""``/desk/documents/<id>/against``: choose the document to lay beside this one; the likeliest are proposed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luodi.desk.documents.finding import asked, document_of, documents_of, title_of
from luodi.desk.documents.kin import as_kin, kin_shown, years_before
from luodi.desk.doors import post_door
from luodi.desk.rendering import page

_MOST = 20


@post_door
@require_safe
def choose(request: HttpRequest, ident: str) -> HttpResponse:
    """The page; ``?q=`` finds documents by their titles."""
    source = document_of(request, ident)
    wanted = asked(request.GET)
    found = documents_of(request, wanted).exclude(pk=source.pk)[:_MOST] if wanted.text else ()
    return page(
        request,
        "desk/documents/choose.html",
        here="documents",
        source=source,
        title=title_of(source),
        proposed=[*years_before(request, source), *kin_shown(request, source)],
        wanted=wanted,
        found=[as_kin(other, source) for other in found],
    )
