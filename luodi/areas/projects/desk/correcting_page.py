"""``/desk/projects/<id>/correct``: the office puts facts of a project right, with a reason; what stood there stays to be seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.areas.projects.access import corrections_for
from luodi.areas.projects.acts.correcting import BARE, LABELS, PAPERED, correct_file
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.desk.typed import Typed, typed_of
from luodi.areas.projects.indicators import LEVELS
from luodi.areas.projects.models import FileCorrection, ProjectFile
from luodi.areas.projects.money import wan
from luodi.desk.doors import role_door
from luodi.desk.evidence.given import Given, evidence_given
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.ledger.action import Actor
from luodi.kernel.ledger.lookups import events_about, staff_data
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Place, Unit
from luodi.pages.promise_words import post_name

KIND = "project.corrected"
_TEXTS = ("name", "code", "goal", "industry_code", "site")
_UNITS = ("owner_unit", "lead_unit", "responsible_unit")
_DAYS = ("start_planned", "completion_planned")
_FACTS = (*_TEXTS, *_UNITS, *_DAYS, "place", "total_investment")
_NAMES = (*_FACTS, "reason", "paper", "seen")
# at which field the act's refusals belong
_PLACES = {
    "code-taken": "code", "money-wrong": "total_investment", "point-wrong": "site", "days-reversed": "completion_planned",
    "no-paper": "paper", "words-missing": "reason", "name-length": "name",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction with what it changed: each fact as it was before and after, in words."""

    row: FileCorrection
    who: str
    changes: tuple[tuple[str, str, str], ...]


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def correct_form(request: HttpRequest, ident: str) -> HttpResponse:
    """The form with the facts as they stand, and what it sends: only what was changed in it is put right."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    first = _first(file)
    if request.method != "POST":
        return _form(request, file, typed_of(first, _NAMES), tuple(file.levels.split()))
    typed = typed_of(request.POST, _NAMES)
    levels = tuple(level for level in LEVELS if level in request.POST.getlist("level"))
    facts = _changed(typed, first)
    typed.text("reason", gettext("更正的理由"))
    attached = _attached(request, typed)
    if typed.faults:
        return _form(request, file, typed, levels, 422, attached)
    bare = {name: facts.pop(name) for name in BARE if name in facts}
    seen = int(typed.given["seen"]) if typed.given["seen"].isdecimal() else 0
    try:
        correct_file(
            file, by=presence.actor, reason=typed.given["reason"], paper=typed.given["paper"], bare=bare, seen=seen,
            levels=levels if levels != tuple(file.levels.split()) else None,
            attached=(attached.held.whole(), attached.name) if attached is not None else None, **facts,
        )  # fmt: skip
    except Refusal as refusal:
        typed.faults[_PLACES.get(refusal.code, "")] = refusal.message
        return _form(request, file, typed, levels, 409, attached)
    if attached is not None:
        attached.spend()
    messages.success(request, gettext("更正了，原来写的照样看得到。"))
    return HttpResponseRedirect(f"{BASE}/{file.id}#corrections")


def corrected_of(file: ProjectFile, actor: Actor) -> list[Corrected]:
    """Every correction of a project, the newest first. Two queries."""
    events = {event.at: event for event in events_about(file.id).filter(kind=KIND)}
    found = []
    for row in corrections_for(actor).filter(file=file):
        told = staff_data(events[row.at])["changes"] if row.at in events else []
        changes = tuple((gettext(LABELS[each["fact"]]), each["before"], each["after"]) for each in told)
        found.append(Corrected(row, post_name(row.post), changes))
    return found


def _first(file: ProjectFile) -> dict[str, str]:
    """The facts as they stand, as the form has them."""
    project = file.project
    return {
        "name": project.name,
        "code": project.code,
        "goal": file.goal,
        "industry_code": file.industry_code,
        "site": file.site,
        "place": project.place_id or "",
        "owner_unit": project.owner_unit_id or "",
        "lead_unit": file.lead_unit_id,
        "responsible_unit": file.responsible_unit_id,
        "total_investment": _bare(file.total_investment),
        **{name: _day(getattr(file, name)) for name in _DAYS},
        "seen": str(FileCorrection.objects.filter(file=file).count()),
    }


def _changed(typed: Typed, first: Mapping[str, str]) -> dict[str, Any]:
    """The facts that were typed otherwise than they stand; faults stand in ``typed`` where a field is wrong."""
    facts: dict[str, Any] = {}
    for name in _FACTS:
        if typed.given[name] == first[name]:
            continue
        if name in _UNITS:
            facts[name] = typed.unit(name, is_needed=name != "owner_unit")
        elif name in _DAYS:
            facts[name] = typed.day(name, is_needed=False)
        elif name == "total_investment":
            facts[name] = typed.amount(name)
        elif name == "place":
            facts[name] = Place.objects.filter(pk=typed.given[name]).first()
        else:
            facts[name] = typed.given[name][:300]
    if "name" in facts:
        typed.text("name", gettext("项目名称"))
    return facts


def _attached(request: HttpRequest, typed: Typed) -> Given | None:
    """The paper itself, where it came with the form; what is wrong with it stands at its field."""
    try:
        return evidence_given(request, "attached")
    except Refusal as refusal:
        typed.faults["attached"] = refusal.message
        return None


def _bare(fen: int | None) -> str:
    """An amount in 万元 as somebody would type it."""
    return wan(fen).replace(",", "").removesuffix(".00") if fen is not None else ""


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day is not None else ""


def _form(
    request: HttpRequest,
    file: ProjectFile,
    typed: Typed,
    levels: tuple[str, ...],
    status: int = 200,
    attached: Given | None = None,
) -> HttpResponse:
    return page(
        request,
        "projects/correct.html",
        status=status,
        here="projects",
        base=BASE,
        file=file,
        given=typed.given,
        faults=typed.faults,
        error=typed.faults.get("", ""),
        chosen=levels,
        levels=[(level, gettext(words)) for level, words in LEVELS.items()],
        units=Unit.objects.filter(closed_on=None).order_by("name", "id"),
        places=Place.objects.order_by("name", "id"),
        attached=attached,
        papered="、".join(gettext(LABELS[name]) for name in PAPERED),
    )
