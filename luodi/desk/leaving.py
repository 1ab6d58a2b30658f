"""Somebody leaves the service: who takes over what, the last day, and what nobody holds afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.desk.accounts import account_named
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts.leaving import Held, leave_service, posts_given_up
from luodi.kernel.accounts.models import Account
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import ancestors, appointments_on, descendants
from luodi.kernel.register.models import Person, Unit

MOST = 300  # people to choose from; others by a hand-over in the register


@role_door("administrator")
@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, account: str) -> HttpResponse:
    """``/desk/accounts/<id>/leave``: GET what will come of it, POST do it."""
    presence = presence_of(request)
    row = account_named(request, account)
    held = posts_given_up(row.person, today())
    people = _people_near(held, row.person_id)
    if request.method == "GET":
        return _form(request, row, held, people, until=today().isoformat())
    given, chosen = request.POST.get("until", ""), _chosen(request, held, people)
    try:
        if not row.is_active:
            raise Refusal("account-closed", "这个账号已经停用，离任办过了。")
        left = leave_service(row, until=_day(given), by=presence.actor, successors=chosen)
    except Refusal as refusal:
        return _form(request, row, held, people, until=given, chosen=chosen, error=refusal.message)
    return page(request, "desk/left.html", here="accounts", account=row, left=left, until=_day(given))


def _form(
    request: HttpRequest,
    row: Account,
    held: list[Held],
    people: list[tuple[Person, str]],
    *,
    until: str,
    chosen: dict[str, Person] | None = None,
    error: str = "",
) -> HttpResponse:
    return page(
        request,
        "desk/leaving.html",
        status=422 if error else 200,
        here="accounts",
        account=row,
        held=[(each, (chosen or {}).get(each.post.id)) for each in held],
        people=people,
        until=until,
        today=today(),
        error=error,
    )


def _people_near(held: Iterable[Held], leaving: str) -> list[tuple[Person, str]]:
    """People in office in the units of these posts and in line with them, each with the title known best, by name."""
    units: set[str] = set()
    for unit in {each.post.unit_id for each in held}:
        above = ancestors(unit)[:1]
        beside = Unit.objects.filter(parent__in=above).values_list("id", flat=True) if above else []
        units |= {unit, *above, *beside, *descendants(unit)}
    running = appointments_on().filter(post__unit__in=units).exclude(person=leaving)
    found: dict[str, tuple[Person, str]] = {}
    for appointment in running.select_related("person", "post__unit").order_by("-post__is_leader")[
        : MOST * 2
    ]:
        title = f"{appointment.post.unit.name}{appointment.post.title}"
        found.setdefault(appointment.person_id, (appointment.person, title))
    return sorted(found.values(), key=lambda each: (each[1], each[0].id))[:MOST]


def _chosen(
    request: HttpRequest, held: Iterable[Held], people: Iterable[tuple[Person, str]]
) -> dict[str, Person]:
    known = {person.id: person for person, _ in people}
    wanted = {each.post.id: request.POST.get(f"to-{each.post.id}", "") for each in held}
    return {post: known[person] for post, person in wanted.items() if person in known}


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as fault:
        raise Refusal(
            "bad-day", gettext("离任日填的是“%(text)s”，应是年-月-日，如2026-09-22。") % {"text": text[:20]}
        ) from fault
