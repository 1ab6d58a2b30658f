"""``/desk/cases/bulk``: choose a move for many cases, see who refuses it, tell once what it asks, do it, see what became."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from luodi.desk.cases.answering import Sent, answered, check
from luodi.desk.cases.bulk_chosen import Chosen, MoveOffered, batch_of, chosen_of, move_of
from luodi.desk.cases.bulk_doing import move_all, outcome_of
from luodi.desk.cases.fields import Field, as_typed, fields_of, with_faults
from luodi.desk.cases.listing_asking import Asked
from luodi.desk.cases.listing_words import title_words
from luodi.desk.doors import post_door
from luodi.desk.presence import Presence, presence_of
from luodi.desk.promises.sent_once import AlreadySent, mark_of, new_key, was_sent
from luodi.desk.rendering import page
from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.playbook import PARTIES, Move
from luodi.kernel.cases.registry import kind_of

BULK = "/desk/cases/bulk"


@post_door
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """The move, then its form; sent, it is done."""
    presence = presence_of(request)
    if request.method == "POST":
        return _sent(request, presence)
    chosen = chosen_of(request.GET.getlist("id"), presence.actor)
    if name := request.GET.get("move", ""):
        return _form(request, chosen, chosen.offered(name))
    return page(request, "desk/cases/bulk_moves.html", here="cases", chosen=chosen, back=_list_of(chosen))


@post_door
@require_safe
def bulk_done(request: HttpRequest, key: str) -> HttpResponse:
    """``/desk/cases/bulk/<key>``: what became of each."""
    presence = presence_of(request)
    told = outcome_of(request, key)
    idents = [*told.done, *(ident for ident, _ in told.refused)]
    cases = {case.id: case for case in visible_to(presence.actor).filter(pk__in=idents)}
    kind = kind_of(told.kind)
    words = next(
        book.move_named[told.move].label for book in kind.playbooks.values() if told.move in book.move_named
    )
    return page(
        request,
        "desk/cases/bulk_done.html",
        here="cases",
        kind=kind.newest.label,
        word=words,
        done=[_line(cases[ident]) for ident in told.done if ident in cases],
        refused=[(_line(cases[ident]), why) for ident, why in told.refused if ident in cases],
        back=Asked(kind=told.kind).href(),
    )


def _sent(request: HttpRequest, presence: Presence) -> HttpResponse:
    mark, key = mark_of(request), request.POST.get("key", "")[:40] or new_key()
    answer = HttpResponseRedirect(f"{BULK}/{key}")
    # asked first: after the first of two presses the cases stand elsewhere
    if was_sent(request, mark):
        return answer
    seen, idents = request.POST.get("seen", "")[:40], request.POST.getlist("id")
    cases = batch_of(idents, presence.actor)
    move = move_of(cases[0], request.POST.get("move", ""))
    fields = _fields(move)
    sent = answered(request, fields)
    check(move, sent)
    if sent.faults:
        chosen = chosen_of(idents, presence.actor, state=seen)
        return _form(request, chosen, chosen.offered(move.name), fields=fields, sent=sent, status=422)
    answers = {name: value for name, value in sent.answers.items() if value not in (None, "")}
    with suppress(AlreadySent):  # what became of it stands where it was told the first time
        move_all(
            request,
            cases,
            move.name,
            answers,
            by=presence.actor,
            seen=seen or cases[0].state,
            mark=mark,
            key=key,
        )
    return answer


def _form(
    request: HttpRequest,
    chosen: Chosen,
    offered: MoveOffered,
    *,
    fields: Sequence[Field] | None = None,
    sent: Sent | None = None,
    status: int = 200,
) -> HttpResponse:
    """What the move asks, once for all; beside it who refuses it and why."""
    shown = list(fields) if fields is not None else _fields(offered.move)
    if sent is not None:
        shown = with_faults(as_typed(shown, request.POST), sent.faults)
    move = offered.move
    return page(
        request,
        "desk/cases/bulk_form.html",
        status=status,
        here="cases",
        chosen=chosen,
        offered=offered,
        able=[_line(case) for case in offered.able],
        refused=[(_line(each.case), each.words) for each in offered.refused],
        fields=shown,
        faults=[field for field in shown if field.fault],
        signs=PARTIES[move.signed_by] if move.signed_by else "",
        key=new_key(),
        back=_list_of(chosen),
    )


def _fields(move: Move) -> list[Field]:
    """The questions that have one answer for all; files are given case by case."""
    return [field for field in fields_of(move) if field.kind != "file"]


def _list_of(chosen: Chosen) -> str:
    return Asked(kind=chosen.playbook.kind, state=chosen.state).href()


def _line(case: Case) -> dict[str, str]:
    unit = case.unit.short_name or case.unit.name
    return {
        "id": case.id,
        "href": f"/desk/cases/{case.id}",
        "number": case.number,
        "title": title_words(case.title),
        "unit": gettext("%(unit)s办") % {"unit": unit},
    }
