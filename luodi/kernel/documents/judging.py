"""A judgement as part of an act: of the reviewer's own, or of an adoption, which is one event with it."""

from __future__ import annotations

from django.db.models import Max

from luodi.kernel.documents.models import Judgement, StatementKey
from luodi.kernel.ledger.action import Action
from luodi.kernel.ledger.rows import put_after

# what a statement is after each verdict
STATE_AFTER = {
    "accept": "adopted",
    "correct": "adopted",
    "refuse": "refused",
    "merge": "merged",
    "keep": "kept",
    "undo": "unread",
}


def enter_judgement(
    act: Action, statement: StatementKey, verdict: str, reason: str = "", state: str = ""
) -> Judgement:
    """Enter a judgement into ``act`` and set the statement's state: ``state``, or what follows from the verdict.

    The statement is held under lock. Raises ``ValueError`` for an unknown verdict.
    """
    if verdict not in STATE_AFTER:
        raise ValueError(f"verdict {verdict!r} is none of {', '.join(STATE_AFTER)}")
    judgement = Judgement(
        statement=statement, verdict=verdict, at=act.at, post=act.by.post, reason=reason or None
    )
    earlier = Judgement.objects.filter(statement=statement)
    put_after(judgement, earlier.aggregate(newest=Max("id"))["newest"])
    act.create(judgement)
    act.change(statement, state=state or STATE_AFTER[verdict])
    return judgement
