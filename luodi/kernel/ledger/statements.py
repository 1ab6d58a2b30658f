"""Rows written by one statement each, as the ORM would and in a third of its time: every act passes here.

Needs ``RETURNING``, which PostgreSQL and SQLite since 3.35 have (the start asserts it, ``website/opening.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.db import connection, models

from luodi.kernel.ledger.rows import is_alike

if TYPE_CHECKING:
    Field = models.Field[Any, Any]

_AT_A_TIME = 20  # rows of one INSERT; both engines take far more parameters than these need


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model; their fields are taken as they stand."""
    for start in range(0, len(rows), _AT_A_TIME):
        some = rows[start : start + _AT_A_TIME]
        sql, fields = _insertion(type(some[0]), len(some))
        with connection.cursor() as cursor:
            cursor.execute(sql, [_given(row, field) for row in some for field in fields])
        for row in some:
            row._state.adding = False
            row._state.db = connection.alias


def upsert(rows: Sequence[models.Model], unique: Sequence[str]) -> None:
    """Insert rows of one model; where the fields ``unique`` are there already, overwrite the rest."""
    for start in range(0, len(rows), _AT_A_TIME):
        some = rows[start : start + _AT_A_TIME]
        sql, fields = _upsertion(type(some[0]), len(some), tuple(unique))
        with connection.cursor() as cursor:
            cursor.execute(sql, [_given(row, field) for row in some for field in fields])
        for row in some:
            row._state.adding = False
            row._state.db = connection.alias


def update(
    row: models.Model,
    values: Mapping[str, Any],
    read: Sequence[Field],
    by: Sequence[str] = ("id",),
    also: str = "NULL",
) -> tuple[Any] | None:
    """Set ``values`` (by the names of fields) where the fields ``by`` are as in ``row``, and read ``read`` as they stand then.

    One statement locks, writes and reads, so that ``row`` afterwards tells what stands in the database. ``None`` where there
    is no row, else what the expression ``also`` gives.
    """
    for name, value in values.items():
        setattr(row, name, value)
    fields = [cast("Field", row._meta.get_field(name)) for name in values]
    keys = [cast("Field", row._meta.get_field(name)) for name in by]
    table = _quoted(row._meta.db_table)
    sets = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    where = " AND ".join(f"{_quoted(key.column)} = %s" for key in keys)
    back = ", ".join(_quoted(field.column) for field in read)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {sets} WHERE {where} RETURNING {back}, {also}",  # noqa: S608 (our own names)
            [_given(row, field) for field in (*fields, *keys)],
        )
        found = cursor.fetchall()
    if not found:
        return None
    (values_found,) = found
    for field, value in zip(read, _taken(type(row), tuple(read), values_found[:-1]), strict=True):
        setattr(row, field.attname, value)
    return (values_found[-1],)


def _given(row: models.Model, field: Field) -> Any:
    value = getattr(row, field.attname)
    return value if is_alike(field, value) else field.get_db_prep_save(field.pre_save(row, False), connection)


def _taken(model: type[models.Model], fields: tuple[Field, ...], row: Sequence[Any]) -> list[Any]:
    """The values of a row as the ORM gives them."""
    values = list(row)
    for place, (converters, expression) in _converters(model, fields, connection.vendor).items():
        for convert in converters:
            values[place] = convert(values[place], expression, connection)
    return values


@cache
def _converters(model: type[models.Model], fields: tuple[Field, ...], _vendor: str) -> dict[int, Any]:
    compiler = model._base_manager.all().query.get_compiler(connection=connection)
    found: dict[int, Any] = compiler.get_converters([field.get_col(model._meta.db_table) for field in fields])
    return found


@cache
def _insertion(model: type[models.Model], rows: int) -> tuple[str, tuple[Field, ...]]:
    """The statement and the fields it takes of each row; both engines quote names alike."""
    fields = tuple(model._meta.concrete_fields)
    names = ", ".join(_quoted(field.column) for field in fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    table = _quoted(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([marks] * rows)}", fields  # noqa: S608


@cache
def _upsertion(
    model: type[models.Model], rows: int, unique: tuple[str, ...]
) -> tuple[str, tuple[Field, ...]]:
    # a key that the database makes is not given
    is_made = isinstance(model._meta.pk, models.AutoField | models.BigAutoField)
    fields = tuple(field for field in model._meta.concrete_fields if not (is_made and field.primary_key))
    names = ", ".join(_quoted(field.column) for field in fields)
    keys = ", ".join(_quoted(field.column) for field in fields if field.name in unique)
    rest = [_quoted(field.column) for field in fields if field.name not in unique]
    sets = ", ".join(f"{name} = EXCLUDED.{name}" for name in rest)
    marks = f"({', '.join(['%s'] * len(fields))})"
    table = _quoted(model._meta.db_table)
    return (
        f"INSERT INTO {table} ({names}) VALUES {', '.join([marks] * rows)} "  # noqa: S608 (our own names)
        f"ON CONFLICT ({keys}) DO UPDATE SET {sets}",
        fields,
    )


def _quoted(name: str | None) -> str:
    return f'"{name}"'
