"""Taking back: the last act of this reviewer, or the judgement of a statement. Undoing is itself an event."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.review import asking
from luodi.desk.review.last_act import LastAct, forget, last_act
from luodi.desk.review.order import reviewer_of
from luodi.desk.review.shown import refused
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.review import actions
from luodi.kernel.review.models import Apart


@role_door("office", "reviewer")
@require_POST
def undo_last(request: HttpRequest) -> HttpResponse:
    """``/desk/review/undo``: take back what was done last and go back to its statement."""
    presence = presence_of(request)
    last = last_act(request)
    try:
        if last is None:
            raise Refusal("nothing-to-undo", "没有可以撤销的：这次登录以来还没有办过，或刚才那一步已经撤销。")
        _undo(request, last, presence.actor)
    except Refusal as refusal:
        return refused(request, refusal)
    forget(request)
    return HttpResponseRedirect(asking.address(f"/{last.statement}", asking.asked(request.GET)))


@role_door("office", "reviewer")
@require_POST
def undo_one(request: HttpRequest, statement: str) -> HttpResponse:
    """``/desk/review/<id>/undo``: let a judged statement await a judgement again."""
    presence = presence_of(request)
    try:
        actions.undo(statement, by=presence.actor)
    except Refusal as refusal:
        return refused(request, refusal)
    last = last_act(request)
    if last is not None and last.statement == statement:
        forget(request)
    return HttpResponseRedirect(asking.address(f"/{statement}", asking.asked({})))


def _undo(request: HttpRequest, last: LastAct, by: Actor) -> None:
    if last.what == "judged":
        actions.undo(last.statement, by=by)
    elif last.what == "aside":
        actions.take_up(last.statement, account=reviewer_of(request).account)
    elif last.what == "apart":
        actions.take_together(Apart.objects.get(pk=last.rows[0]), by=by)
    elif last.what == "second":
        actions.unfollow(last.statement, list(last.rows), by=by)
    else:
        _undo_likewise(list(last.rows), by)


def _undo_likewise(rows: list[str], by: Actor) -> None:
    """The field first, then the statements."""
    name, *statements = rows
    for statement in statements:
        actions.undo_corrections(statement, by=by, fields=[name])
