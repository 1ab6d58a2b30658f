"""Time passes: lights change, what stays overdue is lifted, what was kept long enough is forgotten.

Safe to call at any time, twice, and from two workers at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from luodi.kernel.cases.acts.lifting import lift
from luodi.kernel.cases.acts.retaining import forget_due
from luodi.kernel.cases.acts.telling import tell_turned
from luodi.kernel.cases.due_items import NEAR, lit
from luodi.kernel.cases.lifting import Late, lifts_at, load_of
from luodi.kernel.cases.models import Case, DueItem
from luodi.kernel.cases.registry import playbook_of
from luodi.kernel.clocks.now import day_of, now
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.lookups import rulebook

BATCH = 500
Seen = tuple[Late, int]  # how late something is, and the version of its playbook


def tick() -> int:
    """Do what the time has come for; returns how many lights turned and cases were lifted.

    Reads only the rows whose time has come, a batch at a time: an item, of a red one its case, of a lifted one its case anew.
    """
    done = 0
    # lights first: whoever looks for what is to be lifted reads past every light that is still to turn
    for some in (_turn_some, _lift_some):
        while count := some():
            done += count
    forget_due()
    return done


def _turn_some() -> int:
    """Green to amber to red; what has become red is told when it will be lifted."""
    ripe = DueItem.objects.filter(turns_at__lte=now()).exclude(light="red")
    if not ripe.exists():
        return 0
    with action("cases.turned", by=SYSTEM, subject="") as act:
        rows = list(ripe.select_for_update(skip_locked=True, no_key=True).order_by("turns_at")[:BATCH])
        book = rulebook()
        for row in rows:
            near = book.choose(NEAR, on=day_of(row.started_at), facts={"kind": row.kind})
            found = lit(row.due_at, act.at, int(near.value("workdays")))
            row.light, row.turns_at = found.light, found.turns_at
        for row, (late, version) in _seen(row for row in rows if row.light == "red"):
            row.turns_at = lifts_at(late, playbook_of(late.kind, version), book)
        DueItem.objects.bulk_update(rows, ["light", "turns_at"])
        tell_turned(act, rows)
        act.shown |= {"rows": len(rows)}
    return len(rows)


def _lift_some() -> int:
    """Lift what is due to be; where level, place, load or rule are others by now, only say anew when it will be."""
    rows = list(DueItem.objects.filter(turns_at__lte=now(), light="red").order_by("turns_at")[:BATCH])
    if not rows:
        return 0
    book, lifted = rulebook(), 0
    stale: dict[Any, tuple[DueItem, dt.datetime | None]] = {row.pk: (row, None) for row in rows}
    seen = _seen(rows)
    loads = _loads(seen, book)
    for row, (late, version) in seen:
        wanted = load_of(late, book)
        is_loaded = wanted is not None and loads.get(row.unit_id, 0) >= wanted
        when = lifts_at(late, playbook_of(late.kind, version), book, is_loaded=is_loaded)
        if when is None or when > now():
            stale[row.pk] = (row, when)
            continue
        del stale[row.pk]
        lifted += lift(row, late, version, book)
    return lifted + _put_off(stale.values())


def _loads(seen: Iterable[tuple[DueItem, Seen]], book: RuleBook) -> dict[str, int]:
    """How much is overdue at each unit whose rule asks for it. One query, and only where one does."""
    units = {row.unit_id for row, (late, _) in seen if load_of(late, book) is not None}
    if not units:
        return {}
    late_ones = DueItem.objects.filter(unit__in=units, due_at__lte=now()).exclude(light="paused")
    return dict(late_ones.values_list("unit").annotate(Count("id")).order_by())


def _put_off(stale: Iterable[tuple[DueItem, dt.datetime | None]]) -> int:
    """Set when these are looked at again; who has moved one of them meanwhile has done so already."""
    if not (rows := list(stale)):
        return 0
    with action("cases.turned", by=SYSTEM, subject="") as act:
        changed = sum(
            DueItem.objects.filter(pk=row.pk, light="red", turns_at=row.turns_at).update(turns_at=when)
            for row, when in rows
        )
        act.shown |= {"rows": changed}
    return changed


def _seen(rows: Iterable[DueItem]) -> list[tuple[DueItem, Seen]]:
    """The items that are about cases, each with how late it is. One query."""
    given = list(rows)
    if not given:
        return []
    subjects = {row.subject for row in given}
    names = ("state", "level", "version")
    cases = {
        key: rest
        for key, *rest in Case.objects.filter(pk__in=subjects, closed_at=None).values_list("pk", *names)
    }
    found = []
    for row in given:
        if row.subject in cases:
            state, level, version = cases[row.subject]
            found.append((row, (Late(row.name, row.kind, state, level, row.started_at, row.due_at), version)))
    return found
