"""``/desk/projects/<id>/confidence``: a unit that does not do the project says whether it will be there in time, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.areas.projects.access import confidence_for
from luodi.areas.projects.acts.ground import doers_of
from luodi.areas.projects.acts.judging import review_confidence
from luodi.areas.projects.confidence import LONGEST_REASON, RATINGS, SHORTEST_REASON
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.desk.typed import Typed, typed_of
from luodi.areas.projects.models import ConfidenceReview, ProjectFile
from luodi.desk.doors import role_door
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts.access import may
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import in_line
from luodi.kernel.rules.lookups import rulebook
from luodi.pages.promise_words import post_name

_NAMES = ("rating", "reason")
# at which field the act's refusals belong
_PLACES = {"choice-unknown": "rating", "reason-missing": "reason"}
_TONES = {"likely": "good", "doubtful": "warn", "unlikely": "bad"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement in words; ``is_newest``: it is the one that counts now, ``is_old``: more days ago than the rule allows."""

    words: str
    tone: str
    row: ConfidenceReview
    who: str
    is_newest: bool
    is_old: bool


@role_door("verifier")
@require_http_methods(["GET", "HEAD", "POST"])
def confidence_form(request: HttpRequest, ident: str) -> HttpResponse:
    """The form, and what it sends; whoever does the project, or stands above or below, is told so at once."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    if why := why_not(file, presence):
        raise Refusal("not-independent", why)
    typed = typed_of(request.POST, _NAMES)
    if request.method != "POST":
        return _form(request, file, typed)
    if typed.given["rating"] not in RATINGS:
        typed.faults["rating"] = gettext("把握程度没有选。")
    if not SHORTEST_REASON <= len(typed.given["reason"]) <= LONGEST_REASON:
        told = {"least": SHORTEST_REASON, "most": LONGEST_REASON}
        typed.faults["reason"] = gettext("凭什么这样判断没有写明，应为%(least)s至%(most)s字。") % told
    if typed.faults:
        return _form(request, file, typed, 422)
    try:
        review_confidence(file, typed.given["rating"], typed.given["reason"], by=presence.actor)
    except Refusal as refusal:
        typed.faults[_PLACES.get(refusal.code, "")] = refusal.message
        return _form(request, file, typed, 409)
    messages.success(request, gettext("记下了。以前评过的照样看得到。"))
    return HttpResponseRedirect(f"{BASE}/{file.id}#confidence")


def why_not(file: ProjectFile, presence: Presence) -> str:
    """Why a verifier may not judge a project, in words; empty where it may. The act asks again."""
    if presence.post is None or not may(presence.actor, "verifier", file.responsible_unit_id):
        return gettext("把握程度由管得到这个项目的核实员来评，您现在的岗位不是。")
    if any(in_line(presence.post.unit_id, unit) for unit in doers_of(file)):
        return gettext("把握程度要由不办这个项目的单位来评。您的单位就是承办单位，或是它的上下级。")
    return ""


def judged_of(file: ProjectFile, actor: Actor) -> list[Judged]:
    """Every judgement of a project, the newest first. One query."""
    rows = list(confidence_for(actor).filter(file=file).select_related("post__unit").order_by("-on", "-id"))
    lasts = int(rulebook().choose("projects.confidence", on=today()).value("days")) if rows else 0
    return _judged(rows, today(), lasts)


def _judged(rows: Sequence[ConfidenceReview], day: dt.date, lasts: int) -> list[Judged]:
    return [
        Judged(
            gettext(RATINGS[row.rating]),  # type: ignore[index]
            _TONES[row.rating],
            row,
            post_name(row.post),
            place == 0,
            place == 0 and (day - row.on).days > lasts,
        )
        for place, row in enumerate(rows)
    ]


def _form(request: HttpRequest, file: ProjectFile, typed: Typed, status: int = 200) -> HttpResponse:
    presence = presence_of(request)
    return page(
        request,
        "projects/confidence.html",
        status=status,
        here="projects",
        base=BASE,
        file=file,
        given=typed.given,
        faults=typed.faults,
        error=typed.faults.get("", ""),
        ratings=[(name, gettext(words)) for name, words in RATINGS.items()],
        judged=judged_of(file, presence.actor),
        least=SHORTEST_REASON,
        most=LONGEST_REASON,
    )
