"""The way from a data folder to a program that can read and write it: settings, database, clock, and what forbids going on."""

from __future__ import annotations

import os
from pathlib import Path

from luodi.kernel.refusal import Refusal

SQLITE = "luodi.sqlite3"
MOVED = "moved-to"  # in a data folder whose database went to PostgreSQL


def set_up(data: Path | None, *, make: bool = False) -> Path:
    """Let Django know its settings for ``data`` (the default folder where ``None``); the folder. Once a process.

    Only with ``make`` is a folder made where there is none: a slip in ``--data`` must not leave folders and keys about.
    Raises ``Misconfigured`` for a setting that is not allowed, ``Refusal``: ``no-district``, ``bad-data-folder``.
    """
    if data is not None:
        os.environ["LUODI_DATA"] = str(data.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "luodi.website.settings"
    from luodi.website.configuration import Configuration

    configuration = Configuration.from_environment()
    folder = configuration.data
    if make:
        _need_folder(folder)
    elif not ((folder / SQLITE).exists() or (folder / MOVED).exists() or configuration.database_url):
        raise no_district(folder)
    import django

    django.setup()
    return folder


def no_district(folder: Path) -> Refusal:
    """What a person is told who named a folder without a district."""
    return Refusal(
        "no-district",
        f"{folder} 里没有区县。请检查 --data；要新建一个，用 bin/luodi up 或 bin/luodi prepare --empty。",
    )


def open_district(data: Path | None) -> Path:
    """Set up and check that a district lives there, made by this version or an older one; its clock runs. The folder.

    Raises ``Refusal``: ``no-district``, ``moved``, ``database-newer``, ``database-older``, ``database-unreachable``.
    """
    folder = set_up(data)
    refuse_moved(folder)
    from luodi.website import clock, versions

    if not exists(folder):
        raise no_district(folder)
    with reached():
        versions.refuse_newer()
        if versions.pending():
            raise Refusal(
                "database-older",
                "数据库是旧版本建的。请先执行 bin/luodi up 或 bin/luodi prepare：会先备份，再升级。",
            )
        clock.start()
    return folder


def exists(folder: Path) -> bool:
    """Whether there is a database, of any version, with tables of ours in it."""
    from django.conf import settings
    from django.db import connection

    if not settings.CONFIGURATION.database_url and not (folder / SQLITE).exists():
        return False
    with reached():
        return "luodi_ledger_event" in connection.introspection.table_names()


def refuse_moved(folder: Path) -> None:
    """Refuse SQLite in a folder whose district was moved away: there would be two, each believing it is the one."""
    from django.conf import settings

    mark = folder / MOVED
    if mark.exists() and not settings.CONFIGURATION.database_url:
        raise Refusal(
            "moved",
            f"这个区县已经搬到 PostgreSQL（{mark.read_text(encoding='utf-8').strip()}）。"
            "请用 LUODI_DATABASE_URL 给出那个数据库的地址再启动。",
        )


class reached:  # noqa: N801 (used as a statement)
    """Within, a database that does not answer is said in words."""

    def __enter__(self) -> None:
        """Nothing to be done."""

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: object) -> None:
        from django.db import DatabaseError

        if isinstance(fault, DatabaseError):
            raise refusal_for(fault) from fault


def refusal_for(fault: Exception) -> Refusal:
    """What a person is told of a fault of the database."""
    text = str(fault).strip().splitlines()[0] if str(fault).strip() else type(fault).__name__
    lower = text.lower()
    if "locked" in lower or "deadlock" in lower or "lock timeout" in lower:
        return Refusal("database-busy", "数据库正被别的写入占着，没有轮到，这一次没有写。请稍后再试一次。")
    if "disk is full" in lower or "no space left" in lower:
        return Refusal(
            "disk-full",
            "磁盘满了，这一次没有写进去，先前的都还在。请腾出空间后再试：bin/luodi doctor 会列出占用。",
        )
    if "readonly" in lower or "read-only" in lower:
        return Refusal("read-only", "数据库文件写不进去：没有权限，或所在磁盘只读。请检查数据文件夹的权限。")
    if "not a database" in lower or "malformed" in lower:
        return Refusal(
            "database-damaged",
            f"数据库文件损坏（{text}）。请不要再写入：先另存一份整个数据文件夹，再用 bin/luodi restore 从备份恢复到新文件夹。",
        )
    return Refusal("database-unreachable", f"数据库用不了：{text}。请检查 LUODI_DATABASE_URL 与数据库服务。")


def _need_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Refusal(
            "bad-data-folder",
            f"数据文件夹 {folder} 建不了：{fault.strerror}。请换一个 --data，或检查上级文件夹的权限。",
        ) from fault
    if not os.access(folder, os.W_OK):
        raise Refusal("bad-data-folder", f"数据文件夹 {folder} 没有写的权限。请换一个 --data，或改权限。")
