"""The first page after log-in: as which post one acts, what waits for it and for one's signature, where to begin."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from luodi.desk.directory.handing import listed_ids
from luodi.desk.doors import staff_door
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.desk.waiting import doors_for, lines_for
from luodi.kernel.accounts.models import Grant
from luodi.kernel.ledger import set_back
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.register.lookups import district, names_of, unsigned_hand_overs
from luodi.kernel.register.models import Appointment, Unit


@staff_door
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """``/desk/``."""
    presence = presence_of(request)
    roles = sorted(presence.roles, key=str)
    names = names_of(scope for _, scope in roles if scope)
    shown = [(dict(Grant.ROLES)[role], names.get(scope or "", "")) for role, scope in roles]
    return page(
        request,
        "desk/home.html",
        here="home",
        roles=shown,
        to_sign=_to_sign(_person(presence)),
        waiting=lines_for(presence),
        doors=doors_for(presence),
        clock_warning=set_back.warning(),
        is_first_hour=presence.has_role("administrator", "office") and _is_first_hour(),
    )


def _is_first_hour() -> bool:
    """Whether the district is still to be set up: not founded, or with no unit but the one of whoever founded it."""
    return district() is None or len(Unit.objects.filter(closed_on__isnull=True)[:2]) < 2


@staff_door
@require_POST
def sign(request: HttpRequest, appointment: str) -> HttpResponse:
    """``/desk/hand-over/<id>``: sign one's own side of a hand-over."""
    presence = presence_of(request)
    person = _person(presence)
    later, side = next(((row, side) for row, side in _to_sign(person) if row.id == appointment), (None, ""))
    if later is None:
        raise Refusal("nothing-to-sign", "这份交接不用您签，或已经签过。请回工作台看还有哪些要签。")
    signing = register.sign_given if side == "given" else register.sign_taken
    signing(later, signer=person, by=presence.actor, listed=listed_ids(later.post))
    messages.success(request, f"“{later.post.title}”的交接，您这一方已签。")
    return HttpResponseRedirect("/desk/")


def _person(presence: Presence) -> str:
    return presence.account.person_id if presence.account else ""


def _to_sign(person: str) -> list[tuple[Appointment, str]]:
    """The hand-overs that wait for this person, each with the side: ``given`` or ``taken``."""
    found: list[tuple[Appointment, str]] = []
    for later in unsigned_hand_overs():
        if later.after is not None and later.after.person_id == person and later.after.given_on is None:
            found.append((later, "given"))
        if later.person_id == person and later.taken_on is None:
            found.append((later, "taken"))
    return found
