"""One rule: what it sets, for whom, from when to when, by which article, and how far to trust it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from luodi.kernel.clocks.kinds import KINDS

# from the best to the weakest; pages list the weakest first
EVIDENCE = {
    "✔": "读过全文",
    "◐": "读过摘引",
    "○": "凭一般了解，没有核对",
    "⚙": "我们自己定的，可以改",
}
Value = int | str | bool
Facts = Mapping[str, str | Collection[str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """``limit`` runs on ``clock`` (one of the four kinds); ``extension`` is what may be added once, in the same unit.

    ``values`` holds thresholds and weights by name. ``applies_to`` gives, for each fact it names (kind, place, channel, …), the
    values it is for; an empty one is for everything. Both validity days are included. ``is_override``: the district's own.
    """

    name: str
    title: str
    source_title: str
    article: str
    evidence: str
    effective_from: dt.date
    effective_to: dt.date | None = None
    applies_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limit: int | None = None
    clock: str = ""
    extension: int = 0
    extend_on_holiday: bool = False
    values: Mapping[str, Value] = field(default_factory=dict)
    is_override: bool = False

    def __post_init__(self) -> None:
        if self.evidence not in EVIDENCE:
            raise ValueError(
                f"rule {self.name!r}: evidence {self.evidence!r} is none of {' '.join(EVIDENCE)}"
            )
        if self.effective_to is not None and self.effective_to < self.effective_from:
            raise ValueError(f"rule {self.name!r} ends on {self.effective_to}, before it begins")
        if (self.limit is None) is bool(self.clock):
            raise ValueError(f"rule {self.name!r}: a limit needs a clock, and a clock a limit")
        if self.clock and self.clock not in KINDS:
            raise ValueError(f"rule {self.name!r}: clock {self.clock!r} is none of {', '.join(KINDS)}")
        if self.limit is not None and (self.limit < 0 or self.extension < 0):
            raise ValueError(f"rule {self.name!r}: a limit and its extension are not negative")

    def is_in_force(self, day: dt.date) -> bool:
        """Whether it is valid on ``day``."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def is_for(self, facts: Facts) -> bool:
        """Whether every fact it names is among those given; a fact may have several values (a place and those above)."""
        return all(name in facts and _meets(facts[name], wanted) for name, wanted in self.applies_to.items())

    def value(self, name: str) -> Value:
        """A threshold or weight. Raises ``LookupError`` naming what there is."""
        if name not in self.values:
            raise LookupError(
                f"rule {self.name!r} sets {', '.join(self.values) or 'no values'}, not {name!r}"
            )
        return self.values[name]

    @property
    def reference(self) -> str:
        """Name and version: what a case keeps to say by which rule its time was counted."""
        own = ":own" if self.is_override else ""
        return f"{self.name}@{self.effective_from.isoformat()}{own}"

    @property
    def citation(self) -> str:
        """Source and article as people cite them."""
        return f"{self.source_title}{self.article}"


def _meets(given: str | Collection[str], wanted: tuple[str, ...]) -> bool:
    return given in wanted if isinstance(given, str) else not set(wanted).isdisjoint(given)
