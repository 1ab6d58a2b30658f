"""Putting right what was adopted wrongly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from luodi.kernel.attributes import kept_attribute
from luodi.kernel.commitments.acts.adoption import version_of
from luodi.kernel.commitments.acts.ground import (
    acting_post,
    all_known,
    co_units_of,
    day_of_act,
    index_title,
    judges_of,
    key_of,
    locked,
    needed_reason,
    settle,
    target_of,
    titled,
)
from luodi.kernel.commitments.gather import goal_of
from luodi.kernel.commitments.goals import Goal, changes, settled
from luodi.kernel.commitments.independence import in_line_with, is_within
from luodi.kernel.commitments.models import Commitment, CoUnit, Report
from luodi.kernel.commitments.states import after
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post, Unit


def correct(
    commitment: Commitment | str,
    *,
    by: Actor,
    reason: str,
    goal: Goal | None = None,
    co_units: Iterable[Unit] | None = None,
    **fields: Any,
) -> Commitment:
    """Put right what was adopted wrongly; the machine's reading and the version before stay to be seen.

    ``fields`` may be ``title``, ``lead_unit``, ``leader_post``, ``place``, ``project``, ``topic``, ``year``, ``number``. A goal
    is corrected only before anything was reported; later it takes a change by the body that adopted it. Raises
    ``Refusal``: ``already-reported``, ``own-promise``, ``judge-cannot-do``, ``nothing-changed``; ``LookupError`` for others.
    """
    unknown = set(fields) - set(_CORRECTABLE)
    if unknown:
        raise LookupError(f"cannot correct {sorted(unknown)}; correctable are {', '.join(_CORRECTABLE)}")
    if "title" in fields:
        fields["title"] = titled(fields["title"])
    text = needed_reason(reason, "更正")
    with action("commitment.corrected", by=by, subject=key_of(commitment)) as act:
        post = acting_post(by, day_of_act(act))
        row = locked(commitment)
        after("correct", row.state)
        before = _columns(row)
        act.change(row, **fields, reason=text)
        changed = [name for name, value in _columns(row).items() if value != before[name]]
        if co_units is not None and _set_co_units(act, row, [unit.id for unit in co_units]):
            changed.append("co_units")
        if goal is not None and _correct_goal(act, row, settled(goal), post, text):
            changed.append("goal")
        _nobody_judged_own_work(row)
        if not changed:
            raise Refusal("nothing-changed", "和现在登记的一样，没有要更正的。")
        act.shown |= {"changed": sorted(changed)}
        if "title" in changed:
            index_title(row)
        settle(act, row)
    return row


_CORRECTABLE = ("title", "lead_unit", "leader_post", "place", "project", "topic", "year", "number")


def _correct_goal(act: Action, row: Commitment, goal: Goal, post: Post, reason: str) -> bool:
    old = target_of(row)
    if goal_of(old) == goal:
        return False
    if Report.objects.filter(commitment=row).exists():
        raise Refusal(
            "already-reported", "已经有上报，目标和期限不能再当作笔误更正；要改，须由当初定下它的单位改目标。"
        )
    if is_within(post.unit_id, [row.lead_unit_id, *co_units_of(row)]) and post.unit_id != old.body_id:
        raise Refusal("own-promise", "办这件事的单位不能自己更正目标和期限，请由督查办公室来做。")
    version = version_of(row, old.version + 1, goal, old.from_day, old.wording)
    version.adopting_id, version.adopting_source_id = old.adopting_id, old.adopting_source_id
    version.body_id, version.kind, version.reason = old.body_id, "corrected", reason
    act.create(version)
    act.shown |= {"goal": list(changes(goal_of(old), goal))}
    return True


def _set_co_units(act: Action, row: Commitment, wanted: list[str]) -> bool:
    now = {helper.unit_id: helper for helper in CoUnit.objects.filter(commitment=row, until=None)}
    wanted = [unit for unit in all_known(wanted) if unit != row.lead_unit_id]
    for unit, helper in now.items():
        if unit not in wanted:
            act.change(helper, until=day_of_act(act))
    for unit in wanted:
        if unit not in now:
            act.create(CoUnit(commitment=row, unit_id=unit))
    return set(now) != set(wanted)


def _nobody_judged_own_work(row: Commitment) -> None:
    """A unit that verified or sent back part of the work cannot be made one of those who do it."""
    doers = {row.lead_unit_id, *co_units_of(row)}
    for judging in sorted(judges_of(row)):
        clash = in_line_with(judging, doers)
        if clash is not None:
            name = Unit.objects.get(pk=judging).name
            raise Refusal(
                "judge-cannot-do",
                f"{name}核实过这件事，它和它的上下级单位不能再来牵头或者配合。请换一个单位。",
            )


def _columns(row: Commitment) -> dict[str, Any]:
    return {name: getattr(row, kept_attribute(row, name)) for name in _CORRECTABLE}
