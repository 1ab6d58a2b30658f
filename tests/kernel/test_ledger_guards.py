"""The database itself refuses to change the past, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from luodi.kernel.ledger import guards
from luodi.kernel.ledger.models import Secret
from luodi.kernel.ledger.sealing import seal
from tests.database import unguarded
from tests.kernel.ledger_world import rows_of_every_kind

pytestmark = pytest.mark.django_db
TABLES = [guarded.table for guarded in guards.TABLES]


@pytest.fixture
def _world(data_folder: Path) -> Iterator[None]:
    rows_of_every_kind(data_folder)
    seal(data_folder)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else TRUNCATE is refused for another reason
    with unguarded():
        yield


def refused(sql: str, *values: object) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.usefixtures("_world")
def test_no_row_is_changed_deleted_or_replaced(table: str) -> None:
    names = columns(table)
    quoted = ", ".join(f'"{name}"' for name in names)
    for name in names:
        if table != "luodi_ledger_secret" or name not in ("key", "cipher"):
            assert refused(f'UPDATE {table} SET "{name}" = "{name}"'), name
    assert refused(f"DELETE FROM {table}")
    if connection.vendor == "sqlite":
        assert refused(f"INSERT OR REPLACE INTO {table} ({quoted}) SELECT {quoted} FROM {table} LIMIT 1")
        other = ", ".join("'x'" if name in ("id", "event_id") else f'"{name}"' for name in names)
        assert refused(
            f"INSERT OR REPLACE INTO {table} (rowid, {quoted}) SELECT rowid, {other} FROM {table} LIMIT 1"
        )
        assert refused(
            f"INSERT INTO {table} ({quoted}) SELECT {quoted} FROM {table} LIMIT 1 ON CONFLICT DO NOTHING"
        )
    else:
        assert refused(f"TRUNCATE {table} CASCADE")
        key = {"luodi_ledger_leaf": '"index"', "luodi_ledger_checkpoint": "size"}.get(table, "id")
        upsert = f"ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}"
        assert refused(f"INSERT INTO {table} ({quoted}) SELECT {quoted} FROM {table} LIMIT 1 {upsert}")


@pytest.mark.usefixtures("_world")
def test_of_a_secret_key_and_cipher_text_may_be_emptied_together_and_nothing_else() -> None:
    table = "luodi_ledger_secret"
    assert refused(f"UPDATE {table} SET key = NULL")
    assert refused(f"UPDATE {table} SET cipher = NULL")
    assert refused(f"UPDATE {table} SET key = cipher, cipher = key")
    assert refused(f"UPDATE {table} SET key = NULL, cipher = NULL, row = 'n0000000000000'")
    first = Secret.objects.order_by("id").first()
    assert not refused(f"UPDATE {table} SET key = NULL, cipher = NULL WHERE id = %s", first.id)
    assert refused(
        f"UPDATE {table} SET key = %s, cipher = %s WHERE id = %s",
        bytes(first.key),
        bytes(first.cipher),
        first.id,
    )


@pytest.mark.only_on("sqlite")
@pytest.mark.usefixtures("_world")
def test_without_recursive_triggers_nothing_is_replaced_either() -> None:
    """INSERT OR REPLACE, which PostgreSQL does not know, deletes silently unless each connection has asked for them."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
    try:
        test_no_row_is_changed_deleted_or_replaced("luodi_ledger_leaf")
        test_no_row_is_changed_deleted_or_replaced("luodi_ledger_event")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = ON")


def test_a_missing_or_altered_trigger_is_named() -> None:
    assert guards.missing(connection) == []
    name = "luodi_ledger_leaf_no_delete"
    on = "" if connection.vendor == "sqlite" else " ON luodi_ledger_leaf"
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
        assert guards.missing(connection) == [name]
        if connection.vendor == "sqlite":
            cursor.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON luodi_ledger_leaf BEGIN SELECT 1; END")
        else:
            cursor.execute(
                "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
            )
            cursor.execute(f"CREATE TRIGGER {name} BEFORE DELETE{on} EXECUTE FUNCTION nothing()")
    assert guards.missing(connection) == [name]
    guards.install(connection)
    assert guards.missing(connection) == []


@pytest.mark.only_on("postgresql")
def test_a_trigger_switched_off_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE luodi_ledger_event DISABLE TRIGGER luodi_ledger_event_no_update")
    assert guards.missing(connection) == ["luodi_ledger_event_no_update"]
