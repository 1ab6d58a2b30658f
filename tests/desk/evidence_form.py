"""A form that takes evidence, as any screen of the desk may have one; stands beside the real addresses in tests."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import get_resolver, path

from luodi.desk.doors import post_door
from luodi.desk.evidence.given import evidence_given
from luodi.desk.presence import Presence
from luodi.kernel.clocks.now import today
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.models import Target
from luodi.kernel.refusal import Refusal

_STEP = '<div class="ld-step"><label for="%(name)s">%(label)s</label>%(field)s</div>'
_FIELDS = (
    ("number", "做到多少", '<input class="form-control" id="number" name="number" value="{{ number }}">'),
    ("note", "情况", '<textarea class="form-control" id="note" name="note">{{ note }}</textarea>'),
    (
        "secret",
        "口令",
        '<input class="form-control" id="secret" name="secret" type="password" autocomplete="off">',
    ),
)
_PAGE = (
    '{% extends "desk/base.html" %}{% block title %}报{% endblock %}{% block main %}<div class="ld-narrow"><h1>报进展</h1>'
    '{% include "desk/error.html" %}<form method="post" enctype="multipart/form-data" data-ld-draft>{% csrf_token %}'
    + "".join(_STEP % {"name": name, "label": label, "field": field} for name, label, field in _FIELDS)
    + '<fieldset class="ld-choices"><legend>怎样</legend><label><input type="radio" name="how" value="a"> 顺利</label>'
    '<label><input type="radio" name="how" value="b"> 有困难</label></fieldset>'
    '{% include "desk/evidence/field.html" with name="evidence" given=given %}'
    '<p class="ld-acts"><button class="btn btn-primary" type="submit">上报进展</button></p></form></div>{% endblock %}'
)


@post_door
def report(request: HttpRequest, ident: str) -> HttpResponse:
    """Report progress with evidence; refused without a number, and then everything typed and sent is still there."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    context: dict[str, Any] = {"number": "", "note": "", "given": None}
    status = 200
    if request.method == "POST":
        context |= {"number": request.POST.get("number", ""), "note": request.POST.get("note", "")}
        try:
            context["given"] = given = evidence_given(request)
            actions.report_progress(
                ident,
                by=presence.actor,
                as_of=today(),
                number=context["number"] or None,
                unit=Target.objects.filter(commitment=ident).latest("version").unit
                if context["number"]
                else "",
                evidence=given.upload(is_public=True) if given else None,
                note=context["note"],
            )
        except Refusal as refusal:
            context["error"], status = refusal.message, 422
        else:
            if given:
                given.spend()
            return HttpResponseRedirect("/desk/me")
    page = engines["django"].from_string(_PAGE)
    return HttpResponse(page.render(context, request), status=status)


class Addresses:
    """Django's settings take it for a module of addresses."""

    urlpatterns = (path("desk/try/<slug:ident>", report), *get_resolver("luodi.website.urls").url_patterns)
    handler403 = "luodi.pages.errors.forbidden"
    handler404 = "luodi.pages.errors.not_found"
    handler500 = "luodi.pages.errors.broken"
