"""The list's questions to the database: which cases, in which order, how many; a handful for any number of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, DateField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from luodi.desk.cases.inbox_counts import Bounds, with_light
from luodi.desk.cases.listing_asking import Asked
from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.models import Case, DueItem
from luodi.kernel.ledger.action import Actor

NEVER = dt.date(9999, 12, 31)  # where cases without a running clock stand
BY_DUE = "due_order"


@dataclass(frozen=True, slots=True)
class Totals:
    """How many a choice holds, and how many of them are open with a day that is past."""

    whole: int
    overdue: int


def chosen(wanted: Asked, actor: Actor, bounds: Bounds) -> QuerySet[Case]:
    """The cases of a choice that the actor may see, with ``due_order`` to sort by."""
    found = visible_to(actor)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.unit:
        found = found.filter(unit=wanted.unit)
    if wanted.since:
        found = found.filter(opened_on__gte=wanted.since)
    if wanted.until:
        found = found.filter(opened_on__lte=wanted.until)
    if wanted.light:
        lit = with_light(DueItem.objects.all(), wanted.light, bounds)
        found = found.filter(pk__in=lit.values("subject"))
    for word in wanted.text.split():
        found = found.filter(Q(number__startswith=word) | Q(pk=word) | Q(title__icontains=word))
    order = Coalesce("planned_due", Value(NEVER), output_field=DateField())
    return _ended(found, wanted.ended).annotate(**{BY_DUE: order})


def totals_of(found: QuerySet[Case], day: dt.date) -> Totals:
    """Count a choice. One query."""
    past = Q(closed_at=None, planned_due__lt=day)
    counted = (
        found.order_by().select_related(None).aggregate(whole=Count("pk"), overdue=Count("pk", filter=past))
    )
    return Totals(**counted)


def state_counts(wanted: Asked, actor: Actor, bounds: Bounds) -> dict[str, int]:
    """How many of a choice stand in which state, whatever state was chosen. One query."""
    found = chosen(replace(wanted, state=""), actor, bounds).order_by().select_related(None)
    return dict(found.values_list("state").annotate(number=Count("pk")))


def next_dues(cases: Iterable[Case]) -> dict[str, DueItem]:
    """Of each case what is due first. One query."""
    items = DueItem.objects.filter(subject__in=[case.id for case in cases]).order_by("-due_at", "-id")
    return {item.subject: item for item in items}  # the earliest is written last


def _ended(found: QuerySet[Case], ended: str) -> QuerySet[Case]:
    if ended == "all":
        return found
    if ended == "closed":
        return found.filter(closed_at__isnull=False)
    return found.filter(outcome=ended) if ended else found.filter(closed_at=None)
