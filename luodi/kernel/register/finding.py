"""Finding units by what anybody calls them: the name, the short name, a name they had, a name people use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from luodi.kernel.register.models import Unit, UnitName


def units_called(words: str) -> QuerySet[Unit]:
    """Units, closed ones too, one of whose names holds ``words``."""
    had = UnitName.objects.filter(name__icontains=words).values("unit")
    return Unit.objects.filter(Q(name__icontains=words) | Q(short_name__icontains=words) | Q(pk__in=had))


def other_names(units: Iterable[str] | None = None) -> dict[str, list[UnitName]]:
    """The names besides the present ones, by unit (all): aliases in use first, then the latest given up. One query."""
    found: dict[str, list[UnitName]] = defaultdict(list)
    rows = UnitName.objects.order_by("-until", "-id")
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    for row in sorted(rows, key=lambda name: name.until is not None):
        found[row.unit_id].append(row)
    return dict(found)
