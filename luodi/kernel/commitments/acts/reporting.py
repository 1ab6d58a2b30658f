"""Reporting by those who do it, verifying by those who do not. Reported and verified are never one figure."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from luodi.kernel.commitments.acts.ground import (
    Upload,
    acting_post,
    co_units_of,
    day_of_act,
    doers_of,
    evidence_of,
    key_of,
    locked,
    needed_reason,
    settle,
    target_of,
)
from luodi.kernel.commitments.gather import goal_of
from luodi.kernel.commitments.goals import amount
from luodi.kernel.commitments.independence import in_line_with, is_within
from luodi.kernel.commitments.models import Commitment, Report, Said, Target, Verification
from luodi.kernel.commitments.states import after
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.figures.display import in_sentence
from luodi.kernel.figures.progress import progress
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ids import is_id
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post, Unit

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

    Raises ``Refusal``: ``not-the-doer``, ``future-day``, ``older-than-last``, ``number-needed``, ``unit-differs``.
    """
    with action("commitment.progress_reported", by=by, subject=key_of(commitment)) as act:
        row = locked(commitment)
        after("report_progress", row.state)
        report = _report(act, row, "progress", as_of, number, unit, note)
        report.evidence = evidence_of(act, evidence)
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
        _must_reach(report.number, target_of(row), "报完成", "没有到就报进展")
        act.create(report)
        act.change(row, state=state, state_since=day_of_act(act))
        act.shown |= {"report": report.id, "equals_target": _is_exactly(report, target_of(row))}
        settle(act, row)
    return report


def verify(
    subject: Report | Commitment | str,
    *,
    by: Actor,
    number: Number = None,
    as_of: dt.date | None = None,
    evidence: Evidence = None,
    reason: str = "",
) -> Verification:
    """What a unit that did not do it found. ``subject`` is a report, or a commitment: its latest report.

    The number is the verifier's own, in the report's unit, and may differ from the reported one; a report of done is verified
    only where it reaches the target. Raises ``Refusal``: ``doer-cannot-verify``, ``already-judged``, ``not-latest``,
    ``number-needed``, ``below-target``, ``future-day``, ``before-report``.
    """
    with action("commitment.verified", by=by, subject=_commitment_of(subject)) as act:
        row, report, post = _to_be_judged(act, subject)
        state = after("verify_done" if report.kind == "done" else "verify_progress", row.state)
        finding = _finding(act, report, post, "verified", as_of, number)
        if report.number and not finding.number:
            raise Refusal("number-needed", "上报的是数量，核实也要写明核实到的数量，不能照抄，可以不同。")
        if report.kind == "done":
            _must_reach(finding.number, target_of(row), "核实兑现", "没有到就退回，写明差多少")
        finding.evidence, finding.reason = evidence_of(act, evidence), reason.strip() or None
        _write(act, row, report, finding, state)
    return finding


def send_back(
    subject: Report | Commitment | str,
    *,
    by: Actor,
    reason: str,
    number: Number = None,
    as_of: dt.date | None = None,
    evidence: Evidence = None,
) -> Verification:
    """The report does not hold: what was claimed is under way again. Same independence as ``verify``; needs a reason."""
    text = needed_reason(reason, "退回")
    with action("commitment.sent_back", by=by, subject=_commitment_of(subject)) as act:
        row, report, post = _to_be_judged(act, subject)
        state = after("send_back_done" if report.kind == "done" else "send_back_progress", row.state)
        finding = _finding(act, report, post, "sent_back", as_of, number)
        finding.evidence, finding.reason = evidence_of(act, evidence), text
        _write(act, row, report, finding, state)
    return finding


