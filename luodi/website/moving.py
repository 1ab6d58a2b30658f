"""A district from SQLite to PostgreSQL: all tables in one go, then proof that both hold the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections

from luodi.kernel.ledger.models import Checkpoint, Leaf
from luodi.kernel.ledger.tree import Frontier
from luodi.kernel.refusal import Refusal
from luodi.website import copying
from luodi.website.opening import MOVED, SQLITE, refusal_for

_TARGET = "moved"
Say = Callable[[str], None]


def move(data: Path, url: str, say: Say) -> int:
    """Carry the district over; how many rows. The caller holds the claim. The SQLite file is renamed and kept.

    Raises ``Refusal``: ``not-sqlite``, ``bad-target``, ``database-unreachable``, ``target-not-empty``, ``move-differs``.
    """
    _refuse_wrong(url)
    description = replace(settings.CONFIGURATION, database_url=url).database()
    description["CONN_MAX_AGE"] = 0
    with copying.second(description, _TARGET) as alias:
        try:
            _refuse_full(alias)
            say("正在目标数据库里建表……")
            copying.migrate(alias)
            say("正在搬……")
            counts = copying.copy(DEFAULT_DB_ALIAS, alias)
            say("正在逐表核对……")
            _prove_same(alias)
        except DatabaseError as fault:
            raise refusal_for(fault) from fault
    connection.close()
    _settle(data, url)
    _mark(data, url)
    return sum(counts.values())


def root_of(alias: str) -> tuple[int, str]:
    """Size and root of the log, computed from its leaves."""
    frontier = Frontier()
    for leaf in Leaf.objects.using(alias).order_by("index").values_list("hash", flat=True).iterator():
        frontier.append(bytes.fromhex(leaf))
    return frontier.size, frontier.root().hex()


def without_password(url: str) -> str:
    """The address as it may be shown and kept."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")
    user = place[0].partition(":")[0]
    return urlunsplit((parts.scheme, f"{user}@{place[2]}" if user else place[2], parts.path, "", ""))


def _refuse_wrong(url: str) -> None:
    if settings.CONFIGURATION.database_url:
        raise Refusal("not-sqlite", "现在用的已经是 PostgreSQL。请不设 LUODI_DATABASE_URL，再从 SQLite 搬。")
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise Refusal(
            "bad-target", f"--to 得到“{parts.scheme}://…”，应写成 postgresql://用户:密码@主机:端口/库名。"
        )


def _refuse_full(alias: str) -> None:
    tables = connections[alias].introspection.table_names()
    if tables:
        raise Refusal(
            "target-not-empty",
            f"目标数据库不是空的（有 {'、'.join(sorted(tables)[:3])} 等{len(tables)}张表），没有动它。请新建一个空的数据库。",
        )


def _prove_same(alias: str) -> None:
    here, there = copying.digests(DEFAULT_DB_ALIAS), copying.digests(alias)
    differing = sorted(table for table in here if here[table] != there[table])
    newest = Checkpoint.objects.order_by("-size").first()
    roots = {root_of(DEFAULT_DB_ALIAS), root_of(alias)}
    if newest is not None:
        roots.add((newest.size, newest.root))
    if differing or len(roots) != 1:
        raise Refusal(
            "move-differs",
            f"搬过去的与原来的不一样（{'、'.join(differing) or '日志的根'}），没有切换，仍用原来的。"
            "请先执行 bin/luodi verify，清空目标数据库后再搬一次。",
        )


def _settle(data: Path, url: str) -> None:
    """In a process that knows only the new database: its own search index."""
    environment = {**os.environ, "LUODI_DATABASE_URL": url, "LUODI_DATA": str(data)}
    command = [sys.executable, "-I", "-X", "utf8", "-m", "luodi.website.settling"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode:
        last = (ended.stderr.strip().splitlines() or ["?"])[-1]
        raise Refusal("move-differs", f"数据已搬过去，但检索没有建成：{last}。没有切换，仍用原来的。")


def _mark(data: Path, url: str) -> None:
    """From now on this folder's district is over there."""
    (data / MOVED).write_text(f"{without_password(url)}\n", encoding="utf-8")
    for ending in ("", "-wal", "-shm"):
        old = data / f"{SQLITE}{ending}"
        if old.exists():
            os.replace(old, data / f"{SQLITE}.moved{ending}")
