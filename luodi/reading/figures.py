"""Quantities in running text: number, scale, unit, bound and direction of change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Approx = Literal["about", "at_least", "at_most", "more_than"]
Change = Literal["increase", "decrease"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity at ``text[start:stop]``, from its number to its unit, without 约 or 以上.

    ``number`` is exact and expanded (7.5亿袋 is 750000000); a percentage is the percent number. ``unit`` is simplified
    Chinese without scale (亿元 is 元, ㎡ is 平方米). ``end_of_range`` is ``low`` or ``high`` for the two ends of a range
    (30—50个 gives two figures). ``rule`` names what found it.
    """

    start: int
    stop: int
    number: Decimal
    unit: str
    approx: Approx | None
    change: Change | None
    rule: str
    end_of_range: Literal["low", "high"] | None = None


def find_figures(text: str) -> list[Figure]:
    """The quantities of ``text``, in order, not overlapping."""
    raise NotImplementedError
