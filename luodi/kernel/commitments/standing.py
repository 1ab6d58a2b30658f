"""Writing ``Standing``, the derived table of the board. Called inside open actions only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal

from luodi.kernel.commitments import due_items
from luodi.kernel.commitments.gather import columns_of, material_of
from luodi.kernel.commitments.light_rules import rules_on
from luodi.kernel.commitments.models import Standing
from luodi.kernel.commitments.reckoning import Facts, reckon
from luodi.kernel.ledger.statements import upsert

BY_DAY = ("board", "light", "rule", "worst")
COLUMNS = tuple(f.name for f in Standing._meta.concrete_fields if not f.primary_key)
_is_put_off: ContextVar[bool] = ContextVar("standings_put_off", default=False)


@contextmanager
def put_off() -> Iterator[None]:
    """Within, acts leave the board as it was. Whoever loads a history in one go then calls ``actions.rebuild``, which writes
    every standing once instead of after every act; nobody may be shown the board before that."""
    token = _is_put_off.set(True)
    try:
        yield
    finally:
        _is_put_off.reset(token)


def facts_of(row: Standing) -> Facts:
    """What the day's reckoning needs of a row."""
    return Facts(
        state=row.state,
        state_since=row.state_since,
        has_number=row.has_number,
        start=row.start,
        due_until=row.due_until,
        share=Decimal(row.share) if row.share else None,
        news_on=row.news_on,
    )


def reckoned(row: Standing, day: dt.date) -> Standing:
    """The row with the columns that depend on the day."""
    found = reckon(facts_of(row), day, rules_on(day))
    row.board, row.light, row.rule, row.worst = found.board, found.light, found.rule, found.worst
    return row


def standings_of(ids: Iterable[str], day: dt.date) -> list[Standing]:
    """The rows as they should be on ``day``, made from the commitments' own rows; nothing is written."""
    return [reckoned(columns_of(material), day) for material in material_of(ids).values()]


def refresh(ids: Iterable[str], day: dt.date) -> None:
    """Write the rows of these commitments anew, and what is due by them, unless that is ``put_off``."""
    if _is_put_off.get():
        return
    rows = standings_of(ids, day)
    upsert(rows, ("commitment",))
    due_items.write(rows)
