"""What others say of a project: how sure they are of it, and whether a reason given for its delay is one."""

from __future__ import annotations

import datetime as dt

from luodi.areas.projects import due_items, standing_rows
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

_DUES = (due_items.EXPLANATION, due_items.REMEDY)


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
        act.create(made)
        due_items.write(act, row, *_DUES)
        return made


def judge_explanation(explanation: Explanation | str, *, by: Actor, accepts: bool) -> Explanation:
    """The office, as another post than the one that explained, accepts a reason or does not.

    Raises ``Refusal``: ``not-the-office``, ``same-hand``, ``judged-already``.
    """
    key = explanation if isinstance(explanation, str) else explanation.id
    file = Explanation.objects.values_list("file", flat=True).get(pk=key)
    with action("project.explanation_judged", by=by, subject=file) as act:
        row = locked(file)
        found = _held(key)
        post = require_office(by, row.lead_unit_id, "认可理由", day_of_act(act))
        if found.accepted is not None:
            raise Refusal("judged-already", "这条说明已经有结论。要改，请让对方重新说明。")
        if in_line(found.post.unit_id, post.unit_id):
            raise Refusal("same-hand", "说明的单位不能认可自己的理由，请由另一个单位来看。")
        act.change(found, accepted=accepts, judged_by=post, judged_at=act.at)
        due_items.write(act, row, *_DUES)
        standing_rows.write(act, row, since=found.month)
        return found


def confirm_remedy(explanation: Explanation | str, *, by: Actor) -> Explanation:
    """The office, as another unit than the one that explained, has seen that what was to be done about it is done.

    Raises ``Refusal``: ``not-the-office``, ``same-hand``, ``nothing-to-confirm``.
    """
    key = explanation if isinstance(explanation, str) else explanation.id
    file = Explanation.objects.values_list("file", flat=True).get(pk=key)
    with action("project.remedy_confirmed", by=by, subject=file) as act:
        row = locked(file)
        found = _held(key)
        post = require_office(by, row.lead_unit_id, "核实说明里写的办法", day_of_act(act))
        if found.accepted is not True or found.until is None or found.remedied_on is not None:
            raise Refusal(
                "nothing-to-confirm", "这份说明没有认可、没有写怎么办，或已经核过办好。请刷新再看。"
            )
        if in_line(found.post.unit_id, post.unit_id):
            raise Refusal("same-hand", "说明的单位不能核实自己办好没有，请由另一个单位来核。")
        act.change(found, remedied_on=day_of_act(act), remedied_by=post)
        due_items.write(act, row, due_items.REMEDY)
        return found


def _held(key: str) -> Explanation:
    """An explanation as it is now, held until the act is over; ``post`` is at hand."""
    rows = Explanation.objects.select_for_update(no_key=True, of=("self",)).select_related("post")
    return rows.get(pk=key)
