"""What the post acted as has to do with promises: whose are its own, what it may report, verify, change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luodi.desk.presence import Presence
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.link_kinds import SUCCEEDED_BY
from luodi.kernel.register.lookups import ancestors, descendants
from luodi.kernel.register.models import Link, Unit

_SEE_ALL_FIRST = ("office", "leader", "reviewer", "administrator", "verifier")


@dataclass(frozen=True, slots=True)
class Scope:
    """Units over which a role holds; ``everywhere`` for the whole district."""

    units: frozenset[str] = frozenset()
    everywhere: bool = False

    def __bool__(self) -> bool:
        """Whether the role holds anywhere."""
        return self.everywhere or bool(self.units)

    def covers(self, unit: str) -> bool:
        """Whether the role holds over ``unit``."""
        return self.everywhere or unit in self.units


@dataclass(frozen=True, slots=True)
class Reach:
    """The post acted as.

    ``mine`` are the units whose promises are its own: its unit, what stands below it, what stands above but for the top, and what
    these took over from. ``answers`` are those of them that it reports for, ``line`` all that it may never verify.
    ``sees_all_first``: its list begins with the whole district.
    """

    actor: Actor
    unit: Unit
    mine: frozenset[str]
    answers: frozenset[str]
    line: frozenset[str]
    reporter: Scope
    verifier: Scope
    office: Scope
    sees_all_first: bool

    @property
    def reports(self) -> bool:
        """Whether it reports for its own unit."""
        return self.reporter.covers(self.unit.id)


def reach_of(presence: Presence) -> Reach:
    """What the post of this request reaches. Raises ``Refusal`` where no post is chosen."""
    post = presence.post
    if post is None:
        raise Refusal("no-post", "您还没有选用岗位。承诺的事要以岗位的身份来办，请先选一个岗位。")
    above = ancestors(post.unit_id)
    below = descendants(post.unit_id)
    # the last one above is the government itself: its promises are not every bureau's own
    answers = _with_predecessors((post.unit_id, *above[:-1]))
    scopes = {role: _scope(presence, role) for role in ("reporter", "verifier", "office")}
    return Reach(
        actor=presence.actor,
        unit=post.unit,
        mine=answers | frozenset(below),
        answers=answers,
        line=answers | frozenset((*above, *below)),
        sees_all_first=presence.has_role(*_SEE_ALL_FIRST) and not presence.has_role("reporter"),
        **scopes,
    )


def _with_predecessors(units: Iterable[str]) -> frozenset[str]:
    """Units with those that they took over from: what was promised by these is theirs now. One query a step back."""
    found = set(units)
    step = found
    while step:
        links = Link.objects.filter(kind=SUCCEEDED_BY, target__in=step, since__lte=today())
        step = set(links.values_list("source", flat=True)) - found
        found |= step
    return frozenset(found)


def _scope(presence: Presence, role: str) -> Scope:
    scopes = {scope for held, scope in presence.roles if held == role}
    if None in scopes:
        return Scope(everywhere=True)
    units = {unit for scope in scopes if scope for unit in (scope, *descendants(scope))}
    return Scope(frozenset(units))
