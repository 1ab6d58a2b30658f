"""Questions about what the second reader said: which disagreements are open, and what only it has said so far."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from luodi.kernel.documents.models import Reading, SecondSaid, StatementKey
from luodi.reading.second.questions import VERSION

SECOND = VERSION
ONLY_SECOND = "only_second"


def open_for(statement: str = "statement") -> QuerySet[SecondSaid]:
    """The disagreements nobody has decided, of the statement that the outer query calls so."""
    return SecondSaid.objects.filter(statement=OuterRef(statement), verdict="")


def settled(path: str = "") -> Q:
    """Statements that are more than the second reader's word: a rule reads them, or a person took them up.

    ``path`` leads to the statement from the rows that are asked for, with ``__`` at its end.
    """
    pk = OuterRef(f"{path}pk" if path else "pk")
    hearsay = SecondSaid.objects.filter(statement=pk, differences=ONLY_SECOND)
    by_rules = Reading.objects.filter(statement=pk).exclude(reader=SECOND)
    taken_up = Q(**{f"{path}state__in": ("adopted", "merged", "kept")})
    return taken_up | ~Exists(hearsay) | Exists(by_rules)


def statements_settled() -> QuerySet[StatementKey]:
    """All such statements."""
    return StatementKey.objects.filter(settled())
