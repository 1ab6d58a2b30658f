"""The arithmetic of claims: do the numbers of one sentence agree, and what do they leave out? (domain reference §1). Pure.

“58个项目完成投资130亿元，占年度计划的155%” implies a plan of 83.87亿元. That the numbers agree proves nothing: the plan was not
published, nobody said how often it was changed. The finding says so and never says “true”.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from luodi.areas.projects.indicators import STRANGE_SHARE
from luodi.kernel.figures.display import plain_number

Arithmetic = Literal["consistent", "inconsistent", "incomplete"]
WORDS: dict[Arithmetic, str] = {
    "consistent": "几个数对得上",
    "inconsistent": "几个数对不上",
    "incomplete": "数不够，没法验算",
}
Standing = Literal["unverified", "contradicted", "supported"]
STANDING_WORDS: dict[Standing, str] = {
    "unverified": "未核实",
    "contradicted": "与台账不符",
    "supported": "与台账相符",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """Numbers as they were said, with the places they were said with; amounts in one unit of money, ``percent`` as 155.

    ``ledger_plan`` and ``ledger_done`` are what the register itself adds up to; empty where it has no such projects.
    """

    done: Decimal | None = None
    percent: Decimal | None = None
    plan: Decimal | None = None
    projects: int | None = None
    has_history: bool = False
    ledger_plan: Decimal | None = None
    ledger_done: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """``implied_plan`` is exact; ``plan_from``–``plan_until`` is what rounding of what was said allows."""

    arithmetic: Arithmetic
    standing: Standing
    implied_plan: Fraction | None
    plan_from: Fraction | None
    plan_until: Fraction | None
    lacks: tuple[str, ...]
    needs_explanation: bool

    def words(self, unit: str = "亿元") -> str:
        """The finding in a sentence for whoever reviews it."""
        parts = [WORDS[self.arithmetic]]
        if self.implied_plan is not None:
            parts.append(f"推算计划{plain_number(_decimal(self.implied_plan), 2)}{unit}")
        parts += [*self.lacks, STANDING_WORDS[self.standing]]
        if self.needs_explanation:
            parts.append("超过计划的120%，要说明原因")
        return "，".join(parts) + "。"


def check(claim: Claim) -> Finding:
    """What the numbers of one claim say about each other and about the register."""
    implied = low = high = None
    if claim.done is not None and claim.percent is not None and claim.percent > 0:
        implied = Fraction(claim.done) / (Fraction(claim.percent) / 100)
        low, high = _bounds(claim.done, claim.percent)
    arithmetic: Arithmetic = "incomplete" if implied is None else "consistent"
    if claim.plan is not None and low is not None and high is not None:
        half = _half(claim.plan)
        if Fraction(claim.plan) + half < low or Fraction(claim.plan) - half > high:
            arithmetic = "inconsistent"
    share = _share(claim)
    return Finding(
        arithmetic,
        _standing(claim, arithmetic, low, high),
        implied,
        low,
        high,
        _lacks(claim),
        share is not None and share > STRANGE_SHARE,
    )


def _bounds(done: Decimal, percent: Decimal) -> tuple[Fraction, Fraction | None]:
    """The plans that would be told in these rounded numbers."""
    least = max(Fraction(0), Fraction(done) - _half(done)) / ((Fraction(percent) + _half(percent)) / 100)
    divisor = (Fraction(percent) - _half(percent)) / 100
    most = (Fraction(done) + _half(done)) / divisor if divisor > 0 else None
    return least, most


def _half(number: Decimal) -> Fraction:
    """Half of the last place said."""
    return Fraction(Decimal(1).scaleb(min(0, int(number.as_tuple().exponent)))) / 2


def _share(claim: Claim) -> Fraction | None:
    if claim.percent is not None:
        return Fraction(claim.percent) / 100
    if claim.done is not None and claim.plan:
        return Fraction(claim.done) / Fraction(claim.plan)
    return None


def _lacks(claim: Claim) -> tuple[str, ...]:
    lacks = []
    if claim.done is None:
        lacks.append("没有公布完成数")
    if claim.plan is None:
        lacks.append("没有公布计划数")
    if not claim.has_history:
        lacks.append("没有公布计划调整过没有")
    return tuple(lacks)


def _standing(claim: Claim, arithmetic: Arithmetic, low: Fraction | None, high: Fraction | None) -> Standing:
    """Against the register's own sums, where it has them; without them nothing is more than unverified."""
    if claim.ledger_done is not None and claim.done is not None:
        half = _half(claim.done)
        if abs(Fraction(claim.ledger_done) - Fraction(claim.done)) > half:
            return "contradicted"
    if claim.ledger_plan is not None and low is not None and high is not None:
        if not low <= Fraction(claim.ledger_plan) <= high:
            return "contradicted"
        if claim.ledger_done is not None and arithmetic == "consistent" and claim.has_history:
            return "supported"
    return "contradicted" if arithmetic == "inconsistent" and claim.ledger_plan is not None else "unverified"


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
