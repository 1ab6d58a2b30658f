"""Evidence as the desk shows it: pictures small, other files by their kind and name; who gave it, when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.desk.evidence.cards import Card, cards_of
from luodi.desk.promises.one_promise import OnePromise
from luodi.kernel.clocks.now import day_of
from luodi.kernel.commitments.models import Report, Verification
from luodi.kernel.files.access import visible_to
from luodi.kernel.register.models import Unit
from luodi.pages import days


@dataclass(frozen=True, slots=True)
class Shot:
    """One piece of evidence. ``small`` is the address of its small picture, empty for what is none."""

    href: str
    small: str
    words: str
    name: str
    day: dt.date
    by: str
    taken: str = ""
    alt: str = ""

    @property
    def caption(self) -> str:
        """When, by whom."""
        return gettext("，").join(part for part in (days.words(self.day), self.by) if part)


def shots_of(one: OnePromise) -> dict[str, tuple[Shot, ...]]:
    """The evidence of each report and finding, by its id; three queries."""
    rows: list[Report | Verification] = [*one.material.reports]
    rows += [row for found in one.material.findings.values() for row in found]
    given = [row for row in rows if row.evidence_id]
    if not given:
        return {}
    files = visible_to(one.reach.actor).in_bulk([row.evidence_id for row in given])
    units = dict(Unit.objects.filter(pk__in={row.unit_of_id for row in given}).values_list("id", "name"))
    cards = cards_of(files.values())
    return {
        row.id: (_shot(row, cards[row.evidence_id], units.get(row.unit_of_id, "")),)
        for row in given
        if row.evidence_id in cards
    }


def all_shots(one: OnePromise) -> list[Shot]:
    """Every piece, the newest first."""
    found = [shot for shots in shots_of(one).values() for shot in shots]
    return sorted(found, key=lambda shot: shot.day, reverse=True)


def _shot(row: Report | Verification, card: Card, unit: str) -> Shot:
    return Shot(
        href=card.href,
        small=f"{card.href}/small" if card.photo else "",
        words=gettext("上报的凭据") if isinstance(row, Report) else gettext("核实的凭据"),
        name=card.kept.name or "",
        day=day_of(row.at),
        by=unit,
        taken=card.taken,
        alt=card.alt,
    )
