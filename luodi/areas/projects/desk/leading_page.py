"""``/desk/projects/leading``: a leader by post: my projects worst first, what is asked of whom, visits, hand-overs, loads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.areas.projects.acts.ground import leads
from luodi.areas.projects.acts.leading import assign_leader, record_visit, sign_hand_over
from luodi.areas.projects.desk.asking import BASE, Asked, usual_month
from luodi.areas.projects.desk.dues_shown import dues_of
from luodi.areas.projects.desk.ledger_rows import Row, chosen, rows_of
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.desk.pack_words import StuckRow, stuck_words
from luodi.areas.projects.listing import Wanted, every
from luodi.areas.projects.loads import loads
from luodi.areas.projects.lookups import VisitDue, unsigned_hand_overs, visits_due
from luodi.areas.projects.meeting.gathering import open_bottlenecks
from luodi.areas.projects.models import LeaderAssignment, ProjectFile
from luodi.desk.doors import post_door, role_door
from luodi.desk.evidence.given import evidence_given
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post

LEADING = f"{BASE}/leading"


@dataclass(frozen=True, slots=True)
class Led:
    """One of my projects: its row, what is stuck, the visit that is owed."""

    row: Row
    stuck: list[StuckRow]
    visit: VisitDue | None
    is_owed: bool


@post_door
@require_safe
def leading(request: HttpRequest) -> HttpResponse:
    """The page of the post acted as. A bounded number of queries, however many projects there are."""
    presence = presence_of(request)
    day, post = today(), presence.post
    sees_all = presence.has_role("leader", "office")
    files = _led_by(post, presence)
    rows = rows_of(files, usual_month(), presence)
    stuck = open_bottlenecks([file.id for file in files], day, presence.actor)
    mine = {each.assignment.file_id: each for each in visits_due(day, [post.id] if post else [])}
    led = [
        Led(
            row,
            stuck_words(stuck.get(row.file.id, []), day),
            due := mine.get(row.file.id),
            due is not None and due.due < day,
        )
        for row in rows
        if row.leader is not None and post is not None and row.leader.id == post.id
    ]
    dues, due_in_all = dues_of({each.row.file.id: each.row.file.project.name for each in led}, presence.actor)
    return page(
        request,
        "projects/leading.html",
        here="projects",
        base=BASE,
        post=post,
        led=led,
        red=sum(each.row.colour == "red" for each in led),
        stuck=sum(len(each.stuck) for each in led),
        owed=sum(each.is_owed for each in led),
        hand_overs=_hand_overs(post),
        dues=dues,
        due_in_all=due_in_all,
        loads=loads(usual_month(), day, presence.actor) if sees_all else [],
        day=day,
    )


@post_door
@require_POST
def sign_leader_hand_over(request: HttpRequest, assignment: str) -> HttpResponse:
    """``/desk/projects/leading/<assignment>/sign``: one's own side of a hand-over."""
    presence = presence_of(request)
    if not any(row.id == assignment for row, _ in _hand_overs(presence.post)):
        raise Refusal("nothing-to-sign", gettext("这份交接不用您签，或已经签过。请刷新再看。"))
    sign_hand_over(assignment, by=presence.actor)
    messages.success(request, gettext("您这一方签了。两方都签了，交接才算清。"))
    return HttpResponseRedirect(LEADING)


