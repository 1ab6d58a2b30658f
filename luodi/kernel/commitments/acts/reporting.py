"""Reporting by those who do it. What is reported stays reported, whoever reads it, until others have verified it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db.models import Max

from luodi.kernel.commitments.acts.ground import (
    Upload,
    acting_post,
    co_units_of,
    day_of_act,
    evidence_of,
    key_of,
    locked,
    settle,
    target_of,
)
from luodi.kernel.commitments.gather import goal_of
from luodi.kernel.commitments.goals import amount
from luodi.kernel.commitments.independence import is_within
from luodi.kernel.commitments.models import Commitment, Report, Said, Target
from luodi.kernel.commitments.states import after
from luodi.kernel.figures.display import in_sentence
from luodi.kernel.figures.progress import progress
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.ledger.rows import put_after
from luodi.kernel.refusal import Refusal

Number = Decimal | int | str | None
Evidence = KeptFile | Upload | None


def report_progress(
    commitment: Commitment | str,
    *,
    by: Actor,
    as_of: dt.date,
    number: Number = None,
    unit: str = "",
    evidence: Evidence = None,
    note: str = "",
) -> Report:
    """What a lead or helping unit says it has reached by a day; money in any unit of money.

    Raises ``Refusal``: ``not-the-doer``, ``future-day``, ``older-than-last``, ``number-needed``, ``unit-differs``,
    ``sent-twice``.
    """
    with action("commitment.progress_reported", by=by, subject=key_of(commitment)) as act:
        row = locked(commitment)
        after("report_progress", row.state)
        report = _report(act, row, "progress", as_of, number, unit, note)
        report.evidence = evidence_of(act, evidence)
        _not_sent_twice(row, report)
        act.create(report)
        act.shown |= {"report": report.id, "equals_target": _is_exactly(report, target_of(row))}
        settle(act, row)
    return report


def report_done(
    commitment: Commitment | str,
    *,
    by: Actor,
    as_of: dt.date,
    number: Number = None,
    unit: str = "",
    evidence: Evidence = None,
    note: str = "",
) -> Report:
    """The doing unit says that it is done. That is a claim, until another unit has verified it.

    Needs evidence: a file, or a sentence linked before as claim or evidence. Raises ``Refusal``: ``no-evidence``,
    ``below-target``, and those of ``report_progress``.
    """
    with action("commitment.done_reported", by=by, subject=key_of(commitment)) as act:
        row = locked(commitment)
        state = after("report_done", row.state)
        report = _report(act, row, "done", as_of, number, unit, note)
        report.evidence = evidence_of(act, evidence)
        _must_be_evident(row, report)
        must_reach(report.number, target_of(row), "报完成", "没有到就报进展")
        act.create(report)
        act.change(row, state=state, state_since=day_of_act(act))
        act.shown |= {"report": report.id, "equals_target": _is_exactly(report, target_of(row))}
        settle(act, row)
    return report


def _report(
    act: Action, row: Commitment, kind: str, as_of: dt.date, number: Number, unit: str, note: str
) -> Report:
    post = acting_post(act.by, day_of_act(act))
    if not is_within(post.unit_id, [row.lead_unit_id, *co_units_of(row)]):
        raise Refusal(
            "not-the-doer",
            f"{post.unit.name}不是这件事的牵头单位，也不是配合单位，不能上报。有情况可以写“这里有错”。",
        )
    day = day_of_act(act)
    not_in_future(as_of, day)
    last = Report.objects.filter(commitment=row).order_by("as_of").last()
    if last is not None and as_of < last.as_of:
        raise Refusal(
            "older-than-last", f"上一次报的是截至{last.as_of}的数，这次是截至{as_of}的，更旧，没有记。"
        )
    text, unit = amount(number, unit)
    _same_unit(text, unit, target_of(row))
    report = Report(
        commitment=row,
        kind=kind,
        number=text,
        unit=unit,
        as_of=as_of,
        at=act.at,
        post=post,
        unit_of=post.unit,
        note=note.strip() or None,
        sort=float(text) if text else None,
    )
    put_after(report, Report.objects.filter(commitment=row).aggregate(newest=Max("id"))["newest"])
    return report


def _not_sent_twice(row: Commitment, report: Report) -> None:
    """The very same report again, as from a button pressed twice, is none; after it was sent back, it is."""
    last = Report.objects.filter(commitment=row).order_by("id").last()
    if last is None or last.verifications.exists():
        return
    same = ("kind", "number", "unit", "as_of", "post_id", "note", "evidence_id")
    if all(getattr(last, name) == getattr(report, name) for name in same):
        raise Refusal(
            "sent-twice", "这一次和刚才报的完全一样，那一次已经记下，没有再记。有变化的，请改过再报。"
        )


def _same_unit(number: str, unit: str, target: Target) -> None:
    if target.number and not number:
        raise Refusal("number-needed", f"目标是{_target_words(target)}，上报要写明做到了多少{target.unit}。")
    if target.number and unit != target.unit:
        raise Refusal(
            "unit-differs",
            f"目标按“{target.unit}”计，上报用的是“{unit}”，两样不能比。请按{target.unit}上报。",
        )


def must_reach(number: str, target: Target, what: str, otherwise: str) -> None:
    """Raises ``Refusal`` ``below-target`` where a number falls short of a target that has one."""
    goal = goal_of(target)
    if goal.value is None:
        return
    if not number or not progress(Decimal(number), goal.value, goal.approx).reached:
        found = in_sentence(Decimal(number) if number else None, target.unit)
        raise Refusal(
            "below-target", f"目标是{_target_words(target)}，现在是{found}，不能{what}；{otherwise}。"
        )


def _is_exactly(report: Report, target: Target) -> bool:
    """Exact equality with the target is no proof of anything, but is noted (domain reference §18)."""
    value = goal_of(target).value
    return value is not None and bool(report.number) and Decimal(report.number) == value


def _target_words(target: Target) -> str:
    return in_sentence(goal_of(target).value, target.unit)


def _must_be_evident(row: Commitment, report: Report) -> None:
    spoken = Said.objects.filter(commitment=row, role__in=("claims", "evidence"), undone=False)
    if report.evidence is None and not spoken.exists():
        raise Refusal(
            "no-evidence", "报完成要有凭据：附一份材料（验收单、照片、名册等），或先链接一句公开的话。"
        )


def not_in_future(as_of: dt.date, day: dt.date) -> None:
    """Raises ``Refusal`` ``future-day``."""
    if as_of > day:
        raise Refusal("future-day", f"截至日填的是{as_of}，还没有到。最晚可以填今天（{day}）。")
