"""The typed figure: a number that never travels alone.

Domain reference §18: each value carries unit, counting unit, basis, as-of day, source and signer, and how far it is to be
trusted. There is no overwriting: a correction is a new figure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from luodi.kernel.figures.display import in_sentence

Confidence = Literal["verified", "reported", "estimated", "claimed", "contradicted"]
CONFIDENCE_WORDS: dict[Confidence, str] = {
    "verified": "已核实",
    "reported": "上报，未核实",
    "estimated": "估计",
    "claimed": "公开说过，未核实",
    "contradicted": "与核实不符",
}


@dataclass(frozen=True, slots=True)
class SpanOrigin:
    """The words it was read from: ``source.text[start:end]``, code points, half-open; ``statement`` is its page, if any."""

    source: str
    start: int
    end: int
    statement: str = ""


@dataclass(frozen=True, slots=True)
class EventOrigin:
    """The event by which it entered."""

    event: str


Origin = SpanOrigin | EventOrigin


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """A number with all that must stand beside it. Raises ``ValueError`` where something needed is missing.

    ``value`` is exact, money in 元, percent as the percent number. ``counting_unit`` is what one counts (户, 人次) where
    ``unit`` alone does not say; ``denominator`` the whole a share is of. ``signer`` is the id of a post; empty where words
    of a document stand for themselves.
    """

    value: Decimal
    unit: str
    as_of: dt.date
    origin: Origin
    confidence: Confidence
    counting_unit: str = ""
    basis: str = ""
    denominator: Decimal | None = None
    signer: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be walked back."""
        if not self.value.is_finite():
            raise ValueError(f"the value {self.value} is not finite")
        if not self.unit:
            raise ValueError(f"the figure {self.value} has no unit")
        if self.confidence not in get_args(Confidence):
            allowed = ", ".join(get_args(Confidence))
            raise ValueError(f"the confidence {self.confidence!r} is unknown; it is one of {allowed}")
        if self.denominator is not None and self.denominator <= 0:
            raise ValueError(f"the denominator {self.denominator} is not positive")
        if isinstance(self.origin, EventOrigin):
            if not self.origin.event:
                raise ValueError("the figure names no event")
        elif not self.origin.source or not 0 <= self.origin.start < self.origin.end:
            raise ValueError(f"the figure names no span of a source: {self.origin}")

    def age(self, day: dt.date) -> int:
        """Whole days from its as-of day to ``day``."""
        return (day - self.as_of).days

    def is_stale(self, day: dt.date, rhythm_days: int) -> bool:
        """Whether, by ``day``, a newer figure ought to have come: older than the rhythm it is renewed in."""
        return self.age(day) > rhythm_days

    def __str__(self) -> str:
        """As a sentence says it."""
        return in_sentence(self.value, self.unit)
