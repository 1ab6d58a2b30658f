"""Queries that every act asks: built by the ORM once, asked again with other values without being built anew.

Building a query takes the ORM several times what the database takes to answer one found by a key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Value = str | dt.date


class Prepared(Generic[Row]):
    """``build`` makes a query of one model, without joined rows, from values of the ``kinds``, texts or days.

    What it annotates stands on the rows as attributes.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]], *kinds: type[Value]) -> None:
        self._build = build
        # values that nobody gives, by which the places are found again in the statement's parameters
        self._marks: tuple[Value, ...] = tuple(
            f"place {number} of a prepared query" if kind is str else dt.date(1, 1, 1 + number)
            for number, kind in enumerate(kinds)
        )
        self._made: dict[str, tuple[Any, str, tuple[Any, ...]]] = {}

    def rows(self, *values: Value) -> list[Row]:
        """What the query gives for these values."""
        made = self._made.get(connection.vendor)
        if made is None:
            made = self._made[connection.vendor] = self._compiled()
        model, sql, params = made
        marks, given = map(_as_given, self._marks), map(_as_given, values)
        places = dict(zip(marks, given, strict=True))
        return list(model._base_manager.raw(sql, [places.get(param, param) for param in params]))

    def first(self, *values: Value) -> Row | None:
        """The first row, if there is any."""
        return next(iter(self.rows(*values)), None)

    def _compiled(self) -> tuple[Any, str, tuple[Any, ...]]:
        found = self._build(*self._marks)
        sql, params = found.query.sql_with_params()
        return found.model, sql, tuple(params)


def _as_given(value: Value) -> Any:
    """The value as the driver takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
