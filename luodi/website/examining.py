"""What ``doctor`` looks at: one line each, with what to do where something is not as it should be."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import django
from django.conf import settings
from django.db import connection

from luodi.areas.projects import standing_rows
from luodi.kernel.cases import tallying
from luodi.kernel.files.checks import leftovers
from luodi.kernel.ledger import guards, resealing, set_back, sweeping
from luodi.kernel.ledger.models import Event, Unsealed
from luodi.kernel.privacy.field_keys import KeysSpoilt, key_ids
from luodi.website import versions

LEAST_FREE = 1_000_000_000  # bytes
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "recursive_triggers": "1",
    "secure_delete": "1",
}
Grade = Literal["好", "注意", "不好"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at."""

    grade: Grade
    what: str
    found: str

    def __str__(self) -> str:
        return f"{self.grade}  {self.what}：{self.found}"


def examine(data: Path) -> Iterator[Line]:
    """Everything, one after the other."""
    yield from _program()
    yield from _disk(data)
    yield from _keys(data)
    yield from _database()
    yield from _clock()
    yield from _log()
    yield from _files(data)


def mend(data: Path, say: Callable[[str], None]) -> None:
    """Put back missing triggers, remove files that were being written when something stopped."""
    if missing := guards.missing(connection):
        guards.install(connection)
        say(f"补上了{len(missing)}个触发器。")
    if tallying.missing(connection) or tallying.differing(connection):
        tallying.install(connection)
        say("事项的计数重新数过了。")
    if any(standing_rows.differing()):
        standing_rows.rebuild()
        say("重点项目的灯和合计重新算过了。")
    for found in leftovers(data):
        if found.what == "unfinished":
            found.path.unlink(missing_ok=True)
            say(f"删去了半截文件 {found.path.relative_to(data)}。")


def _program() -> Iterator[Line]:
    yield Line("好", "Python", f"{platform.python_version()}，{platform.platform(terse=True)}")
    yield Line("好", "Django", django.get_version())
    if connection.vendor == "sqlite":
        recent = sqlite3.sqlite_version_info >= (3, 34)
        yield Line(
            "好" if recent else "不好",
            "SQLite",
            sqlite3.sqlite_version + ("" if recent else "，要 3.34 以上"),
        )
    else:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            yield Line("好", "PostgreSQL", str(cursor.fetchone()[0]))


def _disk(data: Path) -> Iterator[Line]:
    yield Line("好", "数据文件夹", str(data))
    free = shutil.disk_usage(data).free
    words = f"还剩 {free / 1e9:.1f} GB"
    if free < LEAST_FREE:
        yield Line("不好", "磁盘", f"{words}，写满后什么也登记不进去。请腾出空间。")
    else:
        yield Line("好", "磁盘", words)
    used = {name: _size(data / name) for name in ("files", "backups", "log")}
    yield Line("好", "占用", "，".join(f"{name} {size / 1e6:.1f} MB" for name, size in used.items()))
    if not os.access(data, os.W_OK | os.X_OK):
        yield Line("不好", "权限", "数据文件夹没有写的权限。请改权限，或用建它的那个用户启动。")


def _keys(data: Path) -> Iterator[Line]:
    folder = data / "keys"
    in_use = resealing.in_use()
    needed = {"log.key": Event.objects.exists(), "fields.key": bool(in_use)}
    for name in ("web.key", "log.key", "fields.key"):
        path = folder / name
        if not path.exists():
            grade: Grade = "不好" if needed.get(name) else "注意"
            yield Line(grade, f"密钥 {name}", "不在。请从另存的地方取回；没有另存过，启动时会新建一把。")
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            yield Line("不好", f"密钥 {name}", f"别人也能读（{mode:o}）。请执行 chmod 600 {path}")
        else:
            yield Line("好", f"密钥 {name}", "只有自己能读。备份里没有它，请另存一份在安全的地方。")
    yield from _missing_keys(data, in_use)


