"""Bottlenecks beside what every case can do: opened on a project, lifted after two reports of no progress."""

from __future__ import annotations

import datetime as dt
from typing import Any

from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.playbook import PLAYBOOK
from luodi.kernel.cases import actions as cases
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Unit
from luodi.kernel.rules.lookups import rulebook

KIND = "bottleneck"


def find_bottleneck(
    file: ProjectFile | str,
    *,
    by: Actor,
    title: str,
    matter: str,
    blocking: str,
    found_on: dt.date | None = None,
    verifier_unit: Unit | None = None,
    **more: Any,
) -> Case:
    """Register a bottleneck of a project; until it is assigned it stands with the responsible unit.

    Raises ``Refusal``: ``no-such-project``, ``project-ended`` and those of opening a case.
    """
    key = file if isinstance(file, str) else file.id
    row = ProjectFile.objects.select_related("project").filter(pk=key).first()
    if row is None:
        raise Refusal("no-such-project", f"没有编号为“{key}”的项目。请从项目列表重新进入。")
    if row.stage == "removed":
        raise Refusal("project-ended", "项目已经调出，不再登记堵点。请在接续的项目上登记。")
    answers = {"subject": row.id, "found_on": found_on or today(), "matter": matter, "blocking": blocking}
    return cases.open_case(
        KIND, by=by, title=title, unit=row.responsible_unit_id, verifier_unit=verifier_unit, place=row.project.place_id,
        answers=answers, **more,
    )  # fmt: skip


def report_no_progress(case: Case | str, *, by: Actor, reason: str) -> Case:
    """The doing unit says that nothing moved; the second time since it was last lifted, the case goes up a level.

    Two acts, two events: the report is the unit's, the lifting the system's.
    """
    key = case if isinstance(case, str) else case.id
    cases.move(key, "no_progress", by=by, answers={"reason": reason})
    times = int(rulebook().choose("bottleneck.no_progress", on=today()).value("times"))
    since_lifted = 0
    for name in (
        Step.objects.filter(case=key, taken_back=False).order_by("-id").values_list("move", flat=True)
    ):
        if name == "escalate":
            break
        since_lifted += name == "no_progress"
    row = Case.objects.get(pk=key)
    if since_lifted >= times and row.level <= PLAYBOOK.escalates:
        cases.move(key, "escalate", by=SYSTEM)
    return Case.objects.get(pk=key)
