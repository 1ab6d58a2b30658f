"""Questions to the cases that are nobody's in particular: what has lost its owner, and who would take over."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TypeVar

from cryptography.exceptions import InvalidTag
from django.db.models import Q, QuerySet

from luodi.kernel.cases.models import Case
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.lookups import events_about, staff_data
from luodi.kernel.ledger.models import Secret
from luodi.kernel.ledger.personal import opened
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


Answering = TypeVar("Answering", Post, Unit)


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


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody had a sensitive field shown: which one of which row, when, as which post (its id), and why.

    ``reason`` is empty where it was erased, or does not open here.
    """

    at: dt.datetime
    post: str
    row: str
    field: str
    reason: str


def looks_at(case: Case, most: int = 20) -> list[Look]:
    """Who had sensitive fields of a case shown (``actions.unmask``), the newest first. Two queries."""
    events = list(events_about(case.id).filter(kind="privacy.unmasked").order_by("-id")[:most])
    told = Secret.objects.filter(event__in=events, row=case.id, id__endswith=".data") if events else ()
    reasons = {secret.event_id: _reason(secret) for secret in told}
    found = []
    for event in events:
        data = staff_data(event)
        reason = reasons.get(event.id, "")
        found.append(Look(event.at, event.post, str(data["row"]), str(data["field"]), reason))
    return found


def _reason(secret: Secret) -> str:
    try:
        found = opened(secret)
    except (ValueError, InvalidTag):  # the key is not here, or somebody was at it: ``verify`` says which
        return ""
    return str(json.loads(found[0]).get("reason", "")) if found is not None else ""


def _open(model: type[Answering], key: str | None, day: dt.date | None) -> Answering | None:
    if key is None:
        return None
    found = model._default_manager.get(pk=answerable(key, day))
    return found if found.closed_on is None or found.closed_on > (day or today()) else None
