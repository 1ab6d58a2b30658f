"""What the machine proposes for an adoption. People adopt; a damaged figure is never proposed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from luodi.kernel.commitments.goals import Goal
from luodi.kernel.documents.models import ReadFigure, Reading, StatementKey


@dataclass(frozen=True, slots=True)
class Proposal:
    """From the newest reading of a statement. ``goal`` holds the first figure and the due days, or nothing where
    ``damaged``; ``figures`` are all that were read, for a person to choose from."""

    title: str
    goal: Goal
    figures: tuple[ReadFigure, ...]
    owner: str
    place: str
    project: str
    damaged: bool
    rule: str


def newest_reading(statement: StatementKey) -> Reading | None:
    """The reading by the latest reader, with its figures at hand."""
    return statement.readings.prefetch_related("figures").order_by("-id").first()


def propose(statement: StatementKey) -> Proposal | None:
    """The proposal, or ``None`` where no reader has read the statement."""
    reading = newest_reading(statement)
    if reading is None:
        return None
    figures = tuple(sorted(reading.figures.all(), key=lambda figure: figure.start))
    goal = Goal()
    if not reading.damaged:
        first = figures[0] if figures else None
        goal = Goal(
            number=first.number if first else None,
            unit=first.unit if first else "",
            approx=first.approx if first else "",
            due_since=reading.due_since,
            due_until=reading.due_until,
            due_precision=reading.due_precision,
        )
    return Proposal(
        title=reading.text[:300],
        goal=goal,
        figures=figures,
        owner=reading.owner,
        place=reading.place,
        project=reading.project,
        damaged=reading.damaged,
        rule=reading.rule,
    )


def agrees(reading: Reading | None, goal: Goal) -> bool:
    """Whether a person adopts what was read: a number that is among the figures read, and the due day read."""
    if reading is None:
        return goal.value is None and goal.due_until is None
    read = {(Decimal(figure.number), figure.unit) for figure in reading.figures.all()}
    number_agrees = goal.value is None or (goal.value, goal.unit) in read
    return number_agrees and goal.due_until == reading.due_until
