"""``/desk/directory/duplicates``, ``…/pairs/<one>/<other>``: what may be the same, side by side; joined, parted, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.desk.directory.beside import Side, person_side, unit_side
from luodi.desk.directory.likeness import Candidate
from luodi.desk.directory.reach import ROLES, reach_of
from luodi.desk.directory.twins import person_twins, unit_twins
from luodi.desk.directory.undoing import forget, remember, titles, undo_of
from luodi.desk.doors import role_door
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts.access import visible_people
from luodi.kernel.ids import is_id
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions
from luodi.kernel.register.merged import judged
from luodi.kernel.register.models import SameAs, Unit
from luodi.kernel.register.sameness import pair

A_PAGE = 40
_LIST = "/desk/directory/duplicates"
VERDICTS = ("positive", "negative", "unsure")


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement in force with the names of its two sides."""

    row: SameAs
    left: str
    right: str


@role_door(*ROLES)
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """The candidates, the likeliest first; ``?of=people``; and what was judged before."""
    presence = presence_of(request)
    of_people = request.GET.get("of") == "people"
    found = person_twins(presence.actor) if of_people else unit_twins()
    at = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    listed: list[Candidate] = list(at.object_list)
    names = titles(tuple(ident for each in listed for ident in (each.left, each.right)))
    return page(
        request,
        "desk/directory/duplicates.html",
        here="directory",
        of_people=of_people,
        at=at,
        total=len(found),
        rows=[(each, names.get(each.left, ""), names.get(each.right, "")) for each in listed],
        judged=_judged(presence, "n" if of_people else "u"),
        undo=undo_of(request),
        more="?of=people&page=" if of_people else "?page=",
    )


@role_door(*ROLES)
@require_http_methods(["GET", "POST"])
def pair_page(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Two entries side by side; a judgement of the two."""
    left, right = _sides(request, one, other)
    presence = presence_of(request)
    found = [
        each
        for each in (unit_twins() if left.id[0] == "u" else person_twins(presence.actor))
        if (each.left, each.right) == (left.id, right.id)
    ]
    candidate = found[0] if found else None
    if request.method == "POST":
        return _judge(request, left, right, candidate)
    return _side_by_side(request, left, right, candidate)


@role_door(*ROLES)
@require_POST
def undo(request: HttpRequest, judgement: str) -> HttpResponse:
    """``/desk/directory/judgements/<id>/undo``: what held before holds again."""
    presence = presence_of(request)
    row = SameAs.objects.filter(pk=judgement).first()
    if row is None:
        raise Http404(gettext("没有这次判断。"))
    _require_reach(request, row.left, row.right)
    actions.undo_judgement(row, by=presence.actor)
    forget(request)
    names = titles((row.left, row.right))
    words = gettext("撤回了：“%(left)s”和“%(right)s”又和判断以前一样。")
    messages.success(request, words % {"left": names.get(row.left, ""), "right": names.get(row.right, "")})
    return HttpResponseRedirect(_LIST + ("?of=people" if row.left[0] == "n" else ""))


def _judge(request: HttpRequest, left: Side, right: Side, candidate: Candidate | None) -> HttpResponse:
    presence = presence_of(request)
    verdict = request.POST.get("verdict", "")
    try:
        row = actions.judge_same(
            left.id,
            right.id,
            verdict if verdict in VERDICTS else "",
            score=str(candidate.score) if candidate else "",
            reason=request.POST.get("reason", "").strip()[:200],
            by=presence.actor,
        )
    except Refusal as refusal:
        return _side_by_side(request, left, right, candidate, fault=refusal.message, status=422)
    remember(request, row)
    return HttpResponseRedirect(_LIST + ("?of=people" if left.id[0] == "n" else ""))


def _side_by_side(
    request: HttpRequest,
    left: Side,
    right: Side,
    candidate: Candidate | None,
    *,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    held = judged(left.id[0]).get((left.id, right.id))
    facts = [
        (name, one, other, one != other)
        for (name, one), (_, other) in zip(left.facts, right.facts, strict=True)
    ]
    context: dict[str, Any] = {"left": left, "right": right, "facts": facts, "candidate": candidate}
    return page(
        request,
        "desk/directory/pair.html",
        status=status,
        here="directory",
        fault=fault,
        held=held,
        verdict_words=dict(SameAs.VERDICTS),
        reason=request.POST.get("reason", ""),
        undo=undo_of(request),
        **context,
    )


def _sides(request: HttpRequest, one: str, other: str) -> tuple[Side, Side]:
    """The two entries, the older first. Raises ``Http404`` for what is not there or out of sight."""
    if one == other or one[:1] != other[:1] or not (is_id(one) and is_id(other)):
        raise Http404(gettext("只能比较同一类的两样东西。"))
    _require_reach(request, one, other)
    presence = presence_of(request)
    made = [
        unit_side(ident) if ident[0] == "u" else person_side(ident, presence.actor)
        for ident in pair(one, other)
    ]
    return made[0], made[1]


def _require_reach(request: HttpRequest, one: str, other: str) -> None:
    """Refuse what lies out of reach; what is out of sight is not there."""
    presence = presence_of(request)
    if one[0] == "n":
        if visible_people(presence.actor).filter(pk__in=(one, other)).distinct().count() != 2:
            raise Http404(gettext("没有这两个人，或他们不在您管理的单位内。"))
        return
    units = list(Unit.objects.filter(pk__in=(one, other)))
    if len(units) != 2:
        raise Http404(gettext("没有这两个单位。"))
    for unit in units:
        reach_of(presence).require(unit)


def _judged(presence: Presence, letter: str) -> list[Judged]:
    """Judgements in force that somebody made, the latest first."""
    rows = [row for row in judged(letter).values() if row.undoes_id is None and row.verdict != "unsure"]
    rows = sorted(rows, key=lambda row: row.id, reverse=True)[:A_PAGE]
    ids = tuple(ident for row in rows for ident in (row.left, row.right))
    if letter == "n":
        seen = set(visible_people(presence.actor).filter(pk__in=ids).values_list("id", flat=True))
        rows = [row for row in rows if row.left in seen and row.right in seen]
    names = titles(ids)
    return [Judged(row, names.get(row.left, ""), names.get(row.right, "")) for row in rows]
