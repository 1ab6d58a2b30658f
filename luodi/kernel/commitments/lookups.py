"""Questions to commitments: which were merged into one, and its three figures with the events they walk back to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

from luodi.kernel.commitments.gather import Material, goal_of, stands
from luodi.kernel.commitments.models import Commitment, Report, Target, Verification
from luodi.kernel.figures.typed import Confidence, EventOrigin, Origin, SpanOrigin, TypedFigure
from luodi.kernel.ledger.models import Event


@dataclass(frozen=True, slots=True)
class Figures:
    """The target in force, what was reported last and what was verified last; each ``None`` where there is none."""

    target: TypedFigure | None
    reported: TypedFigure | None
    verified: TypedFigure | None


def family_of(commitment: str) -> list[str]:
    """The commitment itself and all that were merged into it, at any distance. One query a step."""
    found = [commitment]
    step = found
    while step:
        merged = Commitment.objects.filter(merged_into__in=step, state="merged").exclude(pk__in=found)
        step = list(merged.order_by("id").values_list("id", flat=True))
        found = found + step
    return found


def events_of_rows(commitment: str) -> dict[str, str]:
    """For each row that an event about this commitment wrote: the first such event. Ids to ids. One query."""
    found: dict[str, str] = {}
    for key, payload in Event.objects.filter(subject=commitment).order_by("id").values_list("id", "payload"):
        for rows in json.loads(payload)["rows"].values():
            for row in rows:
                found.setdefault(row, key)
    return found


def figures_of(material: Material, events: dict[str, str]) -> Figures:
    """The three figures of a commitment; ``events`` come from ``events_of_rows``."""
    standing = [report for report in material.reports if report.number and stands(report, material.findings)]
    reported = standing[-1] if standing else None
    found = [
        (finding, report)
        for report in material.reports
        for finding in material.findings.get(report.id, [])[-1:]
        if finding.verdict == "verified" and finding.number
    ]
    newest = max(found, key=lambda pair: (pair[0].as_of, pair[0].at, pair[0].id), default=None)
    basis = material.targets[-1].basis
    return Figures(
        target=_target(material.targets[-1], events),
        reported=_reported(reported, material, basis, events) if reported else None,
        verified=_verified(*newest, basis, events) if newest else None,
    )


def _target(target: Target, events: dict[str, str]) -> TypedFigure | None:
    value = goal_of(target).value
    if value is None:
        return None
    statement = target.adopting
    origin: Origin = EventOrigin(events[target.id])
    if statement is not None:
        origin = SpanOrigin(statement.source_id, statement.start, statement.end, statement.id)
    return TypedFigure(value, target.unit, target.from_day, origin, "claimed", basis=target.basis)


def _reported(report: Report, material: Material, basis: str, events: dict[str, str]) -> TypedFigure:
    """What was reported; contradicted where a finding for the same report has another number."""
    confidence: Confidence = "reported"
    for finding in material.findings.get(report.id, [])[-1:]:
        if finding.number and Decimal(finding.number) != Decimal(report.number):
            confidence = "contradicted"
    origin = EventOrigin(events[report.id])
    number = Decimal(report.number)
    return TypedFigure(
        number, report.unit, report.as_of, origin, confidence, basis=basis, signer=report.post_id
    )


def _verified(finding: Verification, report: Report, basis: str, events: dict[str, str]) -> TypedFigure:
    origin = EventOrigin(events[finding.id])
    unit = report.unit or "件"
    return TypedFigure(
        Decimal(finding.number), unit, finding.as_of, origin, "verified", basis=basis, signer=finding.post_id
    )
