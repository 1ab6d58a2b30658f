"""``/desk/cases/saved``: give a choice a name so that it stands beside its list; take away those that are no longer needed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from luodi.desk.cases import inbox_asking, listing_asking
from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.cases.acts.saving import LONGEST_NAME, drop_choice, save_choice
from luodi.kernel.cases.saved_access import saved_by
from luodi.kernel.cases.saved_models import SavedChoice
from luodi.kernel.refusal import Refusal

PLACES = {"inbox": inbox_asking.BASE, "cases": listing_asking.BASE}


@post_door
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """What the post has saved, and the form for one more."""
    given = request.POST if request.method == "POST" else request.GET
    place = given.get("place", "")
    place = place if place in PLACES else "cases"
    query = _read(place, given.get("of", ""))
    if request.method != "POST":
        return _shown(request, place, query)
    presence = presence_of(request)
    name = given.get("name", "").replace("\0", "")[:200]
    try:
        made = save_choice(place, name, query, by=presence.actor)
    except Refusal as refusal:
        return _shown(request, place, query, name=name, fault=refusal.message, status=422)
    messages.success(request, gettext("存好了，“%(name)s”在列表旁边。") % {"name": made.name})
    return HttpResponseRedirect(f"{PLACES[place]}?{query}")


@post_door
@require_POST
def drop(request: HttpRequest, choice: str) -> HttpResponse:
    """``/desk/cases/saved/<id>/drop``."""
    presence = presence_of(request)
    gone = drop_choice(choice, by=presence.actor)
    messages.success(request, gettext("去掉了“%(name)s”。") % {"name": gone.name or ""})
    return HttpResponseRedirect(f"/desk/cases/saved?place={gone.place}")


def _shown(
    request: HttpRequest, place: str, query: str, *, name: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    presence = presence_of(request)
    kept = [choice for choice in saved_by(presence.actor) if choice.query]
    return page(
        request,
        "desk/cases/saved.html",
        status=status,
        here=place,
        place=place,
        place_words=gettext(dict(SavedChoice.PLACES)[place]),
        query=query,
        name=name,
        fault=fault,
        longest=LONGEST_NAME,
        kept=[
            (
                choice,
                gettext(dict(SavedChoice.PLACES)[choice.place]),
                f"{PLACES[choice.place]}?{choice.query}",
            )
            for choice in kept
        ],
        back=f"{PLACES[place]}?{query}" if query else PLACES[place],
    )


def _read(place: str, query: str) -> str:
    """A choice in the one form that its list writes: without the page it stood at, without anything unknown."""
    given = QueryDict(query[:2_000])
    if place == "inbox":
        return inbox_asking.asked({**given.dict(), "at": ""}).query
    return listing_asking.asked({**given.dict(), "at": ""}).query