def _missing_keys(data: Path, in_use: Mapping[str, int]) -> Iterator[Line]:
    try:
        lacking = {key: count for key, count in in_use.items() if key and key not in key_ids(data)}
    except KeysSpoilt:
        yield Line("不好", "加密用的密钥", "keys/fields.key 被改动过，有一行不是密钥。请换回另存的那一份。")
        return
    if lacking:
        words = "、".join(f"编号 {key} 的（{count} 处用到）" for key, count in lacking.items())
        yield Line(
            "不好", "加密用的密钥", f"缺{words}，加密的内容打不开。请用 bin/luodi keys --take-in 取回。"
        )


def _database() -> Iterator[Line]:
    if unknown := versions.unknown():
        yield Line("不好", "数据库版本", f"是更新的程序写的（{unknown[0]} 等）。请改用新版本的程序。")
        return
    pending = versions.pending()
    yield Line(
        "注意" if pending else "好",
        "数据库版本",
        f"有{len(pending)}步升级要做，bin/luodi up 会先备份再升级。" if pending else "与程序一致",
    )
    if connection.vendor == "sqlite":
        yield from _pragmas()
    if missing := guards.missing(connection):
        yield Line("不好", "触发器", f"缺{len(missing)}个（{missing[0]} 等）。先 verify，再 doctor --mend。")
    else:
        yield Line("好", "触发器", "登记只能追加，守着")
    if not pending:
        yield _tallies()
        yield _standings()


def _tallies() -> Line:
    """The counters of cases against their rows."""
    if missing := tallying.missing(connection):
        return Line("不好", "事项的计数", f"数数的触发器缺{len(missing)}个。doctor --mend 会补上，重新数。")
    if wrong := tallying.differing(connection):
        return Line("不好", "事项的计数", f"有{len(wrong)}处和逐行数的不一样。doctor --mend 会重新数。")
    return Line("好", "事项的计数", "和逐行数的一样")


def _standings() -> Line:
    """The lights and sums of projects against plan, reports and rules."""
    files, cells = standing_rows.differing()
    if files or cells:
        words = f"{len(files)}个项目的灯、{len(cells)}处合计和逐个算的不一样。doctor --mend 会重新算。"
        return Line("不好", "重点项目的灯", words)
    return Line("好", "重点项目的灯", "和逐个算的一样")


def _pragmas() -> Iterator[Line]:
    wrong = []
    with connection.cursor() as cursor:
        for name, wanted in _PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            found = str(cursor.fetchone()[0])
            if found != wanted:
                wrong.append(f"{name}={found}（应为{wanted}）")
        cursor.execute("PRAGMA quick_check(5)")
        damage = [str(row[0]) for row in cursor.fetchall() if row[0] != "ok"]
    yield Line("不好" if wrong else "好", "SQLite 设置", "、".join(wrong) or "齐全")
    yield Line("不好" if damage else "好", "数据库文件", "；".join(damage) or "完好")


def _clock() -> Iterator[Line]:
    warning = set_back.warning().partition("(clock-set-back)")[0]
    yield Line("不好" if warning else "好", "时钟", warning or "没有倒退")


def _log() -> Iterator[Line]:
    waiting = Unsealed.objects.count()
    words = f"有{waiting}条登记等着封存。服务开着时每两秒封存一次；没开着，启动后就会封存。"
    yield Line("注意" if waiting else "好", "封存", words if waiting else "全部登记都已封存")


def _files(data: Path) -> Iterator[Line]:
    found = list(leftovers(data))
    orphans = sum(1 for each in found if each.what == "orphan")
    unfinished = len(found) - orphans
    if found:
        words = (
            f"{orphans}个没有登记提到、{unfinished}个半截的：中断时留下，无害。doctor --mend 会删去半截的。"
        )
        yield Line("注意", "遗留文件", words)
    else:
        yield Line("好", "遗留文件", "没有")
    if (data / sweeping.DUE).exists():
        words = "依法删除之后的清扫还没有做完：有别人正占着数据库。服务开着时每分钟再试。"
        yield Line("注意", "清扫", words)
    url = settings.CONFIGURATION.public_url
    yield Line("好", "对外网址", url or "没有设（LUODI_PUBLIC_URL）；证明文件和订阅里用访问时的网址")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
