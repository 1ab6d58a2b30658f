"""A claim about many projects, checked against what the register itself adds up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from luodi.areas.projects.claims import Claim, Finding, check
from luodi.areas.projects.indicators import totals
from luodi.areas.projects.lookups import ProjectStanding, counted

_FEN_IN_YI = Decimal(10_000_000_000)


def check_against(claim: Claim, found: Iterable[ProjectStanding]) -> Finding:
    """The finding on a claim in 亿元 about these projects; each counts once. Without projects only the claim's own numbers speak.

    The register keeps every version of its plans, so their history is known there even where the speaker left it out.
    """
    rows = list(found)
    if not rows:
        return check(claim)
    sums = totals(counted(rows))
    return check(
        replace(
            claim,
            has_history=True,
            ledger_done=Decimal(sums.done) / _FEN_IN_YI,
            ledger_plan=Decimal(sums.planned) / _FEN_IN_YI if sums.planned else None,
        )
    )
