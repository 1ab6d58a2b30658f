"""Which reckoned rates a reader may see: they are of the whole district, so those who see all of it."""

from __future__ import annotations

from django.db.models import Max, QuerySet

from luodi.kernel.cases.access import sees_all
from luodi.kernel.cases.rate_models import Reckoned
from luodi.kernel.ledger.action import Actor


def newest_for(actor: Actor) -> QuerySet[Reckoned]:
    """The figures that were reckoned last; none for whoever sees a part."""
    if not sees_all(actor):
        return Reckoned.objects.none()
    last = Reckoned.objects.aggregate(last=Max("until"))["last"]
    return Reckoned.objects.filter(until=last).order_by("id")