def reopen(
    commitment: Commitment | str,
    *,
    by: Actor,
    reason: str,
    evidence: Evidence = None,
    statement: StatementKey | None = None,
    number: Number = None,
    as_of: dt.date | None = None,
) -> Verification:
    """Counter-evidence has come up after it was verified: it is under way again. Same independence as ``verify``.

    Needs a file, or a sentence that is linked as evidence. Raises ``Refusal``: ``no-evidence`` and those of ``send_back``.
    """
    text = needed_reason(reason, "重新打开")
    with action("commitment.reopened", by=by, subject=key_of(commitment)) as act:
        row = locked(commitment)
        state = after("reopen", row.state)
        linked = statement is not None and _is_linked(row, statement)
        if evidence is None and not linked:
            raise Refusal("no-evidence", "重新打开要有反面凭据：附一份材料，或先把那句话链接为佐证。")
        report = Report.objects.filter(commitment=row, kind="done").order_by("at", "id").last()
        if report is None:
            raise LookupError(f"{row.id} is kept and has no report of done")
        post = _independent(act, row)
        finding = _finding(act, report, post, "sent_back", as_of, number)
        finding.evidence, finding.reason = evidence_of(act, evidence), text
        act.shown |= {"statement": statement.id if statement is not None else ""}
        _write(act, row, report, finding, state)
    return finding


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
    _not_in_future(as_of, day)
    last = Report.objects.filter(commitment=row).order_by("as_of").last()
    if last is not None and as_of < last.as_of:
        raise Refusal(
            "older-than-last", f"上一次报的是截至{last.as_of}的数，这次是截至{as_of}的，更旧，没有记。"
        )
    text, unit = amount(number, unit)
    _same_unit(text, unit, target_of(row))
    return Report(
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


def _same_unit(number: str, unit: str, target: Target) -> None:
    if target.number and not number:
        raise Refusal("number-needed", f"目标是{_target_words(target)}，上报要写明做到了多少{target.unit}。")
    if target.number and unit != target.unit:
        raise Refusal(
            "unit-differs",
            f"目标按“{target.unit}”计，上报用的是“{unit}”，两样不能比。请按{target.unit}上报。",
        )


def _must_reach(number: str, target: Target, what: str, otherwise: str) -> None:
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


def _not_in_future(as_of: dt.date, day: dt.date) -> None:
    if as_of > day:
        raise Refusal("future-day", f"截至日填的是{as_of}，还没有到。最晚可以填今天（{day}）。")


def _commitment_of(subject: Report | Commitment | str) -> str:
    """The id of the commitment; the report of that id must exist."""
    if isinstance(subject, Report):
        return subject.commitment_id
    if isinstance(subject, str) and is_id(subject, Report.LETTER):
        found = Report.objects.filter(pk=subject).values_list("commitment_id", flat=True).first()
        if found is None:
            raise Refusal("no-such-report", f"没有编号为“{subject}”的上报。请从承诺页面重新进入。")
        return str(found)
    return key_of(subject)


def _to_be_judged(act: Action, subject: Report | Commitment | str) -> tuple[Commitment, Report, Post]:
    row = locked(act.subject)
    reports = Report.objects.filter(commitment=row).order_by("at", "id")
    key = key_of(subject)
    report = reports.last() if key == row.id else reports.filter(pk=key).first()
    if report is None:
        raise Refusal("no-report", "这件承诺还没有上报，没有可核实的。")
    if report.kind == "done" and report != reports.filter(kind="done").last():
        raise Refusal("not-latest", "这次报完成之后又报过一次，请核实最近的那一次。")
    if Verification.objects.filter(report=report).exists():
        raise Refusal("already-judged", "这次上报已经核实或退回过了。有新的反面凭据，可以重新打开这件承诺。")
    return row, report, _independent(act, row)


def _independent(act: Action, row: Commitment) -> Post:
    """The acting post, whose unit did none of the work and stands in line with none that did (invariant 7)."""
    post = acting_post(act.by, day_of_act(act))
    clash = in_line_with(post.unit_id, sorted(doers_of(row)))
    if clash is not None:
        doer = Unit.objects.get(pk=clash).name
        how = "就是办这件事的" if clash == post.unit_id else f"和办这件事的{doer}是上下级"
        raise Refusal(
            "doer-cannot-verify",
            f"做事的单位不能核实自己。{post.unit.name}{how}，请由没有办这件事的单位来核实。",
        )
    return post


def _finding(
    act: Action, report: Report, post: Post, verdict: str, as_of: dt.date | None, number: Number
) -> Verification:
    day = day_of_act(act)
    found_on = as_of or day
    _not_in_future(found_on, day)
    if found_on < report.as_of:
        raise Refusal(
            "before-report", f"上报的是截至{report.as_of}的数，核实的日子（{found_on}）不能比它早。"
        )
    text, _ = amount(number, report.unit or target_of(report.commitment).unit)
    return Verification(
        report=report, verdict=verdict, number=text, as_of=found_on, at=act.at, post=post, unit_of=post.unit
    )


def _write(act: Action, row: Commitment, report: Report, finding: Verification, state: str) -> None:
    act.create(finding)
    if state != row.state:
        act.change(row, state=state, state_since=day_of_act(act))
    act.shown |= {"report": report.id, "finding": finding.id, "of": report.kind}
    settle(act, row)


def _is_linked(row: Commitment, statement: StatementKey) -> bool:
    return Said.objects.filter(commitment=row, statement=statement, undone=False).exists()
