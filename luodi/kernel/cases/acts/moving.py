"""Moving a case, and signing what needs a second signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luodi.kernel.cases.acts.applying import apply, write_step
from luodi.kernel.cases.acts.effects import require_short
from luodi.kernel.cases.acts.ground import locked, standing_of
from luodi.kernel.cases.acts.telling import tell_waiting
from luodi.kernel.cases.answers import checked
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.cases.playbook import PARTIES, Playbook
from luodi.kernel.cases.possible import Standing, held_by_children, require
from luodi.kernel.cases.registry import kind_of, playbook_of, step_columns
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal


def move(
    case: Case | str, name: str, *, by: Actor, answers: Mapping[str, Any] | None = None, seen: str = ""
) -> Step:
    """Make a move; one that needs a second signature is written down and waits for it.

    ``seen``: the state the person saw; another one now means that somebody was quicker. Raises ``Refusal``: ``no-such-case``,
    ``changed-meanwhile``, those of ``possible.require`` and of the answers, ``top-level``, ``no-extension``, ``not-later``.
    """
    key = case if isinstance(case, str) else case.id
    with action("case.moved", by=by, subject=key) as act:
        row = locked(key)
        playbook = playbook_of(row.kind, row.version)
        if seen and seen != row.state:
            # no form of ours sends a state that there is not
            is_known = seen in playbook.state_named or seen in playbook.end_named
            before = playbook.label_of(seen) if is_known else "别的情形"
            raise Refusal(
                "changed-meanwhile",
                f"没有记下。这件事刚被别人动过：您看到的是“{before}”，"
                f"现在是“{playbook.label_of(row.state)}”。您填的都在，请看过再定。",
            )
        chosen = require(playbook, standing_of(row, by, name), name)
        given = checked(chosen, answers or {})
        kind = kind_of(row.kind)
        if chosen.signed_by is None:
            return apply(act, row, kind, playbook, chosen, given)
        require_short(act, row, chosen, given)
        act.shown |= {"move": chosen.name, "waits": chosen.signed_by}
        step = write_step(act, row, kind, chosen, given, row.state, row.state, signature=True)
        tell_waiting(act, row, playbook, chosen)
        return step


def sign(step: Step | str, *, by: Actor, agrees: bool = True) -> Step:
    """The second party signs a move that waits for it, which now takes effect; or does not agree, and it is taken back.

    Raises ``Refusal``: ``no-such-step``, ``nothing-to-sign``, ``same-hand``, ``other-party``, ``not-from-here``,
    ``children-open``.
    """
    key = step if isinstance(step, str) else step.id
    found = Step.objects.filter(pk=key).first()
    if found is None:
        raise Refusal("no-such-step", f"没有编号为“{key}”的办理记录。请从事项页面重新进入。")
    with action("case.signed", by=by, subject=found.case_id) as act:
        row = locked(found.case_id)
        found = Step.objects.select_for_update(no_key=True).get(pk=key)
        playbook = playbook_of(row.kind, row.version)
        chosen = playbook.move_named[found.move]
        standing = standing_of(row, by)
        if (refusal := why_not_sign(found, row, playbook, standing, by)) is not None:
            raise refusal
        if agrees and (refusal := held_by_children(chosen, standing)) is not None:
            raise refusal
        act.shown |= {"step": found.id, "agrees": agrees}
        if not agrees:
            return act.change(found, taken_back=True, signed_by_id=by.post)
        act.change(found, signed_at=act.at, signed_by_id=by.post)
        kind = kind_of(row.kind)
        columns = step_columns(chosen, set())
        given = {ask.name: getattr(found, column) for column, ask in columns.items()}
        return apply(act, row, kind, playbook, chosen, {ask.name: None for ask in chosen.asks} | given, found)


def why_not_sign(step: Step, row: Case, playbook: Playbook, standing: Standing, by: Actor) -> Refusal | None:
    """Why ``by``, who stands so to the case, may not sign that step of it now; nothing where he may."""
    chosen = playbook.move_named[step.move]
    if not step.needs_signature or step.signed_at is not None or step.taken_back:
        return Refusal("nothing-to-sign", "这一步不用签，或已经签过。")
    if chosen.signed_by not in standing.parties:
        return Refusal("other-party", f"“{chosen.label}”要由{PARTIES[chosen.signed_by or 'leader']}签字。")
    if step.post_id == by.post:
        return Refusal("same-hand", "提出的岗位不能自己签，请由另一个岗位来签。")
    if row.state not in chosen.sources:
        return Refusal(
            "not-from-here", f"这件现在是“{playbook.label_of(row.state)}”，“{chosen.label}”已经用不上。"
        )
    return None
