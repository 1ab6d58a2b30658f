"""The year's plan: given once, then only changed by another version with its paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.areas.projects import standing_rows
from luodi.areas.projects.acts.ground import day_of_act, locked, needed, require_office
from luodi.areas.projects.lookups import plan_of
from luodi.areas.projects.models import MONTH_NAMES, PlanVersion, ProjectFile
from luodi.areas.projects.plan import FaultyPlan, Plan, monthly, require_sum
from luodi.kernel.clocks.now import day_of
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post


@dataclass(frozen=True, slots=True)
class PlanGiven:
    """What is given of a year: its months and, where there is one, the sum of the whole year in 分; the paper and the reason."""

    year: int
    months: Sequence[int]
    annual: int | None = None
    paper: str = ""
    reason: str = ""


def next_version(
    file: ProjectFile, given: PlanGiven, held: Plan | None, by: tuple[Post, dt.datetime]
) -> PlanVersion:
    """The version that comes after those ``held``, not written; after the first with paper and reason. ``by``: post and instant.

    Raises ``Refusal``: ``plan-wrong``, ``words-missing``.
    """
    post, at = by
    try:
        kept = monthly(given.months)
        if given.annual is not None:
            require_sum(given.annual, kept)
        if held is not None:
            held.with_version(kept, day_of(at), given.reason)
    except FaultyPlan as fault:
        raise Refusal("plan-wrong", str(fault)) from fault
    if held is not None:
        needed(given.paper, "调整计划依据的文件")
    return PlanVersion(
        file=file, year=given.year, version=len(held.versions) + 1 if held is not None else 1, annual=sum(kept),
        from_day=day_of(at), paper=given.paper.strip()[:200], reason=given.reason.strip() or None, post=post, at=at,
        **dict(zip(MONTH_NAMES, kept, strict=True)),
    )  # fmt: skip


def set_plan(
    file: ProjectFile | str,
    year: int,
    months: Sequence[int],
    *,
    by: Actor,
    annual: int | None = None,
    paper: str = "",
    reason: str = "",
    seen: int | None = None,
) -> PlanVersion:
    """The plan of a year in 分 by month: its first version, or another beside those there are, with paper and reason.

    ``annual``: what was given as the year's own sum, which the months must make up. ``seen``: how many versions the person had
    before them. Raises ``Refusal``: ``plan-wrong``, ``no-paper``, ``changed-meanwhile``, ``not-the-office``.
    """
    with action("project.plan_set", by=by, subject=file if isinstance(file, str) else file.id) as act:
        row = locked(file)
        post = require_office(by, row.lead_unit_id, "定计划", day_of_act(act))
        held = plan_of(row, year)
        count = len(held.versions) if held is not None else 0
        if seen is not None and seen != count:
            raise Refusal("changed-meanwhile", "您打开这一页之后，别人已经改过计划，没有再改。请刷新后再看。")
        made = next_version(row, PlanGiven(year, months, annual, paper, reason), held, (post, act.at))
        act.shown |= {"year": year, "version": made.version}
        act.create(made)
        standing_rows.write(act, row, since=dt.date(year, 1, 1))
        return made
