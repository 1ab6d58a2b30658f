"""What people outside said is wrong: all that waits for an answer, and the answer of the office."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from luodi.desk.doors import role_door
from luodi.desk.presence import Presence, presence_of
from luodi.desk.promises.act_form import SENT_TWICE
from luodi.desk.promises.choosing import BASE
from luodi.desk.promises.reach import reach_of
from luodi.desk.promises.sent_once import AlreadySent, mark_of, new_key, once_by_mark
from luodi.desk.promises.typed import fault_of, typed_in
from luodi.desk.rendering import page
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.access import objections_for
from luodi.kernel.commitments.models import Commitment, Objection
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.refusal import Refusal

A_PAGE = 50
LONGEST_ANSWER = 2_000


@role_door("office")
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """``/desk/promises/wrong``: those that wait first, the newest first."""
    presence = presence_of(request)
    found = objections_for(presence.actor).order_by("-state", "-at", "-id")
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    subjects = _subjects({row.subject for row in shown})
    return page(
        request,
        "desk/promises/wrong.html",
        here="promises",
        rows=[(row, subjects.get(row.subject, ("", ""))) for row in shown],
        waiting=objections_for(presence.actor).filter(state="open").count(),
        pages=shown,
    )


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, objection: str) -> HttpResponse:
    """``/desk/promises/wrong/<id>``: the form; POST answers."""
    presence = presence_of(request)
    row = objections_for(presence.actor).filter(pk=objection).first()
    if row is None:
        raise Http404(gettext("没有这条意见。"))
    _require_reach(request, row)
    if request.method != "POST":
        return _form(request, row)
    typed = typed_in(request.POST, ("answer",))
    try:
        once_by_mark(
            request,
            lambda: _answer(row, typed["answer"], presence),
            mark=mark_of(request),
            lock=Objection.objects.filter(pk=row.id),
        )
        messages.success(request, gettext("答复记下了，公开页面上写着“都答复了”或“还有几件待答复”。"))
    except AlreadySent:
        messages.success(request, gettext(SENT_TWICE))
    except Refusal as refusal:
        row.refresh_from_db()
        return _form(request, row, text=typed["answer"], refusal=refusal)
    is_promise = row.subject.startswith(Commitment.LETTER)
    return HttpResponseRedirect(f"{BASE}/{row.subject}" if is_promise else f"{BASE}/wrong")


def _answer(row: Objection, words: str, presence: Presence) -> None:
    if len(words) > LONGEST_ANSWER:
        raise Refusal("no-text", f"答复有{len(words)}字，最多{LONGEST_ANSWER}字。您填的都在，请删短一些。")
    actions.answer_objection(row, words, by=presence.actor)


def _form(
    request: HttpRequest, row: Objection, text: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    fault = fault_of(refusal, ("answer",)) if refusal else None
    title, href = _subjects({row.subject}).get(row.subject, ("", ""))
    return page(
        request,
        "desk/promises/answer.html",
        status=422 if fault else 200,
        here="promises",
        objection=row,
        title=title,
        href=href,
        text=text,
        faults=[fault] if fault else [],
        fault_at={"answer": fault.words} if fault else {},
        key=new_key(),
        longest=LONGEST_ANSWER,
    )


def _require_reach(request: HttpRequest, row: Objection) -> None:
    """An office of one unit answers what is said of that unit's promises only."""
    presence = presence_of(request)
    reach = reach_of(presence)
    if reach.office.everywhere:
        return
    lead = Commitment.objects.filter(pk=row.subject).values_list("lead_unit_id", flat=True).first()
    if lead is None or not reach.office.covers(lead):
        raise Refusal("role-missing", "这条意见不归您的督查岗位答复，由管全区的督查办公室来答。")


def _subjects(idents: set[str]) -> dict[str, tuple[str, str]]:
    """What objections are about, in words, with the public page; three queries."""
    found: dict[str, tuple[str, str]] = {}
    for key, title in Commitment.objects.filter(pk__in=idents).values_list("id", "title"):
        found[key] = (title, f"{BASE}/{key}")
    for key, title in Source.objects.filter(pk__in=idents).values_list("id", "title"):
        found[key] = (title, f"/d/{key}")
    for key, quote in StatementKey.objects.filter(pk__in=idents).values_list("id", "quote"):
        found[key] = (quote, f"/s/{key}")
    return found
