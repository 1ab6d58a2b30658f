"""Questions about what people put right: which corrections hold, what the same words were taken for before."""

from __future__ import annotations

from collections.abc import Iterable

from luodi.kernel.review.models import Apart, Correction


def corrections_of(statements: Iterable[str]) -> dict[str, dict[str, Correction]]:
    """The correction in force of each field, by statement; one query."""
    found: dict[str, dict[str, Correction]] = {}
    rows = Correction.objects.filter(statement__in=list(statements), undone=False).order_by("id")
    for row in rows:
        found.setdefault(row.statement_id, {})[row.field] = row
    return found


def unit_meant_by(words: str) -> str:
    """The id of the unit that a person last took these words of a reading for; empty where nobody did."""
    if not words:
        return ""
    rows = Correction.objects.filter(field="owner", machine=words, undone=False).exclude(value="")
    return rows.order_by("-id").values_list("value", flat=True).first() or ""


def told_apart(statement: str) -> set[str]:
    """Ids of the commitments that a person said the statement does not speak of."""
    return set(Apart.objects.filter(statement=statement, undone=False).values_list("commitment", flat=True))
