"""Many projects of one sheet: each opened with its plan by acts of its own, all of them in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from luodi.areas.projects import due_items, standing_rows
from luodi.areas.projects.acts.filing import begun
from luodi.areas.projects.acts.ground import day_of_act, require_office
from luodi.areas.projects.acts.planning import first_version
from luodi.areas.projects.models import ProjectFile
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Actor
from luodi.kernel.ledger.together import Together, together
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import entries
from luodi.kernel.register.models import Project, Unit


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
        first_version(row, year, given.months, (given.annual, paper), (post, day, acts.at))
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
