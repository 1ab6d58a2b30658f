"""Whom each change of a case concerns: who acts next, who has to sign, whose time runs out; told within that act."""

from __future__ import annotations

from collections.abc import Sequence

from luodi.kernel.accounts.access import post_of
from luodi.kernel.cases.models import Case, DueItem
from luodi.kernel.cases.playbook import Move, Party, Playbook
from luodi.kernel.cases.registry import due_label
from luodi.kernel.ledger.action import Action
from luodi.kernel.notices import actions as notices
from luodi.kernel.notices.actions import About, To
from luodi.kernel.notices.recipients import posts_with

_TOLD_OF = ("amber", "red")
_HAND_OVER = "hand_over"
_ROLES: dict[Party, str] = {
    "leader": "leader",
    "office": "office",
    "verifier": "verifier",
    "doer": "reporter",
}


def tell_moved(act: Action, case: Case, playbook: Playbook, move: Move, old: str) -> None:
    """The case has gone on to another place, or to other hands: whoever acts next is told, unless it is the one who acted.

    ``old`` is the place it was in before; empty for a new case. ``returned`` where it goes back to an earlier one.
    """
    state = playbook.state_named.get(case.state)
    if state is None or (case.state == old and move.effect != "assign" and move.name != _HAND_OVER):
        return
    to, acting = _whose(case, state.waits_for), post_of(act.by)
    if acting is not None and (to.post == acting.id if to.post else to.unit == acting.unit_id):
        return
    about = About(case.id, case.number, playbook.label, state.says or state.label, case.planned_due)
    notices.about_case(
        act, "returned" if _goes_back(playbook, move, old, case.state) else "assigned", about, [to]
    )


def _goes_back(playbook: Playbook, move: Move, old: str, new: str) -> bool:
    """Whether the move leads to a place that stands before the one it left, in the playbook's own order."""
    order = [state.name for state in playbook.states]
    if move.effect == "resume" or old not in order or new not in order:
        return False
    return order.index(new) < order.index(old)


def tell_waiting(act: Action, case: Case, playbook: Playbook, move: Move) -> None:
    """A move waits for a second signature: the posts that may give it are told, but for the one that asked."""
    if move.signed_by is None or move.signed_by not in _ROLES:
        return
    unit = case.office_unit_id if move.signed_by == "office" else case.unit_id
    signers = [To(p.unit_id, p.id) for p in posts_with(_ROLES[move.signed_by], unit) if p.id != act.by.post]
    about = About(case.id, case.number, playbook.label, f"签字：{move.label}", case.planned_due)
    notices.about_case(act, "signature", about, signers)


def tell_turned(act: Action, rows: Sequence[DueItem]) -> int:
    """Lights turned amber or red: whoever it is due from is told, once a turn; how many were told of. Three queries."""
    turned = [row for row in rows if row.light in _TOLD_OF]
    numbers = dict(Case.objects.filter(pk__in={row.subject for row in turned}).values_list("id", "number"))
    told = 0
    for light in _TOLD_OF:
        found = [
            (
                About(row.subject, numbers.get(row.subject, ""), due_label(row.kind), row.label, row.due_on),
                To(row.unit_id, row.post_id),
                f"{row.subject}:{row.name}",
            )
            for row in turned
            # what has no word of its own is told of by whoever turns its lights
            if row.light == light and due_label(row.kind)
        ]
        told += notices.about_light(act, light, found) if found else 0
    return told


def _whose(case: Case, party: Party) -> To:
    """Whoever acts next; the same that ``due_items`` names."""
    if party == "doer":
        return To(case.unit_id, case.post_id)
    if party == "verifier" and case.verifier_unit_id is not None:
        return To(case.verifier_unit_id)
    return To(case.office_unit_id)
