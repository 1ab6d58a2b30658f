"""``/desk/directory/posts/<id>``: who holds a post, held it and will; its roles; what stands under its name; what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from luodi.desk.directory.act_form import ActForm, Field
from luodi.desk.directory.doing import done_once
from luodi.desk.directory.holders import known_people
from luodi.desk.directory.post_acts import ACTS, current, end
from luodi.desk.directory.post_forms import post_forms
from luodi.desk.directory.reach import ROLES, Reach, reach_of
from luodi.desk.directory.trail import steps_about
from luodi.desk.doors import role_door
from luodi.desk.leading.asking import Asked, listed
from luodi.desk.leading.briefs import briefs
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Grant
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Appointment, Post

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Holding:
    """An appointment on the post's page. ``when``: ``now``, ``coming`` or ``past``; ``form`` ends it where that can be done."""

    row: Appointment
    when: str
    form: ActForm | None


@role_door(*ROLES)
@require_safe
def post_page(request: HttpRequest, ident: str) -> HttpResponse:
    """The page of a post."""
    post = _post(ident)
    return _page(request, post, _forms(post, reach_of(presence_of(request))))


@role_door(*ROLES)
@require_POST
def post_act(request: HttpRequest, ident: str, name: str) -> HttpResponse:
    """``/desk/directory/posts/<id>/<act>``: what the forms of the page do."""
    post, act, reach = _post(ident), ACTS.get(name), reach_of(presence_of(request))
    if act is None:
        raise Http404(gettext("岗位没有这种办法。"))
    reach.require(post.unit)
    try:
        done = done_once(request, lambda: act(post, request.POST, reach), Post.objects.filter(pk=post.pk))
    except Refusal as refusal:
        post = _post(ident)
        forms = [
            form.given(request.POST, refusal) if form.name == name else form for form in _forms(post, reach)
        ]
        return _page(request, post, forms, status=422)
    messages.success(request, done)
    return HttpResponseRedirect(f"/desk/directory/posts/{post.id}")


@role_door(*ROLES)
@require_POST
def end_appointment(request: HttpRequest, ident: str) -> HttpResponse:
    """``/desk/directory/appointments/<id>/end``."""
    row = Appointment.objects.select_related("post__unit", "person").filter(pk=ident).first()
    if row is None:
        raise Http404(gettext("没有这次任职。"))
    reach = reach_of(presence_of(request))
    reach.require(row.post.unit)
    try:
        done = done_once(request, lambda: end(row, request.POST, reach), Post.objects.filter(pk=row.post_id))
    except Refusal as refusal:
        post = _post(row.post_id)
        form = _end_form(row).given(request.POST, refusal)
        return _page(request, post, _forms(post, reach), status=422, ending={row.id: form})
    messages.success(request, done)
    return HttpResponseRedirect(f"/desk/directory/posts/{row.post_id}")


@role_door("administrator")
@require_POST
def take_role(request: HttpRequest, grant: str) -> HttpResponse:
    """``/desk/directory/roles/<id>/take``: a role is taken back from today on."""
    row = Grant.objects.select_related("post__unit").filter(pk=grant).first()
    if row is None:
        raise Http404(gettext("没有这个角色。"))
    presence = presence_of(request)
    accounts.revoke(row, by=presence.actor)
    words = gettext("“%(post)s”的角色“%(role)s”收回了，今天起不再有。")
    messages.success(request, words % {"post": row.post.title, "role": dict(Grant.ROLES)[row.role]})
    return HttpResponseRedirect(f"/desk/directory/posts/{row.post_id}")


def _post(ident: str) -> Post:
    post = Post.objects.select_related("unit").filter(pk=ident).first()
    if post is None:
        raise Http404(gettext("没有编号为“%(id)s”的岗位。") % {"id": ident[:20]})
    return post


def _forms(post: Post, reach: Reach) -> list[ActForm]:
    if not reach.covers(post.unit_id):
        return []
    return post_forms(post, current(post), may_grant=reach.may_grant(post.unit_id))


def _page(
    request: HttpRequest,
    post: Post,
    forms: Sequence[ActForm],
    *,
    status: int = 200,
    ending: dict[str, ActForm] | None = None,
) -> HttpResponse:
    presence = presence_of(request)
    reach, day = reach_of(presence), today()
    holdings = _holdings(post, reach, ending or {})
    grants = list(Grant.objects.filter(post=post).select_related("scope").order_by("-since", "id"))
    wanted = Asked(post=post.id)
    found = listed(Asked(post=post.id, flag="open"), None, day).select_related("commitment__lead_unit")
    ids = [post.id, *(each.row.id for each in holdings), *(grant.id for grant in grants)]
    return page(
        request,
        "desk/directory/post.html",
        status=status,
        here="directory",
        post=post,
        forms=forms,
        out_of_reach=not reach.covers(post.unit_id),
        now=[each for each in holdings if each.when == "now"],
        coming=[each for each in holdings if each.when == "coming"],
        past=[each for each in holdings if each.when == "past"],
        known=known_people(presence.actor, (each.row.person_id for each in holdings)),
        grants=[grant for grant in grants if grant.until is None or grant.until >= day],
        role_words=dict(Grant.ROLES),
        may_grant=reach.may_grant(post.unit_id),
        rows=briefs(list(found[:SHOWN])),
        open_total=found.count(),
        overdue=found.filter(board="overdue").count(),
        open_href=wanted.href(flag="open"),
        overdue_href=wanted.href(state="overdue"),
        steps=steps_about(ids),
    )


def _holdings(post: Post, reach: Reach, ending: dict[str, ActForm]) -> list[Holding]:
    """Every appointment, the latest first."""
    day, found = today(), []
    rows = (
        Appointment.objects.filter(post=post)
        .select_related("person", "after__person")
        .order_by("-since", "-id")
    )
    for row in rows:
        when = "coming" if row.since > day else "past" if row.until is not None and row.until < day else "now"
        may_end = reach.covers(post.unit_id) and when != "past" and post.closed_on is None
        found.append(Holding(row, when, ending.get(row.id, _end_form(row)) if may_end else None))
    return found


def _end_form(row: Appointment) -> ActForm:
    last = Field("until", gettext("最后一天"), kind="day", value=max(today(), row.since).isoformat())
    address = f"/desk/directory/appointments/{row.id}/end"
    return ActForm(f"end-{row.id}", address, gettext("结束任职"), gettext("结束任职"), (last,))
