"""``/desk/promises/<id>``: what may be done now by whom until when, what was reached, how it came about."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.cases.opening_rights import openings_about
from luodi.desk.cases.subjects import cases_about
from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.promises.evidence_shown import all_shots
from luodi.desk.promises.history import kin_of, moments
from luodi.desk.promises.may_be_done import abilities, first_of, why_not
from luodi.desk.promises.one_promise import ABOUT_IT, OnePromise, one_promise
from luodi.desk.promises.promise_figures import facts_of, figures_of
from luodi.desk.promises.task_rows import day_with_weekday, left_words
from luodi.desk.rendering import page
from luodi.kernel.cases.access import visible_to as visible_cases
from luodi.kernel.commitments.access import objections_for
from luodi.kernel.ledger.models import Event
from luodi.pages.promise_words import flags_of, light_of, ruler_of, said_by, state_of

# the kind of event that can be taken back with one press, and the act that does it
_UNDO = {
    "commitment.merged": "unmerge",
    "commitment.dropped": "restore",
    "commitment.silence_noted": "unsilence",
}


@post_door
@require_safe
def promise(request: HttpRequest, ident: str) -> HttpResponse:
    """The page."""
    one = one_promise(request, ident)
    found = abilities(one)
    standing = one.standing
    runs = one.row.state in ("open", "claimed")
    objections = list(objections_for(one.reach.actor).filter(subject=ident, state="open"))
    return page(
        request,
        "desk/promises/promise.html",
        here="promises",
        one=one,
        commitment=one.row,
        state=state_of(standing, one.day),
        light=light_of(standing) if runs else None,
        time=left_words(one.target.due_until, one.day) if runs else "",
        due=day_with_weekday(one.target.due_until) if one.target.due_until else "",
        flags=flags_of(standing, one.material),
        said_by=said_by(one.material),
        may=[each for each in found if not each.why_not],
        may_not=[each for each in found if each.why_not and each.is_core],
        others=[each for each in found if each.why_not and not each.is_core],
        first=first_of(found),
        ruler=ruler_of(standing, one.material, one.day),
        figures=figures_of(one),
        facts=facts_of(one),
        shots=all_shots(one),
        moments=moments(one),
        kin=kin_of(one),
        objections=objections,
        may_answer=one.reach.office.covers(one.row.lead_unit_id),
        undo=_undo(one),
        cases=cases_about(ident, visible_cases(one.reach.actor)),
        openings=openings_about(presence_of(request), ident),
    )


def _undo(one: OnePromise) -> dict[str, Any] | None:
    """What this account did last, where it can be taken back with one press: until the next act."""
    if not one.version:
        return None
    event = Event.objects.get(pk=one.version)
    act = _UNDO.get(event.kind)
    if act is None or not event.kind.startswith(ABOUT_IT) or event.account != one.reach.actor.account:
        return None
    if act != "unsilence" and why_not(one, act):
        return None
    words = {
        "unmerge": gettext("已经并入另一件。"),
        "restore": gettext("已经登记为不再办。"),
        "unsilence": gettext("已经记下：后来的计划不再提。"),
    }
    said = list(json.loads(event.payload)["rows"].get("luodi_commitments_said", {}))
    return {"act": act, "words": words[act], "said": said[0] if said else ""}
