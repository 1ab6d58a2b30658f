"""Who may have a photo as it was sent, with the camera's notes in it."""

from __future__ import annotations

from luodi.kernel.accounts.access import has_role
from luodi.kernel.ledger.action import Actor

MAY_OPEN = ("office", "verifier")


def may_open_originals(actor: Actor) -> bool:
    """Whether ``actor`` judges what others report: the supervising office, or a verifier."""
    return has_role(actor, *MAY_OPEN)
