"""An opponent with the database's password, or with the disk: whatever is changed is found, and named.

``ci``: a hundred changes each way, always the same; ``deep``: a thousand, never the same. Each kind of thing has its turn.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from luodi.kernel.ledger import guards
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.ledger.models import Checkpoint
from luodi.kernel.ledger.rows import ledger_models
from luodi.kernel.ledger.sealing import seal
from luodi.kernel.ledger.verify import verify
from tests.database import unguarded
from tests.depth import is_deep
from tests.kernel.ledger_world import rows_of_every_kind
from tests.kernel.tampering import (
    KINDS,
    LOG,
    TRIGGER,
    Deed,
    deed_of,
    found,
    kind_of,
    models_of,
    name_of,
    triggers,
)


def chance() -> random.Random:
    return random.Random() if is_deep() else random.Random(20260301)


def changes() -> int:
    return 1_000 if is_deep() else 100


def wrong(data: Path) -> list[str]:
    return [str(finding) for finding in verify(data) if finding.is_wrong]


@pytest.fixture
def _world(data_folder: Path) -> Iterator[None]:
    for _ in range(2):
        rows_of_every_kind(data_folder)
        seal(data_folder)
    # each round one checkpoint; some events that nobody has sealed yet
    rows_of_every_kind(data_folder)
    with unguarded():
        yield


def test_every_table_of_the_ledger_is_of_a_kind_that_is_tampered_with() -> None:
    covered = {model for kind in KINDS if kind != TRIGGER for model in models_of(kind)}
    assert covered == {*LOG, *ledger_models()}
    assert {kind for kind in KINDS if kind != TRIGGER and not models_of(kind)} == set()


@pytest.mark.django_db
@pytest.mark.usefixtures("_world")
def test_every_change_by_sql_is_found_and_named(data_folder: Path) -> None:
    rng = chance()
    assert wrong(data_folder) == []
    missed, done = [], Counter[str]()
    for kind in cycle(KINDS):
        if done.total() == changes():
            break
        point = transaction.savepoint()
        try:
            with transaction.atomic():
                deed = deed_of(kind, rng)
        except DatabaseError:
            deed = None  # the database itself refused: nothing was changed
        if deed is not None:
            done[kind] += 1
            if not found(deed, verify(data_folder)):
                missed.append(deed)
        transaction.savepoint_rollback(point)
    assert missed == []
    assert min(done[kind] for kind in KINDS) >= changes() // len(KINDS) // 2, done
    assert wrong(data_folder) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("_world")
def test_every_change_to_a_file_is_found_and_named(data_folder: Path) -> None:
    rng = chance()
    seal(data_folder)
    # of a published file an older partial tile may stand beside the newest; nobody is sent there any more
    newest = Checkpoint.objects.latest("size").size
    kept = [path for path in (data_folder / "files").rglob("*") if path.is_file()]
    log = [path for path in (data_folder / "log").rglob("*") if path.is_file()]
    log = [path for path in log if ".p/" not in path.as_posix() or path.name == str(newest)]
    assert len(kept) > 2
    assert {"checkpoint", "key"} < {path.name for path in log}
    missed = []
    for paths in (sorted(kept), sorted(log)):
        for _ in range(changes() // 4):
            path = rng.choice(paths)
            raw = path.read_bytes()
            _spoil(rng, path, raw)
            deed = Deed(f"spoilt {path}", (path.relative_to(data_folder).as_posix(),))
            if path.exists() and path.read_bytes() == raw:
                continue
            if not found(deed, verify(data_folder)):
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
def test_any_byte_of_the_published_checkpoint_is_found(data_folder: Path) -> None:
    """One that makes a signature look like a stranger's, too, which whoever checks a note leaves aside."""
    with action("day.begun", by=SYSTEM, subject=""):
        pass
    seal(data_folder)
    path = data_folder / "log" / "checkpoint"
    raw = path.read_bytes()
    missed = []
    for at in range(0, len(raw), 1 if is_deep() else 5):
        path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        if not found(Deed("", ("log/checkpoint",)), verify(data_folder)):
            missed.append(at)
    assert missed == []


@pytest.mark.django_db
def test_every_trigger_that_is_dropped_is_named(data_folder: Path) -> None:
    assert guards.missing(connection) == []
    for name, table, _ in triggers():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}{'' if connection.vendor == 'sqlite' else f' ON {table}'}")
        assert found(Deed(name, (f"trigger {name}",)), verify(data_folder))


@pytest.mark.only_on("sqlite")  # a server's pages are not at hand; there its own checksums guard them
def test_every_changed_byte_on_the_disk_is_found_and_named(committed_database: Path) -> None:
    rng = chance()
    rows_of_every_kind(committed_database, 2)
    seal(committed_database)
    assert verify(committed_database) == []
    file = committed_database / "luodi.sqlite3"
    targets = _bytes_on_disk(file)
    connection.close()
    whole = file.read_bytes()
    missed = []
    for _, kind in zip(range(changes() // 2), cycle(KINDS), strict=False):
        deed, at, length = rng.choice(targets[kind])
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


def _bytes_on_disk(file: Path) -> dict[str, list[tuple[Deed, int, int]]]:
    """By kind: where values of rows and texts of triggers lie in the file, each found there exactly once."""
    connection.close()
    with sqlite3.connect(file) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        made = plain.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    plain.close()
    raw = file.read_bytes()
    targets: dict[str, list[tuple[Deed, int, int]]] = {kind: [] for kind in KINDS}

    def add(kind: str, deed: Deed, text: bytes) -> None:
        if len(text) > 5 and raw.count(text) == 1:
            targets[kind].append((deed, raw.index(text), len(text)))

    for name, sql in made:
        # some bytes make a database that does not open, for a reason in which the trigger is named
        add(TRIGGER, Deed(f"the text of {name}", (name,)), str(sql).encode())
    for model in [*LOG, *ledger_models()]:
        for row in model._base_manager.all():
            names = (name_of(model, row.pk), getattr(row, "event_id", None) or name_of(model, row.pk))
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                text = value.encode() if isinstance(value, str) else value
                if isinstance(text, memoryview | bytes) and not field.is_relation:
                    deed = Deed(f"{model._meta.label}.{field.name} of {row.pk}", names)
                    add(kind_of(model, field.name), deed, bytes(text))
    assert min(map(len, targets.values())) >= 2, {kind: len(places) for kind, places in targets.items()}
    return targets
