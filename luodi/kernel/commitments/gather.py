"""From the rows of commitments to the columns of ``Standing`` that do not depend on the day. Five queries for any number."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from luodi.kernel.commitments.goals import Goal, is_easier
from luodi.kernel.commitments.models import Commitment, Report, Said, Standing, Target, Verification
from luodi.kernel.commitments.reckoning import NO_DUE_ORDER
from luodi.kernel.figures.progress import progress
from luodi.kernel.ledger.prepared import Prepared


@dataclass(slots=True)
class Material:
    """The rows of one commitment, each list oldest first."""

    commitment: Commitment
    targets: list[Target] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    findings: dict[str, list[Verification]] = field(default_factory=lambda: defaultdict(list))
    said: list[Said] = field(default_factory=list)


def goal_of(target: Target) -> Goal:
    """The goal that a kept version states."""
    return Goal(
        number=target.number,
        unit=target.unit,
        approx=target.approx,
        basis=target.basis,
        due_since=target.due_since,
        due_until=target.due_until,
        due_precision=target.due_precision,
    )


def stands(report: Report, findings: Mapping[str, list[Verification]]) -> bool:
    """Whether a report still speaks: its latest finding did not send it back."""
    found = findings.get(report.id, [])
    return not found or found[-1].verdict != "sent_back"


def material_of(ids: Iterable[str]) -> dict[str, Material]:
    """The rows of each commitment, by id."""
    wanted = list(ids)
    # nearly every act asks for one
    rows, targets, reports, findings, live = (
        (ask.rows(wanted[0]) for ask in _OF_ONE) if len(wanted) == 1 else _queries(wanted)
    )
    found = {row.id: Material(row) for row in rows}
    for target in targets:
        found[target.commitment_id].targets.append(target)
    for report in reports:
        found[report.commitment_id].reports.append(report)
    for finding in findings:
        found[finding.report.commitment_id].findings[finding.report_id].append(finding)
    for said in live:
        found[said.commitment_id].said.append(said)
    return found


def _queries(wanted: Sequence[str]) -> tuple[QuerySet[Any], ...]:
    """The five queries, each in the order in which its rows are told."""
    findings = Verification.objects.filter(report__commitment__in=wanted).select_related("report")
    live = Said.objects.filter(commitment__in=wanted, undone=False).select_related("statement__source")
    return (
        Commitment.objects.filter(pk__in=wanted),
        Target.objects.filter(commitment__in=wanted).order_by("version"),
        Report.objects.filter(commitment__in=wanted).order_by("as_of", "id"),
        findings.order_by("id"),
        live.defer("statement__source__text").order_by("day", "id"),
    )


_OF_ONE: tuple[Prepared[Any], ...] = tuple(
    Prepared(lambda key, at=at: _queries([key])[at], str) for at in range(5)
)


def columns_of(material: Material) -> Standing:
    """A row of ``Standing`` with every column that does not depend on the day."""
    commitment, targets = material.commitment, material.targets
    target = targets[-1]
    standing_reports = [report for report in material.reports if stands(report, material.findings)]
    verified = [f for found in material.findings.values() for f in found[-1:] if f.verdict == "verified"]
    share = _share(target, standing_reports)
    return Standing(
        commitment=commitment,
        lead_unit_id=commitment.lead_unit_id,
        place_id=commitment.place_id,
        topic=commitment.topic,
        year=commitment.year,
        state=commitment.state,
        state_since=commitment.state_since,
        has_number=bool(target.number),
        start=targets[0].from_day,
        due_until=target.due_until,
        due_order=target.due_until.toordinal() if target.due_until else NO_DUE_ORDER,
        share="" if share is None else format(share, "f"),
        reported_on=max((report.as_of for report in standing_reports), default=None),
        verified_on=max((finding.as_of for finding in verified), default=None),
        news_on=_news_on(material),
        changed=_is_changed(material),
        gone=_is_gone(material),
        late=_is_late(commitment, target, standing_reports),
    )


def _share(target: Target, reports: list[Report]) -> Decimal | None:
    """How much of the target in force is reported: 0 with a number and no report, ``None`` where it cannot be told."""
    if reports and reports[-1].kind == "done":
        return Decimal(1)
    goal = goal_of(target)
    for report in reversed(reports):
        if not report.number:
            continue
        if goal.value is not None and report.unit == target.unit:
            exact = progress(Decimal(report.number), goal.value, goal.approx).share
            return _decimal(Decimal(exact.numerator) / Decimal(exact.denominator))
        if goal.value is None and report.unit == "%":
            return _decimal(Decimal(report.number) / 100)
        return None
    return Decimal(0) if goal.value is not None else None


def _decimal(value: Decimal) -> Decimal:
    # 12 places, cut off, so that the text fits and a share just short of a limit never rounds up to it
    return value.quantize(Decimal("1e-12"), rounding="ROUND_DOWN") if abs(value) < 10**9 else Decimal(10**9)


def _news_on(material: Material) -> dt.date:
    days = [material.commitment.adopted_on, *(report.as_of for report in material.reports)]
    days += [finding.as_of for found in material.findings.values() for finding in found]
    days += [said.day for said in material.said] + [target.from_day for target in material.targets]
    return max(days)


def _is_changed(material: Material) -> bool:
    """A version that the body put in its place asks for less or later, or a later sentence says it otherwise."""
    versions = material.targets
    eased = any(
        new.kind == "changed" and is_easier(goal_of(old), goal_of(new)) for old, new in pairwise(versions)
    )
    return eased or any(said.role == "changes" for said in material.said)


def _is_gone(material: Material) -> bool:
    """The page that made it was withdrawn, or a later plan is silent about it."""
    for said in material.said:
        if said.role == "silent":
            return True
        if (
            said.role == "made"
            and said.statement is not None
            and said.statement.source.withdrawn_on is not None
        ):
            return True
    return False


def _is_late(commitment: Commitment, target: Target, reports: list[Report]) -> bool:
    """Reported done, verified or not, as of a day after the due day."""
    if commitment.state not in ("claimed", "kept") or target.due_until is None:
        return False
    done = [report.as_of for report in reports if report.kind == "done"]
    return bool(done) and done[-1] > target.due_until
