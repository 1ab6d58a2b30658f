"""Triggers that keep the ledger append-only against everybody who writes SQL, this program included.

SQLite: no UPDATE, no DELETE, no INSERT that meets a row already there (INSERT OR REPLACE deletes without firing DELETE triggers
unless recursive_triggers is on, and that is set by each connection for itself). PostgreSQL: no UPDATE, DELETE, TRUNCATE, in
sessions that replay a replica, too. Of a secret the key and the cipher text may be emptied, together, and the key may be sealed
anew (a sealed one is longer than the 32 bytes of a bare one); nothing else. One replaced by what it is not, ``verify`` names.

They are made anew after every migration, since SQLite rebuilds a table by dropping it, triggers and all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSED = "the ledger is append-only"


@dataclass(frozen=True, slots=True)
class Guarded:
    """A table, and the columns none of which may meet a value already there."""

    table: str
    unique: tuple[str, ...]
    is_secret: bool = False


TABLES = (
    Guarded("luodi_ledger_event", ("id",)),
    Guarded("luodi_ledger_leaf", ('"index"', "event_id")),
    Guarded("luodi_ledger_checkpoint", ("size",)),
    Guarded("luodi_ledger_secret", ("id",), is_secret=True),
)
_EMPTIED = "NEW.key IS NULL AND NEW.cipher IS NULL"
# no part may be NULL: SQLite lets pass what is neither so nor otherwise
_SEALED_ANEW = (
    "NEW.key IS NOT NULL AND length(NEW.key) > 32 AND OLD.key IS NOT NULL AND NEW.key <> OLD.key "
    "AND NEW.cipher IS NOT NULL AND OLD.cipher IS NOT NULL AND NEW.cipher = OLD.cipher"
)
_ALLOWED = (
    f"(({_EMPTIED}) OR ({_SEALED_ANEW})) "
    "AND NEW.id = OLD.id AND NEW.event_id = OLD.event_id AND NEW.row = OLD.row"
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger anew."""
    statements = _on_sqlite() if connection.vendor == "sqlite" else _on_postgresql()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for drop, create in statements.values():
            cursor.execute(drop)
            cursor.execute(create)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers and trigger functions that are not there, are switched off or say something else."""
    if connection.vendor == "sqlite":
        wanted = {name: create for name, (_, create) in _on_sqlite().items()}
        found = _found_on_sqlite(connection)
    else:
        wanted = _told_by_postgresql()
        found = _found_on_postgresql(connection)
    return sorted(name for name, text in wanted.items() if found.get(name) != text)


def _on_sqlite() -> dict[str, tuple[str, str]]:
    made = {}
    for guarded in TABLES:
        table = guarded.table
        same = " OR ".join(f"{column} = NEW.{column}" for column in (*guarded.unique, "rowid"))
        when = {
            "update": f" WHEN NOT ({_ALLOWED})" if guarded.is_secret else "",
            "delete": "",
            "insert": f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})",  # noqa: S608 (our own names)
        }
        for act, condition in when.items():
            name = f"{table}_no_{act}"
            create = (
                f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table}{condition} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )
            made[name] = (f"DROP TRIGGER IF EXISTS {name}", create)
    return made


def _found_on_sqlite(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


_FUNCTIONS = {
    "luodi_ledger_refuse": f"BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation'; END",
    "luodi_ledger_only_empty": (
        f"BEGIN IF {_ALLOWED} THEN RETURN NEW; END IF; "
        f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation'; END"
    ),
}


def _on_postgresql() -> dict[str, tuple[str, str]]:
    made = {}
    for name, body in _FUNCTIONS.items():
        create = (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $luodi${body}$luodi$"
        )
        made[name] = ("SELECT 1", create)
    for name, table, timing, function in _postgresql_triggers():
        create = f"CREATE TRIGGER {name} {timing} EXECUTE FUNCTION {function}()"
        made[name] = (f"DROP TRIGGER IF EXISTS {name} ON {table}", create)
        made[f"{name} always"] = ("SELECT 1", f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    return made


def _postgresql_triggers() -> Iterable[tuple[str, str, str, str]]:
    """Name, table, when, function."""
    for guarded in TABLES:
        table = guarded.table
        acts = ("delete", "truncate") if guarded.is_secret else ("update", "delete", "truncate")
        for act in acts:
            timing = f"BEFORE {act.upper()} ON {table} FOR EACH STATEMENT"
            yield f"{table}_no_{act}", table, timing, "luodi_ledger_refuse"
        if guarded.is_secret:
            timing = f"BEFORE UPDATE ON {table} FOR EACH ROW"
            yield f"{table}_no_update", table, timing, "luodi_ledger_only_empty"


# pg_trigger.tgtype: row 1, before 2, delete 8, update 16, truncate 32
_KINDS = {"no_update": 16 + 2, "no_delete": 8 + 2, "no_truncate": 32 + 2}


def _told_by_postgresql() -> dict[str, str]:
    wanted = dict(_FUNCTIONS)
    for name, table, timing, function in _postgresql_triggers():
        act = name.removeprefix(f"{table}_")
        wanted[name] = f"{table} {_KINDS[act] + ('EACH ROW' in timing)} {function} A"
    return wanted


def _found_on_postgresql(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname::text, c.relname::text || ' ' || t.tgtype::text || ' ' || p.proname::text || ' '"
            "  || t.tgenabled::text"
            "  || CASE WHEN t.tgqual IS NULL THEN '' ELSE ' when' END"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)"
        )
        found = dict(cursor.fetchall())
        cursor.execute(
            "SELECT proname::text, prosrc FROM pg_proc WHERE proname = ANY(%s) AND pg_function_is_visible(oid)",
            [list(_FUNCTIONS)],
        )
        found.update(cursor.fetchall())
    return found
