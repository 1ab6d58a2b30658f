"""A project's file: opened, its stages with what each gate asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from luodi.areas.projects import due_items, standing_rows
from luodi.areas.projects.acts.facts import levels_text, take_facts
from luodi.areas.projects.acts.ground import day_of_act, locked, needed, not_after, require_office
from luodi.areas.projects.models import GateEvidence, ProjectFile, StageMove
from luodi.areas.projects.stages import STAGE, Step, label_of, missing, step
from luodi.kernel.accounts.access import may
from luodi.kernel.evidence.taking import take
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Project, Unit


@dataclass(frozen=True, slots=True)
class Shown:
    """What answers one gate: bytes of a file with its name, or the number of a paper kept elsewhere."""

    paper: str = ""
    raw: bytes = b""
    name: str = ""


def open_file(
    project: Project,
    *,
    by: Actor,
    lead_unit: Unit,
    responsible_unit: Unit,
    levels: Iterable[str] = (),
    stage: str = "conceived",
    stage_since: dt.date | None = None,
    **facts: Any,
) -> ProjectFile:
    """The office takes a project of the register into its ledger, at the stage in which it stands.

    Raises ``Refusal``: ``not-the-office``, ``file-exists``, ``choice-unknown``, ``money-wrong``, ``day-to-come``.
    """
    row = begun(project, (lead_unit, responsible_unit), levels, stage, facts)
    with action("project.filed", by=by, subject=row.id) as act:
        require_office(by, lead_unit.id, "项目入账", day_of_act(act))
        if ProjectFile.objects.filter(project=project).exists():
            raise Refusal("file-exists", f"“{project.name}”已经在账上，不重复立。请打开原来的那一份。")
        row.opened_on = day_of_act(act)
        row.stage_since = stage_since or row.opened_on
        not_after(row.stage_since, row.opened_on, "进入这个阶段的日子")
        act.create(row)
        due_items.write(act, row)
        standing_rows.write(act, row)
        return row


def begun(
    project: Project, units: tuple[Unit, Unit], levels: Iterable[str], stage: str, facts: Mapping[str, Any]
) -> ProjectFile:
    """A file as it is to be opened; ``units`` are the lead and the responsible one. Nothing is written.

    Raises ``Refusal``: ``choice-unknown``, ``money-wrong``, ``point-wrong``.
    """
    row = ProjectFile(
        project=project,
        lead_unit=units[0],
        responsible_unit=units[1],
        levels=levels_text(levels),
        stage=stage,
    )
    if stage not in STAGE or stage in ("suspended", "removed"):
        raise Refusal("choice-unknown", f"入账时的阶段得到“{stage}”，应是谋划到达产中的一个。请改后再存。")
    take_facts(row, facts)
    return row


def move_stage(
    file: ProjectFile | str,
    to: str,
    *,
    by: Actor,
    on: dt.date,
    shown: Mapping[str, Shown] | None = None,
    reason: str = "",
) -> StageMove:
    """Take a project to another stage with what its gates ask; backwards only as a correction that another post signs.

    Raises ``Refusal``: ``no-such-way``, ``gate-closed``, ``words-missing``, ``day-to-come``, ``older-than-last``,
    ``not-carried``, and those of evidence.
    """
    given = dict(shown or {})
    with action("project.moved", by=by, subject=file if isinstance(file, str) else file.id) as act:
        row = locked(file)
        post = require_office(by, row.lead_unit_id, "项目进阶段", day_of_act(act))
        way = _way(row, to)
        not_after(on, day_of_act(act), "进入这个阶段的日子")
        if way.kind == "carried" and row.start_actual is not None and on.year <= row.start_actual.year:
            raise Refusal(
                "not-carried", f"{row.start_actual.year}年开工的，要到第二年才是结转的在建项目。请明年再转。"
            )
        if way.kind != "corrected" and on < row.stage_since:
            raise Refusal("older-than-last", f"现在的阶段从{row.stage_since}起，{on}更早。请核对日子。")
        _require_gates(to, way, given)
        is_worded = way.kind in ("corrected", "suspended", "removed")
        words = needed(reason, "理由") if is_worded else reason.strip() or None
        made = StageMove(
            file=row, from_stage=row.stage, to_stage=to, kind=way.kind, on=on, at=act.at, post=post, reason=words,
            needs_signature=way.needs_signature,
        )  # fmt: skip
        act.create(made)
        for gate, each in given.items():
            act.create(
                GateEvidence(move=made, gate=gate, file=_kept(act, each), paper=each.paper.strip()[:200])
            )
        act.shown |= {"from": row.stage, "to": to, "kind": way.kind}
        if not way.needs_signature:
            _enter(act, row, made)
        return made


def sign_correction(move: StageMove | str, *, by: Actor) -> StageMove:
    """Another post signs a step back, which now takes effect. Raises ``Refusal``: ``nothing-to-sign``, ``same-hand``."""
    found = StageMove.objects.select_related("file").get(pk=move if isinstance(move, str) else move.id)
    with action("project.correction_signed", by=by, subject=found.file_id) as act:
        row = locked(found.file_id)
        found = StageMove.objects.select_for_update(no_key=True).get(pk=found.pk)
        if not found.needs_signature or found.signed_at is not None or found.from_stage != row.stage:
            raise Refusal("nothing-to-sign", "这一步不用签、已经签过，或项目后来又动过。请刷新再看。")
        if found.post_id == by.post:
            raise Refusal("same-hand", "提出更正的岗位不能自己签，请由另一个岗位来签。")
        if not (may(by, "office", row.lead_unit_id) or may(by, "leader", row.lead_unit_id)):
            raise Refusal("not-the-office", "更正由项目办的另一个岗位或分管领导来签，您现在的岗位不是。")
        act.change(found, signed_at=act.at, signed_by_id=by.post)
        _enter(act, row, found)
        return found


def _way(row: ProjectFile, to: str) -> Step:
    try:
        return step(row.stage, to, left=row.stage_left)
    except ValueError as fault:
        raise Refusal("no-such-way", str(fault)) from fault


def _require_gates(to: str, way: Step, given: Mapping[str, Shown]) -> None:
    if odd := set(given) - {gate.name for gate in STAGE[to].gates}:
        raise Refusal("choice-unknown", f"“{label_of(to)}”不问“{min(odd)}”这样凭据。请去掉。")
    lacks = missing(way.gates, {gate for gate, each in given.items() if each.raw or each.paper.strip()})
    if lacks:
        listed = "；".join(gate.label + (f"（{gate.why}）" if gate.why else "") for gate in lacks)
        raise Refusal("gate-closed", f"进“{label_of(to)}”还缺{len(lacks)}样凭据：{listed}。请补上再办。")


def _kept(act: Action, each: Shown) -> KeptFile | None:
    return take(act, each.raw, each.name) if each.raw else None


def _enter(act: Action, row: ProjectFile, made: StageMove) -> None:
    changed: dict[str, Any] = {"stage": made.to_stage, "stage_since": made.on}
    changed["stage_left"] = made.from_stage if made.to_stage == "suspended" else ""
    if made.to_stage == "newly_started" and made.kind == "forward":
        changed["start_actual"] = made.on
    if made.to_stage == "completed_works" and made.kind == "forward":
        changed["completion_actual"] = made.on
    if made.kind == "corrected":
        # what had been entered too early is taken back with it
        order = list(STAGE)
        if order.index(made.to_stage) < order.index("newly_started"):
            changed["start_actual"] = None
        if order.index(made.to_stage) < order.index("completed_works"):
            changed["completion_actual"] = None
    act.change(row, **changed)
    due_items.write(act, row)
    standing_rows.write(act, row)
