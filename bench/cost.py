"""What an act costs a database, told without a clock: queries, rows fetched, and how much the engine had to read for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

_STEPS = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """``read``: on SQLite steps of its machine, in hundreds; on PostgreSQL rows of tables and entries of indexes."""

    queries: int
    rows: int
    read: int
    ms: float


def cost_of(act: Callable[[], object]) -> Cost:
    """Do it and tell what it cost. Costs are those of this thread's connection."""
    from django.db import connection

    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    connection.ensure_connection()
    with _reading() as read:
        with connection.execute_wrapper(note):
            began = time.perf_counter()
            act()
            taken = time.perf_counter() - began
        count = read()
    return Cost(len(asked), _rows(asked), count, taken * 1000)


def _rows(asked: list[tuple[str, Any]]) -> int:
    """How many rows the same questions give again."""
    from django.db import connection

    total = 0
    with connection.cursor() as cursor:
        for sql, params in asked:
            if sql.lstrip().upper().startswith("SELECT"):
                cursor.execute(sql, params)
                total += len(cursor.fetchall())
    return total


@contextmanager
def _reading() -> Iterator[Callable[[], int]]:
    from django.db import connection

    if connection.vendor == "sqlite":
        steps = [0]

        def step() -> None:
            steps[0] += 1

        connection.connection.set_progress_handler(step, _STEPS)
        try:
            yield lambda: steps[0]
        finally:
            connection.connection.set_progress_handler(None, 0)
    else:
        before = _read_so_far()
        yield lambda: _read_so_far() - before


def _read_so_far() -> int:
    """What this server's statistics have counted of the database's own tables, this session's last work included."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT (SELECT coalesce(sum(seq_tup_read), 0) FROM pg_stat_user_tables) "
            "+ (SELECT coalesce(sum(idx_tup_read), 0) FROM pg_stat_user_indexes)"
        )
        return int(cursor.fetchone()[0])
