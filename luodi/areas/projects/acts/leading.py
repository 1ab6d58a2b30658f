"""Leaders by post: tied to a project from a day, handed over with both signatures, expected on site."""

from __future__ import annotations

import datetime as dt
from typing import Any

from luodi.areas.projects import due_items
from luodi.areas.projects.acts.ground import (
    acting_post,
    day_of_act,
    leads,
    locked,
    needed,
    not_after,
    require_office,
)
from luodi.areas.projects.models import LeaderAssignment, ProjectFile, Visit
from luodi.kernel.evidence.taking import take
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import on_day
from luodi.kernel.register.models import Post

DAY = dt.timedelta(days=1)


def assign_leader(file: ProjectFile | str, post: Post, *, by: Actor, since: dt.date) -> LeaderAssignment:
    """Tie a leader's post to a project: the first, or one that takes over; then both sign the hand-over.

    Raises ``Refusal``: ``not-a-leader``, ``leads-already``, ``older-than-last``, ``post-closed``, ``not-the-office``.
    """
    with action("project.leader_assigned", by=by, subject=file if isinstance(file, str) else file.id) as act:
        row = locked(file)
        require_office(by, row.lead_unit_id, "定包联领导", day_of_act(act))
        if not post.is_leader:
            raise Refusal("not-a-leader", f"“{post.title}”不是领导岗位。包联按岗位定，请选领导的岗位。")
        if post.closed_on is not None and post.closed_on <= since:
            raise Refusal("post-closed", f"岗位“{post.title}”已于{post.closed_on}撤销，请换一个岗位。")
        held = LeaderAssignment.objects.filter(file=row, until=None).order_by("since").last()
        if held is not None:
            if held.post_id == post.id:
                raise Refusal("leads-already", f"“{post.title}”已经包联这个项目。")
            if since <= held.since:
                raise Refusal("older-than-last", f"现在的包联从{held.since}起，接任要晚于这一天。请改日子。")
            act.change(held, until=since - DAY)
        made = act.create(LeaderAssignment(file=row, post=post, since=since, after=held))
        due_items.write(act, row, due_items.VISIT)
        return made


def sign_hand_over(later: LeaderAssignment | str, *, by: Actor) -> LeaderAssignment:
    """One side of a hand-over signs: the post that leaves, or the one that comes.

    Raises ``Refusal``: ``no-hand-over``, ``other-party``, ``already-signed``.
    """
    key = later if isinstance(later, str) else later.id
    found = LeaderAssignment.objects.select_related("after", "file").get(pk=key)
    with action("project.hand_over_signed", by=by, subject=found.file_id) as act:
        found = (
            LeaderAssignment.objects.select_for_update(no_key=True, of=("self",))
            .select_related("after")
            .get(pk=key)
        )
        post = acting_post(by, day_of_act(act))
        if found.after is None:
            raise Refusal("no-hand-over", "这个项目不是从别人手里接的，没有要签的交接。")
        sides = {found.after.post_id: "given_on", found.post_id: "taken_on"}
        if post.id not in sides:
            raise Refusal("other-party", "交接由交出和接收的两个岗位来签，您现在的岗位不是。")
        if getattr(found, sides[post.id]) is not None:
            raise Refusal("already-signed", "您这一边已经签过，不用再签。")
        signed: dict[str, Any] = {sides[post.id]: day_of_act(act)}
        act.change(found, **signed)
        due_items.write(act, locked(found.file_id), due_items.VISIT)
        return found


def record_visit(
    file: ProjectFile | str,
    *,
    by: Actor,
    made_on: dt.date,
    is_working: bool,
    found: str,
    photo: tuple[bytes, str] | None = None,
) -> Visit:
    """The leader was on site and found somebody at work, or nobody. A meeting is no visit.

    Raises ``Refusal``: ``not-its-leader``, ``day-to-come``, ``words-missing`` and those of evidence.
    """
    words = needed(found, "现场看到的情况")
    with action("project.visited", by=by, subject=file if isinstance(file, str) else file.id) as act:
        row = locked(file)
        post = acting_post(by, day_of_act(act))
        not_after(made_on, day_of_act(act), "到现场的日子")
        if leads(post, row, made_on) is None:
            raise Refusal(
                "not-its-leader", f"{made_on}包联这个项目的不是“{post.title}”。请由包联领导的岗位来记。"
            )
        kept = take(act, *photo) if photo is not None else None
        made = Visit(
            file=row, post=post, made_on=made_on, is_working=is_working, found=words, photo=kept, at=act.at
        )
        act.create(made)
        due_items.write(act, row, due_items.VISIT)
        return made


def leader_of(file: ProjectFile, day: dt.date) -> Post | None:
    """The leader's post on a day."""
    held = (
        LeaderAssignment.objects.filter(on_day(day), file=file)
        .select_related("post__unit")
        .order_by("since")
        .last()
    )
    return held.post if held is not None else None
