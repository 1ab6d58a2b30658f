"""Verifying by those who did not do it. Reported and verified are never one figure."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from luodi.kernel.commitments.acts.ground import (
    acting_post,
    day_of_act,
    doers_of,
    evidence_of,
    key_of,
    locked,
    needed_reason,
    settle,
    target_of,
)
from luodi.kernel.commitments.acts.report_rules import Number, not_in_future
from luodi.kernel.commitments.acts.reporting import Evidence, must_reach
from luodi.kernel.commitments.goals import amount
from luodi.kernel.commitments.independence import in_line_with
from luodi.kernel.commitments.models import Commitment, Report, Said, Verification
from luodi.kernel.commitments.states import after
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.ids import is_id
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.ledger.rows import put_after
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post, Unit


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
            must_reach(finding.number, target_of(row), "核实兑现", "没有到就退回，写明差多少")
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
        report = Report.objects.filter(commitment=row, kind="done").order_by("id").last()
        if report is None:
            raise LookupError(f"{row.id} is kept and has no report of done")
        post = _independent(act, row)
        finding = _finding(act, report, post, "sent_back", as_of, number)
        finding.evidence, finding.reason = evidence_of(act, evidence), text
        act.shown |= {"statement": statement.id if statement is not None else ""}
        _write(act, row, report, finding, state)
    return finding


def _commitment_of(subject: Report | Commitment | str) -> str:
    """The id of the commitment; the report of that id must exist."""
    if isinstance(subject, Report):
        return subject.commitment_id
    if isinstance(subject, str) and not is_id(subject, Commitment.LETTER):
        found = Report.objects.filter(pk=subject).values_list("commitment_id", flat=True).first()
        if found is None:
            raise Refusal("no-such-report", f"没有编号为“{subject}”的上报。请从承诺页面重新进入。")
        return str(found)
    return key_of(subject)


def _to_be_judged(act: Action, subject: Report | Commitment | str) -> tuple[Commitment, Report, Post]:
    row = locked(act.subject)
    reports = Report.objects.filter(commitment=row).order_by("id")
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
    not_in_future(found_on, day)
    if found_on < report.as_of:
        raise Refusal(
            "before-report", f"上报的是截至{report.as_of}的数，核实的日子（{found_on}）不能比它早。"
        )
    text, _ = amount(number, report.unit or target_of(report.commitment).unit)
    finding = Verification(
        report=report, verdict=verdict, number=text, as_of=found_on, at=act.at, post=post, unit_of=post.unit
    )
    earlier = Verification.objects.filter(report__commitment=report.commitment_id)
    put_after(finding, earlier.aggregate(newest=Max("id"))["newest"])
    return finding


def _write(act: Action, row: Commitment, report: Report, finding: Verification, state: str) -> None:
    act.create(finding)
    if state != row.state:
        act.change(row, state=state, state_since=day_of_act(act))
    act.shown |= {"report": report.id, "finding": finding.id, "of": report.kind}
    settle(act, row)


def _is_linked(row: Commitment, statement: StatementKey) -> bool:
    return Said.objects.filter(commitment=row, statement=statement, undone=False).exists()
