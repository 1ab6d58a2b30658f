"""Whose promises a leader's screen is about: the units over which the post acted as leads or keeps the office's books."""

from __future__ import annotations

from luodi.desk.presence import Presence
from luodi.kernel.accounts.access import units_within

ROLES = ("leader", "office")


def units_of(presence: Presence) -> frozenset[str] | None:
    """Ids of those units; ``None`` for the whole district, and for staff with neither role, who come upon a list by a link."""
    if not presence.has_role(*ROLES):
        return None
    units = units_within(presence.actor, ROLES)
    return None if units is None else frozenset(units)
