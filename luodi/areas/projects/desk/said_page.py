"""``/desk/projects/said``: what documents say of projects: claims with their arithmetic, named projects to be tied or taken in.

What is found is proposed; the office ties it, takes it into the ledger or refuses it with a reason. Each is an event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from luodi.areas.projects.access import visible_to
from luodi.areas.projects.acts.proposing import NAMED, recall_refusal, refuse_name
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.proposed import named_in, newest_readings
from luodi.areas.projects.said import Checked, checked, names_in
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.documents.access import statements_visible_to
from luodi.kernel.documents.models import Reading
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register

SAID = f"{BASE}/said"
# what speaks for and against a name, as ``proposals`` says it
REASONS = (
    gettext_noop("名称像工程"), gettext_noop("句子里说的是建设"), gettext_noop("这句话已经采纳成承诺"),
    gettext_noop("是说好要做的"), gettext_noop("加了引号，像口号"), gettext_noop("名称里有个数或日子，像是没有切准"),
)  # fmt: skip
ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Claimed:
    """A sentence that claims something of many projects at once."""

    reading: Reading
    checked: Checked


@role_door("office")
@require_safe
def said(request: HttpRequest) -> HttpResponse:
    """The page. A bounded number of queries, however many sentences there are on it."""
    presence = presence_of(request)
    seen = statements_visible_to(presence.actor).exclude(state="refused").values("pk")
    rows = Reading.objects.filter(statement__in=seen).select_related("statement__source").order_by("-id")
    claims = _newest_of(rows.filter(text__contains="项目").filter(text__contains="计划"))
    found = [Claimed(row, told) for row in claims if (told := checked(row.text)) is not None]
    named = named_in(newest_readings(presence.actor), presence.actor)
    held = [each for each in named if each.files and each.verdict != "opened"]
    new = [each for each in named if not each.files or each.verdict == "opened"]
    at = Paginator(held, ON_A_PAGE).get_page(request.GET.get("page"))
    proposed = Paginator(new, ON_A_PAGE).get_page(request.GET.get("new"))
    return page(
        request,
        "projects/said.html",
        here="projects",
        base=BASE,
        said=SAID,
        claims=found,
        at=at,
        rows=list(at.object_list),
        tied=sum(each.is_settled for each in held),
        proposed=proposed,
        waiting=sum(not each.verdict for each in new),
        likely=sum(not each.verdict and each.like.is_likely for each in new),
    )


@role_door("office")
@require_POST
def tie(request: HttpRequest) -> HttpResponse:
    """Tie a project to a sentence that names it."""
    presence = presence_of(request)
    file = visible_to(presence.actor).filter(pk=request.POST.get("file", "")).first()
    statement = statements_visible_to(presence.actor).filter(pk=request.POST.get("statement", "")).first()
    if file is None or statement is None:
        raise Http404(gettext("没有这个项目或这句话。请刷新再看。"))
    try:
        register.link(NAMED, file.project_id, statement.id, by=presence.actor)
        messages.success(request, gettext("连上了，项目页上看得到这句话。"))
    except Refusal as refusal:
        if refusal.code != "link-exists":
            raise
        messages.info(request, refusal.message)
    number = request.POST.get("page", "")
    return HttpResponseRedirect(f"{SAID}?page={number}#named" if number.isdecimal() else f"{SAID}#named")


@role_door("office")
@require_POST
def refuse(request: HttpRequest) -> HttpResponse:
    """A name is no project for the ledger, with the reason; or a refusal is taken back (``do=recall``)."""
    presence = presence_of(request)
    reading, name = named_at(presence.actor, request.POST.get("statement", ""), request.POST.get("place", ""))
    reason = request.POST.get("reason", "").replace("\0", "")
    if request.POST.get("do") == "recall":
        recall_refusal(reading.statement_id, name, by=presence.actor, reason=reason)
        messages.success(request, gettext("收回了，“%(name)s”又列在等着定的里面。") % {"name": name})
    else:
        refuse_name(reading.statement_id, name, by=presence.actor, reason=reason)
        messages.success(request, gettext("记下了：“%(name)s”不立项，理由留着，可以收回。") % {"name": name})
    number = request.POST.get("new", "")
    return HttpResponseRedirect(f"{SAID}?new={number}#new" if number.isdecimal() else f"{SAID}#new")


def named_at(actor: Actor, statement: str, place: str) -> tuple[Reading, str]:
    """The newest reading of a statement and the name at a place in it. Raises ``Http404`` where there is none to be seen."""
    seen = statements_visible_to(actor).filter(pk=statement).values("pk")
    rows = Reading.objects.filter(statement__in=seen).select_related("statement__source")
    reading = rows.order_by("id").last()
    names = names_in(reading.project) if reading is not None else []
    if reading is None or not place.isdecimal() or int(place) >= len(names):
        raise Http404(gettext("没有这句话，或者里面没有读出这个名称。请刷新再看。"))
    return reading, names[int(place)]


def _newest_of(rows: Iterable[Reading]) -> list[Reading]:
    """Of each sentence the newest reading."""
    newest: dict[str, Reading] = {}
    for row in rows:
        newest.setdefault(row.statement_id, row)
    return list(newest.values())
