"""A little world for tests of the ledger: rows of every kind there is, each written by an act, whatever fields it has."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

from django.db import models

from luodi.kernel.clocks.now import held_at
from luodi.kernel.ids import has_address
from luodi.kernel.ledger.action import SYSTEM, Actor, action
from luodi.kernel.ledger.rows import LedgerRow, ledger_models

BEGAN = dt.datetime(2026, 3, 1, 1, tzinfo=dt.UTC)
CLERK = Actor("w0000000000001", "o0000000000001")
_numbers = itertools.count(1)


def rows_of_every_kind(data: Path, rounds: int = 1) -> list[LedgerRow]:
    """New rows of every model, ``rounds`` times, each by its own act, then one change to each. Kept files lie in ``data``."""
    made: list[LedgerRow] = []
    for _ in range(rounds):
        newest: dict[type[models.Model], LedgerRow] = {}
        for model in in_order_of_need():
            row = sample(model, newest, data)
            kind, at = f"{model._meta.model_name}.entered", BEGAN + dt.timedelta(seconds=next(_numbers))
            with held_at(at), action(kind, by=CLERK, subject=_about(row), data={"from": "表"}) as act:
                act.create(row)
                act.personal_data["by"] = "某乙"
            newest[model] = row
            made.append(row)
    for row in made:
        field = next((f for f in row._meta.concrete_fields if _is_changeable(f)), None)
        if field is not None:
            with action(f"{row._meta.model_name}.changed", by=SYSTEM, subject=_about(row)) as act:
                act.change(row, **{field.name: value_for(field)})
    return made


def _about(row: LedgerRow) -> str:
    """The row itself; of rows that share a letter no act can be about, so the clerk stands in."""
    return row.id if has_address(row.id) else CLERK.account


def _is_changeable(field: models.Field[Any, Any]) -> bool:
    return not (field.primary_key or field.unique or field.is_relation or field.name == "sha256")


def in_order_of_need() -> list[type[LedgerRow]]:
    """Every ledger model, after those it points to."""
    ordered: list[type[LedgerRow]] = []
    waiting = ledger_models()
    while waiting:
        for model in waiting:
            needs = {f.related_model for f in model._meta.concrete_fields if f.is_relation and not f.null} - {
                model
            }
            if not needs & set(waiting):
                ordered.append(model)
                waiting.remove(model)
                break
        else:
            raise AssertionError(f"these point at each other: {waiting}")
    return ordered


def sample(model: type[LedgerRow], newest: dict[type[models.Model], LedgerRow], data: Path) -> LedgerRow:
    """A row of ``model`` with something in every field; references go to the ``newest`` rows."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        if field.is_relation:
            values[field.name] = newest.get(field.related_model)
        elif field.name == "sha256":
            values[field.name] = keep(data, f"第{next(_numbers)}号附件".encode())
        else:
            values[field.name] = value_for(field)
    return model(**values)


def keep(data: Path, raw: bytes) -> str:
    """Put bytes where kept files lie; their hash."""
    import hashlib

    digest = hashlib.sha256(raw).hexdigest()
    path = data / "files" / digest[:2] / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return digest


def value_for(field: models.Field[Any, Any]) -> Any:
    """Something that fits ``field`` and was not used before, where it has room for that."""
    number = next(_numbers)
    if field.choices:
        return field.choices[number % len(field.choices)][0]
    if isinstance(field, models.BooleanField):
        return number % 2 == 0
    if isinstance(field, models.DateTimeField):
        return BEGAN + dt.timedelta(minutes=number)
    if isinstance(field, models.DateField):
        return dt.date(2026, 1, 1) + dt.timedelta(days=number % 300)
    if isinstance(field, models.FloatField):
        return number / 2
    if isinstance(field, models.IntegerField):
        return number
    if isinstance(field, models.JSONField):
        return {"第": number}
    text = f"字{number}"
    return text[-field.max_length :] if field.max_length else text * 3
