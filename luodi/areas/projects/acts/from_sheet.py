"""Many projects of one sheet: each opened, or put right, with its plan by acts of its own, all of them in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from luodi.areas.projects import due_items, standing_rows
from luodi.areas.projects.acts.correcting import facts_changed, put_right
from luodi.areas.projects.acts.filing import begun
from luodi.areas.projects.acts.ground import day_of_act, needed, require_office
from luodi.areas.projects.acts.planning import PlanGiven, next_version
from luodi.areas.projects.lookups import plans_of
from luodi.areas.projects.models import FileCorrection, PlanVersion, ProjectFile
from luodi.areas.projects.plan import Plan
from luodi.kernel.clocks.now import now, today
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Actor, action, reading
from luodi.kernel.ledger.together import Together, together
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import entries
from luodi.kernel.register.models import Post, Project, Unit


@dataclass(frozen=True, slots=True)
class Opening:
    """A project to be opened. ``bare`` is its row in the register where there is one; ``months`` is empty without a plan."""

    name: str
    code: str
    owner: Unit | None
    lead: Unit
    responsible: Unit
    stage: str
    cell: str
    levels: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    months: tuple[int, ...] = ()
    annual: int | None = None
    bare: Project | None = None


def open_many(
    given: Sequence[Opening], *, by: Actor, year: int, paper: str, file: KeptFile | None = None
) -> list[ProjectFile | Refusal]:
    """What became of each, in order; a refusal is of that row alone, and nothing of that row stays."""
    done: list[ProjectFile | Refusal] = []
    with together(by=by) as acts:
        for each in given:
            try:
                done.append(_one(acts, each, (year, paper, file)))
            except Refusal as refusal:
                done.append(refusal)
        acts.write()
        made = [row for row in done if isinstance(row, ProjectFile)]
        due_items.write_new(acts, made)
        standing_rows.write_many(acts, [row.id for row in made])
    return done


def _one(acts: Together, given: Opening, of: tuple[int, str, KeptFile | None]) -> ProjectFile:
    year, paper, kept = of
    day = day_of_act(acts)
    name = entries.name(given.name, "项目名称", 200)
    project = given.bare or Project(name=name, code=given.code, owner_unit=given.owner)
    facts = {**given.facts, "origin_file": kept, "origin_cell": given.cell[:80]}
    units = (given.lead, given.responsible)
    row = begun(project, units, given.levels, given.stage, facts)
    post = require_office(acts.by, given.lead.id, "项目入账", day)
    row.opened_on = row.stage_since = day
    # everything that can be refused is asked before the first of the three acts
    plan = (
        next_version(row, PlanGiven(year, given.months, given.annual, paper), None, (post, acts.at))
        if given.months
        else None
    )
    if given.bare is None:
        with acts.one("project.created", subject=project.id) as act:
            act.create(project)
    with acts.one("project.filed", subject=row.id) as act:
        act.create(row)
    if plan is not None:
        with acts.one("project.plan_set", subject=row.id, shown={"year": year, "version": 1}) as act:
            act.create(plan)
    return row


def started_on(stage: str, start: dt.date | None) -> dict[str, dt.date]:
    """A sheet of what is under way gives the day of the start itself, not the one planned."""
    is_under_way = stage in ("newly_started", "under_construction", "completed_works")
    return {"start_actual": start} if is_under_way and start is not None else {}


@dataclass(frozen=True, slots=True)
class Changing:
    """What a row says of a project that is in already. ``levels`` and ``months`` are empty where it says nothing of them."""

    ident: str
    levels: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    months: tuple[int, ...] = ()
    annual: int | None = None


@dataclass(slots=True)
class _Change:
    """What one row comes to: facts that would be others, a version of the plan that would be added."""

    file: ProjectFile
    post: Post
    facts: dict[str, Any]
    plan: PlanVersion | None = None


def change_many(given: Sequence[Changing], *, by: Actor, year: int, paper: str) -> list[bool | Refusal]:
    """Whether there was anything left to change of each, in order; a refusal is of that row alone, and nothing of it stays.

    All files are held and read at once; facts and plan of each are acts of their own, what is derived is written with the last.
    """
    with transaction.atomic():
        files, plans = _held(given), plans_of([each.ident for each in given], year)
        posts = _offices(files.values(), by)
        done, changes = list[bool | Refusal](), list[_Change]()
        for each in given:
            try:
                change = _change(each, (files, plans, posts), (year, paper))
            except Refusal as refusal:
                done.append(refusal)
                continue
            done.append(change is not None)
            if change is not None:
                _put_right(change, by, paper)
                changes.append(change)
        if changes:
            _plan_and_derive(changes, by, year)
    return done


def _held(given: Sequence[Changing]) -> dict[str, ProjectFile]:
    """The files, locked in one order: two sheets that name the same ones never wait for each other crosswise."""
    rows = ProjectFile.objects.select_for_update(no_key=True, of=("self",)).select_related("project")
    return {row.id: row for row in rows.filter(pk__in=[each.ident for each in given]).order_by("id")}


def _offices(files: Iterable[ProjectFile], by: Actor) -> dict[str, Post | Refusal]:
    """By the lead unit, the post that may change its projects, or why it may not."""
    found: dict[str, Post | Refusal] = {}
    with reading():
        for unit in {file.lead_unit_id for file in files}:
            try:
                found[unit] = require_office(by, unit, "按表更正项目", today())
            except Refusal as refusal:
                found[unit] = refusal
    return found


def _change(
    given: Changing,
    held: tuple[Mapping[str, ProjectFile], dict[str, Plan], Mapping[str, Post | Refusal]],
    of: tuple[int, str],
) -> _Change | None:
    """Everything that can be refused is asked here, before the first act. ``None`` where all is as the row says."""
    files, plans, posts = held
    year, paper = of
    file = files.get(given.ident)
    if file is None:
        raise Refusal("no-such-project", f"没有编号为“{given.ident}”的项目。请从项目列表重新进入。")
    post = posts[file.lead_unit_id]
    if isinstance(post, Refusal):
        raise post
    change = _Change(file, post, facts_changed(file, given.levels or None, given.facts))
    plan = plans.get(file.id)
    if given.months and (plan is None or plan.current.months != given.months):
        wanted = PlanGiven(year, given.months, given.annual, paper, f"按“{paper}”调整")
        change.plan = next_version(file, wanted, plan, (post, now()))
        versions = plan.versions if plan is not None else ()
        plans[file.id] = Plan(year, (*versions, change.plan.as_version()))
    return change if change.facts or change.plan is not None else None


def _put_right(change: _Change, by: Actor, paper: str) -> None:
    if not change.facts:
        return
    words = needed(f"按“{paper}”更正", "更正的理由")
    with action("project.corrected", by=by, subject=change.file.id) as act:
        made = FileCorrection(file=change.file, post=change.post, reason=words, paper=paper.strip()[:200])
        put_right(act, made, change.facts)


def _plan_and_derive(changes: Sequence[_Change], by: Actor, year: int) -> None:
    with together(by=by) as acts:
        for each in changes:
            if (plan := each.plan) is not None:
                shown = {"year": year, "version": plan.version}
                with acts.one("project.plan_set", subject=each.file.id, shown=shown) as act:
                    act.create(plan)
        acts.write()
        due_items.write_many(acts, [each.file for each in changes if each.facts])
        standing_rows.write_many(acts, [each.file.id for each in changes if each.facts])
        planned = [each.file.id for each in changes if not each.facts]
        standing_rows.write_many(acts, planned, since=dt.date(year, 1, 1))
