"""What becomes of the plan itself: its target changed by the body that adopted it, given up, taken up again, carried over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from luodi.kernel.commitments.acts.adoption import (
    issuing_unit,
    judge,
    not_yet_a_promise,
    spoken_on,
    version_of,
)
from luodi.kernel.commitments.acts.ground import (
    acting_post,
    co_units_of,
    day_of_act,
    index_title,
    key_of,
    locked,
    locked_statement,
    needed_reason,
    settle,
    target_of,
    titled,
)
from luodi.kernel.commitments.gather import goal_of
from luodi.kernel.commitments.goals import Goal, changes, settled
from luodi.kernel.commitments.independence import is_within
from luodi.kernel.commitments.linked import state_by_links
from luodi.kernel.commitments.models import Commitment, CoUnit, Said, Target
from luodi.kernel.commitments.states import after
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Unit


def change_target(
    commitment: Commitment | str,
    *,
    by: Actor,
    goal: Goal,
    reason: str,
    adopting: StatementKey | None = None,
    adopting_source: Source | None = None,
    adopted_by: Unit | None = None,
    confirmed: bool = False,
    seen: int | None = None,
) -> Target:
    """A new version of the target, put in its place by the body that adopted the one before (domain reference §16).

    ``adopting`` is the statement, or ``adopting_source`` the paper, by which it did so. The earlier versions stay visible;
    what became lower or later is flagged on the board. ``confirmed`` says that a person has checked that the body is the
    same where the names on the papers do not tell; ``seen`` is the version that the person had before them. Raises ``Refusal``:
    ``no-paper``, ``not-the-body``, ``body-unknown``, ``own-promise``, ``nothing-changed``, ``changed-meanwhile``,
    ``impossible-move``.
    """
    wanted, text = settled(goal), needed_reason(reason, "改目标")
    if adopting is None and adopting_source is None:
        raise Refusal("no-paper", "改目标要有凭据：请指明改目标的那句话或那份文件。")
    with action("commitment.target_changed", by=by, subject=key_of(commitment)) as act:
        row = locked(commitment)
        after("change_target", row.state)
        old = target_of(row)
        if seen is not None and seen != old.version:
            raise Refusal(
                "changed-meanwhile",
                "您打开这一页之后，别人已经改过目标，没有再改。请刷新页面，看过新的目标再办。",
            )
        kinds = changes(goal_of(old), wanted)
        if not kinds:
            raise Refusal("nothing-changed", "新的目标和期限与现在的一样，没有要改的。")
        source = adopting.source if adopting is not None else adopting_source
        body = _same_body(row, source, adopted_by, confirmed)
        _not_their_own(act, row, body, "改目标")
        version = _next_version(act, row, old, wanted, adopting, source)
        version.body, version.reason = body, text
        act.create(version)
        if adopting is not None:
            _link_paper(act, row, adopting)
        act.shown |= {"version": version.version, "changes": list(kinds), "confirmed": confirmed}
        settle(act, row)
    return version


def drop(commitment: Commitment | str, *, by: Actor, reason: str) -> Commitment:
    """Give it up, with reason. Not by the unit that was to do it. Raises ``Refusal``: ``no-reason``, ``own-promise``."""
    text = needed_reason(reason, "不再办")
    with action("commitment.dropped", by=by, subject=key_of(commitment)) as act:
        row = locked(commitment)
        state = after("drop", row.state)
        _not_their_own(act, row, None, "作为不再办处理")
        prior: dict[str, Any] = {"prior_state": row.state, "prior_since": row.state_since}
        act.change(row, state=state, state_since=day_of_act(act), reason=text, **prior)
        settle(act, row)
    return row


def restore(commitment: Commitment | str, *, by: Actor, reason: str) -> Commitment:
    """Take it up again: it is what it was before it was dropped. Raises ``Refusal``."""
    text = needed_reason(reason, "恢复")
    with action("commitment.restored", by=by, subject=key_of(commitment)) as act:
        acting_post(by, day_of_act(act))
        row = locked(commitment)
        back_to_prior(act, row, "restore", text)
        settle(act, row)
    return row


def back_to_prior(act: Action, row: Commitment, move: str, reason: str | None) -> None:
    """Set state and its day back to what they were before, within an act."""
    state = after(move, row.state, row.prior_state)
    since = row.prior_since or day_of_act(act)
    act.change(row, state=state, state_since=since, prior_state="", prior_since=None, reason=reason)


def carry_over(
    commitment: Commitment | str,
    *,
    by: Actor,
    year: int,
    goal: Goal,
    reason: str,
    adopting: StatementKey | None = None,
    adopting_source: Source | None = None,
    title: str = "",
) -> Commitment:
    """Carry it over into the plan of ``year``: a new commitment, linked with the old, which ends as carried over.

    ``goal`` is what is left to do, by when; the statement or paper of the new plan is its source, if there is one. Raises
    ``Refusal``: ``bad-year``, ``due-not-later``, ``own-promise``, ``impossible-move``.
    """
    text, wanted = needed_reason(reason, "结转"), settled(goal)
    new = Commitment(year=year)
    with action("commitment.carried_over", by=by, subject=key_of(commitment)) as act:
        row = locked(commitment)
        state = after("carry_over", row.state)
        body = _not_their_own(act, row, None, "结转")
        old = target_of(row)
        _must_go_on_later(row, old, year, wanted)
        _copy_into(act, new, row, titled(title or row.title))
        source = adopting.source if adopting is not None else adopting_source
        version = version_of(new, 1, wanted, day_of_act(act), adopting.quote if adopting else old.wording)
        version.adopting, version.adopting_source = adopting, source
        version.body_id = (issuing_unit(source) or body).id if source is not None else old.body_id
        act.create(version)
        if adopting is not None:
            _link_made(act, new, adopting)
        act.change(row, state=state, state_since=day_of_act(act), carried_to=new, reason=text)
        act.shown |= {"to": new.id, "year": year, "changes": list(changes(goal_of(old), wanted))}
        index_title(new)
        settle(act, row, new)
    return new


def _must_go_on_later(row: Commitment, old: Target, year: int, goal: Goal) -> None:
    if row.year is not None and year <= row.year:
        raise Refusal("bad-year", f"这件承诺是{row.year}年的，只能结转到以后的年度，不能是{year}年。")
    if goal.due_until is None or (old.due_until is not None and goal.due_until <= old.due_until):
        raise Refusal("due-not-later", "结转要写明新的期限，并且晚于原来的期限。")


def _copy_into(act: Action, new: Commitment, row: Commitment, title: str) -> None:
    """The new row takes over who is to do it and where; its history begins anew."""
    for name in ("lead_unit_id", "leader_post_id", "place_id", "project_id", "topic", "number"):
        setattr(new, name, getattr(row, name))
    new.title = title
    new.adopted_on = new.state_since = day_of_act(act)
    act.create(new)
    for unit in co_units_of(row):
        act.create(CoUnit(commitment=new, unit_id=unit))


def _same_body(row: Commitment, source: Source | None, given: Unit | None, confirmed: bool) -> Unit | None:
    """The body that adopts the change, which must be the one that adopted the first version."""
    first = row.targets.select_related("body", "adopting_source").order_by("version")[0]
    before = (
        first.body.name if first.body else (first.adopting_source.issuer if first.adopting_source else "")
    )
    body = given or (issuing_unit(source) if source else None)
    now = body.name if body else (source.issuer if source else "")
    if before and now and before != now:
        raise Refusal("not-the-body", f"目标是{before}定的，只有它能改；这份凭据是{now}的。")
    if not (before and now) and not confirmed:
        raise Refusal(
            "body-unknown", "看不出当初定目标的和现在改目标的是不是同一个单位，请核对两份文件后确认。"
        )
    return body or first.body


def _not_their_own(act: Action, row: Commitment, body: Unit | None, what: str) -> Unit:
    """The unit of the acting post, which must not be one that does the work, unless it is itself the adopting body."""
    unit = acting_post(act.by, day_of_act(act)).unit
    if is_within(unit.id, [row.lead_unit_id, *co_units_of(row)]) and (body is None or unit.id != body.id):
        raise Refusal("own-promise", f"{unit.name}是办这件事的单位，不能自己{what}，请由督查办公室来做。")
    return unit


def _next_version(
    act: Action,
    row: Commitment,
    old: Target,
    goal: Goal,
    adopting: StatementKey | None,
    source: Source | None,
) -> Target:
    day = max(old.from_day, _said_on(source, day_of_act(act)))
    wording = adopting.quote if adopting is not None else ""
    version = version_of(row, old.version + 1, goal, day, wording)
    version.adopting, version.adopting_source, version.kind = adopting, source, "changed"
    return version


def _said_on(source: Source | None, day: dt.date) -> dt.date:
    return spoken_on(source, day) if source is not None else day


def _link_paper(act: Action, row: Commitment, statement: StatementKey) -> None:
    """The sentence that changed it is linked, unless it is already."""
    if not Said.objects.filter(commitment=row, statement=statement, undone=False).exists():
        day = spoken_on(statement.source, day_of_act(act))
        act.create(Said(commitment=row, statement=statement, role="changes", day=day))
        key = locked_statement(statement)
        judge(act, key, state_by_links(key), "merge")


def _link_made(act: Action, new: Commitment, statement: StatementKey) -> None:
    key = locked_statement(statement)
    not_yet_a_promise(key)
    act.create(Said(commitment=new, statement=key, role="made", day=spoken_on(key.source, day_of_act(act))))
    judge(act, key, "adopted", "accept")
