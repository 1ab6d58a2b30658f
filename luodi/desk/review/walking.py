"""Going through the queue: the first, the next, one statement; opening a page holds its statement, leaving gives it up."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.review import asking
from luodi.desk.review.last_act import last_act
from luodi.desk.review.order import after, first, reviewer_of
from luodi.desk.review.shown import answer, choosing, counted, reading_of, show
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.review import actions
from luodi.kernel.review.queue import Asked


@role_door("office", "reviewer")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """``/desk/review``: to the first statement of the choice; a page that says why where there is none."""
    asked = asking.asked(request.GET)
    found = first(request, asked)
    return HttpResponseRedirect(asking.address(f"/{found}", asked)) if found else nothing(request, asked)


@role_door("office", "reviewer")
@require_safe
def following(request: HttpRequest, statement: str) -> HttpResponse:
    """``/desk/review/<id>/next``: to the one after it, or to the page that says that there is none."""
    return HttpResponseRedirect(next_address(request, asking.asked(request.GET), statement))


@role_door("office", "reviewer")
@require_safe
def one(request: HttpRequest, statement: str) -> HttpResponse:
    """``/desk/review/<id>``: source, repair and proposal of one statement."""
    reading = reading_of(request, statement)
    if reading is None:
        raise Http404(gettext("没有编号为“%(id)s”的说法，或它还没有读过。") % {"id": statement[:20]})
    reviewer = reviewer_of(request)
    looker = ""
    if reading.statement.state == "unread":
        held = actions.hold(statement, holder=reviewer.holder, post=reviewer.post)
        looker = "" if held.is_mine else held.post or "-"
    actions.release_others(statement, holder=reviewer.holder)
    return show(request, asking.asked(request.GET), reading, looker=looker)


@role_door("office", "reviewer")
@require_POST
def hold(request: HttpRequest, statement: str) -> HttpResponse:
    """``/desk/review/<id>/hold``: an open page renews its lease; 409 where somebody else has it by now, or judged it."""
    reviewer = reviewer_of(request)
    if not StatementKey.objects.filter(pk=statement, state="unread").exists():
        return HttpResponse(
            gettext("这一条刚才已经有人复核。"), status=409, content_type="text/plain; charset=utf-8"
        )
    held = actions.hold(statement, holder=reviewer.holder, post=reviewer.post)
    if held.is_mine:
        return HttpResponse(status=204)
    return HttpResponse(
        gettext("您离开了一会儿，这一条现在有别人在看。您写的都还在。"),
        status=409,
        content_type="text/plain; charset=utf-8",
    )


@role_door("office", "reviewer")
@require_POST
def leave(request: HttpRequest, statement: str) -> HttpResponse:
    """``/desk/review/<id>/leave``: a page that is closed gives its statement up."""
    actions.release(statement, holder=reviewer_of(request).holder)
    return HttpResponse(status=204)


def next_address(request: HttpRequest, asked: Asked, statement: str) -> str:
    """Where one goes from a statement: the next that is free, else the page that says that nothing is left."""
    found = after(request, asked, statement)
    return asking.address(f"/{found}" if found else "/none", asked)


@role_door("office", "reviewer")
@require_safe
def none_left(request: HttpRequest) -> HttpResponse:
    """``/desk/review/none``: the end of a choice."""
    return nothing(request, asking.asked(request.GET))


def nothing(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The page without a statement: nothing read yet, nothing found, or nothing left to do."""
    presence = presence_of(request)
    reviewer = reviewer_of(request)
    numbers = counted(presence)
    context = {
        "here": "review",
        "asked": asked,
        "query": asking.query_of(asked),
        "documents": Source.objects.count(),
        "is_held": numbers["left"] > numbers["aside"],
        "last": last_act(request),
        "state_words": asking.state_words()[asked.state],
        **numbers,
        **choosing(asked),
    }
    actions.release_others("", holder=reviewer.holder)
    return answer(request, "nothing", 200, context)
