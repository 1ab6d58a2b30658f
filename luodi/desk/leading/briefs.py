"""A promise on one line of a table: light, how far, how far behind, due day, newest word. Eight of them fit a quarter page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from luodi.kernel.clocks.now import today
from luodi.kernel.commitments.gather import Material, material_of
from luodi.kernel.commitments.light_rules import NEWS_RHYTHM_DAYS
from luodi.kernel.commitments.models import Standing
from luodi.kernel.commitments.reckoning import elapsed
from luodi.kernel.figures.display import MINUS, MISSING, plain_number
from luodi.pages import days
from luodi.pages.promise_words import (
    flags_of,
    latest_report,
    latest_verified,
    light_of,
    share_percent,
    state_of,
)
from luodi.pages.shapes import LightShown, StateShown

PROMISE = "/desk/promises/"


@dataclass(frozen=True, slots=True)
class Brief:
    """``verified`` and ``reported`` are percent of the target with one decimal, or — where it cannot be told; ``behind`` is what
    was reported less the time gone, in percentage points with sign. ``is_old``: nothing new for longer than the rhythm."""

    id: str
    href: str
    title: str
    unit: str
    light: LightShown | None
    state: StateShown
    verified: str
    reported: str
    behind: str
    is_behind: bool
    due: dt.date | None
    news_on: dt.date
    age: str
    is_old: bool
    flags: tuple[str, ...]


def briefs(standings: Sequence[Standing]) -> list[Brief]:
    """One brief a standing, in their order; five queries for any number. Expects ``commitment__lead_unit`` fetched along."""
    day = today()
    materials = material_of([row.commitment_id for row in standings])
    return [_brief(row, materials[row.commitment_id], day) for row in standings]


def _brief(row: Standing, material: Material, day: dt.date) -> Brief:
    verified, reported = _percents(material)
    gap = _behind(row, reported, day)
    age = (day - row.news_on).days
    return Brief(
        id=row.commitment_id,
        href=PROMISE + row.commitment_id,
        title=row.commitment.title,
        unit=row.commitment.lead_unit.name,
        light=light_of(row) if row.light != "paused" else None,
        state=state_of(row, day),
        verified=f"{verified}%" if verified else MISSING,
        reported=f"{reported}%" if reported else MISSING,
        behind=_signed(gap),
        is_behind=gap is not None and gap < 0,
        due=row.due_until,
        news_on=row.news_on,
        age=days.ago(age),
        is_old=age > NEWS_RHYTHM_DAYS and row.board in ("overdue", "claimed", "going", "vague"),
        flags=flags_of(row, material),
    )


def _percents(material: Material) -> tuple[str, str]:
    """Verified and reported, percent of the target in force; a part that cannot be told is empty."""
    target = material.targets[-1]
    report, verified = latest_report(material), latest_verified(material)
    told = share_percent(report.number, report.unit, target) if report else ""
    checked = share_percent(verified[0].number, verified[1].unit, target) if verified else ""
    if target.number:
        return checked or "0.0", told or "0.0"
    return checked, told


def _behind(row: Standing, reported: str, day: dt.date) -> Decimal | None:
    if not reported or row.due_until is None or row.board not in ("overdue", "going"):
        return None
    gone = elapsed(row.start, row.due_until, day)
    return Decimal(reported) - Decimal(100 * gone.numerator) / Decimal(gone.denominator)


def _signed(gap: Decimal | None) -> str:
    """Percentage points with their sign: −36.0, +4.0."""
    if gap is None:
        return MISSING
    shown = plain_number(gap, 1)
    return shown if shown.startswith(MINUS) else f"+{shown}"
