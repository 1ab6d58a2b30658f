"""What commitments make of a statement: the state that its links give it, and what that forbids."""

from __future__ import annotations

from luodi.kernel.commitments.models import Said
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.refusal import Refusal

# the state a statement is in while it is linked so
STATE_OF_ROLE = {"repeats": "merged", "changes": "merged", "claims": "kept", "evidence": "kept"}


def link_that_decides(statement: StatementKey | str) -> Said | None:
    """The live link that gives a statement its state: one that made a commitment, if possible one not merged, else the latest."""
    live = Said.objects.filter(statement=statement, undone=False).select_related("commitment").order_by("id")
    found = [said for said in live if said.role == "made" or said.role in STATE_OF_ROLE]
    return max(found, key=_weight) if found else None


def _weight(said: Said) -> tuple[bool, bool, str]:
    is_made = said.role == "made"
    return is_made, is_made and said.commitment.state != "merged", said.id


def state_by_links(statement: StatementKey | str) -> str:
    """``adopted``, ``merged`` or ``kept`` by the links of a statement; ``unread`` where it has none."""
    link = link_that_decides(statement)
    if link is None:
        return "unread"
    if link.role == "made":
        return "merged" if link.commitment.state == "merged" else "adopted"
    return STATE_OF_ROLE[link.role]


def may_become(statement: StatementKey, state: str) -> None:
    """Raises ``Refusal`` where a commitment rests on ``statement`` and would stand there without it."""
    link = link_that_decides(statement)
    if link is None or state == state_by_links(statement):
        return
    title = link.commitment.title
    if link.role != "made":
        raise Refusal(
            "link-stands", f"这一条连在“{title}”上。要撤回，请在那件承诺的页面取下链接，这一条会一起撤回。"
        )
    if link.commitment.state == "merged":
        raise Refusal(
            "adoption-stands",
            f"这一条采纳成的“{title}”已经并入另一件。要撤回，请在那件承诺的页面先撤回并入，再撤回采纳。",
        )
    raise Refusal(
        "adoption-stands",
        f"这一条已经采纳成“{title}”，那件承诺还在。要撤回，请用“撤回采纳”，承诺和这一条会一起撤回。",
    )
