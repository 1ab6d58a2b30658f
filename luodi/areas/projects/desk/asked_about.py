"""What in a project's reports does not go together, for the office that asks about it: questions, never verdicts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from luodi.areas.projects.access import visible_to
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.doubts import KINDS
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.watching import doubts_about
from luodi.kernel.accounts.access import may
from luodi.kernel.ledger.action import Actor

MOST = 200  # projects of one owner that are compared with each other


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
    kin = Q(project__owner_unit=owner) if owner is not None else Q(pk=file.pk)
    beside = list(visible_to(actor).filter(kin).exclude(pk=file.pk).order_by("-id")[: MOST - 1])
    names = {each.id: each.project.name for each in beside}
    found = []
    for doubt in doubts_about([file, *beside], month):
        if file.id in (doubt.project, doubt.other):
            other = doubt.other if doubt.project == file.id else doubt.project
            href = f"{BASE}/{other}" if other in names else ""
            found.append(Question(KINDS[doubt.kind], doubt.words, doubt.since, names.get(other, ""), href))
    return found
