"""The rows of an office's list, as many promises at once: one transaction, an event each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kernel.commitments.acts.adoption import (
    begin_from_sheet,
    entered_before,
    entered_cells,
    needed_cell,
)
from luodi.kernel.commitments.acts.ground import acting_post, day_of_act, settle, titled
from luodi.kernel.commitments.goals import Goal, settled
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Actor
from luodi.kernel.ledger.together import Together, together
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post, Unit
from luodi.kernel.search.index import put_all
from luodi.kernel.search.texts import Text


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What ``enter_from_sheet`` is told of one row. ``cell`` names sheet and cells: 任务分解表!B7:F7."""

    cell: str
    title: str
    lead_unit: Unit
    goal: Goal
    wording: str = ""
    leader_post: Post | None = None
    co_units: tuple[Unit, ...] = ()
    topic: str = ""
    year: int | None = None
    number: str = ""


def enter_many_from_sheet(
    given: Sequence[SheetRow], *, by: Actor, file: KeptFile
) -> list[Commitment | Refusal]:
    """As ``enter_from_sheet``, of many rows of one sheet; what became of each, in order.

    A refusal is of that row alone. Raises ``Refusal`` for a post that may not act.
    """
    done: list[Commitment | Refusal] = []
    with together(by=by) as acts:
        acting_post(by, day_of_act(acts))
        there = entered_cells(file, [each.cell.strip() for each in given])
        for each in given:
            try:
                done.append(_one(acts, each, file, there))
            except Refusal as refusal:
                done.append(refusal)
        acts.write()
        made = [row for row in done if isinstance(row, Commitment)]
        put_all(Commitment.LETTER, [Text(row.id, row.title, is_public=True) for row in made])
        settle(acts, *made)
    return done


def _one(acts: Together, given: SheetRow, file: KeptFile, there: set[str]) -> Commitment:
    """One row, within an act of its own. Raises ``Refusal``."""
    cell, goal = needed_cell(given.cell), settled(given.goal)
    if cell in there:
        raise entered_before(cell)
    row = Commitment(
        title=titled(given.title),
        lead_unit=given.lead_unit,
        leader_post=given.leader_post,
        topic=given.topic,
        year=given.year,
        number=given.number,
        origin_file=file,
        origin_cell=cell,
    )
    with acts.one("commitment.entered", subject=row.id) as act:
        begin_from_sheet(act, row, goal, given.wording, given.co_units)
    there.add(cell)
    return row
