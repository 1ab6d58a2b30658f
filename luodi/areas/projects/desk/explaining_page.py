"""``/desk/projects/<id>/explain``: the doing side says why and until when it is put right; the office accepts that or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.areas.projects.access import explanations_for
from luodi.areas.projects.acts.ground import doers_of, is_of
from luodi.areas.projects.acts.judging import confirm_remedy, explain, judge_explanation
from luodi.areas.projects.desk.asking import BASE, asked
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.desk.typed import Typed, typed_of
from luodi.areas.projects.due_items import EXPLANATION
from luodi.areas.projects.explaining import Due, state_of, wanted
from luodi.areas.projects.lookups import ProjectStanding, standings
from luodi.areas.projects.models import Explanation, ProjectFile
from luodi.desk.doors import post_door, role_door
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.kernel.cases.models import DueItem
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import ancestors, descendants
from luodi.kernel.register.models import Post
from luodi.pages.promise_words import post_name

WAITING = f"{BASE}/explanations"
ON_A_PAGE = 30
_NAMES = ("matter", "text", "remedy", "until")
# at which field the act's refusals belong
_PLACES = {
    "choice-unknown": "matter",
    "explained-already": "matter",
    "words-missing": "text",
    "day-passed": "until",
}
_ANSWERS = {"accept": True, "refuse": False}


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation as pages show it. ``may_judge``: whoever looks may accept it or not; ``may_confirm``: say that it is done.

    ``is_over``: its day has passed, and nobody has said that what it promises is done. ``answer``: when the office's word on it
    is due.
    """

    row: Explanation
    matter: str
    who: str
    state: str
    tone: str
    judge: str
    is_over: bool
    may_judge: bool
    may_confirm: bool
    answer: DueItem | None


@dataclass(frozen=True, slots=True)
class Ask:
    """A matter to be explained; ``is_told``: it was, and the office has not turned it down."""

    due: Due
    is_told: bool


@post_door
@require_http_methods(["GET", "HEAD", "POST"])
def explain_form(request: HttpRequest, ident: str) -> HttpResponse:
    """The form of one month (``?month=2026-08``) with what is to be explained of it, and what it sends."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    if not may_explain(file, presence.post):
        raise Refusal(
            "not-the-doer", gettext("说明由项目的业主、责任单位或行业主管来写，您现在的岗位不能代写。")
        )
    month = asked(request.POST if request.method == "POST" else request.GET).month
    asks = asks_of(file, standings([file], month)[0])
    dues = [each.due for each in asks if not each.is_told]
    if request.method != "POST":
        if not dues:
            raise Refusal("nothing-asked", gettext("这个月没有要您说明的，或者都说明过了。请回到项目页看。"))
        return _form(request, file, month, dues, typed_of({"matter": dues[0].matter}, _NAMES))
    typed = typed_of(request.POST, _NAMES)
    until = _entered(typed)
    if typed.faults:
        return _form(request, file, month, dues, typed, 422)
    given = typed.given
    try:
        explain(
            file,
            given["matter"],
            month,
            given["text"],
            by=presence.actor,
            remedy=given["remedy"],
            until=until,
        )
    except Refusal as refusal:
        typed.faults[_PLACES.get(refusal.code, "")] = refusal.message
        return _form(request, file, month, dues, typed, 409)
    messages.success(request, gettext("写下了。项目办认可以后才算数。"))
    return HttpResponseRedirect(_back(file, month))


@role_door("office")
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """``/desk/projects/explanations``: what waits for the office's word, the oldest first."""
    presence = presence_of(request)
    rows = waiting_for(presence.actor).select_related("file__project").order_by("at", "id")
    at = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "projects/explanations.html",
        here="projects",
        base=BASE,
        at=at,
        explained=_all_shown(at.object_list, presence),
    )


