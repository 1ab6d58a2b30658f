"""Rows written by one statement each, as the ORM would and in a third of its time: every act passes here.

Needs ``RETURNING``, which PostgreSQL and SQLite since 3.35 have (the start asserts it, ``website/opening.py``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db import connection, models

from luodi.kernel.ledger.cursors import asked, here
from luodi.kernel.ledger.rows import ALIKE, is_alike

if TYPE_CHECKING:
    Field = models.Field[Any, Any]

_AT_A_TIME = 20  # rows of one INSERT; both engines take far more parameters than these need


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model; their fields are taken as they stand."""
    for start in range(0, len(rows), _AT_A_TIME):
        some = rows[start : start + _AT_A_TIME]
        sql, ways = _insertion(type(some[0]), len(some))
        asked(sql, _all_given(some, ways))
        _stand(some)


def insert_many(rows: Sequence[models.Model]) -> None:
    """As ``insert``, of any number of rows by one statement that the driver is given once."""
    if not rows:
        return
    sql, ways = _insertion(type(rows[0]), 1)
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_all_given([row], ways) for row in rows])
    _stand(rows)


def upsert(rows: Sequence[models.Model], unique: Sequence[str]) -> None:
    """Insert rows of one model; where the fields ``unique`` are there already, overwrite the rest."""
    for start in range(0, len(rows), _AT_A_TIME):
        some = rows[start : start + _AT_A_TIME]
        sql, ways = _upsertion(type(some[0]), len(some), tuple(unique))
        asked(sql, _all_given(some, ways))
        _stand(some)


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
    found = asked(
        f"UPDATE {table} SET {sets} WHERE {where} RETURNING {back}, {also}",  # noqa: S608 (our own names)
        _all_given([row], _ways((*fields, *keys))),
    )
    if not found:
        return None
    (values_found,) = found
    for field, value in zip(read, _taken(type(row), tuple(read), values_found[:-1]), strict=True):
        setattr(row, field.attname, value)
    return (values_found[-1],)


def overwrite(row: models.Model, by: Mapping[str, Any]) -> None:
    """Put the whole of ``row``, but for a key that the database makes, where the columns ``by`` have these values."""
    fields = _columns(type(row))
    sets = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    where = " AND ".join(f"{_quoted(name)} = %s" for name in by)
    sql = f"UPDATE {_quoted(row._meta.db_table)} SET {sets} WHERE {where}"  # noqa: S608 (our own names)
    asked(sql, [*_all_given([row], _ways(fields)), *by.values()])


def delete(model: type[models.Model], by: Mapping[str, Any]) -> None:
    """Delete the rows of which the columns ``by`` have these values, and which no other row points to."""
    where = " AND ".join(f"{_quoted(name)} = %s" for name in by)
    asked(f"DELETE FROM {_quoted(model._meta.db_table)} WHERE {where}", list(by.values()))  # noqa: S608 (our own names)


def _stand(rows: Iterable[models.Model]) -> None:
    """As the ORM marks rows that are in the database."""
    alias = here().alias
    for row in rows:
        row._state.adding = False
        row._state.db = alias


class _Way(NamedTuple):
    """How the values of a field become the driver's: those of the type ``alike`` as they stand."""

    field: Field
    name: str
    alike: type | None
    may_be_empty: bool
    is_instant: bool


def _ways(fields: Iterable[Field]) -> tuple[_Way, ...]:
    return tuple(
        _Way(
            field,
            field.attname,
            ALIKE.get(type(field)),
            not field.is_relation,
            type(field) is models.DateTimeField and not (field.auto_now or field.auto_now_add),
        )
        for field in fields
    )


def _all_given(rows: Iterable[models.Model], ways: Sequence[_Way]) -> list[Any]:
    """The values of the fields of each row, as the driver takes them."""
    is_sqlite = here().vendor == "sqlite"
    found: list[Any] = []
    for row in rows:
        values = row.__dict__
        for field, name, alike, may_be_empty, is_instant in ways:
            value = values.get(name)
            if type(value) is alike and (value or may_be_empty):
                found.append(value)
            elif is_instant and type(value) is dt.datetime and value.tzinfo is dt.UTC:
                # as the backends give it, which ask the settings first
                found.append(str(value.replace(tzinfo=None)) if is_sqlite else value)
            else:
                found.append(_given(row, field))
    return found


def _given(row: models.Model, field: Field) -> Any:
    value = getattr(row, field.attname)
    return value if is_alike(field, value) else field.get_db_prep_save(field.pre_save(row, False), connection)


def _taken(model: type[models.Model], fields: tuple[Field, ...], row: Sequence[Any]) -> list[Any]:
    """The values of a row as the ORM gives them."""
    values = list(row)
    for place, (converters, expression) in _converters(model, fields, here().vendor).items():
        for convert in converters:
            values[place] = convert(values[place], expression, here())
    return values


@cache
def _converters(model: type[models.Model], fields: tuple[Field, ...], _vendor: str) -> dict[int, Any]:
    compiler = model._base_manager.all().query.get_compiler(connection=connection)
    found: dict[int, Any] = compiler.get_converters([field.get_col(model._meta.db_table) for field in fields])
    return found


@cache
def _insertion(model: type[models.Model], rows: int) -> tuple[str, tuple[_Way, ...]]:
    """The statement and how it takes the fields of each row; both engines quote names alike."""
    fields = tuple(model._meta.concrete_fields)
    names = ", ".join(_quoted(field.column) for field in fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    table = _quoted(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([marks] * rows)}", _ways(fields)  # noqa: S608


@cache
def _upsertion(model: type[models.Model], rows: int, unique: tuple[str, ...]) -> tuple[str, tuple[_Way, ...]]:
    fields = _columns(model)
    names = ", ".join(_quoted(field.column) for field in fields)
    keys = ", ".join(_quoted(field.column) for field in fields if field.name in unique)
    rest = [_quoted(field.column) for field in fields if field.name not in unique]
    sets = ", ".join(f"{name} = EXCLUDED.{name}" for name in rest)
    marks = f"({', '.join(['%s'] * len(fields))})"
    table = _quoted(model._meta.db_table)
    return (
        f"INSERT INTO {table} ({names}) VALUES {', '.join([marks] * rows)} "  # noqa: S608 (our own names)
        f"ON CONFLICT ({keys}) DO UPDATE SET {sets}",
        _ways(fields),
    )


@cache
def _columns(model: type[models.Model]) -> tuple[Field, ...]:
    """A key that the database makes is not given."""
    is_made = isinstance(model._meta.pk, models.AutoField | models.BigAutoField)
    return tuple(field for field in model._meta.concrete_fields if not (is_made and field.primary_key))


def _quoted(name: str | None) -> str:
    return f'"{name}"'
