"""From the office's sheet to the ledger: what each row would change, shown before, and done once however often it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from luodi.areas.projects.acts.facts import levels_text
from luodi.areas.projects.lookups import plans_of
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.money import wan
from luodi.areas.projects.plan import Plan
from luodi.areas.projects.sheet_rows import ProjectDraft
from luodi.areas.projects.stages import label_of
from luodi.kernel.register.lookups import district
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.lookups import known_units
from luodi.kernel.sheets.unit_names import UnitNames, names_in

KINDS = {"new": "新立", "changed": "有变化", "same": "和账上一样", "faulty": "有问题"}
_FACTS = {
    "goal": ("goal", "建设内容"),
    "industry": ("industry_code", "行业代码"),
    "total": ("total_investment", "总投资"),
    "done_before": ("done_before", "累计完成"),
    "start": ("start_planned", "计划开工"),
    "completion": ("completion_planned", "计划竣工"),
    "number": ("entered_as", "序号"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one project as it stands and as it would stand, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with what becomes of it. ``file`` is the project it was found to be; ``plan`` says whether its plan would change."""

    draft: ProjectDraft
    kind: str
    file: ProjectFile | None = None
    facts: Mapping[str, Any] | None = None
    changes: tuple[Change, ...] = ()
    lead: str = ""
    responsible: str = ""
    owner: str = ""
    has_plan: bool = False
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def prepare(drafts: Iterable[ProjectDraft], year: int) -> list[SheetRow]:
    """What each row becomes, in order. A bounded number of queries, however many rows."""
    given = list(drafts)
    home = district()
    names = UnitNames(known_units(), home.name if home is not None else "")
    files = list(ProjectFile.objects.select_related("project"))
    by_code = {file.project.code: file for file in files if file.project.code}
    by_name: dict[str, list[ProjectFile]] = {}
    for file in files:
        by_name.setdefault(file.project.name, []).append(file)
    plans = plans_of([file.id for file in files], year)
    return [_row(draft, names, by_code, by_name, plans) for draft in given]


def _row(
    draft: ProjectDraft,
    names: UnitNames,
    by_code: Mapping[str, ProjectFile],
    by_name: Mapping[str, list[ProjectFile]],
    plans: Mapping[str, Plan],
) -> SheetRow:
    faults, notes = list(draft.faults), list(draft.notes)
    lead, responsible = (_unit(draft, name, names, faults) for name in ("lead", "responsible"))
    owner = _owner(draft, names, notes)
    if draft.annual is not None and not draft.months:
        notes.append("没有分月计划，年度计划没有录。时序进度按分月计划算")
    file = _known(draft, by_code, by_name, faults)
    if (
        file is None
        and not (lead or responsible)
        and not any(f.area == draft.area("responsible") for f in faults)
    ):
        faults.append(
            Fault(draft.area("responsible"), "没有写责任单位，也没有写行业主管单位。请至少写一个。")
        )
    if faults:
        return SheetRow(draft, "faulty", file, faults=tuple(dict.fromkeys(faults)), notes=tuple(notes))
    facts = {
        name: getattr(draft, key)
        for key, (name, _) in _FACTS.items()
        if getattr(draft, key) not in (None, "")
    }
    units = (lead or responsible, responsible or lead, owner)
    if file is None:
        return SheetRow(
            draft, "new", None, facts, (), *units, has_plan=bool(draft.months), notes=tuple(notes)
        )
    changes = _changes(draft, file, facts)
    plan = plans.get(file.id)
    has_plan = bool(draft.months) and (plan is None or plan.current.months != draft.months)
    if has_plan:
        before = (
            f"{wan(plan.current.annual)}万元（第{plan.current.number}版）" if plan is not None else "没有"
        )
        changes.append(Change("年度计划", before, f"{wan(sum(draft.months))}万元"))
    if draft.stage and draft.stage != file.stage:
        notes.append(
            f"表里是“{label_of(draft.stage)}”，账上是“{file.get_stage_display()}”。进阶段要凭据，不从表里改"
        )
    kind = "changed" if changes else "same"
    return SheetRow(draft, kind, file, facts, tuple(changes), *units, has_plan=has_plan, notes=tuple(notes))


def _unit(draft: ProjectDraft, name: str, names: UnitNames, faults: list[Fault]) -> str:
    """The id of the one unit that a cell names first; empty where it names none, or none that is known."""
    text = getattr(draft, name)
    if not text:
        return ""
    match = names.match((names_in(text) or [text])[0])
    if match.unit is not None:
        return match.unit.id
    near = "、".join(one.unit.name for one in match.suggestions)
    asked = f"是不是{near}？" if near else ""
    faults.append(
        Fault(draft.area(name), f"单位表里没有“{text[:20]}”。{asked}请写单位的全称，或先登记这个单位。")
    )
    return ""


def _owner(draft: ProjectDraft, names: UnitNames, notes: list[str]) -> str:
    if not draft.owner:
        return ""
    match = names.match(draft.owner)
    if match.unit is None:
        notes.append(f"业主“{draft.owner[:20]}”不在单位表里，先空着")
        return ""
    return match.unit.id


def _known(
    draft: ProjectDraft,
    by_code: Mapping[str, ProjectFile],
    by_name: Mapping[str, list[ProjectFile]],
    faults: list[Fault],
) -> ProjectFile | None:
    """The file that a row is about: by its code, or by its whole name where that says it."""
    if draft.code and draft.code in by_code:
        return by_code[draft.code]
    same = by_name.get(draft.name, [])
    if draft.code:
        same = [file for file in same if not file.project.code]
        if same:
            words = f"账上有同名的“{draft.name[:20]}”，没有代码。是同一个，请先在账上补代码；不是，请改名。"
            faults.append(Fault(draft.area("code"), words))
        return None
    if len(same) > 1:
        words = f"账上有{len(same)}个项目叫“{draft.name[:20]}”。请填上项目代码。"
        faults.append(Fault(draft.area("name"), words))
        return None
    return same[0] if same else None


def _changes(draft: ProjectDraft, file: ProjectFile, facts: Mapping[str, Any]) -> list[Change]:
    changes = []
    for name, label in _FACTS.values():
        if name in facts and facts[name] != getattr(file, name):
            changes.append(Change(label, _shown(getattr(file, name)), _shown(facts[name])))
    if draft.levels and levels_text(draft.levels) != file.levels:
        changes.append(Change("级别", file.levels or "没有", levels_text(draft.levels)))
    return changes


def _shown(value: object) -> str:
    if value in (None, ""):
        return "没有"
    return f"{wan(value)}万元" if isinstance(value, int) else str(value)
