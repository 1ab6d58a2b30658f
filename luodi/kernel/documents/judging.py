"""A judgement as part of an act: of the reviewer's own, or of an adoption, which is one event with it."""

from __future__ import annotations

from luodi.kernel.documents.models import Judgement, StatementKey
from luodi.kernel.ledger.action import Action

# what a statement is after each verdict
STATE_AFTER = {
    "accept": "adopted",
    "correct": "adopted",
    "refuse": "refused",
    "merge": "merged",
    "keep": "kept",
    "undo": "unread",
}


def enter_judgement(act: Action, statement: StatementKey, verdict: str, reason: str = "") -> Judgement:
    """Enter a judgement into ``act`` and set the statement's state. Raises ``ValueError`` for an unknown verdict."""
    if verdict not in STATE_AFTER:
        raise ValueError(f"verdict {verdict!r} is none of {', '.join(STATE_AFTER)}")
    judgement = Judgement(
        statement=statement, verdict=verdict, at=act.at, post=act.by.post, reason=reason or None
    )
    act.create(judgement)
    act.change(statement, state=STATE_AFTER[verdict])
    return judgement
