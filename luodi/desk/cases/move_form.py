"""``/desk/cases/<id>/<move>``: the form of any move, made of what it asks. Taken once, and only over the case as it was seen."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.desk.cases.answering import Sent, answered, check, faults_of, with_files
from luodi.desk.cases.chances_shown import after_of, says_of
from luodi.desk.cases.fields import Field, as_typed, fields_of, with_faults
from luodi.desk.cases.history import Moment, moments, steps_since
from luodi.desk.cases.office_acts import (
    office_act,
    office_faults,
    office_fields,
    office_says,
    require_office_act,
)
from luodi.desk.cases.one_case import OneCase, one_case, version_of
from luodi.desk.cases.parties import who
from luodi.desk.doors import post_door
from luodi.desk.promises.act_form import SENT_TWICE
from luodi.desk.promises.sent_once import AlreadySent, mark_of, new_key, once_by_mark, was_sent
from luodi.desk.promises.typed import FaultShown
from luodi.desk.rendering import page
from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.cases.playbook import OWN_MOVES, Move
from luodi.kernel.cases.possible import require
from luodi.kernel.cases.registry import kind_of
from luodi.kernel.refusal import Refusal

OVERTAKEN = "changed-meanwhile"


@post_door
@require_http_methods(["GET", "HEAD", "POST"])
def move_form(request: HttpRequest, ident: str, name: str) -> HttpResponse:
    """The form, or what was sent with it."""
    one = one_case(request, ident)
    move = one.playbook.move_named.get(name)
    if move is None or (not move.sources and name not in OWN_MOVES) or set(move.by) == {"system"}:
        raise Http404(gettext("%(kind)s没有这个动作。") % {"kind": one.playbook.label})
    if request.method == "POST":
        return _sent(request, one, move)
    _require(one, name)
    return _shown(request, one, move, fields_for(one, move))


def fields_for(one: OneCase, move: Move) -> list[Field]:
    """The fields of a move on this case."""
    if move.name in OWN_MOVES:
        return office_fields(one, move.name)
    # whoever sends a form that is not theirs gets it back with what was typed, and with nothing that is masked for them
    is_open = any(ask.kind == "duty" for ask in move.asks) and one.reads_sensitive
    duties = one.duties if is_open else ()
    return fields_of(move, duties=duties, secret=secret_names(one.row.kind))


def _require(one: OneCase, name: str) -> None:
    """Raises ``Refusal`` where the move may not be made now."""
    if name in OWN_MOVES:
        require_office_act(one, name)
    else:
        require(one.playbook, one.standing, name)


def secret_names(kind: str) -> tuple[str, ...]:
    """The answers of which nothing is kept on the device of whoever types them."""
    details = kind_of(kind).details
    return details.PRIVACY.sensitive if details is not None else ()


def _sent(request: HttpRequest, one: OneCase, move: Move) -> HttpResponse:
    fields, mark = fields_for(one, move), mark_of(request)
    sent, typed = Sent(), fields
    try:
        if was_sent(request, mark):
            raise AlreadySent  # before the files are looked for: the first of two presses has used them up
        sent = answered(request, fields)
        check(move, sent)
        if move.name in OWN_MOVES:
            sent.faults |= office_faults(one, move.name, sent.answers)
        typed = with_files(as_typed(fields, request.POST, more=request.POST.get("more", "")), sent)
        is_as_seen = one.version == _seen_version(request)  # else the act itself says who was quicker
        if "more" in request.POST and is_as_seen:
            return _shown(request, one, move, typed)
        if sent.faults and is_as_seen:
            return _refused(request, one, move, typed, sent.faults)
        act = partial(_do, request, one, move, sent)
        step = once_by_mark(request, act, mark=mark, lock=Case.objects.filter(pk=one.row.id))
    except AlreadySent:
        messages.success(request, gettext(SENT_TWICE))
        return HttpResponseRedirect(one.href)
    except Refusal as refusal:
        if was_sent(request, mark):
            messages.success(request, gettext(SENT_TWICE))
            return HttpResponseRedirect(one.href)
        if refusal.code == OVERTAKEN:
            return _overtaken(request, one_case(request, one.row.id), move, sent)
        named = {
            "open-already": one.playbook.unique_on,
            "post-elsewhere": "post",
            "already-closed": "unit",
            "not-independent": "verifier_unit",
            "other-kind": "into",
            "same-case": "into",
            "closed-already": "into",
            "reason-missing": "reason",
        }
        return _refused(request, one, move, typed, faults_of(refusal, fields, named), refusal)
    sent.spend()
    messages.success(request, told_of(request, one, move, step))
    return HttpResponseRedirect(one.href)


def _seen_version(request: HttpRequest) -> str:
    """The event that had changed the case last when the form was shown."""
    return request.POST.get("version", "")[:14]


def _do(request: HttpRequest, one: OneCase, move: Move, sent: Sent) -> Step:
    """Raises ``Refusal``: ``changed-meanwhile`` where anything was done since the form was shown, and those of the act."""
    if version_of(one.row.id) != _seen_version(request):
        raise Refusal(OVERTAKEN, "")
    if move.name in OWN_MOVES:
        return office_act(one, move.name, sent.answers)
    seen = request.POST.get("seen", "")[:40]
    return actions.move(one.row.id, move.name, by=one.actor, answers=sent.answers, seen=seen)


def told_of(request: HttpRequest, before: OneCase, move: Move, step: Step) -> str:
    """What to tell whoever made the move: that it is done, and who is next."""
    if step.needs_signature and step.signed_at is None and move.signed_by is not None:
        return gettext("“%(move)s”已经提出，等%(who)s签字，签了才生效。") % {
            "move": move.label,
            "who": who(before.row, move.signed_by),
        }
    try:
        one = one_case(request, before.row.id)
    except Http404:
        return gettext("“%(move)s”记下了。这件事已经不归您的岗位看。") % {"move": move.label}
    if one.state is None:
        return gettext("“%(move)s”记下了，这件事了结：%(end)s。") % {
            "move": move.label,
            "end": one.place_words,
        }
    return gettext("“%(move)s”记下了。现在等%(who)s%(says)s。") % {
        "move": move.label,
        "who": who(one.row, one.state.waits_for),
        "says": one.state.says or one.state.label,
    }


def _refused(
    request: HttpRequest,
    one: OneCase,
    move: Move,
    typed: list[Field],
    faults: dict[str, str],
    refusal: Refusal | None = None,
) -> HttpResponse:
    fields = with_faults(typed, faults)
    listed = [FaultShown(each.fault, each.name) for each in fields if each.fault]
    if refusal is not None and not listed:
        listed = [FaultShown(refusal.message)]
    return _shown(request, one, move, fields, faults=listed, status=422)


def _overtaken(request: HttpRequest, one: OneCase, move: Move, sent: Sent) -> HttpResponse:
    """The same form over the case as it is now: what others did meanwhile stands above it, what was typed stands in it."""
    fields = with_files(as_typed(fields_for(one, move), request.POST), sent)
    since = moments(one, steps_since(one, _seen_version(request)))
    why_not = ""
    try:
        _require(one, move.name)
    except Refusal as refusal:
        why_not = refusal.message
    return _shown(request, one, move, fields, since=since, why_not=why_not, status=409)


def _shown(
    request: HttpRequest,
    one: OneCase,
    move: Move,
    fields: list[Field],
    *,
    faults: list[FaultShown] | None = None,
    since: list[Moment] | None = None,
    why_not: str = "",
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "desk/cases/move.html",
        status=status,
        here="cases",
        one=one,
        move=move,
        says=office_says(one, move.name) if move.name in OWN_MOVES else says_of(one, move),
        after="" if move.name in OWN_MOVES else after_of(one, move),
        fields=fields,
        has_files=any(each.kind == "file" for each in fields),
        faults=faults or [],
        since=since,
        why_not=why_not,
        key=new_key(),
    )
