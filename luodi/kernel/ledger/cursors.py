"""One cursor for all statements of an act, which does not read anew what it is asked again and again.

Outside an act a statement has a cursor of its own. Django's wrappers (what tests watch, what is counted) stand around both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper

_PREPARED_AFTER = 5  # times that a statement was asked; psycopg's own measure
_held: ContextVar[Any] = ContextVar("cursor_of_the_act", default=None)
_here: ContextVar[Any] = ContextVar("connection_of_the_act", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Within, every statement that passes ``asked`` takes the same cursor. For the time of one transaction."""
    with _cursor() as cursor:
        tokens = _held.set(cursor), _here.set(cursor.db)
        try:
            yield
        finally:
            _held.reset(tokens[0])
            _here.reset(tokens[1])


def here() -> Any:
    """The connection of the act, else of this thread: Django's own way to it is looked up anew for each of its attributes."""
    return _here.get() or connection


@contextmanager
def together() -> Iterator[None]:
    """Within, statements that pass ``asked`` and give no rows go to PostgreSQL at once, and only then their answers are awaited.

    One that fails raises at the end at the latest. On SQLite, and outside an act, they are done one by one.
    """
    if _held.get() is None or here().vendor != "postgresql":
        yield
        return
    with here().wrap_database_errors, here().connection.pipeline():
        yield


def asked(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Do one statement; the rows that it gives, none where it gives no rows."""
    cursor = _held.get()
    # whether statements are written down is settled when a cursor is made: whoever begins to amid an act gets one anew
    if cursor is not None and not connection.queries_logged:
        return _done(cursor, sql, params)
    with _cursor() as cursor:
        return _done(cursor, sql, params)


def _done(cursor: Any, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    cursor.execute(sql, params)
    return cursor.fetchall() if _gives_rows(cursor) else []


def _gives_rows(cursor: Any) -> bool:
    """As its ``description`` says, which the driver of PostgreSQL makes anew column by column whenever it is asked."""
    if cursor.db.vendor != "postgresql":
        return bool(cursor.description)
    result = cursor.pgresult
    return result is not None and result.nfields > 0


class _OnSqlite(SQLiteCursorWrapper):
    """Django's own, but that the places of values in a statement are looked for once."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        return (
            _converted(query)
            if param_names is None
            else super().convert_query(query, param_names=param_names)
        )


@lru_cache(maxsize=500)
def _converted(query: str) -> str:
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


def _cursor() -> Any:
    """On PostgreSQL Django's usual cursor writes the values into the text of the statement, which then is another each time."""
    connection.ensure_connection()
    raw = connection.connection
    if connection.vendor == "sqlite":
        return connection._prepare_cursor(raw.cursor(factory=_OnSqlite))  # type: ignore[attr-defined]
    from django.db.backends.postgresql.base import (
        ServerBindingCursor,
    )  # the driver is there only where it is used

    if raw.prepare_threshold is None:
        raw.prepare_threshold = _PREPARED_AFTER
    made = ServerBindingCursor(raw)  # type: ignore[call-arg]
    return connection._prepare_cursor(made)  # type: ignore[attr-defined]
