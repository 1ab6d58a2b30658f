"""How far a value has come towards its target.

Most targets ask for at least so much. “At most” targets (a concentration, a count of accidents) are the better the lower:
there, being under the limit is done, and above it the share is limit over value. “About” allows a stated tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Approx = Literal["", "about", "at_least", "at_most", "more_than"]
APPROX_WORDS: dict[str, str] = {
    "": "",
    "about": "约",
    "at_least": "不少于",
    "at_most": "不超过",
    "more_than": "超过",
}
ABOUT_TOLERANCE = Decimal("0.05")  # our own choice: 48 of “about 50” is done, 47 is not


@dataclass(frozen=True, slots=True)
class Progress:
    """``share`` of the target as an exact fraction (over 1 where exceeded, never below 0); ``reached`` by the unrounded value."""

    share: Fraction
    reached: bool

    def width(self) -> Decimal:
        """The share between 0 and 1, for drawing."""
        bounded = min(self.share, Fraction(1))
        return Decimal(bounded.numerator) / Decimal(bounded.denominator)


def progress(value: Decimal, target: Decimal, approx: str = "") -> Progress:
    """How far ``value`` is towards ``target``, both in one unit. Raises ``ValueError`` for an unknown ``approx``.

    >>> progress(Decimal("13.4"), Decimal("18.6")).reached, progress(Decimal(38), Decimal(40), "at_most").reached
    (False, True)
    """
    if approx not in APPROX_WORDS:
        raise ValueError(f"{approx!r} is no approximation; known are {', '.join(APPROX_WORDS)}")
    return Progress(_share(Fraction(value), Fraction(target), approx), _reached(value, target, approx))


def _reached(value: Decimal, target: Decimal, approx: str) -> bool:
    if approx == "at_most":
        return value <= target
    if approx == "more_than":
        return value > target
    if approx == "about":
        return value >= target - abs(target) * ABOUT_TOLERANCE
    return value >= target


def _share(value: Fraction, target: Fraction, approx: str) -> Fraction:
    if approx == "at_most":
        if value <= target:
            return Fraction(1)
        return max(Fraction(0), target / value) if value > 0 else Fraction(0)
    if target == 0:
        return Fraction(1) if value >= 0 else Fraction(0)
    if target < 0:
        # −3% is a target one falls towards: more than it is nearer to done
        return Fraction(1) if value >= target else max(Fraction(0), target / value)
    return max(Fraction(0), value / target)
