"""``/desk/projects/new``: the office takes a project into the ledger, from a sentence that names it or of its own.

From a sentence the form comes filled with what the sentence says; nothing of it holds before a person has sent it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.areas.projects.acts.proposing import (
    ENTERED_AT,
    Entered,
    enter_project,
    open_named,
    promises_of,
)
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.said_page import SAID, named_at
from luodi.areas.projects.desk.typed import Typed, typed_of
from luodi.areas.projects.indicators import LEVELS
from luodi.areas.projects.stages import label_of
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.promises.sent_once import AlreadySent, mark_of, new_key, once_by_mark
from luodi.desk.rendering import page
from luodi.kernel.accounts.models import Account
from luodi.kernel.clocks.now import today
from luodi.kernel.commitments.access import visible_to as visible_promises
from luodi.kernel.documents.models import Reading
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Unit

NEW = f"{BASE}/new"
_NAMES = (
    "name", "code", "goal", "stage", "since", "owner", "lead", "responsible", "total", "start", "end", "site",
)  # fmt: skip
# at which field the act's refusals belong
_PLACES = {
    "code-taken": "code", "money-wrong": "total", "day-to-come": "since", "point-wrong": "site", "choice-unknown": "stage",
    "not-the-office": "lead",
}  # fmt: skip


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def new_project(request: HttpRequest) -> HttpResponse:
    """The form and what it sends; a form sent twice makes one project."""
    presence = presence_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    named = None
    if asked.get("statement"):
        named = named_at(presence.actor, asked["statement"], asked.get("place", ""))
    if request.method != "POST":
        return _shown(request, named, typed_of(_proposed(named), _NAMES), ("district",))
    typed = typed_of(request.POST, _NAMES)
    levels = tuple(level for level in request.POST.getlist("level") if level in LEVELS)
    entered, facts = _entered(typed, levels)
    if entered is None:
        return _shown(request, named, typed, levels, 422)
    if named is None:
        act = partial(enter_project, entered, by=presence.actor, **facts)
    else:
        act = partial(open_named, named[0].statement_id, named[1], entered, by=presence.actor, **facts)
    lock = Account.objects.filter(pk=presence.actor.account)
    try:
        made = once_by_mark(request, act, mark=mark_of(request), lock=lock)
    except AlreadySent:
        messages.success(request, gettext("这张表已经立过项目了，没有再立一个。"))
        return HttpResponseRedirect(SAID if named is not None else BASE)
    except Refusal as refusal:
        typed.faults[_PLACES.get(refusal.code, "")] = refusal.message
        return _shown(request, named, typed, levels, 409)
    messages.success(request, gettext("立了项目。下一步：定计划、定包联领导，凭据齐了进下一个阶段。"))
    return HttpResponseRedirect(f"{BASE}/{made.id}")


def _proposed(named: tuple[Reading, str] | None) -> dict[str, str]:
    """What a sentence says already; a day only where it is one day and no sign of it was damaged."""
    first = {"stage": ENTERED_AT[0], "since": today().isoformat()}
    if named is None:
        return first
    reading, name = named
    first |= {"name": name, "goal": reading.text[:300]}
    if reading.due_until is not None and not reading.damaged:
        first["end"] = reading.due_until.isoformat()
    return first


def _entered(typed: Typed, levels: tuple[str, ...]) -> tuple[Entered | None, dict[str, Any]]:
    """What was typed, as the act takes it; its faults stand in ``typed`` where a field is wrong."""
    name = typed.text("name", gettext("项目名称"))
    since = typed.day("since")
    lead, responsible = typed.unit("lead"), typed.unit("responsible")
    owner = typed.unit("owner", is_needed=False)
    start, end = typed.day("start", is_needed=False), typed.day("end", is_needed=False)
    facts = {
        "goal": typed.given["goal"][:300],
        "total_investment": typed.amount("total"),
        "start_planned": start,
        "completion_planned": end,
        "site": typed.given["site"],
    }
    if start is not None and end is not None and end < start:
        typed.faults["end"] = gettext("计划竣工比计划开工还早。请核对。")
    if typed.faults or lead is None or responsible is None:
        return None, {}
    made = Entered(
        name, lead, responsible, code=typed.given["code"], owner_unit=owner,
        place=responsible.place, levels=levels, stage=typed.given["stage"], stage_since=since,
    )  # fmt: skip
    return made, facts


def _shown(
    request: HttpRequest,
    named: tuple[Reading, str] | None,
    typed: Typed,
    levels: tuple[str, ...],
    status: int = 200,
) -> HttpResponse:
    presence = presence_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    promises = (
        promises_of([named[0].statement_id]).get(named[0].statement_id, []) if named is not None else []
    )
    return page(
        request,
        "projects/new.html",
        status=status,
        here="projects",
        base=BASE,
        said=SAID,
        reading=named[0] if named is not None else None,
        name=named[1] if named is not None else "",
        place=asked.get("place", ""),
        promises=list(visible_promises(presence.actor).filter(pk__in=promises)),
        given=typed.given,
        faults=typed.faults,
        error=typed.faults.get("", ""),
        chosen=levels,
        levels=[(level, gettext(words)) for level, words in LEVELS.items()],
        stages=[(stage, gettext(label_of(stage))) for stage in ENTERED_AT],
        units=Unit.objects.filter(closed_on=None).order_by("name", "id"),
        key=new_key(),
    )
