"""What the screen has no room for: every decision, every unit's load, objections that wait, cases that were let off."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luodi.desk.doors import role_door
from luodi.desk.leading.briefs import PROMISE
from luodi.desk.leading.cases import extended, rows_of
from luodi.desk.leading.decisions import decisions
from luodi.desk.leading.loads import loads
from luodi.desk.leading.scope import ROLES, units_of
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.cases.access import visible_to
from luodi.kernel.clocks.now import day_of, now, today
from luodi.kernel.commitments.access import objections_for
from luodi.kernel.commitments.models import Commitment, Objection
from luodi.kernel.documents.models import Source, StatementKey

A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Wrong:
    """An objection with the page it is about. ``age``: days since."""

    objection: Objection
    title: str
    href: str
    age: int


@role_door(*ROLES)
@require_safe
def all_decisions(request: HttpRequest) -> HttpResponse:
    """``/desk/leader/decisions``; ``?light=red``: those whose time is over."""
    presence = presence_of(request)
    waiting = decisions(units_of(presence), presence.actor, today())
    is_red = request.GET.get("light") == "red"
    found = [each for each in waiting if each.is_red or not is_red]
    at = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "desk/leading/decisions.html",
        here="leading",
        at=at,
        shown=list(at.object_list),
        total=len(found),
        is_red=is_red,
        moment=now(),
        more="?light=red&page=" if is_red else "?page=",
    )


@role_door(*ROLES)
@require_safe
def all_loads(request: HttpRequest) -> HttpResponse:
    """``/desk/leader/units``."""
    presence = presence_of(request)
    lines, middle = loads(units_of(presence), presence.post.unit_id if presence.post else "", today())
    return page(
        request, "desk/leading/units.html", here="leading", loads=lines, middle=f"{middle:g}", moment=now()
    )


@role_door(*ROLES)
@require_safe
def all_wrong(request: HttpRequest) -> HttpResponse:
    """``/desk/leader/wrong``: objections nobody answered, the oldest first."""
    presence = presence_of(request)
    found = objections_for(presence.actor).filter(state="open").order_by("at", "id")
    at = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "desk/leading/wrong.html",
        here="leading",
        at=at,
        total=at.paginator.count,
        rows=_rows(list(at.object_list)),
        moment=now(),
    )


@role_door(*ROLES)
@require_safe
def all_extended(request: HttpRequest) -> HttpResponse:
    """``/desk/leader/extended``: open cases that were granted more time, the newest first."""
    presence = presence_of(request)
    found = extended(visible_to(presence.actor))
    at = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "desk/leading/extended.html",
        here="leading",
        at=at,
        total=at.paginator.count,
        rows=rows_of(at.object_list),
        moment=now(),
    )


def _rows(objections: list[Objection]) -> list[Wrong]:
    """Objections with the names of what they are about; three queries."""
    ids = [objection.subject for objection in objections]
    names = dict(Commitment.objects.filter(pk__in=ids).values_list("id", "title"))
    names |= dict(Source.objects.filter(pk__in=ids).values_list("id", "title"))
    names |= dict(StatementKey.objects.filter(pk__in=ids).values_list("id", "quote"))
    pages = {"c": PROMISE, "d": "/d/", "s": "/s/"}
    day = today()
    return [
        Wrong(
            objection,
            names.get(objection.subject, ""),
            pages.get(objection.subject[:1], "/c/") + objection.subject,
            (day - day_of(objection.at)).days,
        )
        for objection in objections
    ]
