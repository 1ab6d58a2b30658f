"""Rows written by one statement each, as the ORM would and in a third of its time: every act passes here.

Needs ``RETURNING``, which PostgreSQL and SQLite since 3.35 have (the start asserts it, ``website/opening.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.db import connection, models

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


def update(row: models.Model, values: Mapping[str, Any], read: Sequence[Field]) -> bool:
    """Set ``values`` (by the names of fields) and read the fields ``read`` as they stand then; ``False`` where there is no row.

    One statement locks, writes and reads, so that ``row`` afterwards tells what stands in the database.
    """
    for name, value in values.items():
        setattr(row, name, value)
    fields = [cast("Field", row._meta.get_field(name)) for name in values]
    table = _quoted(row._meta.db_table)
    sets = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    back = ", ".join(_quoted(field.column) for field in read)
    given = [_given(row, field) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {table} SET {sets} WHERE "id" = %s RETURNING {back}',  # noqa: S608 (our own names)
            [*given, row.pk],
        )
        found = cursor.fetchall()
    if not found:
        return False
    for field, value in zip(read, _taken(type(row), tuple(read), found), strict=True):
        setattr(row, field.attname, value)
    return True


def _given(row: models.Model, field: Field) -> Any:
    return field.get_db_prep_save(field.pre_save(row, False), connection)


def _taken(model: type[models.Model], fields: tuple[Field, ...], rows: list[Any]) -> list[Any]:
    """The values of the one row as the ORM gives them."""
    compiler = model._base_manager.all().query.get_compiler(connection=connection)
    converters = compiler.get_converters([field.get_col(model._meta.db_table) for field in fields])
    (converted,) = compiler.apply_converters(rows, converters) if converters else rows
    return list(converted)


@cache
def _insertion(model: type[models.Model], rows: int) -> tuple[str, tuple[Field, ...]]:
    """The statement and the fields it takes of each row; both engines quote names alike."""
    fields = tuple(model._meta.concrete_fields)
    names = ", ".join(_quoted(field.column) for field in fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    table = _quoted(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([marks] * rows)}", fields  # noqa: S608


def _quoted(name: str | None) -> str:
    return f'"{name}"'
