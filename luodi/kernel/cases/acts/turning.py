"""Time passes: lights change by themselves. Safe to call at any time, twice, and from two workers at once."""

from __future__ import annotations

from luodi.kernel.cases.due_items import NEAR, lit
from luodi.kernel.cases.models import DueItem
from luodi.kernel.clocks.now import day_of, now
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.rules.lookups import rulebook

BATCH = 500


def tick() -> int:
    """Turn every light whose time has come; returns how many turned. Reads only those rows, a batch at a time."""
    turned = 0
    while DueItem.objects.filter(turns_at__lte=now()).exists():
        turned += _turn_some()
    return turned


def _turn_some() -> int:
    with action("cases.turned", by=SYSTEM, subject="") as act:
        due = DueItem.objects.select_for_update(skip_locked=True, no_key=True).filter(turns_at__lte=act.at)
        rows = list(due.order_by("turns_at")[:BATCH])
        book = rulebook()
        for row in rows:
            near = book.choose(NEAR, on=day_of(row.started_at), facts={"kind": row.kind})
            found = lit(row.due_at, act.at, int(near.value("workdays")))
            row.light, row.turns_at = found.light, found.turns_at
        DueItem.objects.bulk_update(rows, ["light", "turns_at"])
        act.shown |= {"rows": len(rows)}
    return len(rows)
