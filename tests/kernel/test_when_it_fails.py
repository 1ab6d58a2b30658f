"""Two writers, a full disk, a clock set back, a database from another version: each with the words that a person sees."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test import RequestFactory

from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.documents.actions import intake
from luodi.kernel.documents.models import Source
from luodi.kernel.files.store import UNFINISHED
from luodi.kernel.ledger import erasure, set_back
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Person
from luodi.website import birth, versions
from luodi.website.backups import write_backup
from luodi.website.opening import reached
from luodi.website.restoring import restore
from luodi.website.troubles import Troubles
from tests.database import Guard, unguarded

only_sqlite = pytest.mark.only_on("sqlite")


def page(number: int, lines: int = 1) -> bytes:
    return (
        "青岚区发布消息\n发布时间:2026-09-20\n\n" + f"　　年内新建口袋公园{number}个。\n" * lines
    ).encode()


def wrong(data: Path) -> list[str]:
    return [str(finding) for finding in verify(data) if finding.is_wrong]


def test_two_writers_at_once_both_get_through(committed_database: Path) -> None:
    faults: list[Exception] = []

    def work(first: int) -> None:
        try:
            for number in range(first, first + 5):
                intake(page(number), by=SYSTEM)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(first,)) for first in (1, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Source.objects.count() == 10
    assert wrong(committed_database) == []


@only_sqlite
def test_a_writer_that_waited_in_vain_is_told(committed_database: Path) -> None:
    connection.ensure_connection()
    connection.connection.execute("PRAGMA busy_timeout=100")
    other = sqlite3.connect(committed_database / "luodi.sqlite3", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refusal) as told, reached():
            intake(page(1), by=SYSTEM)
    finally:
        other.close()
    assert told.value.code == "database-busy"
    assert "这一次没有写" in told.value.message
    intake(page(1), by=SYSTEM)
    assert wrong(committed_database) == []


@only_sqlite
def test_a_disk_full_under_the_database_loses_nothing(committed_database: Path) -> None:
    kept = intake(page(1), by=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0] + 4}")
    with pytest.raises(Refusal) as told, reached():
        intake(page(2, 3_000), by=SYSTEM)
    assert told.value.code == "disk-full"
    assert "请腾出空间" in told.value.message
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1073741823")
    assert list(Source.objects.values_list("id", flat=True)) == [kept.id]
    assert wrong(committed_database) == []
    intake(page(2), by=SYSTEM)


def test_a_disk_full_under_the_kept_files_loses_nothing(
    committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(Refusal) as told:
            intake(page(1), by=SYSTEM)
    assert told.value.code == "disk-full"
    assert list((committed_database / "files").rglob(f"{UNFINISHED}*")) == []
    assert Source.objects.count() == 0
    intake(page(1), by=SYSTEM)
    assert wrong(committed_database) == []


def test_a_disk_full_under_a_back_up_leaves_no_half_file(
    committed_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "elsewhere"
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refusal) as told:
        write_backup(committed_database, folder / "a.luodi")
    assert told.value.code == "disk-full"
    assert list(folder.iterdir()) == []


def full(_: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (OperationalError("database is locked"), "database-busy"),
        (OperationalError("deadlock detected"), "database-busy"),
        (OperationalError('could not extend file "base/5/7": No space left on device'), "disk-full"),
        (OperationalError("database or disk is full"), "disk-full"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk-full"),
        (OperationalError("connection refused"), "database-unreachable"),
    ],
)
def test_a_page_says_what_is_the_matter(fault: Exception, code: str) -> None:
    answer = Troubles(lambda _: None).process_exception(RequestFactory().get("/"), fault)  # type: ignore[arg-type,return-value]
    assert answer is not None
    assert answer.status_code == 503
    assert code in answer.content.decode()
    assert int(answer.headers["Retry-After"]) > 0


def test_a_fault_of_our_own_is_not_blamed_on_the_machine() -> None:
    view = Troubles(lambda _: None)  # type: ignore[arg-type,return-value]
    assert view.process_exception(RequestFactory().get("/"), ValueError("ours")) is None


def test_a_clock_set_back_is_told_and_events_stay_in_order(committed_database: Path) -> None:
    with held_at(dt.datetime(2026, 9, 22, 9, tzinfo=SHANGHAI)):
        intake(page(1), by=SYSTEM)
        assert set_back.warning() == ""
    with held_at(dt.datetime(2026, 9, 20, 9, tzinfo=SHANGHAI)):
        assert "时钟被拨回过" in set_back.warning()
        assert "早2天" in set_back.warning() or "早48小时" in set_back.warning()
        later = intake(page(2), by=SYSTEM)
    newest = Event.objects.order_by("-id").first()
    assert newest is not None
    assert newest.subject == later.id, "the later event sorts last, whatever the clock says"
    assert wrong(committed_database) == []


def test_a_database_from_a_newer_version_is_left_alone(committed_database: Path) -> None:
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('luodi_ledger', '0099_of_the_future', '2030-01-01 00:00:00')"
        )
    before = Event.objects.count()
    with pytest.raises(Refusal) as told:
        birth.prepare(committed_database, empty=False, say=lambda _: None)
    assert told.value.code == "database-newer"
    assert "0099_of_the_future" in told.value.message
    assert Event.objects.count() == before


def test_older_data_is_backed_up_before_it_is_migrated(
    committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake(page(1), by=SYSTEM)
    order: list[str] = []
    monkeypatch.setattr(versions, "pending", lambda: ["luodi_ledger.0002_new"])
    monkeypatch.setattr(birth, "_migrate", lambda: order.append("migrated"))
    monkeypatch.setattr(Guard, "_judge", lambda *_: None)  # of PostgreSQL, a back-up is a copy into SQLite
    birth.prepare(committed_database, empty=True, say=order.append)
    backups = list((committed_database / "backups").iterdir())
    assert len(backups) == 1
    assert "先备份" in order[0]
    assert order[1] == "migrated"


@only_sqlite
def test_a_restore_forgets_again_what_was_erased(committed_database: Path, tmp_path: Path) -> None:
    name = "欧阳某某甲乙丙"
    person = register.enter_person(name=name, by=SYSTEM)
    intake(page(1), by=SYSTEM)
    backup = tmp_path / "before.luodi"
    write_backup(committed_database, backup)
    erasure.erase([person], by=SYSTEM, subject=person.id, reason="asked", data=committed_database)
    said: list[str] = []
    restore(committed_database, backup, said.append)
    restored = Person.objects.get(pk=person.pk)
    assert restored.name is None
    assert any("又删除了一次" in line for line in said)
    assert wrong(committed_database) == []
    connection.close()
    for path in (committed_database / "luodi.sqlite3", committed_database / "luodi.sqlite3-wal"):
        assert not path.exists() or name.encode() not in path.read_bytes()
    new = tmp_path / "after.luodi"
    write_backup(committed_database, new)
    import tarfile

    with tarfile.open(new) as tar:
        parts: list[Any] = [tar.extractfile(entry) for entry in tar]
        assert all(name.encode() not in part.read() for part in parts)
