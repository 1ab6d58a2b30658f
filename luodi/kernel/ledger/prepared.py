"""Queries that every act asks: built by the ORM once, asked again with other values without being built anew.

Building a query takes the ORM several times what the database takes to answer one found by a key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators

from luodi.kernel.ledger.cursors import asked, here

Row = TypeVar("Row", bound=models.Model)
Value = str | dt.date


class Prepared(Generic[Row]):
    """``build`` makes a query of one model from values of the ``kinds``, texts or days.

    What it annotates stands on the rows as attributes, the rows that it joins (``select_related``) where the ORM puts them.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]], *kinds: type[Value]) -> None:
        self._build = build
        # values that nobody gives, by which the places are found again in the statement's parameters
        self._marks: tuple[Value, ...] = tuple(
            f"place {number} of a prepared query" if kind is str else dt.date(1, 1, 1 + number)
            for number, kind in enumerate(kinds)
        )
        self._made: dict[str, _Made[Row]] = {}

    def rows(self, *values: Value) -> list[Row]:
        """What the query gives for these values."""
        vendor = here().vendor
        made = self._made.get(vendor)
        if made is None:
            made = self._made[vendor] = self._compiled()
        marks, given = map(_as_given, self._marks), map(_as_given, values)
        places = dict(zip(marks, given, strict=True))
        found = asked(made.sql, [places.get(param, param) for param in made.params])
        return [made.row(values) for values in found]

    def first(self, *values: Value) -> Row | None:
        """The first row, if there is any."""
        return next(iter(self.rows(*values)), None)

    def _compiled(self) -> _Made[Row]:
        found = self._build(*self._marks)
        compiler = found.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        columns = [column for column, _, _ in compiler.select]
        starts = compiler.klass_info["select_fields"]
        return _Made(
            model=found.model,
            sql=sql,
            params=tuple(params),
            names=[columns[place].target.attname for place in starts],
            width=len(starts),
            annotated=dict(compiler.annotation_col_map),
            converters=compiler.get_converters(columns),
            joined=get_related_populators(compiler.klass_info, compiler.select, connection.alias),  # type: ignore[call-arg]  # of a later Django
        )


@dataclass(frozen=True)
class _Made(Generic[Row]):
    """A statement, and how its rows become the model's: the fields come first, what is annotated after them."""

    model: type[Row]
    sql: str
    params: tuple[Any, ...]
    names: list[str]
    width: int
    annotated: dict[str, int]
    converters: dict[int, tuple[list[Any], Any]]
    joined: list[Any]

    def row(self, found: Sequence[Any]) -> Row:
        values, database = list(found), here()
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, database)
        row = self.model.from_db(database.alias, self.names, values[: self.width])
        for related in self.joined:
            related.populate(values, row)
        for name, place in self.annotated.items():
            setattr(row, name, values[place])
        return row


def _as_given(value: Value) -> Any:
    """The value as the driver takes it."""
    return here().ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