@post_door
@require_http_methods(["GET", "HEAD", "POST"])
def visit_form(request: HttpRequest, ident: str) -> HttpResponse:
    """``/desk/projects/<id>/visit``: the leader was on site; with a photo, if there is one."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    if presence.post is None or leads(presence.post, file, today()) is None:
        raise Refusal("not-its-leader", gettext("到现场由包联这个项目的岗位来记，您现在的岗位不是。"))
    typed = {
        name: request.POST.get(name, "").replace("\0", "").strip() for name in ("on", "working", "found")
    }
    if request.method != "POST":
        return _visit(request, file, {**typed, "on": today().isoformat()}, {})
    faults: dict[str, str] = {}
    given = None
    try:
        given = evidence_given(request, "photo")
    except Refusal as refusal:
        faults["photo"] = refusal.message
    made_on = _day(typed["on"], faults)
    is_working = {"yes": True, "no": False}.get(typed["working"])
    if is_working is None:
        faults["working"] = gettext("有没有人施工没有选。")
    if faults or made_on is None or is_working is None:
        return _visit(request, file, typed, faults, 422, given)
    photo = (given.held.whole(), given.name) if given is not None else None
    try:
        record_visit(
            file, by=presence.actor, made_on=made_on, is_working=is_working, found=typed["found"], photo=photo
        )
    except Refusal as refusal:
        places = {"day-to-come": "on", "not-its-leader": "on", "words-missing": "found"}
        return _visit(request, file, typed, {places.get(refusal.code, "photo"): refusal.message}, 409, given)
    if given is not None:
        given.spend()
    messages.success(request, gettext("记下了。下一次从今天这次算起。"))
    return HttpResponseRedirect(f"{BASE}/{file.id}#leaders")


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def leader_form(request: HttpRequest, ident: str) -> HttpResponse:
    """``/desk/projects/<id>/leader``: the office ties a leader's post to a project; of a change both posts sign."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    faults: dict[str, str] = {}
    if request.method == "POST":
        since = _day(request.POST.get("on", ""), faults)
        post = Post.objects.filter(pk=request.POST.get("post", ""), is_leader=True).first()
        if post is None:
            faults["post"] = gettext("岗位没有选。")
        if since is not None and post is not None:
            try:
                made = assign_leader(file, post, by=presence.actor, since=since)
            except Refusal as refusal:
                place = "on" if refusal.code == "older-than-last" else "post"
                faults[place] = refusal.message
            else:
                said = gettext("定了。从前一个岗位接手的，两个岗位都要在“我包联的”里签交接。")
                messages.success(request, said if made.after_id else gettext("定了。"))
                return HttpResponseRedirect(f"{BASE}/{file.id}#leaders")
    posts = Post.objects.filter(is_leader=True, closed_on=None).select_related("unit")
    return page(
        request,
        "projects/leader.html",
        status=422 if faults else 200,
        here="projects",
        base=BASE,
        file=file,
        faults=faults,
        posts=posts.order_by("unit__name", "title", "id"),
        chosen=request.POST.get("post", ""),
        on=request.POST.get("on", "") or today().isoformat(),
        held=LeaderAssignment.objects.filter(file=file, until=None).select_related("post__unit").first(),
    )


def _hand_overs(post: Post | None) -> list[tuple[LeaderAssignment, str]]:
    """Hand-overs that wait for a post, each with its side: ``given`` or ``taken``."""
    if post is None:
        return []
    found = []
    for row in unsigned_hand_overs():
        if row.after is not None and row.after.post_id == post.id and row.given_on is None:
            found.append((row, "given"))
        if row.post_id == post.id and row.taken_on is None:
            found.append((row, "taken"))
    return found


def _led_by(post: Post | None, presence: Presence) -> list[ProjectFile]:
    """The projects that a post leads, the worst light first."""
    if post is None:
        return []
    led = chosen(Asked(usual_month(), leader=post.id), presence)
    return [file for files in every(Wanted(usual_month(), files=led)) for file in files]


def _visit(
    request: HttpRequest,
    file: ProjectFile,
    typed: dict[str, str],
    faults: dict[str, str],
    status: int = 200,
    given: object = None,
) -> HttpResponse:
    return page(
        request,
        "projects/visit.html",
        status=status,
        here="projects",
        base=BASE,
        file=file,
        typed=typed,
        faults=faults,
        given=given,
    )


def _day(text: str, faults: dict[str, str]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        faults["on"] = gettext("日子要写成一天，如2026-09-10。")
        return None
