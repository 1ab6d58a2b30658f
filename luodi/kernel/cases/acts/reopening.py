"""A case that has ended goes on where it stood, its clocks with it."""

from __future__ import annotations

from luodi.kernel.cases.acts.applying import enter, pauses_of, write_step
from luodi.kernel.cases.acts.clocking import Turn
from luodi.kernel.cases.acts.effects import details_of
from luodi.kernel.cases.acts.ground import locked, reason_given, require_office
from luodi.kernel.cases.acts.opening import refuse_a_second, stage_above
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.cases.playbook import OWN_MOVES, Move, Playbook
from luodi.kernel.cases.registry import kind_of, playbook_of
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal

_REOPEN = OWN_MOVES["reopen"]


def reopen(case: Case | str, *, by: Actor, reason: str) -> Step:
    """Back to the state it was closed from. Clocks that ran there go on with their first count, or anew where they restart.

    For its office. Raises ``Refusal``: ``no-such-case``, ``still-open``, ``merged``, ``other-party``, ``reason-missing``,
    ``open-already`` where another case of its subject is open, ``not-beneath`` where the one above it has gone on.
    """
    key = case if isinstance(case, str) else case.id
    with action("case.reopened", by=by, subject=key) as act:
        row = locked(key)
        require_office(row, by, _REOPEN.label)
        if row.closed_at is None:
            raise Refusal("still-open", f"{row.number}没有办结，不用重新办理。")
        if row.merged_into_id is not None:
            raise Refusal("merged", f"{row.number}已并入另一件。要接着办，请撤回合并。")
        return come_back(act, row, _REOPEN, reason)


def come_back(act: Action, row: Case, move: Move, reason: str) -> Step:
    """Within an action, on a locked case that has ended. Raises ``Refusal``; see ``reopen``."""
    kind, playbook = kind_of(row.kind), playbook_of(row.kind, row.version)
    given = {"reason": reason_given(reason, move.label)}
    if row.parent_id is not None:
        stage_above(row.parent_id, row.kind)
    if playbook.unique_on:
        refuse_a_second(
            kind, playbook, {playbook.unique_on: getattr(details_of(row, kind), playbook.unique_on)}
        )
    old, new = row.state, _left(row, playbook)
    step = write_step(act, row, kind, move, given, old, new)
    enter(act, row, kind, Turn(playbook, move, given, old, new, pauses_of(row)), {"merged_into": None})
    act.shown |= {"from": old, "to": new}
    return step


def _left(row: Case, playbook: Playbook) -> str:
    """The state from which it ended; where that was a suspension, the one that the suspension had left."""
    made = Step.objects.filter(case=row, to_state=row.state, taken_back=False).exclude(from_state=row.state)
    left = made.order_by("-id").values_list("from_state", flat=True).first() or ""
    if left in playbook.suspended():
        left = pauses_of(row)[-1].state_left
    if left not in playbook.state_named:
        raise Refusal("nowhere-to-go", f"{row.number}办结前的那一步，现在的流程里没有了，不能重新办理。")
    return left