@role_door("office")
@require_POST
def judge(request: HttpRequest, ident: str, explanation: str) -> HttpResponse:
    """``/desk/projects/<id>/explanations/<explanation>/judge``: accept it or not, or say that what it promises is done.

    The second of two presses is told so.
    """
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    row = explanations_for(presence.actor).filter(file=file, pk=explanation).first()
    if row is None:
        raise Http404(gettext("这个项目没有这份说明。请从项目页重新进入。"))
    answer = request.POST.get("answer", "")
    if answer == "done":
        confirm_remedy(row, by=presence.actor)
        messages.success(request, gettext("记下了：说明里写的办好了。"))
        return HttpResponseRedirect(_back(file, row.month))
    accepts = _ANSWERS.get(answer)
    if accepts is None:
        raise Refusal("choice-unknown", gettext("认可还是不认可没有选。请回到项目页，按其中一个。"))
    judge_explanation(row, by=presence.actor, accepts=accepts)
    messages.success(request, gettext("认可了。") if accepts else gettext("没有认可，请对方重新说明。"))
    return HttpResponseRedirect(WAITING if request.POST.get("from") == "list" else _back(file, row.month))


def may_explain(file: ProjectFile, post: Post | None) -> bool:
    """Whether a post may explain: for pages that show the way; the act asks again."""
    return post is not None and is_of(post, doers_of(file))


def asks_of(file: ProjectFile, standing: ProjectStanding) -> list[Ask]:
    """What is to be explained of a month, and whether somebody has, well enough so far. One query."""
    given = Explanation.objects.filter(file=file, month=standing.month).exclude(accepted=False)
    told = set(given.values_list("matter", flat=True))
    return [Ask(due, due.matter in told) for due in wanted(standing)]


def waiting_for(actor: Actor) -> QuerySet[Explanation]:
    """Explanations of the files that the actor may read which nobody has judged."""
    return explanations_for(actor).filter(accepted=None)


def explained_of(file: ProjectFile, presence: Presence) -> list[Explained]:
    """What was explained of a project, the newest month first."""
    return _all_shown(explanations_for(presence.actor).filter(file=file), presence)


def _all_shown(rows: Iterable[Explanation], presence: Presence) -> list[Explained]:
    """At most three queries beside the rows' own, however many units explained; the act asks again who may judge."""
    given, post = list(rows), presence.post
    names = [f"{EXPLANATION}:{row.id}" for row in given if row.accepted is None]
    due = {item.name: item for item in DueItem.objects.filter(kind=EXPLANATION, name__in=names)}
    in_line = None
    if post is not None and presence.has_role("office"):
        in_line = {post.unit_id, *ancestors(post.unit_id), *descendants(post.unit_id)}
    return [_shown(row, in_line, due.get(f"{EXPLANATION}:{row.id}")) for row in given]


def _shown(row: Explanation, in_line: set[str] | None, answer: DueItem | None) -> Explained:
    """``in_line`` are the units whose reasons the reader may not judge; ``None`` where none may be."""
    until = row.until if row.remedied_on is None else None
    is_open = until is not None
    is_apart = in_line is not None and row.post.unit_id not in in_line
    return Explained(
        row,
        gettext(row.get_matter_display()),
        post_name(row.post),
        *_state(row),
        post_name(row.judged_by),
        until is not None and row.accepted is not False and until < today(),
        is_apart and row.accepted is None,
        is_apart and row.accepted is True and is_open,
        answer,
    )


def _state(row: Explanation) -> tuple[str, str]:
    words, tone = state_of(row.accepted)
    return gettext(words), tone


def _entered(typed: Typed) -> dt.date | None:
    """The day of what was typed; its faults stand in ``typed`` where a field is wrong."""
    if typed.given["matter"] not in dict(Explanation.MATTERS):
        typed.faults["matter"] = gettext("说明哪一件没有选。")
    typed.text("text", gettext("为什么"), 5)
    typed.text("remedy", gettext("怎么办"))
    until = typed.day("until")
    if until is not None and until < today():
        typed.faults["until"] = gettext("这一天已经过了。请填今天或以后的日子。")
    return until


def _back(file: ProjectFile, month: dt.date) -> str:
    return f"{BASE}/{file.id}?month={month:%Y-%m}#explained"


def _form(
    request: HttpRequest, file: ProjectFile, month: dt.date, dues: list[Due], typed: Typed, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "projects/explain.html",
        status=status,
        here="projects",
        base=BASE,
        file=file,
        month=month,
        dues=[(due.matter, gettext(due.label), due.words) for due in dues],
        given=typed.given,
        faults=typed.faults,
        error=typed.faults.get("", ""),
        back=_back(file, month),
    )
