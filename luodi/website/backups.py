"""A back-up: one file with a consistent state of the database and every kept file it speaks of, made while the district works.

    luodi-backup.json   format, version, when, district, migrations, newest checkpoint, SHA-256 of the database
    luodi.sqlite3       all tables, of a PostgreSQL district too
    erasures.jsonl      what was lawfully erased: ids only
    files/ab/<sha256>   kept files

A gzipped tar. Keys are left out: whoever finds the back-up cannot sign in the district's name. The log's tiles are left out: they
are made anew from the tables. So are sheets laid by (DATA/staged), which are their sender's alone and for a day. The database is
taken before the files; files never change, so none is missing.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

from luodi.kernel.clocks.now import now
from luodi.kernel.ledger.erasure import LIST as ERASURES
from luodi.kernel.refusal import Refusal
from luodi.website.opening import SQLITE

FORMAT = "luodi-backup-1"
MANIFEST = "luodi-backup.json"
_QUICK = 1  # of gzip's nine; text shrinks to a fifth, pictures not at all


def write_backup(data: Path, target: Path) -> dict[str, Any]:
    """Write the back-up of the district in ``data`` to ``target``; what its manifest says.

    Raises ``Refusal``: ``backup-exists``, ``cannot-back-up``, ``disk-full``.
    """
    if target.exists():
        raise Refusal("backup-exists", f"{target} 已经有了，没有覆盖。请换一个文件名，如加上日期。")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".luodi-backup-") as scratch:
            database = Path(scratch) / SQLITE
            snapshot(data, database)
            manifest = _manifest(database)
            part = Path(scratch) / "part"
            _write(data, database, manifest, part)
            os.replace(part, target)
        _sync(target.parent)
    except OSError as fault:
        raise _refusal(target, fault) from fault
    return manifest


def snapshot(data: Path, target: Path) -> None:
    """One state of the database, as a SQLite file."""
    if not settings.CONFIGURATION.database_url:
        with (
            closing(sqlite3.connect(f"file:{data / SQLITE}?mode=ro", uri=True, timeout=20)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return
    from luodi.website import copying
    from luodi.website.configuration import Configuration

    description = Configuration(data=target.parent).database()
    with copying.second(description, "backup") as alias:
        copying.migrate(alias)
        copying.copy(DEFAULT_DB_ALIAS, alias)
    with closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")


def _manifest(database: Path) -> dict[str, Any]:
    with reading(database) as asked:
        migrations = asked("SELECT app || '.' || name FROM django_migrations ORDER BY app, name")
        files = asked("SELECT sha256 FROM luodi_files_file ORDER BY sha256")
        district = asked("SELECT name FROM luodi_register_district")
        kinds = asked("SELECT kind FROM luodi_register_district")
        notes = asked("SELECT note FROM luodi_ledger_checkpoint ORDER BY size DESC LIMIT 1")
    return {
        "format": FORMAT,
        "made": now().isoformat(timespec="seconds"),
        "district": district[0] if district else "",
        "kind": kinds[0] if kinds else "",
        "migrations": migrations,
        "checkpoint": notes[0] if notes else "",
        "files": len(files),
        "database_sha256": sha256_of(database),
    }


def _write(data: Path, database: Path, manifest: dict[str, Any], part: Path) -> None:
    with reading(database) as asked:
        kept = asked("SELECT sha256 FROM luodi_files_file ORDER BY sha256")
    with part.open("wb") as opened:
        with tarfile.open(
            fileobj=opened, mode="w:gz", compresslevel=_QUICK, format=tarfile.PAX_FORMAT
        ) as tar:
            raw = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(raw)
            tar.addfile(entry, io.BytesIO(raw))
            tar.add(database, SQLITE)
            if (data / ERASURES).exists():
                tar.add(data / ERASURES, ERASURES)
            for sha in kept:
                name = f"files/{sha[:2]}/{sha}"
                if (
                    data / name
                ).is_file():  # one that is gone is for verify to tell, not a reason to have no back-up
                    tar.add(data / name, name)
        opened.flush()
        os.fsync(opened.fileno())
    part.chmod(0o600)


@contextmanager
def reading(database: Path) -> Iterator[Any]:
    """A function that asks a SQLite file for the first column of a query."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        yield lambda query: [row[0] for row in opened.execute(query)]


def sha256_of(path: Path) -> str:
    """In hexadecimal."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refusal(target: Path, fault: OSError) -> Refusal:
    from errno import EDQUOT, ENOSPC

    if fault.errno in (ENOSPC, EDQUOT):
        return Refusal(
            "disk-full", f"{target.parent} 所在的磁盘满了，备份没有写成，没有留下半截文件。请换一个磁盘。"
        )
    return Refusal(
        "cannot-back-up", f"备份写不到 {target}：{fault.strerror or fault}。请检查路径与权限，或换一个地方。"
    )
