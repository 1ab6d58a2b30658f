"""What is due from whom among the promises: their rows in the one table that inbox and leader's screen read.

A promise that is open and has a due day is due from its lead unit. One reported done waits for a verifier whom nobody has
named, so it stands in the lists of promises and in no inbox. Lights are those of the board: ``turns_at`` stays empty, since
the board's own tick turns them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from luodi.kernel.attributes import kept_attribute
from luodi.kernel.cases.models import DueItem
from luodi.kernel.clocks.deadline import midnight
from luodi.kernel.commitments.models import Standing
from luodi.kernel.ledger.statements import upsert

KIND = "commitment"
_NAME = "due"
_LABEL = "兑现并报完成"
_COLUMNS = tuple(
    field.name for field in DueItem._meta.concrete_fields if field.name not in ("id", "subject", "name")
)
_DAY = dt.timedelta(days=1)


def write(standings: Sequence[Standing]) -> None:
    """Bring the rows of these promises up to date. Called inside open actions only."""
    rows = wanted(standings)
    upsert(rows, ("subject", "name"))
    due = {row.subject for row in rows}
    if ended := [row.commitment_id for row in standings if row.commitment_id not in due]:
        DueItem.objects.filter(subject__in=ended).delete()


def wanted(standings: Iterable[Standing]) -> list[DueItem]:
    """The rows that there should be; ``commitment`` of each standing is at hand."""
    return [
        DueItem(
            subject=row.commitment_id,
            name=_NAME,
            kind=KIND,
            label=_LABEL,
            title=row.commitment.title,
            unit_id=row.lead_unit_id,
            post_id=None,
            started_at=midnight(row.start),
            due_on=row.due_until,
            due_at=midnight(row.due_until + _DAY),
            light=row.light,
            rule=row.rule,
        )
        for row in standings
        if row.state == "open" and row.due_until is not None
    ]


def missing(standings: Iterable[Standing]) -> set[str]:
    """The ids of those promises whose row lacks, is too many or differs."""
    rows = list(standings)
    right = {item.subject: item for item in wanted(rows)}
    keys = [row.commitment_id for row in rows]
    kept = {item.subject: item for item in DueItem.objects.filter(subject__in=keys)}
    return {key for key in keys if not _same(right.get(key), kept.get(key))}


def _same(left: DueItem | None, right: DueItem | None) -> bool:
    if left is None or right is None:
        return left is right
    attributes = [kept_attribute(DueItem, name) for name in _COLUMNS]
    return all(getattr(left, name) == getattr(right, name) for name in attributes)
