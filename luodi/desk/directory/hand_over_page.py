"""``/desk/directory/hand-overs``, ``…/<id>``: a post goes from one person to another; both see the list and sign it.

The two who sign may come without any role; everybody else needs one that reaches the post's unit.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from luodi.desk.directory.handing import handed, listed_ids
from luodi.desk.directory.holders import known_people
from luodi.desk.directory.reach import ROLES, reach_of
from luodi.desk.doors import role_door, staff_door
from luodi.desk.leading.briefs import briefs
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts.models import Grant
from luodi.kernel.clocks.now import now
from luodi.kernel.ledger.lookups import events_about, staff_data
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions
from luodi.kernel.register.models import Appointment

A_PAGE = 40
MOST = 200  # promises on the list of one hand-over; a post with more has its own list


@role_door(*ROLES)
@require_safe
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Every hand-over, those not signed by both first."""
    presence = presence_of(request)
    reach = reach_of(presence)
    found = Appointment.objects.filter(after__isnull=False).select_related(
        "post__unit", "person", "after__person"
    )
    if reach.units is not None:
        found = found.filter(post__unit__in=reach.units)
    unsigned = found.filter(Q(taken_on__isnull=True) | Q(after__given_on__isnull=True))
    is_all = request.GET.get("show") == "all"
    rows = (found if is_all else unsigned).order_by("-since", "-id")
    at = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    listed = list(at.object_list)
    return page(
        request,
        "desk/directory/hand_overs.html",
        here="directory",
        at=at,
        rows=listed,
        is_all=is_all,
        unsigned=unsigned.count(),
        known=known_people(
            presence.actor, (p for row in listed if row.after for p in (row.person_id, row.after.person_id))
        ),
        more="?show=all&page=" if is_all else "?page=",
    )


@staff_door
@require_safe
def hand_over_page(request: HttpRequest, ident: str) -> HttpResponse:
    """One hand-over with its list."""
    presence = presence_of(request)
    later = _seen(presence, ident)
    things = handed(later.post)
    mine = _side(presence, later)
    signed = {event.kind: len(staff_data(event).get("listed", ())) for event in events_about(later.id)}
    return page(
        request,
        "desk/directory/hand_over.html",
        here="directory",
        later=later,
        earlier=later.after,
        things=things,
        rows=briefs(list(things.promises[:MOST])),
        total=len(things.listed),
        most=MOST,
        side=mine,
        given=signed.get("hand_over.given"),
        taken=signed.get("hand_over.taken"),
        role_words=dict(Grant.ROLES),
        is_keeper=presence.post is not None and presence.has_role(*ROLES),
        moment=now(),
    )


@staff_door
@require_POST
def sign(request: HttpRequest, ident: str) -> HttpResponse:
    """``/desk/directory/hand-overs/<id>/sign``: the side of whoever is logged in, over the list as it stands."""
    presence = presence_of(request)
    later = _seen(presence, ident)
    side, account = _side(presence, later), presence.account
    if not side or account is None:
        raise Refusal("nothing-to-sign", "这份交接不用您签，或您已经签过。请回工作台看还有哪些要签。")
    signing = actions.sign_given if side == "given" else actions.sign_taken
    signing(later, signer=account.person_id, by=presence.actor, listed=listed_ids(later.post))
    messages.success(request, gettext("“%(post)s”的交接，您这一方签好了。") % {"post": later.post.title})
    return HttpResponseRedirect(f"/desk/directory/hand-overs/{later.id}")


def _seen(presence: Presence, ident: str) -> Appointment:
    """The later appointment of a hand-over that this person may see."""
    related = ("post__unit", "person", "after__person")
    later = Appointment.objects.select_related(*related).filter(pk=ident, after__isnull=False).first()
    if later is not None and later.after is not None and presence.account is not None:
        is_party = presence.account.person_id in (later.person_id, later.after.person_id)
        is_keeper = presence.post is not None and presence.has_role(*ROLES)
        if is_party or (is_keeper and reach_of(presence).covers(later.post.unit_id)):
            return later
    raise Http404(gettext("没有这份交接，或它与您无关。"))


def _side(presence: Presence, later: Appointment) -> str:
    """Which signature is this person's and still to be given: ``given``, ``taken`` or none."""
    person = presence.account.person_id if presence.account else ""
    if later.after is not None and later.after.person_id == person and later.after.given_on is None:
        return "given"
    return "taken" if later.person_id == person and later.taken_on is None else ""
