"""Enters rows of the office's sheet as they were laid by: once, however often they are sent, a refusal of a row alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from luodi.areas.projects.acts.from_sheet import Changing, Opening, change_many, open_many, started_on
from luodi.areas.projects.importing import SheetRow
from luodi.areas.projects.models import ProjectFile
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Project, Unit
from luodi.kernel.sheets.addresses import Area
from luodi.kernel.sheets.faults import Fault


@dataclass(frozen=True, slots=True)
class Imported:
    """``made`` and ``changed`` are counts; ``faults`` were refused while being entered, each named by its first cell."""

    made: int
    changed: int
    faults: tuple[Fault, ...]


def planned(rows: Iterable[SheetRow]) -> list[list[Any]]:
    """What is to be entered, as plain JSON: what waits is not read from the sheet again."""
    return [_plain(row) for row in rows if row.kind in ("new", "changed")]


def enter(
    rows: Sequence[Sequence[Any]], year: int, *, by: Actor, paper: str, file: KeptFile | None = None
) -> Imported:
    """Enter rows as they were laid by; what has come in meanwhile is passed over. ``paper`` names the sheet that changes plans.

    New projects go in together, an act each; of a project that is in already facts and plan are acts of their own.
    """
    given = [_Laid(*row) for row in rows]
    made, refused = _enter_new([one for one in given if not one.ident], year, by, (paper, file))
    known = [one for one in given if one.ident]
    became = change_many([_changing(one) for one in known], by=by, year=year, paper=paper)
    refused += _faults(known, became)
    return Imported(made, became.count(True), tuple(refused))


@dataclass(frozen=True, slots=True)
class _Laid:
    """A row as it was laid by. Days are in ISO form; ``ident`` is the file it changes, empty for a new project."""

    ident: str
    cell: str
    first: str
    name: str
    code: str
    stage: str
    levels: list[str]
    units: list[str]
    facts: dict[str, Any]
    months: list[int]
    annual: int | None

    def values(self) -> dict[str, Any]:
        """The facts with their days."""
        days = ("start_planned", "completion_planned")
        return {n: dt.date.fromisoformat(v) if n in days else v for n, v in self.facts.items()}


def _plain(row: SheetRow) -> list[Any]:
    draft = row.draft
    facts = {n: v.isoformat() if isinstance(v, dt.date) else v for n, v in (row.facts or {}).items()}
    return [
        row.file.id if row.file is not None else "",
        draft.cell,
        str(draft.area("name")),
        draft.name,
        draft.code,
        draft.stage,
        list(draft.levels),
        [row.lead, row.responsible, row.owner],
        facts,
        list(draft.months) if row.has_plan else [],
        draft.annual,
    ]


def _enter_new(
    given: Sequence[_Laid], year: int, by: Actor, of: tuple[str, KeptFile | None]
) -> tuple[int, list[Fault]]:
    there = ProjectFile.objects.filter(_named(given, "project__")).values_list(
        "project__code", "project__name"
    )
    held = {code or f"name {name}" for code, name in there}
    fresh = [one for one in given if (one.code or f"name {one.name}") not in held]
    bare = {
        project.code or f"name {project.name}": project
        for project in Project.objects.filter(_named(fresh, ""), file=None).order_by("-id")
    }
    units = Unit.objects.in_bulk({unit for one in fresh for unit in one.units} - {""})
    wanted = [_opening(one, units, bare.get(one.code or f"name {one.name}")) for one in fresh]
    became = open_many(wanted, by=by, year=year, paper=of[0], file=of[1])
    refused = _faults(fresh, became)
    return len(fresh) - len(refused), refused


def _faults(given: Sequence[_Laid], became: Iterable[object]) -> list[Fault]:
    """Each refusal at the first cell of its row."""
    return [
        Fault(Area.named(one.first), what.message)
        for one, what in zip(given, became, strict=True)
        if isinstance(what, Refusal)
    ]


def _named(given: Sequence[_Laid], before: str) -> Q:
    """Projects with one of these codes, or without a code by one of these names."""
    codes, names = [one.code for one in given if one.code], [one.name for one in given if not one.code]
    by_name = Q(**{f"{before}code": "", f"{before}name__in": names})
    return Q(**{f"{before}code__in": codes}) | by_name


def _opening(one: _Laid, units: Mapping[str, Unit], bare: Project | None) -> Opening:
    lead, responsible, owner = one.units
    facts = one.values()
    return Opening(
        one.name,
        one.code,
        units.get(owner),
        units[lead],
        units[responsible],
        one.stage or "reserved",
        one.cell,
        tuple(one.levels),
        facts | started_on(one.stage, facts.get("start_planned")),
        tuple(one.months),
        one.annual,
        bare,
    )


def _changing(one: _Laid) -> Changing:
    return Changing(one.ident, tuple(one.levels), one.values(), tuple(one.months), one.annual)
