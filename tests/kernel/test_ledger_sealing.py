"""Sealing: every event gets its place, late ones too; the files stand for what the tables say."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger import tiles
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.ledger.keys import verifier_key
from luodi.kernel.ledger.leaves import leaf_bytes
from luodi.kernel.ledger.models import Checkpoint, Event, Leaf, Unsealed
from luodi.kernel.ledger.notes import read_checkpoint
from luodi.kernel.ledger.sealing import seal
from luodi.kernel.ledger.tree import leaf_hash, root
from luodi.kernel.ledger.verify import verify
from tests.kernel.ledger_world import BEGAN, rows_of_every_kind


def act(count: int = 1, at: dt.datetime = BEGAN) -> list[str]:
    made = []
    for n in range(count):
        with held_at(at + dt.timedelta(seconds=n)), action("day.begun", by=SYSTEM, subject="") as done:
            pass
        made.append(done.event.id)
    return made


@pytest.mark.django_db
def test_nothing_waits_nothing_is_made(data_folder: Path) -> None:
    assert seal(data_folder) is None
    assert not (data_folder / "log").exists()


@pytest.mark.django_db
def test_events_are_sealed_in_the_order_of_time(data_folder: Path) -> None:
    late = act(2, BEGAN + dt.timedelta(hours=1))
    early = act(2)
    with held_at(BEGAN + dt.timedelta(hours=2, microseconds=7)):
        checkpoint = seal(data_folder)
    assert checkpoint is not None
    assert list(Leaf.objects.order_by("index").values_list("event_id", flat=True)) == early + late
    assert not Unsealed.objects.exists()
    hashes = [leaf_hash(leaf_bytes(Event.objects.get(pk=pk))) for pk in early + late]
    assert checkpoint.root == root(hashes).hex()
    head = read_checkpoint((data_folder / "log" / "checkpoint").read_text("utf-8"), verifier_key(data_folder))
    assert (head.size, head.root.hex()) == (4, checkpoint.root)
    assert head.second == int(checkpoint.at.timestamp()) == int((BEGAN + dt.timedelta(hours=2)).timestamp())


@pytest.mark.django_db
def test_an_event_that_comes_late_goes_into_the_next_batch(data_folder: Path) -> None:
    act(3, BEGAN + dt.timedelta(hours=1))
    first = seal(data_folder)
    (late,) = act(1)
    second = seal(data_folder)
    assert first is not None
    assert second is not None
    assert (first.size, second.size, second.previous) == (3, 4, 3)
    assert Leaf.objects.get(index=3).event_id == late
    assert seal(data_folder) is None


@pytest.mark.django_db
def test_files_are_as_the_standard_has_them(data_folder: Path) -> None:
    act(250)
    seal(data_folder)
    assert (data_folder / "log/tile/0/000.p/250").stat().st_size == 250 * 32
    act(300)
    checkpoint = seal(data_folder)
    assert checkpoint is not None
    log = data_folder / "log"
    found = sorted(path.relative_to(log).as_posix() for path in log.rglob("*") if path.is_file())
    assert found == [
        "checkpoint",
        "key",
        *(f"tile/0/{name}" for name in ("000", "001", "002.p/38")),
        "tile/1/000.p/2",
        *(f"tile/entries/{name}" for name in ("000", "001", "002.p/38")),
    ]
    raw = b"".join((log / f"tile/0/{name}").read_bytes() for name in ("000", "001", "002.p/38"))
    hashes = [raw[at : at + 32] for at in range(0, len(raw), 32)]
    assert root(hashes).hex() == checkpoint.root
    assert (log / "tile/1/000.p/2").read_bytes() == root(hashes[:256]) + root(hashes[256:512])
    entries = b"".join((log / f"tile/entries/{name}").read_bytes() for name in ("000", "001", "002.p/38"))
    told = []
    while entries:
        length = int.from_bytes(entries[:2], "big")
        told.append(leaf_hash(entries[2 : 2 + length]))
        entries = entries[2 + length :]
    assert told == hashes
    assert (log / "key").read_text() == f"{verifier_key(data_folder)}\n"


@pytest.mark.django_db
def test_files_that_fell_behind_are_brought_up(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    act(3)
    with monkeypatch.context() as stopped:
        stopped.setattr(tiles, "write_whole", _disk_full)
        with pytest.raises(OSError, match="full"):
            seal(data_folder)
    assert Leaf.objects.count() == 3
    assert tiles.published_size(data_folder) == 0
    assert seal(data_folder) is None
    assert tiles.published_size(data_folder) == 3
    whole = {path: path.read_bytes() for path in (data_folder / "log").rglob("*") if path.is_file()}
    assert len(whole) == 4


def _disk_full(*_: object) -> None:
    raise OSError("disk full")


@pytest.mark.django_db
def test_a_log_that_contradicts_its_checkpoint_is_not_gone_on_with(data_folder: Path) -> None:
    act(3)
    seal(data_folder)
    (extra,) = act(1)
    Leaf.objects.create(index=3, event_id=extra, hash="00" * 32)
    act(1)
    with pytest.raises(RuntimeError, match="run verify"):
        seal(data_folder)


def test_many_writers_and_two_sealers_lose_nothing(committed_database: Path) -> None:
    errors: list[BaseException] = []

    def work(job: object) -> None:
        try:
            for _ in range(12):
                job()  # type: ignore[operator]
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    jobs = [act, act, act, lambda: seal(committed_database), lambda: seal(committed_database)]
    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    seal(committed_database)
    assert Leaf.objects.count() == Event.objects.count() == 36
    assert [leaf.index for leaf in Leaf.objects.order_by("index")] == list(range(36))
    newest = Checkpoint.objects.latest("size")
    assert newest.root == root(bytes.fromhex(leaf.hash) for leaf in Leaf.objects.order_by("index")).hex()


@pytest.mark.only_on("postgresql")
def test_a_transaction_that_ends_late_is_sealed_next(committed_database: Path) -> None:
    """Only there may a transaction begin before and end after another was sealed."""
    begun, go_on = threading.Event(), threading.Event()

    def late() -> None:
        with transaction.atomic():
            act(1)
            begun.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=late)
    thread.start()
    begun.wait(10)
    act(1, BEGAN + dt.timedelta(hours=1))
    first = seal(committed_database)
    go_on.set()
    thread.join()
    second = seal(committed_database)
    assert first is not None
    assert second is not None
    assert (first.size, second.size) == (1, 2)


def test_each_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    keys = [verifier_key(tmp_path) for _ in range(3)]
    assert len(set(keys)) == 1
    assert (tmp_path / "keys/log.key").stat().st_mode & 0o777 == 0o600
    assert verifier_key(tmp_path / "other") != keys[0]


def test_what_was_sealed_and_committed_is_sound(committed_database: Path) -> None:
    rows_of_every_kind(committed_database)
    seal(committed_database)
    rows_of_every_kind(committed_database)
    assert [f for f in verify(committed_database) if f.is_wrong] == []
    seal(committed_database)
    assert verify(committed_database) == []
