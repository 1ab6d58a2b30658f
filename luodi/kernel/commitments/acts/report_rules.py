"""What a report is judged by, read for one promise or for many at once, and the report that follows if nothing is against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from luodi.kernel.commitments.acts.ground import day_of_act
from luodi.kernel.commitments.gather import goal_of
from luodi.kernel.commitments.goals import amount, possible
from luodi.kernel.commitments.independence import is_within
from luodi.kernel.commitments.models import Commitment, CoUnit, Report, Target
from luodi.kernel.figures.display import in_sentence
from luodi.kernel.ledger.action import Action, once
from luodi.kernel.ledger.prepared import Prepared
from luodi.kernel.ledger.rows import put_after
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post

Number = Decimal | int | str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody reports: how much by which day."""

    as_of: dt.date
    number: Number = None
    unit: str = ""
    note: str = ""


@dataclass(slots=True)
class Before:
    """What stands before a report: ``target`` in force, ``doers`` that may report, ``reports`` so far in the order given."""

    target: Target
    doers: list[str]
    reports: list[Report] = field(default_factory=list)

    @property
    def newest(self) -> Report | None:
        """The report given last."""
        return self.reports[-1] if self.reports else None


def before_of(rows: Collection[Commitment]) -> dict[str, Before]:
    """What stands before a report of each, by id. Three queries; the rows are held by the caller's act."""
    keys = [row.id for row in rows]
    versions, helping, reports = (ask.rows(keys[0]) for ask in _OF_ONE) if len(keys) == 1 else _queries(keys)
    targets = {target.commitment_id: target for target in versions}
    found = {row.id: Before(targets[row.id], [row.lead_unit_id]) for row in rows}
    for helper in helping:
        found[helper.commitment_id].doers.append(helper.unit_id)
    for report in reports:
        found[report.commitment_id].reports.append(report)
    return found


def _queries(keys: Sequence[str]) -> tuple[QuerySet[Any], ...]:
    """The versions of the targets, who helps now, the reports in the order given."""
    return (
        Target.objects.filter(commitment__in=keys).order_by("version"),
        CoUnit.objects.filter(commitment__in=keys, until=None).order_by("id"),
        Report.objects.filter(commitment__in=keys).order_by("id"),
    )


_OF_ONE: tuple[Prepared[Any], ...] = tuple(
    Prepared(lambda key, at=at: _queries([key])[at], str) for at in range(3)
)


def report_of(act: Action, row: Commitment, before: Before, post: Post, kind: str, told: Told) -> Report:
    """The report, not yet written, that sorts after all before it. Raises ``Refusal``."""
    doers = tuple(sorted(before.doers))
    if not once(("within", post.unit_id, doers), lambda: is_within(post.unit_id, doers)):
        raise Refusal(
            "not-the-doer",
            f"{post.unit.name}不是这件事的牵头单位，也不是配合单位，不能上报。有情况可以写“这里有错”。",
        )
    not_in_future(told.as_of, day_of_act(act))
    last = max((report.as_of for report in before.reports), default=None)
    if last is not None and told.as_of < last:
        raise Refusal(
            "older-than-last", f"上一次报的是截至{last}的数，这次是截至{told.as_of}的，更旧，没有记。"
        )
    text, unit = amount(told.number, told.unit)
    _same_unit(text, unit, before.target)
    possible(text, unit, bool(before.target.number))
    report = Report(
        commitment=row,
        kind=kind,
        number=text,
        unit=unit,
        as_of=told.as_of,
        at=act.at,
        post=post,
        unit_of=post.unit,
        note=told.note.strip() or None,
        sort=float(text) if text else None,
    )
    put_after(report, before.newest.id if before.newest else None)
    return report


def not_sent_twice(before: Before, report: Report) -> None:
    """The very same report again, as from a button pressed twice, is none; after it was sent back, it is."""
    last = before.newest
    same = ("kind", "number", "unit", "as_of", "post_id", "note", "evidence_id")
    if last is None or any(getattr(last, name) != getattr(report, name) for name in same):
        return
    if not last.verifications.exists():
        raise Refusal(
            "sent-twice", "这一次和刚才报的完全一样，那一次已经记下，没有再记。有变化的，请改过再报。"
        )


def not_in_future(as_of: dt.date, day: dt.date) -> None:
    """Raises ``Refusal`` ``future-day``."""
    if as_of > day:
        raise Refusal("future-day", f"截至日填的是{as_of}，还没有到。最晚可以填今天（{day}）。")


def is_exactly(report: Report, target: Target) -> bool:
    """Exact equality with the target is no proof of anything, but is noted (domain reference §18)."""
    value = goal_of(target).value
    return value is not None and bool(report.number) and Decimal(report.number) == value


def target_words(target: Target) -> str:
    """The target in a sentence: 10所."""
    return in_sentence(goal_of(target).value, target.unit)


def _same_unit(number: str, unit: str, target: Target) -> None:
    if target.number and not number:
        raise Refusal("number-needed", f"目标是{target_words(target)}，上报要写明做到了多少{target.unit}。")
    if target.number and unit != target.unit:
        raise Refusal(
            "unit-differs",
            f"目标按“{target.unit}”计，上报用的是“{unit}”，两样不能比。请按{target.unit}上报。",
        )
