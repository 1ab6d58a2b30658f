"""Questions to the cases that are nobody's in particular: what has lost its owner, and who would take over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from luodi.kernel.cases.models import Case
from luodi.kernel.clocks.now import today
from luodi.kernel.register.lookups import answerable
from luodi.kernel.register.models import Post, Unit


def ownerless(day: dt.date | None = None) -> QuerySet[Case]:
    """Open cases whose post or unit is closed on a day, today unless told: of whoever does, runs or checks them."""
    last = day or today()
    gone = Q(post__closed_on__lte=last)
    for role in ("unit", "office_unit", "verifier_unit"):
        gone |= Q(**{f"{role}__closed_on__lte": last})
    found = Case.objects.filter(gone, closed_at=None)
    return found.select_related("unit", "post", "office_unit", "verifier_unit").order_by("opened_on", "id")


@dataclass(frozen=True, slots=True)
class Heirs:
    """Who took over, as the register says: to be proposed, and confirmed by a person. ``None`` where nobody is known."""

    unit: Unit | None
    post: Post | None
    verifier_unit: Unit | None


def heirs_of(case: Case, day: dt.date | None = None) -> Heirs:
    """Who answers on a day for what the case's post, unit and verifier owned."""
    post = _open(Post, case.post_id, day)
    unit = _open(Unit, case.unit_id, day)
    if unit is None and post is not None:
        unit = post.unit
    return Heirs(unit, post, _open(Unit, case.verifier_unit_id, day))


def _open(model: type[Post] | type[Unit], key: str | None, day: dt.date | None) -> Post | Unit | None:
    if key is None:
        return None
    found = model.objects.get(pk=answerable(key, day))
    return found if found.closed_on is None or found.closed_on > (day or today()) else None
