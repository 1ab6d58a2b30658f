"""Promises as lists show them: quote, who said it when, unit, flags; state, ruler, figures with their age."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from luodi.kernel.clocks.now import today
from luodi.kernel.commitments.gather import Material, material_of
from luodi.kernel.commitments.light_rules import NEWS_RHYTHM_DAYS
from luodi.kernel.commitments.models import Standing
from luodi.pages.phrases import Bit
from luodi.pages.promise_words import (
    Way,
    amount_words,
    figures_of,
    first_said,
    flags_of,
    latest_report,
    latest_verified,
    light_of,
    ruler_of,
    said_by,
    share_percent,
    state_of,
    target_words,
    told_by,
)
from luodi.pages.shapes import PromiseRow

# the words of a promise, under the name by which the public pages know them
__all__ = [
    "Way",
    "amount_words",
    "first_said",
    "flags_of",
    "latest_report",
    "latest_verified",
    "promise_rows",
    "ruler_of",
    "said_by",
    "share_percent",
    "state_of",
    "target_words",
    "told_by",
]


def promise_rows(standings: Sequence[Standing]) -> list[PromiseRow]:
    """Rows for these standings, in their order; five queries for any number of them.

    Expects ``commitment__lead_unit`` fetched along.
    """
    day = today()
    materials = material_of([s.commitment_id for s in standings])
    return [_row(s, materials[s.commitment_id], day) for s in standings]


def _row(standing: Standing, material: Material, day: dt.date) -> PromiseRow:
    href = f"/c/{standing.commitment_id}"

    def way(row: str) -> str:
        return f"{href}#{row}"

    shown = light_of(standing)
    return PromiseRow(
        href=href,
        title=standing.commitment.title,
        state=state_of(standing, day),
        meta=tuple(part for part in (said_by(material), (Bit(standing.commitment.lead_unit.name),)) if part),
        flags=flags_of(standing, material),
        light=shown if shown.colour in ("red", "amber") and standing.board != "overdue" else None,
        ruler=ruler_of(standing, material, day),
        figures=figures_of(standing, material, day, way),
        old=(day - standing.news_on).days > NEWS_RHYTHM_DAYS,
    )
