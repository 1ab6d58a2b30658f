"""Whose entries the post acted as may change: those of the units over which it administers or keeps the office's books."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.desk.presence import Presence
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import descendants
from luodi.kernel.register.models import Unit

ROLES = ("administrator", "office")


@dataclass(frozen=True, slots=True)
class Reach:
    """``units``: ids of the units within reach, ``None`` for the whole district. ``grants``: the same for giving roles."""

    actor: Actor
    units: frozenset[str] | None
    grants: frozenset[str] | None

    def covers(self, unit: str | None) -> bool:
        """Whether ``unit`` may be changed; ``None`` stands for the top of the tree."""
        return self.units is None or unit in self.units

    def may_grant(self, unit: str) -> bool:
        """Whether roles may be given to posts of ``unit``."""
        return self.grants is None or unit in self.grants

    def require(self, unit: Unit | None) -> None:
        """Refuse what lies out of reach, in words that say who may."""
        if not self.covers(unit.id if unit else None):
            where = f"“{unit.name}”" if unit else "最上一级"
            raise Refusal(
                "out-of-reach", f"{where}不在您管理的单位内，没有改。请找区里的系统管理员或督查办公室。"
            )


def reach_of(presence: Presence) -> Reach:
    """What the post of this request reaches."""
    return Reach(presence.actor, _units(presence, ROLES), _units(presence, ("administrator",)))


def _units(presence: Presence, roles: tuple[str, ...]) -> frozenset[str] | None:
    scopes = {scope for role, scope in presence.roles if role in roles}
    if None in scopes:
        return None
    return frozenset(unit for scope in scopes if scope for unit in (scope, *descendants(scope)))
