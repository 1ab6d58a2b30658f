"""From a back-up to a district again. What was there is put aside, never deleted; what was lawfully erased stays erased."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from luodi.desk.first_hour.staged import FOLDER as STAGED
from luodi.kernel.ledger import erasure
from luodi.kernel.refusal import Refusal
from luodi.website.backups import FORMAT, MANIFEST, sha256_of
from luodi.website.opening import SQLITE, exists

_SCRATCH = ".restoring"
_STAYS = ("keys", "up.lock", "backups", _SCRATCH)
_ALLOWED = re.compile(
    rf"{re.escape(MANIFEST)}|{re.escape(SQLITE)}|erasures\.jsonl|files/[0-9a-f]{{2}}/[0-9a-f]{{64}}"
)
Say = Callable[[str], None]


def restore(data: Path, backup: Path, say: Say) -> dict[str, Any]:
    """Put the district of ``backup`` into ``data``; its manifest. The caller holds the claim and verifies afterwards.

    Raises ``Refusal``: ``backup-damaged``, ``not-a-backup``, ``backup-newer``, ``database-not-empty``.
    """
    scratch = data / _SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        manifest = _unpack(backup, scratch)
        _refuse_newer(manifest)
        forgotten = _erased_before(data)
        _put_aside(data, say)
        _put_in_place(data, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    _fill_database(data)
    _finish(data, forgotten, say)
    return manifest


def _unpack(backup: Path, scratch: Path) -> dict[str, Any]:
    """Every part under ``scratch``, each with the hash it ought to have."""
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(backup, "r:gz") as tar:
            for entry in tar:
                if not entry.isfile() or _ALLOWED.fullmatch(entry.name) is None:
                    raise Refusal(
                        "not-a-backup", f"{backup} 里有不该有的“{entry.name[:60]}”，不是落地的备份。"
                    )
                target = scratch / entry.name
                target.parent.mkdir(parents=True, exist_ok=True)
                part = tar.extractfile(entry)
                if part is None:
                    raise tarfile.ReadError("no content")
                with target.open("wb") as opened:
                    shutil.copyfileobj(part, opened, 1 << 20)
                _check_part(entry.name, target)
                if entry.name == MANIFEST:
                    manifest = json.loads(target.read_text(encoding="utf-8"))
    except (tarfile.TarError, EOFError, ValueError) as fault:
        raise _damaged(backup) from fault
    except FileNotFoundError as fault:
        raise Refusal("not-found", f"没有 {backup} 这个文件。请检查路径。") from fault
    except OSError as fault:
        if fault.errno is None:
            raise _damaged(backup) from fault
        raise Refusal(
            "unreadable", f"{backup} 读不了：{fault.strerror}。请检查路径、权限与磁盘空间。"
        ) from fault
    if manifest.get("format") != FORMAT or not (scratch / SQLITE).exists():
        raise Refusal(
            "not-a-backup", f"{backup} 不是落地的备份文件。请给出 bin/luodi backup 写出的那个文件。"
        )
    if sha256_of(scratch / SQLITE) != manifest.get("database_sha256"):
        raise _damaged(backup)
    return manifest


def _check_part(name: str, path: Path) -> None:
    if name.startswith("files/"):
        with path.open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() != path.name:
                raise ValueError(name)
        path.chmod(0o440)


def _damaged(backup: Path) -> Refusal:
    return Refusal(
        "backup-damaged",
        f"备份文件 {backup} 损坏或不完整，什么也没有动。请用另一份备份；平时多存几份在不同地方。",
    )


def _refuse_newer(manifest: dict[str, Any]) -> None:
    from django.db.migrations.loader import MigrationLoader

    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest["migrations"]) - known):
        raise Refusal(
            "backup-newer",
            f"这份备份是更新版本的落地做的（有本版不认识的 {unknown[0]} 等），没有恢复。请用新版本的程序恢复。",
        )


def _erased_before(data: Path) -> list[dict[str, Any]]:
    """What the district that is about to be replaced has erased."""
    try:
        return erasure.erased(data) if exists(data) else list(erasure._listed(data / erasure.LIST))
    except (DatabaseError, Refusal):
        return list(erasure._listed(data / erasure.LIST))  # too damaged to be asked: what the list tells


def _put_aside(data: Path, say: Say) -> None:
    """What is there goes into a folder of its own beside; sheets laid by, which may name people, are destroyed."""
    connection.close()
    shutil.rmtree(data / STAGED, ignore_errors=True)
    there = [path for path in sorted(data.iterdir()) if path.name not in _STAYS and path.name != "static"]
    there = [path for path in there if not path.name.startswith("before-restore-")]
    if not there:
        return
    number = 1
    while (aside := data / f"before-restore-{number}").exists():
        number += 1
    aside.mkdir()
    for path in there:
        os.replace(path, aside / path.name)
    say(f"原来的数据移到了 {aside}，确认不要后可以删。")


def _put_in_place(data: Path, scratch: Path) -> None:
    for path in sorted(scratch.iterdir()):
        if path.name != MANIFEST:
            os.replace(path, data / path.name)


def _fill_database(data: Path) -> None:
    """On PostgreSQL the restored file is only a stop on the way."""
    if not settings.CONFIGURATION.database_url:
        return
    from luodi.website import copying, versions
    from luodi.website.configuration import Configuration

    if not versions.is_new():
        raise Refusal(
            "database-not-empty",
            "要恢复到的 PostgreSQL 数据库不是空的，没有动它。请新建一个空的数据库，改好 LUODI_DATABASE_URL 再恢复。",
        )
    with copying.second(Configuration(data=data).database(), "restored") as alias:
        copying.migrate(alias)
        copying.migrate("default")
        copying.copy(alias, "default")
    for ending in ("", "-wal", "-shm"):
        (data / f"{SQLITE}{ending}").unlink(missing_ok=True)


def _finish(data: Path, forgotten: list[dict[str, Any]], say: Say) -> None:
    """Up to this version; forget again; the log's files anew."""
    from django.core.management import call_command

    from luodi.kernel.ledger.models import Checkpoint
    from luodi.kernel.ledger.tiles import publish
    from luodi.kernel.search import index
    from luodi.website import clock

    try:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    except sqlite3.DatabaseError as fault:
        raise _damaged(data) from fault
    clock.start()
    if settings.CONFIGURATION.database_url:
        index.rebuild()
    again = erasure.erase_again([*forgotten, *erasure.erased(data)], data)
    if again:
        say(f"备份之后依法删除过的个人信息，又删除了一次：{again} 处。")
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is not None and (data / "keys" / "log.key").exists():
        publish(data, newest.size, newest.note)
