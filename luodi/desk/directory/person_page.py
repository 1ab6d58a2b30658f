"""``/desk/directory/people``, ``…/<id>``: for those who may see them.

Numbers are masked; to see one whole is an act of its own, with a reason, and leaves an event.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.desk.directory.act_form import ActForm
from luodi.desk.directory.doing import done_once
from luodi.desk.directory.person_forms import LABELS, person_forms
from luodi.desk.directory.reach import ROLES
from luodi.desk.directory.trail import steps_about
from luodi.desk.directory.undoing import undo_of
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.access import visible_people
from luodi.kernel.accounts.models import Account
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.privacy.showing import shown
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions
from luodi.kernel.register.merged import groups, judged
from luodi.kernel.register.models import Appointment, Person
from luodi.kernel.register.sameness import pair

A_PAGE = 50


@role_door(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Those within reach, as they were entered; posted to, those of a name, which is never part of an address."""
    presence = presence_of(request)
    words = request.POST.get("q", "").replace("\0", "").strip()[:60]
    found = visible_people(presence.actor).filter(erased_on__isnull=True)
    if words:
        found = found.filter(Q(name__icontains=words))
    at = Paginator(found.distinct().order_by("id"), A_PAGE).get_page(request.GET.get("page"))
    listed = list(at.object_list)
    return page(
        request,
        "desk/directory/people.html",
        here="directory",
        q=words,
        at=at,
        total=at.paginator.count,
        rows=[(person, shown(person, "phone", "staff"), _held(person, listed)) for person in listed],
        more="?page=",
        is_cut=bool(words) and at.paginator.num_pages > 1,
    )


def _held(person: Person, listed: Sequence[Person]) -> list[Appointment]:
    """Today's appointments of one of those listed; asked once for all."""
    if not hasattr(listed[0], "held_today"):
        day = today()
        rows = Appointment.objects.filter(person__in=listed, since__lte=day).select_related("post__unit")
        rows = rows.filter(Q(until__isnull=True) | Q(until__gte=day)).order_by("since", "id")
        held: dict[str, list[Appointment]] = {}
        for row in rows:
            held.setdefault(row.person_id, []).append(row)
        for each in listed:
            each.held_today = held.get(each.id, [])  # type: ignore[attr-defined]
    found: list[Appointment] = person.held_today  # type: ignore[attr-defined]
    return found


@role_door(*ROLES)
@require_safe
def person_page(request: HttpRequest, ident: str) -> HttpResponse:
    """The page of a person."""
    presence = presence_of(request)
    person = _person(ident, presence.actor)
    return _page(request, person, person_forms(person, may_open=presence.has_role("administrator")))


@role_door(*ROLES)
@sensitive_post_parameters("phone", "identity_number")
@require_POST
def person_act(request: HttpRequest, ident: str, name: str) -> HttpResponse:
    """``/desk/directory/people/<id>/<act>``: what the forms of the page do."""
    presence = presence_of(request)
    person, act = _person(ident, presence.actor), _ACTS.get(name)
    if act is None:
        raise Http404(gettext("没有这种办法。"))
    try:
        done = done_once(
            request, lambda: act(person, request, presence.actor), Person.objects.filter(pk=person.pk)
        )
    except Refusal as refusal:
        person = _person(ident, presence.actor)
        forms = person_forms(person, may_open=presence.has_role("administrator"))
        # numbers that were refused are not said back
        kept = {key: str(value) for key, value in request.POST.items() if key not in LABELS}
        forms = [form.given(kept, refusal) if form.name == name else form for form in forms]
        return _page(request, person, forms, status=422)
    messages.success(request, done)
    return HttpResponseRedirect(f"/desk/directory/people/{person.id}")


@role_door(*ROLES)
@require_POST
def unmask(request: HttpRequest, ident: str, field: str) -> HttpResponse:
    """``/desk/directory/people/<id>/show/<field>``: the whole number, on this answer alone."""
    presence = presence_of(request)
    person = _person(ident, presence.actor)
    forms = person_forms(person, may_open=presence.has_role("administrator"))
    if field not in LABELS:
        raise Http404(gettext("没有这一项。"))
    try:
        value = actions.unmask(person, field, reason=request.POST.get("reason", ""), by=presence.actor)
    except Refusal as refusal:
        forms = [
            form.given(request.POST, refusal) if form.name == f"show-{field}" else form for form in forms
        ]
        return _page(request, person, forms, status=422)
    return _page(request, person, forms, opened={field: value})


def _correct(person: Person, request: HttpRequest, actor: Actor) -> str:
    """Correct what was typed; an empty number stays as it is."""
    given: dict[str, str | None] = {"name": request.POST.get("name", "")}
    for field in LABELS:
        if request.POST.get(field, "").strip():
            given[field] = request.POST[field]
    actions.correct_person(person, by=actor, **given)
    return gettext("资料更正好了。")


def _open_account(person: Person, request: HttpRequest, actor: Actor) -> str:
    """Give the person a log-in; the invitation is issued among the accounts."""
    account = accounts.create_account(person, login=request.POST.get("login", ""), by=actor)
    return gettext("登录名“%(login)s”建好了。请到“账号”里发邀请，本人设好密码就能用。") % {
        "login": account.login
    }


_ACTS: dict[str, Callable[[Person, HttpRequest, Actor], str]] = {
    "correct": _correct,
    "account": _open_account,
}


def _person(ident: str, actor: Actor) -> Person:
    person = visible_people(actor).filter(pk=ident).distinct().first()
    if person is None:
        raise Http404(gettext("没有这个人，或他不在您管理的单位内。"))
    return person


def _page(
    request: HttpRequest,
    person: Person,
    forms: Sequence[ActForm],
    *,
    status: int = 200,
    opened: dict[str, str] | None = None,
) -> HttpResponse:
    group = next((group for group in groups("n").values() if person.id in group), (person.id,))
    rows = Appointment.objects.filter(person__in=group).select_related("post__unit").order_by("-since", "-id")
    day = today()
    held = [
        (row, "coming" if row.since > day else "past" if row.until and row.until < day else "now")
        for row in rows
    ]
    numbers = [
        (field, gettext(label), shown(person, field, "staff"), (opened or {}).get(field, ""))
        for field, label in LABELS.items()
    ]
    return page(
        request,
        "desk/directory/person.html",
        status=status,
        here="directory",
        person=person,
        account=Account.objects.filter(person=person).first(),
        numbers=numbers,
        held=held,
        forms=[form for form in forms if not form.name.startswith("show-")],
        showing={form.name.removeprefix("show-"): form for form in forms if form.name.startswith("show-")},
        same=_same(person, group),
        undo=undo_of(request),
        steps=steps_about([person.id, *(row.id for row in rows)]),
    )


def _same(person: Person, group: Sequence[str]) -> list[tuple[Person, str]]:
    """The other entries of the same person, each with the judgement that can be taken back."""
    if len(group) < 2:
        return []
    pairs = judged("n")
    others = Person.objects.filter(pk__in=[ident for ident in group if ident != person.id]).order_by("id")
    found = []
    for other in others:
        held = pairs.get(pair(person.id, other.id))
        found.append((other, held.id if held is not None and held.verdict == "positive" else ""))
    return found
