"""One overdue case is lifted a level by the system, as its playbook and the rule say."""

from __future__ import annotations

from dataclasses import replace

from luodi.kernel.cases.acts.applying import write_step
from luodi.kernel.cases.lifting import Late, lifting_move, lifts_at
from luodi.kernel.cases.models import Case, DueItem
from luodi.kernel.cases.registry import kind_of, playbook_of
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.rules.book import RuleBook


class _InOtherHands(Exception):  # noqa: N818 (nothing went wrong: there is nothing left to do)
    """Somebody else is moving the case, or has."""


def lift(item: DueItem, late: Late, version: int, book: RuleBook) -> bool:
    """Lift the case of an item that was seen to be ``late`` by now. ``False`` where it is no longer as it was seen.

    Of two that see the same only one finds the level that it saw.
    """
    playbook = playbook_of(late.kind, version)
    move = lifting_move(playbook, late.state)
    if move is None:
        return False
    try:
        with action("case.moved", by=SYSTEM, subject=item.subject) as act:
            free = Case.objects.select_for_update(skip_locked=True, no_key=True)
            row = free.filter(pk=item.subject, level=late.level, state=late.state, version=version).first()
            if row is None:
                raise _InOtherHands
            given = dict.fromkeys(ask.name for ask in move.asks)
            write_step(act, row, kind_of(row.kind), move, given, row.state, row.state, by_system=True)
            act.change(row, level=late.level + 1)
            act.shown |= {"move": move.name, "from": row.state, "to": row.state, "level": row.level}
            higher = replace(late, level=row.level)
            DueItem.objects.filter(subject=row.id).update(level=row.level)
            DueItem.objects.filter(pk=item.pk).update(turns_at=lifts_at(higher, playbook, book))
    except _InOtherHands:
        return False
    return True
