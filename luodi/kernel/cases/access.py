"""Which cases a reader may see, and what is due from whom. Nothing granted means one's own unit's cases and no others."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from luodi.kernel.accounts.access import may, post_of, units_within
from luodi.kernel.cases.models import Case, DueItem
from luodi.kernel.cases.registry import kinds
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.lookups import descendants


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor's post does, checks, runs or leads, those of the units beneath its own included."""
    post = post_of(actor)
    found = Case.objects.select_related("unit", "post", "office_unit", "verifier_unit", "place")
    if post is None or post.closed_on is not None:
        return found.none()
    led, run, checked = (units_within(actor, (role,)) for role in ("leader", "office", "verifier"))
    if led is None or run is None:
        return found
    own = {post.unit_id, *descendants(post.unit_id)}
    reached = Q(unit__in=own | led) | Q(office_unit__in=own | run) | Q(verifier_unit__in=own)
    # nobody in particular was asked to check, so any verifier may
    unassigned = Q(verifier_unit=None) if checked is None else Q(verifier_unit=None, unit__in=checked)
    return found.filter(Q(post=post) | reached | unassigned)


def sees_all(actor: Actor) -> bool:
    """Whether ``visible_to`` leaves out no case: of whoever leads or runs the whole district."""
    post = post_of(actor)
    if post is None or post.closed_on is not None:
        return False
    return any(units_within(actor, (role,)) is None for role in ("leader", "office"))


def public() -> QuerySet[Case]:
    """The cases of those kinds whose course anybody may read, without their internal fields."""
    shown = [kind.name for kind in kinds() if any(book.public for book in kind.playbooks.values())]
    return Case.objects.filter(kind__in=shown).defer(*(set(Case.PRIVACY.internal) - {"unit"}))


def due_from(actor: Actor, *, whole: bool = False) -> QuerySet[DueItem]:
    """What is due from the actor's post, earliest first; ``whole``: from every unit that it leads, runs or belongs to."""
    post = post_of(actor)
    found = DueItem.objects.select_related("unit", "post").order_by("due_at", "id")
    if post is None or post.closed_on is not None:
        return found.none()
    if not whole:
        return found.filter(Q(post=post) | Q(post=None, unit=post.unit_id))
    reached = units_within(actor, ("leader", "office"))
    if reached is None:
        return found
    return found.filter(unit__in={post.unit_id, *descendants(post.unit_id), *reached})


def may_read_sensitive(actor: Actor, case: Case) -> bool:
    """Whether sensitive fields stand open before the actor: to those who do, check or run the case.

    A leader, and whoever else sees the case, asks for a single field with a reason (``actions.unmask``), which is an event.
    """
    post = post_of(actor)
    if post is None or post.closed_on is not None:
        return False
    if post.id == case.post_id or may(actor, "office", case.office_unit_id):
        return True
    return post.unit_id in {case.unit_id, case.verifier_unit_id}
