"""An opponent with the database's password, or with the disk: whatever is changed is found, and named.

``ci``: a hundred changes each way, always the same; ``deep``: a thousand, never the same.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from hypothesis import settings

from luodi.kernel.ledger import guards
from luodi.kernel.ledger.models import Checkpoint, Event, Leaf, Secret, Unsealed
from luodi.kernel.ledger.rows import ledger_models
from luodi.kernel.ledger.sealing import seal
from luodi.kernel.ledger.verify import Finding, verify
from tests.database import unguarded
from tests.kernel.ledger_world import rows_of_every_kind

LOG: tuple[type[models.Model], ...] = (Event, Secret, Leaf, Checkpoint)
NAMES = {Event: "event {}", Secret: "secret {}", Leaf: "leaf {}", Checkpoint: "checkpoint {}"}


def is_deep() -> bool:
    return settings().max_examples > 1_000


def chance() -> random.Random:
    return random.Random() if is_deep() else random.Random(20260301)


def changes() -> int:
    return 1_000 if is_deep() else 100


@dataclass(frozen=True)
class Deed:
    """What was done, and the words of which at least one must stand in a finding."""

    what: str
    names: tuple[str, ...]


def found(deed: Deed, findings: list[Finding]) -> bool:
    said = [str(finding) for finding in findings if finding.is_wrong]
    return any(name in text for name in deed.names for text in said)


@pytest.fixture
def _world(data_folder: Path) -> Iterator[None]:
    for _ in range(2):
        rows_of_every_kind(data_folder)
        seal(data_folder)
    # each round one checkpoint; some events that nobody has sealed yet
    rows_of_every_kind(data_folder)
    with unguarded():
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_world")
def test_every_change_by_sql_is_found_and_named(data_folder: Path) -> None:
    rng = chance()
    assert [f for f in verify(data_folder) if f.is_wrong] == []
    missed, done = [], 0
    for _ in range(changes() * 10):
        if done == changes():
            break
        point = transaction.savepoint()
        try:
            with transaction.atomic():
                _disarm()
                deed = rng.choice(DEEDS)(rng)
        except DatabaseError:
            deed = None  # the database itself refused: nothing was changed
        if deed is not None:
            done += 1
            if not found(deed, verify(data_folder)):
                missed.append(deed)
        transaction.savepoint_rollback(point)
    assert missed == []
    assert done == changes()
    assert [f for f in verify(data_folder) if f.is_wrong] == []


def _disarm() -> None:
    """What any opponent would do first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # references still to be checked would forbid to alter the table; the opponent's own are checked never
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for guarded in guards.TABLES:
            if connection.vendor == "sqlite":
                for act in ("update", "delete", "insert"):
                    cursor.execute(f"DROP TRIGGER {guarded.table}_no_{act}")
            else:
                cursor.execute(f"ALTER TABLE {guarded.table} DISABLE TRIGGER USER")


def change_a_value(rng: random.Random) -> Deed | None:
    model = rng.choice([*LOG, *LOG, *ledger_models()])
    row = _any(rng, model)
    field = rng.choice(model._meta.concrete_fields)
    old = getattr(row, field.attname)
    new = _other(rng, field, old)
    if new == old or (isinstance(old, memoryview | bytes) and new is not None and bytes(old) == bytes(new)):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {model._meta.db_table} SET "{field.column}" = %s WHERE "{model._meta.pk.column}" = %s',
            [field.get_db_prep_value(new, connection), row.pk],
        )
    names = [_name(model, row.pk)]
    if field.primary_key:
        names.append(_name(model, new))
    if model is Leaf:
        names += [f"leaf {row.index + 1}", row.event_id]
    if model is Secret:
        names.append(row.event_id)
    return Deed(f"{model._meta.label}.{field.name} of {row.pk}: {old!r} -> {new!r}", tuple(names))


def delete_a_row(rng: random.Random) -> Deed | None:
    model = rng.choice([*LOG, *ledger_models()])
    row = _any(rng, model)
    names = [_name(model, row.pk)]
    if model is Leaf:
        names += [f"leaf {row.index + 1}", f"event {row.event_id}"]
    if model is Checkpoint:
        # what is missing is told by the next one, or by leaves that nobody signed
        names += [f"checkpoint {c.size}" for c in Checkpoint.objects.filter(size__gt=row.size)]
        names += [f"leaf {row.previous}"]
    if model is Event:
        names.append(row.id)
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM {model._meta.db_table} WHERE "{model._meta.pk.column}" = %s', [row.pk])
    return Deed(f"deleted {model._meta.label} {row.pk}", tuple(names))


def add_a_row(rng: random.Random) -> Deed | None:
    model = rng.choice(ledger_models())
    row = _any(rng, model)
    key = row.pk[0] + "".join(rng.choices("0123456789abcdefghjkmnpqrstvwxyz", k=13))
    values = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        if field.unique:
            values[field.attname] = key if field.primary_key else _other(rng, field, values[field.attname])
    model(**values).save(force_insert=True)
    return Deed(f"added {model._meta.label} {key}", (key,))


def change_the_queue(rng: random.Random) -> Deed | None:
    if rng.random() < 0.5:
        waiting = _any(rng, Unsealed)
        Unsealed.objects.filter(pk=waiting.pk).delete()
        return Deed(f"took {waiting.pk} off the queue", (waiting.pk,))
    sealed = _any(rng, Leaf).event_id
    Unsealed.objects.create(event_id=sealed)
    return Deed(f"queued {sealed} again", (sealed,))


DEEDS: list[Callable[[random.Random], Deed | None]] = [
    *[change_a_value] * 6,
    *[delete_a_row] * 2,
    add_a_row,
    change_the_queue,
]


