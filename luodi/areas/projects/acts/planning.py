"""The year's plan: given once, then only changed by another version with its paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from luodi.areas.projects import standing_rows
from luodi.areas.projects.acts.ground import day_of_act, locked, needed, require_office
from luodi.areas.projects.lookups import plan_of
from luodi.areas.projects.models import MONTH_NAMES, PlanVersion, ProjectFile
from luodi.areas.projects.plan import FaultyPlan, monthly, require_sum
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post


def first_version(
    file: ProjectFile,
    year: int,
    months: Sequence[int],
    given: tuple[int | None, str],
    by: tuple[Post, dt.date, dt.datetime],
) -> PlanVersion:
    """The first version of a year's plan, not written. ``given``: the year's sum and the paper; ``by``: post, day and instant.

    Raises ``Refusal``: ``plan-wrong``.
    """
    (annual, paper), (post, day, at) = given, by
    try:
        kept = monthly(months)
        if annual is not None:
            require_sum(annual, kept)
    except FaultyPlan as fault:
        raise Refusal("plan-wrong", str(fault)) from fault
    return PlanVersion(
        file=file, year=year, version=1, annual=sum(kept), from_day=day, paper=paper.strip()[:200], post=post, at=at,
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
        try:
            kept = monthly(months)
            if annual is not None:
                require_sum(annual, kept)
            if held is not None:
                held.with_version(kept, day_of_act(act), reason)
        except FaultyPlan as fault:
            raise Refusal("plan-wrong", str(fault)) from fault
        if held is not None:
            needed(paper, "调整计划依据的文件")
        made = PlanVersion(
            file=row, year=year, version=count + 1, annual=sum(kept), from_day=day_of_act(act), paper=paper.strip()[:200],
            reason=reason.strip() or None, post=post, at=act.at, **dict(zip(MONTH_NAMES, kept, strict=True)),
        )  # fmt: skip
        act.shown |= {"year": year, "version": count + 1}
        act.create(made)
        standing_rows.write(act, row, since=dt.date(year, 1, 1))
        return made
