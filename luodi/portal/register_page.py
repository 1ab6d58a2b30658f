"""``/g/``, ``/g/<id>``: units and posts with their promises. Units get counts, not ranks; people are never named."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from luodi.kernel.clocks.now import today
from luodi.kernel.commitments.board import Choice, Tally, chosen, page
from luodi.kernel.register.models import Post, Unit
from luodi.pages.shapes import TallyRow
from luodi.portal.areas import page_of_row
from luodi.portal.board_words import split_of, tally_rows
from luodi.portal.choosing import Asked
from luodi.portal.counted import tally, tally_by
from luodi.portal.freshness import public_page
from luodi.portal.names import post_name
from luodi.portal.promise_rows import promise_rows

SHOWN = 20


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the tree of units."""

    id: str
    name: str
    depth: int
    tally: TallyRow | None
    closed: bool


@public_page
def register_page(request: HttpRequest) -> HttpResponse:
    """Every unit in the order of the tree, with its counts."""
    units = list(Unit.objects.order_by("name").values_list("id", "name", "parent_id", "closed_on"))
    counts = dict(tally_by(request, "lead_unit", Choice(), today()))
    rows = tally_rows([(unit, f"/?unit={unit}", counted) for unit, counted in counts.items()])
    by_unit = {row.name: row for row in rows}
    lines: list[UnitLine] = []
    below: dict[str | None, list[tuple[str, str, bool]]] = {}
    for ident, name, parent, closed_on in units:
        below.setdefault(parent, []).append((ident, name, closed_on is not None))
    stack = [(entry, 0) for entry in reversed(below.get(None, []))]
    while stack:
        (ident, name, closed), depth = stack.pop()
        lines.append(UnitLine(ident, name, min(depth, 4), by_unit.get(ident), closed))
        stack += [(entry, depth + 1) for entry in reversed(below.get(ident, []))]
    return render(request, "portal/register.html", {"here": "register", "lines": lines})


@public_page
def registered_page(request: HttpRequest, ident: str) -> HttpResponse:
    """A unit's or a post's page, or that of an area's row; a place leads to its list on the board."""
    of_area = page_of_row(ident)
    if of_area is not None:
        return of_area(request, ident)
    if ident[:1] == "l":
        return HttpResponseRedirect(f"/?place={ident}")
    if ident[:1] == "o":
        return _post(request, ident)
    unit = Unit.objects.filter(pk=ident).select_related("parent", "place").first()
    if unit is None:
        raise Http404(gettext("登记簿里没有编号为“%(id)s”的单位或岗位。") % {"id": ident})
    return _unit(request, unit)


def _unit(request: HttpRequest, unit: Unit) -> HttpResponse:
    day = today()
    counts = tally(request, Choice(unit=unit.id), day)
    open_posts = unit.posts.filter(closed_on=None).select_related("unit").order_by("-is_leader", "title")
    posts = [(post.id, post_name(post)) for post in open_posts]
    return render(
        request,
        "portal/registered.html",
        {
            "here": "register",
            "name": unit.name,
            "above": (f"/g/{unit.parent_id}", unit.parent.name) if unit.parent else None,
            "closed_on": unit.closed_on,
            "posts": posts,
            "below": list(unit.children.order_by("name").values_list("id", "name")),
            "all_href": f"/?unit={unit.id}",
            **_promises(counts, Asked(unit=unit.id), page(Choice(unit=unit.id), day, limit=SHOWN).rows),
        },
    )


def _post(request: HttpRequest, ident: str) -> HttpResponse:
    post = Post.objects.filter(pk=ident).select_related("unit").first()
    if post is None:
        raise Http404(gettext("登记簿里没有编号为“%(id)s”的单位或岗位。") % {"id": ident})
    found = chosen(Choice(), today()).filter(commitment__leader_post=post)
    rows = found.select_related("commitment__lead_unit").order_by("worst", "due_order", "commitment_id")
    return render(
        request,
        "portal/registered.html",
        {
            "here": "register",
            "name": post_name(post),
            "above": (f"/g/{post.unit_id}", post.unit.name),
            "closed_on": post.closed_on,
            "is_post": True,
            "all_href": "",
            **_promises(None, Asked(), list(rows[:SHOWN]), found.count()),
        },
    )


def _promises(counts: Tally | None, wanted: Asked, rows: object, total: int = 0) -> dict[str, object]:
    shown = promise_rows(list(rows))  # type: ignore[call-overload]
    return {
        "rows": shown,
        "total": counts.total if counts else total,
        "split": split_of(counts, wanted) if counts and counts.total else None,
    }
