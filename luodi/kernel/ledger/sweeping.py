"""What is left of erased rows outside their events: in tables that other parts fill, and in what the database let go of.

A part that keeps something of rows says at start how it is removed. What has to be swept is noted in DATA/sweep-due before an
erasure is through, and the note goes when it is done: where others are in the way, or the machine stops between, the worker
comes back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection

from luodi.kernel.ledger.models import Secret
from luodi.kernel.ledger.rows import ledger_models
from luodi.kernel.ledger.written import append_line

DUE = "sweep-due"


@dataclass(frozen=True, slots=True)
class Traces:
    """What another part keeps of a row. ``remove`` takes it out, by the row's id and within the act, and tells whether there
    was anything; ``purge`` then sees to it, outside any transaction, that it stands on no page of the part's tables.
    """

    remove: Callable[[str], bool]
    purge: Callable[[], None]


_traces: dict[str, Traces] = {}


def register(name: str, traces: Traces) -> None:
    """Make them known. Raises ``ValueError`` where the name already stands for others."""
    if _traces.setdefault(name, traces) != traces:
        raise ValueError(f"traces {name!r} are already {_traces[name]}")


def remove_traces(row: str) -> set[str]:
    """Within the act that erases ``row``: the names of the parts that kept something of it."""
    return {name for name, traces in _traces.items() if traces.remove(row)}


def note(folder: Path, names: Iterable[str]) -> None:
    """Write down that a sweep is due, and whose tables need more than that."""
    append_line(folder / DUE, " ".join(sorted(names)))


def sweep_if_due(data: Path | None = None) -> bool:
    """Do what is noted, if anything is. ``False`` where others were in the way: it stays noted."""
    path = (Path(settings.DATA) if data is None else data) / DUE
    if connection.in_atomic_block:
        return False
    try:
        noted = path.read_bytes()
    except FileNotFoundError:
        return True
    try:
        for name in sorted(set(noted.decode().split()) & set(_traces)):
            _traces[name].purge()
    except OperationalError:
        return False
    if not sweep():
        return False
    if path.read_bytes() == noted:  # else another erasure came meanwhile
        path.unlink()
    return True


def sweep() -> bool:
    """Overwrite what the database has let go of. ``False`` where others were in the way: call again when they are gone.

    SQLite: secure_delete has already put zeros over what was deleted; VACUUM rewrites the file, and the write-ahead log is
    cut to nothing. PostgreSQL: VACUUM FULL rewrites the tables that hold personal fields; its own WAL and its back-ups
    keep the old pages until they are recycled, which is for whoever runs that server to see to.
    """
    if connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return bool(cursor.fetchone()[0] == 0)
            rewrite(*_tables_with_personal_fields())
    except OperationalError:
        return False
    return True


def rewrite(*tables: str) -> None:
    """On PostgreSQL, write these tables anew, without what was deleted from them; elsewhere nothing: a sweep sees to it."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")


def _tables_with_personal_fields() -> list[str]:
    found = [model._meta.db_table for model in ledger_models() if model.PRIVACY.personal]
    return [*found, Secret._meta.db_table]
