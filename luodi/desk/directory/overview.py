"""``/desk/directory``: the tree of units with who holds which post today; searched, narrowed, taken away as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.desk.directory.holders import known_people
from luodi.desk.directory.reach import ROLES, reach_of
from luodi.desk.directory.tree import Line, filled, tree
from luodi.desk.directory.undoing import undo_of
from luodi.desk.doors import role_door
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts.access import visible_people
from luodi.kernel.clocks.now import now
from luodi.kernel.register.finding import other_names, units_called
from luodi.kernel.register.lookups import appointments_on, unsigned_hand_overs
from luodi.kernel.register.models import Person, Post, Unit

A_PAGE = 60
A_FEW = 20
SHOWN = ("all", "vacant", "closed")


@role_door(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """The tree; posted to, what a search found: names of people are never part of an address."""
    presence = presence_of(request)
    words = request.POST.get("q", "").replace("\0", "").strip()[:60]
    shown = request.GET.get("show", "all")
    shown = shown if shown in SHOWN else "all"
    lines = _called(words) if words else _lines(shown)
    pages = Paginator(lines, A_PAGE)
    at = pages.get_page(request.GET.get("page"))
    listed = filled(at.object_list)
    known = known_people(
        presence.actor, (row.person_id for line in listed for post in line.posts for row in post.held)
    )
    return page(
        request,
        "desk/directory/overview.html",
        here="directory",
        q=words,
        shown=shown,
        lines=_narrowed(listed) if shown == "vacant" and not words else listed,
        at=at,
        known=known,
        people=_people(words, presence) if words else [],
        is_cut=bool(words) and pages.num_pages > 1,
        posts=list(_posts(words)[:A_FEW]) if words else [],
        may_add=reach_of(presence).units is None,
        chosen=_chosen(words, shown),
        undo=undo_of(request),
        moment=now(),
        more=f"?show={shown}&page=",
        sheets=(("units", gettext("单位")), ("posts", gettext("岗位")), ("appointments", gettext("任职"))),
        **_whole(),
    )


def vacant_posts() -> QuerySet[Post]:
    """Open posts that nobody holds today."""
    held = appointments_on().filter(post=OuterRef("pk"))
    return Post.objects.filter(~Exists(held), closed_on__isnull=True)


def _whole() -> dict[str, int]:
    """What the sentence at the top counts."""
    return {
        "units": Unit.objects.filter(closed_on__isnull=True).count(),
        "all_posts": Post.objects.filter(closed_on__isnull=True).count(),
        "vacant": vacant_posts().count(),
        "unsigned": len(unsigned_hand_overs()),
    }


def _lines(shown: str) -> Sequence[Line]:
    if shown == "closed":
        return tree(closed=True)
    if shown == "vacant":
        units = set(vacant_posts().values_list("unit_id", flat=True))
        return [line for line in tree() if line.id in units]
    return tree()


def _narrowed(lines: list[Line]) -> list[Line]:
    """The lines with their vacant posts alone."""
    return [replace(line, posts=tuple(post for post in line.posts if not post.held)) for line in lines]


def _called(words: str) -> list[Line]:
    """Units by any of their names, the open ones first; by which former name, where it is not the present one."""
    rows = list(units_called(words).order_by("closed_on", "id")[: 10 * A_PAGE])
    rows.sort(key=lambda unit: unit.closed_on is not None)
    had = other_names(unit.id for unit in rows)
    lines = []
    for unit in rows:
        by_present = words.casefold() in f"{unit.name} {unit.short_name}".casefold()
        name = next((n.name for n in had.get(unit.id, []) if words.casefold() in n.name.casefold()), "")
        lines.append(
            Line(
                unit.id,
                unit.name,
                unit.short_name,
                unit.kind,
                unit.parent_id,
                unit.closed_on is not None,
                called="" if by_present else name,
            )
        )
    return lines


def _posts(words: str) -> QuerySet[Post]:
    return Post.objects.filter(title__icontains=words).select_related("unit").order_by("closed_on", "id")


def _people(words: str, presence: Presence) -> list[Person]:
    found = visible_people(presence.actor).filter(Q(name__icontains=words), erased_on__isnull=True)
    return list(found.distinct().order_by("id")[:A_FEW])


def _chosen(words: str, shown: str) -> list[str]:
    """What was asked for, in words, for the head of the printed list."""
    if words:
        return [gettext("名称里有“%(words)s”") % {"words": words}]
    return (
        [{"vacant": gettext("只看空着的岗位"), "closed": gettext("只看撤销了的单位")}[shown]]
        if shown != "all"
        else []
    )
