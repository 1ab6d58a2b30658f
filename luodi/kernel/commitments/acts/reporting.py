"""Reporting by those who do it. What is reported stays reported, whoever reads it, until others have verified it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from luodi.kernel.commitments.acts import report_rules as rules
from luodi.kernel.commitments.acts.ground import (
    Upload,
    acting_post,
    day_of_act,
    evidence_of,
    hold_all,
    key_of,
    locked,
    no_such_promise,
    settle,
)
from luodi.kernel.commitments.acts.report_rules import Before, Number
from luodi.kernel.commitments.gather import goal_of
from luodi.kernel.commitments.models import Commitment, Report, Said, Target
from luodi.kernel.commitments.states import after
from luodi.kernel.figures.display import in_sentence
from luodi.kernel.figures.progress import progress
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.ledger.together import together
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post

Evidence = KeptFile | Upload | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A report of many. ``seen`` is the id of the report that was the newest when its writer looked; empty for none."""

    commitment: str
    as_of: dt.date
    number: str
    unit: str
    note: str
    seen: str


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
    ``negative``, ``not-a-share``, ``sent-twice``.
    """
    with action("commitment.progress_reported", by=by, subject=key_of(commitment)) as act:
        row = locked(commitment)
        after("report_progress", row.state)
        before = rules.before_of([row])[row.id]
        post = acting_post(by, day_of_act(act))
        told = rules.Told(as_of, number, unit, note)
        report = rules.report_of(act, row, before, post, "progress", told)
        report.evidence = evidence_of(act, evidence)
        _put_down(act, before, report)
        settle(act, row)
    return report


def report_many(given: Sequence[Progress], *, by: Actor) -> list[Report | Refusal | None]:
    """As ``report_progress``, of many promises in one transaction, an event each; what became of each, in order.

    ``None``: the very same was reported meanwhile. A refusal is of that report alone: those of ``report_progress``, and
    ``overtaken`` where a report was given that its writer had not seen. Raises ``Refusal`` for a post that may not act.
    """
    done: list[Report | Refusal | None] = []
    with together(by=by) as acts:
        keys = [each.commitment for each in given]
        hold_all(keys)
        rows = Commitment.objects.in_bulk(keys)
        post = acting_post(by, day_of_act(acts))
        before = rules.before_of(rows.values())
        for each in given:
            try:
                row = rows.get(each.commitment)
                if row is None:
                    raise no_such_promise(each.commitment)
                if _is_overtaken(before[row.id].newest, each):
                    done.append(None)
                    continue
                with acts.one("commitment.progress_reported", subject=row.id) as act:
                    done.append(_report_one(act, row, before[row.id], post, each))
            except Refusal as refusal:
                done.append(refusal)
        acts.write()
        settle(acts, *(report.commitment_id for report in done if isinstance(report, Report)))
    return done


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
        before = rules.before_of([row])[row.id]
        post = acting_post(by, day_of_act(act))
        report = rules.report_of(act, row, before, post, "done", rules.Told(as_of, number, unit, note))
        report.evidence = evidence_of(act, evidence)
        _must_be_evident(row, report)
        must_reach(report.number, before.target, "报完成", "没有到就报进展")
        act.create(report)
        act.change(row, state=state, state_since=day_of_act(act))
        act.shown |= {"report": report.id, "equals_target": rules.is_exactly(report, before.target)}
        settle(act, row)
    return report


def _report_one(act: Action, row: Commitment, before: Before, post: Post, each: Progress) -> Report:
    """One of many, within its act. Raises ``Refusal``."""
    after("report_progress", row.state)
    told = rules.Told(each.as_of, each.number or None, each.unit, each.note)
    report = rules.report_of(act, row, before, post, "progress", told)
    _put_down(act, before, report)
    before.reports.append(report)
    return report


def _put_down(act: Action, before: Before, report: Report) -> None:
    """Write a report of progress. Raises ``Refusal`` ``sent-twice``."""
    rules.not_sent_twice(before, report)
    act.create(report)
    act.shown |= {"report": report.id, "equals_target": rules.is_exactly(report, before.target)}


def _is_overtaken(newest: Report | None, each: Progress) -> bool:
    """Whether the same was reported since its writer looked. Raises ``Refusal`` ``overtaken`` where something else was."""
    if (newest.id if newest else "") == each.seen:
        return False
    if newest is not None and (newest.number, newest.as_of, newest.note or "") == (
        each.number,
        each.as_of,
        each.note,
    ):
        return True
    raise Refusal("overtaken", "看过预览以后，这件承诺又被别人报过一次，这一行没有录。请再看一遍预览。")


def must_reach(number: str, target: Target, what: str, otherwise: str) -> None:
    """Raises ``Refusal`` ``below-target`` where a number falls short of a target that has one."""
    goal = goal_of(target)
    if goal.value is None:
        return
    if not number or not progress(Decimal(number), goal.value, goal.approx).reached:
        found = in_sentence(Decimal(number) if number else None, target.unit)
        raise Refusal(
            "below-target",
            f"目标是{rules.target_words(target)}，现在是{found}，不能{what}；{otherwise}。",
        )


def _must_be_evident(row: Commitment, report: Report) -> None:
    spoken = Said.objects.filter(commitment=row, role__in=("claims", "evidence"), undone=False)
    if report.evidence is None and not spoken.exists():
        raise Refusal(
            "no-evidence", "报完成要有凭据：附一份材料（验收单、照片、名册等），或先链接一句公开的话。"
        )
