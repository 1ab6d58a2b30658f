"""What others say of a project: how sure they are of it, and whether a reason given for its delay is one."""

from __future__ import annotations

import datetime as dt

from luodi.areas.projects import standing_rows
from luodi.areas.projects.acts.ground import (
    acting_post,
    day_of_act,
    doers_of,
    is_of,
    locked,
    needed,
    require_office,
)
from luodi.areas.projects.confidence import fault
from luodi.areas.projects.models import ConfidenceReview, Explanation, ProjectFile
from luodi.kernel.accounts.access import may
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import in_line


def review_confidence(file: ProjectFile | str, rating: str, reason: str, *, by: Actor) -> ConfidenceReview:
    """A verifier's unit that does not do the project says how sure it is, and why. Earlier judgements stay.

    Raises ``Refusal``: ``not-a-verifier``, ``not-independent``, ``reason-missing``, ``choice-unknown``, ``said-already`` (by the
    same post that same day).
    """
    with action("project.confidence_given", by=by, subject=file if isinstance(file, str) else file.id) as act:
        row = locked(file)
        post, today = acting_post(by, day_of_act(act)), day_of_act(act)
        if not may(by, "verifier", row.responsible_unit_id):
            raise Refusal("not-a-verifier", "把握程度由核实员来评，您现在的岗位不是。")
        if (wrong := fault(rating, reason, post.unit_id, doers_of(row), in_line)) is not None:
            raise Refusal(*wrong)
        words = reason.strip()
        last = ConfidenceReview.objects.filter(file=row).order_by("id").last()
        held = (last.post_id, last.on, last.rating, last.reason) if last is not None else None
        if held == (post.id, today, rating, words):
            raise Refusal("said-already", "这一条今天已经评过，没有再记一条。要改，请写新的理由。")
        return act.create(
            ConfidenceReview(file=row, rating=rating, reason=words, on=today, post=post, unit_of=post.unit)
        )


def explain(
    file: ProjectFile | str,
    matter: str,
    month: dt.date,
    text: str,
    *,
    by: Actor,
    remedy: str = "",
    until: dt.date | None = None,
) -> Explanation:
    """The doing side says why, what it does about it and until when. It excuses nothing until the office has accepted it.

    Raises ``Refusal``: ``not-the-doer``, ``choice-unknown``, ``words-missing``, ``day-missing``, ``day-passed``,
    ``explained-already``.
    """
    if matter not in dict(Explanation.MATTERS):
        raise Refusal(
            "choice-unknown", f"可以说明的有：{'、'.join(dict(Explanation.MATTERS).values())}。请选一个。"
        )
    words = needed(text, "说明", 5)
    does = needed(remedy, "怎么办") if remedy.strip() else None
    if (does is None) is not (until is None):
        raise Refusal("day-missing", "怎么办和到哪天办好要一起写。请补上没有写的那一样。")
    with action("project.explained", by=by, subject=file if isinstance(file, str) else file.id) as act:
        row = locked(file)
        post = acting_post(by, day_of_act(act))
        if not is_of(post, doers_of(row)):
            raise Refusal(
                "not-the-doer", f"{post.unit.name}不是这个项目的业主、责任单位或行业主管，不能代为说明。"
            )
        if until is not None and until < day_of_act(act):
            raise Refusal("day-passed", f"到哪天办好填的是{until}，已经过了。请填今天或以后的日子。")
        given = Explanation.objects.filter(file=row, matter=matter, month=month).exclude(accepted=False)
        if given.exists():
            raise Refusal(
                "explained-already", "这个月的这件事已经说明过，在等项目办看或已经认可。没有再记一份。"
            )
        made = Explanation(
            file=row, matter=matter, month=month, text=words, remedy=does, until=until, post=post, at=act.at
        )
        return act.create(made)


def judge_explanation(explanation: Explanation | str, *, by: Actor, accepts: bool) -> Explanation:
    """The office, as another post than the one that explained, accepts a reason or does not.

    Raises ``Refusal``: ``not-the-office``, ``same-hand``, ``judged-already``.
    """
    key = explanation if isinstance(explanation, str) else explanation.id
    found = Explanation.objects.select_related("file").get(pk=key)
    with action("project.explanation_judged", by=by, subject=found.file_id) as act:
        row = locked(found.file_id)
        found = (
            Explanation.objects.select_for_update(no_key=True, of=("self",))
            .select_related("post")
            .get(pk=key)
        )
        post = require_office(by, row.lead_unit_id, "认可理由", day_of_act(act))
        if found.accepted is not None:
            raise Refusal("judged-already", "这条说明已经有结论。要改，请让对方重新说明。")
        if in_line(found.post.unit_id, post.unit_id):
            raise Refusal("same-hand", "说明的单位不能认可自己的理由，请由另一个单位来看。")
        act.change(found, accepted=accepts, judged_by=post, judged_at=act.at)
        standing_rows.write(act, row, since=found.month)
        return found
