"""Questions to what is remembered of sheets."""

from __future__ import annotations

import json

from luodi.kernel.register.finding import other_names
from luodi.kernel.register.models import Unit
from luodi.kernel.sheets.fields import Use
from luodi.kernel.sheets.models import Mapping
from luodi.kernel.sheets.proposing import fingerprint
from luodi.kernel.sheets.table import Table
from luodi.kernel.sheets.unit_names import KnownUnit


def remembered(use: Use, table: Table) -> dict[int, str] | None:
    """The fields by column that a person confirmed for this layout before; ``None`` for a new one."""
    row = Mapping.objects.filter(fingerprint=fingerprint(use, table)).first()
    return None if row is None else {int(place): name for place, name in json.loads(row.columns).items()}


def known_units() -> list[KnownUnit]:
    """The open units of the register with all their names. Two queries."""
    rows = Unit.objects.filter(closed_on__isnull=True).order_by("id").values_list("id", "name", "short_name")
    others = other_names()
    return [KnownUnit(*row, others=tuple(name.name for name in others.get(row[0], ()))) for row in rows]
