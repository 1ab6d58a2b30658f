"""What in a project's reports does not go together, for the office that asks about it: questions, never verdicts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from luodi.areas.projects.access import visible_to
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.doubts import KINDS
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.watching import doubts_beside
from luodi.kernel.accounts.access import may
from luodi.kernel.ledger.action import Actor


@dataclass(frozen=True, slots=True)
class Question:
    """``kind`` says what it may be, ``words`` what was seen; ``other`` and ``href`` are the second project of a pair."""

    kind: str
    words: str
    since: dt.date
    other: str = ""
    href: str = ""


def questions_about(file: ProjectFile, month: dt.date, actor: Actor) -> list[Question] | None:
    """The questions about a project, its owner's other projects looked at too; ``None`` for whom they are not."""
    if not may(actor, "office", file.lead_unit_id):
        return None
    owner = file.project.owner_unit_id
    seen = visible_to(actor).exclude(pk=file.pk)
    others = seen.filter(project__owner_unit=owner) if owner is not None else seen.none()
    found = doubts_beside(file, others, month)
    pairs = {doubt: doubt.other if doubt.project == file.id else doubt.project for doubt in found}
    names = dict(others.order_by().filter(pk__in=set(pairs.values())).values_list("id", "project__name"))
    return [
        Question(
            KINDS[doubt.kind], doubt.words, doubt.since, names.get(other, ""), f"{BASE}/{other}" if other in names else ""
        )
        for doubt, other in pairs.items()
    ]  # fmt: skip
