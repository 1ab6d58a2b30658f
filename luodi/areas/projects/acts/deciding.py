"""What a meeting decided becomes cases: who does what by when, one case a decision, all of a meeting's or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from luodi.areas.projects.decision_playbook import KIND
from luodi.areas.projects.models import Bottleneck, ProjectFile
from luodi.kernel.cases import actions as cases
from luodi.kernel.cases.models import Case
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post, Unit

MOST = 60  # decisions of one meeting


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: what, by which unit, by when, about which project; ``bottleneck`` is the id of its case, if it is for one.

    ``post``: who does it there, where the meeting said so.
    """

    what: str
    unit: Unit
    due_by: dt.date
    file: ProjectFile
    bottleneck: str = ""
    post: Post | None = None


def record_decisions(decided: Sequence[Decided], *, by: Actor, meeting: str, held_on: dt.date) -> list[Case]:
    """The cases, in the order given. Raises ``Refusal``: ``words-missing``, ``day-to-come``, ``day-passed``, ``nothing-decided``,
    ``not-its-bottleneck`` and those of opening a case; then nothing at all is written."""
    name = meeting.strip()
    if not 2 <= len(name) <= 80:
        raise Refusal("words-missing", f"哪次会写了{len(name)}字，应为2至80字，如“9月第二次调度会”。")
    if held_on > today():
        raise Refusal("day-to-come", f"会的日子填的是{held_on}，还没有到。最晚可以填今天（{today()}）。")
    if not 1 <= len(decided) <= MOST:
        raise Refusal("nothing-decided", f"定的事有{len(decided)}件，一次应为1至{MOST}件。")
    made = []
    with transaction.atomic():
        for each in decided:
            if each.due_by < held_on:
                raise Refusal(
                    "day-passed", f"“{each.what[:20]}”的期限{each.due_by}比开会的日子还早。请核对。"
                )
            if each.bottleneck:
                _require_its_own(each)
            answers = {
                "subject": each.file.id, "bottleneck": each.bottleneck, "meeting": name, "held_on": held_on,
                "due_by": each.due_by,
            }  # fmt: skip
            place = each.file.project.place_id
            made.append(
                cases.open_case(
                    KIND, by=by, title=each.what, unit=each.unit, post=each.post, place=place, answers=answers
                )
            )
    return made


def _require_its_own(each: Decided) -> None:
    if not Bottleneck.objects.filter(case=each.bottleneck, subject=each.file.id).exists():
        raise Refusal("not-its-bottleneck", f"“{each.what[:20]}”选的堵点不是这个项目的。请重新选。")
