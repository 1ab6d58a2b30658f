"""One piece of evidence: its page, its picture without what the camera wrote, and for a few the original."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from luodi.desk.doors import post_door, role_door
from luodi.desk.evidence.cards import card_of
from luodi.desk.evidence.seen_before import seen_elsewhere
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.evidence.access import MAY_OPEN, may_open_originals
from luodi.kernel.evidence.actions import open_original
from luodi.kernel.files.access import visible_to
from luodi.kernel.files.models import KeptFile
from luodi.kernel.files.serving import Served, is_shown_in_place, serve
from luodi.kernel.files.store import Damaged


@post_door
@require_safe
def evidence_page(request: HttpRequest, ident: str) -> HttpResponse:
    """``/desk/evidence/<id>``."""
    kept = _kept(request, ident)
    presence = presence_of(request)
    try:
        in_place = is_shown_in_place(kept)
    except Damaged as damaged:
        raise _lost(kept) from damaged
    return page(
        request,
        "desk/evidence/file.html",
        here="promises",
        card=card_of(kept),
        in_place=in_place,
        seen=seen_elsewhere(kept, ""),
        may_open=may_open_originals(presence.actor),
    )


@post_door
@require_safe
def shown(request: HttpRequest, ident: str) -> FileResponse:
    """``/desk/evidence/<id>/shown``: as a browser may show it; of a photo the copy."""
    return _sent(request, ident, small=False)


@post_door
@require_safe
def small(request: HttpRequest, ident: str) -> FileResponse:
    """``/desk/evidence/<id>/small``: a photo at most 320 px large."""
    return _sent(request, ident, small=True)


@role_door(*MAY_OPEN)
@require_POST
def original(request: HttpRequest, ident: str) -> FileResponse:
    """``/desk/evidence/<id>/original``: the file as it was sent; who took it is kept as an event, so it needs a button."""
    presence = presence_of(request)
    kept = _kept(request, ident)
    try:
        served = open_original(kept, by=presence.actor)
    except Damaged as damaged:
        raise _lost(kept) from damaged
    answer = answer_of(served)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def answer_of(served: Served) -> FileResponse:
    """The answer that carries a kept file."""
    answer = FileResponse(served.path.open("rb"))
    for name, value in served.headers.items():
        answer.headers[name] = value
    return answer


def _sent(request: HttpRequest, ident: str, *, small: bool) -> FileResponse:
    kept = _kept(request, ident)
    try:
        return answer_of(serve(kept, small=small))
    except Damaged as damaged:
        raise _lost(kept) from damaged


def _kept(request: HttpRequest, ident: str) -> KeptFile:
    presence = presence_of(request)
    kept = visible_to(presence.actor).filter(pk=ident).first()
    if kept is None:
        raise Http404(gettext("没有编号为“%(id)s”的凭据。") % {"id": ident[:14]})
    return kept


def _lost(kept: KeptFile) -> Http404:
    return Http404(
        gettext("这份凭据的文件找不到了，编号%(id)s。请告诉系统管理员，运行一次核验。") % {"id": kept.id}
    )
