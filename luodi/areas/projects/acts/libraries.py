"""入库 in its three meanings: a project enters a library by a paper, leaves it by another, and may come back."""

from __future__ import annotations

import datetime as dt

from luodi.areas.projects import due_items, standing_rows
from luodi.areas.projects.acts.ground import day_of_act, locked, needed, not_after, require_office
from luodi.areas.projects.models import LibraryEntry, ProjectFile
from luodi.areas.projects.months import month_of
from luodi.areas.projects.stages import LIBRARIES
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal

_DAY = dt.timedelta(days=1)


def enter_library(
    file: ProjectFile | str, meaning: str, *, by: Actor, since: dt.date, paper: str
) -> LibraryEntry:
    """入库 in one of its three meanings, also after having left it.

    Raises ``Refusal``: ``choice-unknown``, ``in-library-already``, ``not-started``, ``words-missing``, ``day-to-come``.
    """
    label, words = _named(meaning), needed(paper, "入库的依据")[:200]
    with action("project.entered_library", by=by, subject=file if isinstance(file, str) else file.id) as act:
        row = locked(file)
        post = require_office(by, row.lead_unit_id, "登记入库", day_of_act(act))
        not_after(since, day_of_act(act), "入库的日子")
        last = LibraryEntry.objects.filter(file=row, meaning=meaning).order_by("since", "id").last()
        if last is not None and last.until is None:
            raise Refusal("in-library-already", f"已经“{label}”，不用再记。")
        if last is not None and last.until is not None and since <= last.until:
            raise Refusal(
                "in-library-already", f"到{last.until}为止都“{label}”，再次入库要晚于这一天。请改日子。"
            )
        if meaning == "statistical" and row.start_actual is None:
            raise Refusal("not-started", "还没有开工的项目不能纳统。请先登记开工，或核对项目。")
        made = act.create(LibraryEntry(file=row, meaning=meaning, since=since, paper=words, post=post))
        _derive(act, row, since)
        return made


def leave_library(
    file: ProjectFile | str, meaning: str, *, by: Actor, on: dt.date, reason: str, paper: str
) -> LibraryEntry:
    """退库: from ``on`` the project is in that library no longer. What was entered stays to be seen; it may be entered again.

    Raises ``Refusal``: ``choice-unknown``, ``not-in-library``, ``words-missing``, ``day-to-come``, ``days-reversed``.
    """
    label, words, shown = _named(meaning), needed(reason, "退库的原因"), needed(paper, "退库的依据")[:200]
    with action("project.left_library", by=by, subject=file if isinstance(file, str) else file.id) as act:
        row = locked(file)
        post = require_office(by, row.lead_unit_id, "登记退库", day_of_act(act))
        not_after(on, day_of_act(act), "退库的日子")
        held = LibraryEntry.objects.filter(file=row, meaning=meaning, until=None).order_by("since").last()
        if held is None:
            raise Refusal("not-in-library", f"这个项目现在没有“{label}”，不用退。请刷新再看。")
        if on < held.since:
            raise Refusal("days-reversed", f"{held.since}才入库，退库不能早于这一天。请核对日子。")
        act.change(held, until=on - _DAY, left_reason=words, left_paper=shown, left_by=post)
        _derive(act, row, held.since)
        return held


def _named(meaning: str) -> str:
    """The library's name. Raises ``Refusal`` (``choice-unknown``)."""
    if meaning not in LIBRARIES:
        raise Refusal("choice-unknown", f"入库有三种意思：{'、'.join(LIBRARIES.values())}。请选一种。")
    return LIBRARIES[meaning]


def _derive(act: Action, row: ProjectFile, since: dt.date) -> None:
    due_items.write(act, row, due_items.REMEDY)
    standing_rows.write(act, row, since=month_of(since))
