"""Which version of the program made the database, told by its migrations."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from luodi.kernel.refusal import Refusal


def is_new() -> bool:
    """Whether nothing was ever migrated here."""
    return not MigrationExecutor(connection).loader.applied_migrations


def pending() -> list[str]:
    """The names of migrations that this program has and the database lacks, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def unknown() -> list[str]:
    """The names of migrations that the database has and this program does not know: a newer program made it."""
    loader = MigrationExecutor(connection).loader
    known = set(loader.disk_migrations)
    replaced = {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    return sorted(
        f"{app}.{name}" for app, name in loader.applied_migrations if (app, name) not in known | replaced
    )


def refuse_newer() -> None:
    """Refuse a database that a newer program has written: this one would not understand it. Raises ``Refusal``."""
    if names := unknown():
        raise Refusal(
            "database-newer",
            f"数据库是更新版本的落地写的（有本版不认识的 {'、'.join(names[:3])}{'等' if names[3:] else ''}），"
            "没有动它。请改用新版本的程序，或用升级之前的备份恢复。",
        )
