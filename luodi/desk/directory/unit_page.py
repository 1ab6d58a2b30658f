"""``/desk/directory/units/<id>``: what a unit is called and was called, its posts and who holds them, its promises, what may be
done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.desk.directory.act_form import ActForm
from luodi.desk.directory.doing import done_once
from luodi.desk.directory.holders import known_people, posts_by_unit
from luodi.desk.directory.reach import ROLES, Reach, reach_of
from luodi.desk.directory.trail import steps_about
from luodi.desk.directory.typed import unit_in
from luodi.desk.directory.undoing import forget, undo_of
from luodi.desk.directory.unit_acts import ACTS, enter
from luodi.desk.directory.unit_forms import new_unit_fields, unit_forms
from luodi.desk.doors import role_door
from luodi.desk.leading.asking import Asked, listed, members_of
from luodi.desk.leading.briefs import briefs
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import now, today
from luodi.kernel.commitments.board import Choice, merged_counts, tally
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions
from luodi.kernel.register.finding import other_names
from luodi.kernel.register.link_kinds import link_kind
from luodi.kernel.register.lookups import links_of, names_of
from luodi.kernel.register.merged import judged
from luodi.kernel.register.models import SameAs, Unit, UnitName

SHOWN = 8


@role_door(*ROLES)
@require_safe
def unit_page(request: HttpRequest, ident: str) -> HttpResponse:
    """The page of a unit."""
    unit = _unit(ident)
    return _page(request, unit, unit_forms(unit))


@role_door(*ROLES)
@require_POST
def unit_act(request: HttpRequest, ident: str, name: str) -> HttpResponse:
    """``/desk/directory/units/<id>/<act>``: what the forms of the page do."""
    unit, act = _unit(ident), ACTS.get(name)
    if act is None:
        raise Http404(gettext("单位没有这种办法。"))
    reach = reach_of(presence_of(request))
    reach.require(unit)
    try:
        done = done_once(request, lambda: act(unit, request.POST, reach), Unit.objects.filter(pk=unit.pk))
    except Refusal as refusal:
        forms = unit_forms(_unit(ident))
        forms = [form.given(request.POST, refusal) if form.name == name else form for form in forms]
        return _page(request, _unit(ident), forms, status=422)
    forget(request)
    messages.success(request, done)
    return HttpResponseRedirect(f"/desk/directory/units/{unit.id}")


@role_door(*ROLES)
@require_POST
def drop_alias(request: HttpRequest, ident: str, alias: str) -> HttpResponse:
    """``/desk/directory/units/<id>/aliases/<alias>/drop``."""
    unit, reach = _unit(ident), reach_of(presence_of(request))
    reach.require(unit)
    row = UnitName.objects.filter(pk=alias, unit=unit).first()
    if row is None:
        raise Http404(gettext("没有这个别称。"))
    actions.drop_alias(row, by=reach.actor)
    messages.success(request, gettext("别称“%(alias)s”不用了，还看得到。") % {"alias": row.name})
    return HttpResponseRedirect(f"/desk/directory/units/{unit.id}")


@role_door(*ROLES)
@require_http_methods(["GET", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    """``/desk/directory/units/new``: a unit anywhere in the tree."""
    address = "/desk/directory/units/new"
    form = ActForm("new", address, gettext("录一个单位"), gettext("录单位"), new_unit_fields(), is_open=True)
    if request.method == "POST":
        reach = reach_of(presence_of(request))
        try:
            done = done_once(request, lambda: _enter(request, reach), Unit.objects.none())
        except Refusal as refusal:
            form = form.given(request.POST, refusal)
            return page(request, "desk/directory/new_unit.html", status=422, here="directory", form=form)
        messages.success(request, done)
        return HttpResponseRedirect("/desk/directory")
    return page(request, "desk/directory/new_unit.html", here="directory", form=form)


def _enter(request: HttpRequest, reach: Reach) -> str:
    made = enter(request.POST, unit_in(request.POST, "above", gettext("上级单位")), reach)
    return gettext("录了“%(unit)s”。下一步到它的页面上设岗位。") % {"unit": made.name}


def _unit(ident: str) -> Unit:
    unit = Unit.objects.select_related("parent", "place").filter(pk=ident).first()
    if unit is None:
        raise Http404(gettext("没有编号为“%(id)s”的单位。") % {"id": ident[:20]})
    return unit


def _page(request: HttpRequest, unit: Unit, forms: Sequence[ActForm], *, status: int = 200) -> HttpResponse:
    presence = presence_of(request)
    reach, day = reach_of(presence), today()
    group = members_of(unit.id)
    counts = merged_counts([tally(Choice(unit=member), day) for member in group])
    lines = [line for lines in posts_by_unit(group).values() for line in lines]
    wanted = Asked(unit=unit.id)
    rows = listed(Asked(unit=unit.id, flag="open"), None, day).select_related("commitment__lead_unit")
    return page(
        request,
        "desk/directory/unit.html",
        status=status,
        here="directory",
        unit=unit,
        kind=dict(Unit.KINDS)[unit.kind],
        forms=forms if reach.covers(unit.id) else [],
        out_of_reach=not reach.covers(unit.id),
        names=other_names([unit.id]).get(unit.id, []),
        lines=lines,
        held=sum(1 for line in lines if line.held),
        known=known_people(presence.actor, (row.person_id for line in lines for row in line.held)),
        below=unit.children.filter(closed_on__isnull=True).order_by("id"),
        counts=counts,
        hrefs={state: wanted.href(state=state) for state in ("overdue", "claimed", "going", "vague", "kept")},
        all_href=wanted.href(),
        rows=briefs(list(rows[:SHOWN])),
        open_total=counts.overdue + counts.claimed + counts.going + counts.vague,
        open_href=wanted.href(flag="open"),
        same=_same(unit, group),
        links=_links(unit),
        steps=steps_about([unit.id]),
        undo=undo_of(request),
        moment=now(),
    )


def _same(unit: Unit, group: Sequence[str]) -> list[dict[str, Any]]:
    """The other entries of the same unit, each with the judgement that can be taken back where it joins just these two."""
    if len(group) < 2:
        return []
    names = names_of(group)
    pairs = judged("u")
    found = []
    for other in group:
        if other != unit.id:
            sides = sorted((unit.id, other), key=lambda ident: ident[1:])
            held: SameAs | None = pairs.get((sides[0], sides[1]))
            is_direct = held is not None and held.verdict == "positive"
            found.append(
                {
                    "id": other,
                    "name": names.get(other, ""),
                    "stands": other == group[0],
                    "judgement": held.id if held and is_direct else "",
                }
            )
    return found


def _links(unit: Unit) -> list[tuple[str, str, str]]:
    """Relations to other entries: words, id, name."""
    # what a closed unit went into holds from the day after its last
    rows = links_of(unit.id, max(today(), unit.closed_on + actions.DAY) if unit.closed_on else None)
    sides = [(row, row.target if row.source == unit.id else row.source) for row in rows]
    names = names_of(side for _, side in sides)
    return [
        (
            link_kind(row.kind).forward if row.source == unit.id else link_kind(row.kind).backward,
            side,
            names.get(side, side),
        )
        for row, side in sides
    ]
