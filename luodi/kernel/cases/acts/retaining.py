"""What was kept of people for as long as the rule says is erased, case by case: the course of the case and every proof stay.

Kept files are not touched: what they show of people is for a person to judge.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from luodi.kernel.cases.models import Case, Duty, Pause, Step
from luodi.kernel.cases.registry import Kind, kinds
from luodi.kernel.clocks.deadline import midnight
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.erasure import erase
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.sealed_field import is_held
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.lookups import rulebook

RETENTION = "privacy.retention"
BATCH = 50


def forget_due(at_most: int = BATCH) -> int:
    """Erase what is personal in cases closed longer ago than their kind's rule keeps them; returns how many cases.

    One event a case. The database is swept once, after the last of them.
    """
    book, done = rulebook(), 0
    for kind in kinds():
        years = years_kept(kind.name, book)
        if years is not None and done < at_most and _ripe(kind, years).exists():
            with transaction.atomic():
                held = _ripe(kind, years).select_for_update(skip_locked=True, no_key=True)
                for case in held.order_by("closed_at", "id")[: at_most - done]:
                    erase(
                        list(_rows_of(case, kind)),
                        by=SYSTEM,
                        subject=case.id,
                        reason="retention",
                        kind="case.erased",
                    )
                    done += 1
    return done


def years_kept(kind: str, book: RuleBook) -> int | None:
    """For how many years after its end a case of a kind is kept whole; ``None`` where no rule says so."""
    try:
        return int(book.choose(RETENTION, on=today(), facts={"kind": kind}).value("years"))
    except Refusal:
        return None


def _ripe(kind: Kind, years: int) -> QuerySet[Case]:
    """The closed cases of a kind that still hold something of a person and need not; the index gives them in their order."""
    return Case.objects.filter(kind=kind.name, closed_at__lt=midnight(_years_ago(years)), title__isnull=False)


def _years_ago(years: int) -> dt.date:
    day = today()
    # of 29 February the day before
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _rows_of(case: Case, kind: Kind) -> Iterable[LedgerRow]:
    """The case and whatever of it holds something of a person."""
    yield case
    models: list[type[Any]] = [Step, Pause, Duty]
    if kind.details is not None:
        models.append(kind.details)
    for model in models:
        names = model.PRIVACY.personal
        for row in model._default_manager.filter(case=case).order_by("id"):
            if any(is_held(row, name) for name in names):
                yield row
