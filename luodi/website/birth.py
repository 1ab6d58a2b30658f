"""How a district comes into being in an empty data folder, and how an older one is brought up to this version.

A data folder is born demonstration or real and never mixes: its first event says which.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from luodi.kernel.cases import tallying
from luodi.kernel.clocks.now import now
from luodi.kernel.files.store import synced_together
from luodi.kernel.ledger import guards, sweeping
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.sealing import seal
from luodi.kernel.refusal import Refusal
from luodi.website import clock, versions
from luodi.website.opening import SQLITE, reached, refuse_moved

BORN = "data.born"  # the first event of every district; shown: kind
Say = Callable[[str], None]


def prepare(data: Path, *, empty: bool, say: Say, size: int = 0) -> str:
    """A district stands in ``data`` afterwards: made, brought up to this version, or as it was. Its kind.

    ``empty`` asks for a real one, ``size`` for a demonstration of at least so many promises where one is made. Raises
    ``Refusal``: ``database-newer``, ``born-otherwise``, ``database-not-empty``, ``triggers-missing``, ``half-made`` and those
    of the database.
    """
    refuse_moved(data)
    with reached():
        if versions.is_new():
            _refuse_foreign_tables()
            _migrate()
        else:
            _bring_up_to_date(data, say)
        kind = _kind()
        if kind == "unfinished":
            _start_over(data, say)
            kind = ""
        if not kind:
            kind = _give_birth(data, empty, say, size)
        elif empty and kind == "demonstration":
            raise Refusal(
                "born-otherwise",
                f"{data} 里已经是演示区，演示与正式不能混在一处。请用 --data 另给一个文件夹。",
            )
        clock.start()
    return kind


def kind_of() -> str:
    """``demonstration``, ``real``, or nothing where the folder was never prepared."""
    kind = _kind()
    return "" if kind == "unfinished" else kind


def _kind() -> str:
    born = Event.objects.filter(kind=BORN).first()
    if born is None:
        return "real" if Event.objects.exists() else ""
    kind = str(json.loads(born.payload)["data"]["kind"])
    if kind == "demonstration" and not Event.objects.filter(kind=clock.STARTED).exists():
        return "unfinished"
    return kind


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def _refuse_foreign_tables() -> None:
    """In a database of its own only: what is in there already belongs to somebody else."""
    tables = [name for name in connection.introspection.table_names() if name != "django_migrations"]
    if tables:
        raise Refusal(
            "database-not-empty",
            f"这个数据库里已有别的表（{'、'.join(sorted(tables)[:3])}……），没有动它。请给落地一个空的数据库。",
        )


def _bring_up_to_date(data: Path, say: Say) -> None:
    versions.refuse_newer()
    if versions.pending():
        from luodi.website.backups import write_backup

        path = data / "backups" / f"before-upgrade-{now():%Y%m%dT%H%M%SZ}.luodi"
        say(f"数据是旧版本的，先备份到 {path} 再升级。")
        write_backup(data, path)
        _migrate()
        sweeping.sweep_if_due(data)  # what a step upwards has let go of
    elif missing := guards.missing(connection):
        raise Refusal(
            "triggers-missing",
            f"数据库里防改动的触发器缺了{len(missing)}个（{missing[0]} 等）：有人绕过落地动过它。没有启动。"
            "请先用 bin/luodi verify 查清动了什么，再用 bin/luodi doctor --mend 补上触发器。",
        )
    if tallying.missing(connection):  # derived: nothing was lost by it
        tallying.install(connection)


def _start_over(data: Path, say: Say) -> None:
    """A demonstration whose making was cut short holds nothing that anybody did: it goes."""
    if settings.CONFIGURATION.database_url:
        raise Refusal("half-made", "演示区上次没有建完。请清空这个 PostgreSQL 数据库后再启动。")
    say("上次演示区没有建完，重新来过。")
    connection.close()
    for ending in ("", "-wal", "-shm"):
        (data / f"{SQLITE}{ending}").unlink(missing_ok=True)
    for folder in ("files", "log"):
        shutil.rmtree(data / folder, ignore_errors=True)
    _migrate()


def _give_birth(data: Path, empty: bool, say: Say, size: int) -> str:
    kind = "real" if empty else "demonstration"
    if empty:
        with action(BORN, by=SYSTEM, subject="", shown={"kind": kind}):
            pass
        say("空的正式区县已经建好。")
    else:
        from luodi.website.demonstration.ahead import reading_ahead
        from luodi.website.demonstration.load import handed_in, load

        connection.close()  # no process that reads ahead may inherit it
        with reading_ahead(handed_in(size)) as pages, _unhurried_disk():
            load(say, size=size, pages=pages)
    seal(data)
    return kind


@contextmanager
def _unhurried_disk() -> Iterator[None]:
    """Within, neither SQLite nor the store of files waits for the disk at every act; at the end everything is on it.

    Only while the demonstration is made: should the machine stop meanwhile, it is made anew.
    """
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    with synced_together():
        yield
    if is_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
