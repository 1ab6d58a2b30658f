"""Every table of one database into another of the same version, row by row, in one transaction. Nothing is changed on the way.

SQLite to PostgreSQL when a district moves; PostgreSQL to SQLite for a back-up and back for a restore. The search index is left
out: each engine has its own form of it, made anew from the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, models, transaction

_AT_A_TIME = 500
_LEFT_OUT = "luodi_search"
# made by Django after every migration, with keys of their own: taken from where we come
_REPLACED = ("auth", "contenttypes")


@contextmanager
def second(description: dict[str, Any], alias: str) -> Iterator[str]:
    """Within, ``alias`` names a further database."""
    connections.settings[alias] = connections.configure_settings({"default": description})["default"]
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def migrate(alias: str) -> None:
    """Make the tables, triggers included."""
    call_command("migrate", database=alias, verbosity=0, interactive=False, skip_checks=True)


def tables() -> list[type[models.Model]]:
    """The models that are copied, those pointed to first."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label != _LEFT_OUT
    ]
    ordered: list[type[models.Model]] = []
    while found:
        ready = [model for model in found if not (_points_to(model) - {model}) & set(found)] or found[:1]
        ordered += ready
        found = [model for model in found if model not in ready]
    return ordered


def copy(source: str, target: str) -> dict[str, int]:
    """Copy all rows; how many, by table. Both must be of this version, the target freshly migrated."""
    counts: dict[str, int] = {}
    with standing_still(source), transaction.atomic(using=target):
        for model in reversed([m for m in tables() if m._meta.app_label in _REPLACED]):
            model._base_manager.using(target).all().delete()
        for model in tables():
            counts[model._meta.db_table] = _copy_table(model, source, target)
    _set_sequences(target)
    return counts


@contextmanager
def standing_still(alias: str) -> Iterator[None]:
    """Within, what is read of ``alias`` is one state, whatever others write."""
    connection = connections[alias]
    begin = "BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def digests(alias: str) -> dict[str, str]:
    """For each table a hash over its rows in the order of their keys: equal where two databases hold the same."""
    import hashlib

    found = {}
    for model in tables():
        digest = hashlib.sha256()
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.using(alias).order_by("pk").values_list(*names).iterator(_AT_A_TIME):
            digest.update(repr([_same_anywhere(value) for value in row]).encode())
        found[model._meta.db_table] = digest.hexdigest()
    return found


def _same_anywhere(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _points_to(model: type[models.Model]) -> set[type[models.Model]]:
    return {
        field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is not None
    }


def _copy_table(model: type[models.Model], source: str, target: str) -> int:
    fields = model._meta.local_concrete_fields
    count = 0
    batch: list[models.Model] = []
    for row in model._base_manager.using(source).order_by("pk").iterator(_AT_A_TIME):
        batch.append(row)
        if len(batch) == _AT_A_TIME:
            count += _insert(model, fields, batch, target)
            batch = []
    return count + (_insert(model, fields, batch, target) if batch else 0)


def _insert(model: type[models.Model], fields: Any, rows: list[models.Model], target: str) -> int:
    """``raw``: values as they stand, no field sets its own."""
    most = max(1, connections[target].ops.bulk_batch_size(fields, rows))
    for start in range(0, len(rows), most):
        model._base_manager._insert(rows[start : start + most], fields=fields, using=target, raw=True)  # type: ignore[attr-defined]
    return len(rows)


def _set_sequences(alias: str) -> None:
    """Let the next number of every counted key come after the last one copied."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)
