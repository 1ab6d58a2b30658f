"""Whether two readings of one statement say the same of what matters: figures, due, owner."""

from __future__ import annotations

from decimal import Decimal

from luodi.kernel.documents.models import ReadFigure, Reading
from luodi.kernel.documents.rows import ReadRow

Shape = tuple[object, ...]


def differs(before: Reading, after: ReadRow) -> bool:
    """Whether a figure, the due days or the owner are read differently. Another rule, score or wording is no difference."""
    return _shape(before, list(before.figures.all())) != _shape(after.reading, after.figures)


def _shape(reading: Reading, figures: list[ReadFigure]) -> Shape:
    due = (reading.due_since, reading.due_until, reading.due_precision)
    return (reading.owner, due, sorted(_figure(figure) for figure in figures))


def _figure(figure: ReadFigure) -> tuple[int, Decimal, str, str, str, str]:
    return (
        figure.start,
        Decimal(figure.number),
        figure.unit,
        figure.approx,
        figure.change,
        figure.end_of_range,
    )