def _any(rng: random.Random, model: type[models.Model]) -> Any:
    return model._base_manager.order_by("pk")[rng.randrange(model._base_manager.count())]


def _name(model: type[models.Model], key: object) -> str:
    return NAMES.get(model, f"{model._meta.db_table} {{}}").format(key)


def _other(rng: random.Random, field: models.Field[Any, Any], old: Any) -> Any:
    """Another value that the column takes."""
    import datetime as dt

    if field.null and old is not None and rng.random() < 0.2:
        return None
    if isinstance(field, models.BooleanField):
        return not old
    if isinstance(field, models.DateTimeField):
        return (old or dt.datetime(2026, 1, 1, tzinfo=dt.UTC)) + dt.timedelta(
            microseconds=rng.choice([1, 10**6, 10**12])
        )
    if isinstance(field, models.DateField):
        return (old or dt.date(2026, 1, 1)) + dt.timedelta(days=rng.choice([-1, 1, 365]))
    if isinstance(field, models.IntegerField):
        return (old or 0) + rng.choice([1, 2, 1000])
    if isinstance(field, models.FloatField):
        return (old or 0.0) + rng.choice([1, 0.001])
    if isinstance(field, models.BinaryField):
        raw = bytearray(bytes(old or b"x"))
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
        return bytes(raw)
    if isinstance(field, models.ForeignKey):
        return _any(rng, field.related_model).pk
    text = str(old or "")
    at = rng.randrange(len(text) + 1)
    room = field.max_length is None or len(text) < field.max_length
    return rng.choice(
        [text[:at] + rng.choice("x9改 ") + text[at + (not room) :], text[:at] + text[at + 1 :], ""]
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("_world")
def test_every_change_to_a_file_is_found_and_named(data_folder: Path) -> None:
    rng = chance()
    seal(data_folder)
    paths = sorted(p for part in ("files", "log") for p in (data_folder / part).rglob("*") if p.is_file())
    # of a published file an older partial tile may stand beside the newest; nobody is sent there any more
    newest = Checkpoint.objects.latest("size").size
    paths = [p for p in paths if ".p/" not in p.as_posix() or p.name == str(newest)]
    assert len(paths) > 5
    missed = []
    for _ in range(changes() // 4):
        path = rng.choice(paths)
        raw = path.read_bytes()
        _spoil(rng, path, raw)
        deed = Deed(f"spoilt {path}", (path.relative_to(data_folder).as_posix(),))
        if path.exists() and path.read_bytes() == raw:
            continue
        if not found(deed, verify(data_folder)) and not (path.name == "key" and not path.exists()):
            missed.append(deed)
        path.write_bytes(raw)
    assert missed == []
    assert verify(data_folder) == []


def _spoil(rng: random.Random, path: Path, raw: bytes) -> None:
    how = rng.randrange(4)
    at = rng.randrange(max(1, len(raw)))
    if how == 0:
        path.unlink()
    elif how == 1:
        path.write_bytes(raw[:at])
    elif how == 2:
        path.write_bytes(raw + b"\n")
    else:
        path.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << rng.randrange(8))]) + raw[at + 1 :])


@pytest.mark.django_db
def test_every_trigger_that_is_dropped_is_named(data_folder: Path) -> None:
    assert guards.missing(connection) == []
    with connection.cursor() as cursor:
        for guarded in guards.TABLES:
            for act in ("update", "delete", "insert" if connection.vendor == "sqlite" else "truncate"):
                name = f"{guarded.table}_no_{act}"
                on = "" if connection.vendor == "sqlite" else f" ON {guarded.table}"
                cursor.execute(f"DROP TRIGGER {name}{on}")
                assert found(Deed(name, (f"trigger {name}",)), verify(data_folder))


def test_every_changed_byte_of_a_row_on_the_disk_is_found_and_named(committed_database: Path) -> None:
    if connection.vendor != "sqlite":
        return  # a server's pages are not at hand here; there checksums guard them
    rng = chance()
    rows_of_every_kind(committed_database, 2)
    seal(committed_database)
    assert verify(committed_database) == []
    file = committed_database / "luodi.sqlite3"
    targets = _bytes_on_disk(file)
    connection.close()
    whole = file.read_bytes()
    missed = []
    for _ in range(changes() // 4):
        deed, at, length = rng.choice(targets)
        raw = bytearray(whole)
        raw[at + rng.randrange(length)] ^= 1 << rng.randrange(7)
        file.write_bytes(raw)
        if not found(deed, verify(committed_database)):
            missed.append(deed)
        connection.close()
        for ending in ("-wal", "-shm"):
            Path(f"{file}{ending}").unlink(missing_ok=True)
    file.write_bytes(whole)
    assert missed == []
    assert verify(committed_database) == []


def _bytes_on_disk(file: Path) -> list[tuple[Deed, int, int]]:
    """Where values of rows lie in the file, each found there exactly once."""
    connection.close()
    with sqlite3.connect(file) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
    raw = file.read_bytes()
    targets = []
    for model in [*LOG, *ledger_models()]:
        for row in model._base_manager.all():
            names = (_name(model, row.pk), getattr(row, "event_id", None) or _name(model, row.pk))
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                text = (
                    value.encode()
                    if isinstance(value, str)
                    else bytes(value)
                    if isinstance(value, memoryview | bytes)
                    else b""
                )
                if len(text) > 5 and not field.is_relation and raw.count(text) == 1:
                    targets.append(
                        (
                            Deed(f"{model._meta.label}.{field.name} of {row.pk}", names),
                            raw.index(text),
                            len(text),
                        )
                    )
    assert len(targets) > 50
    return targets
