"""What an opponent with the database's password does, one deed at a time: to each kind of thing there is, at random.

A deed is told with the words of which at least one must stand in a finding of ``verify``; ``None`` where nothing was changed.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from luodi.kernel.ledger import guards
from luodi.kernel.ledger.models import Checkpoint, Event, Leaf, Secret, Unsealed
from luodi.kernel.ledger.rows import ledger_models
from luodi.kernel.ledger.verify import Finding

LOG: tuple[type[models.Model], ...] = (Event, Secret, Leaf, Checkpoint)
NAMES = {Event: "event {}", Secret: "secret {}", Leaf: "leaf {}", Checkpoint: "checkpoint {}"}
PAYLOAD = ("payload", "closed")
JUDGEMENTS = {"Judgement", "SameAs"}
TRIGGER = "trigger"
# every other ledger row, whatever is added later, is of the last kind
KINDS = (
    "event",
    "payload",
    "log",
    "statement",
    "judgement",
    "commitment",
    "register row",
    TRIGGER,
    "other row",
)
_OF_APP = {
    "luodi_documents": "statement",
    "luodi_commitments": "commitment",
    "luodi_register": "register row",
}


@dataclass(frozen=True)
class Deed:
    """What was done, and the words of which at least one must stand in a finding."""

    what: str
    names: tuple[str, ...]


def found(deed: Deed, findings: list[Finding]) -> bool:
    """Whether what was done is told by its name."""
    said = [str(finding) for finding in findings if finding.is_wrong]
    return any(name in text for name in deed.names for text in said)


def kind_of(model: type[models.Model], field: str = "") -> str:
    """Which of ``KINDS`` a table's row is; of an event, whether ``field`` is its payload."""
    if model is Event:
        return "payload" if field in PAYLOAD else "event"
    if model is Secret:
        return "payload"
    if model in (Leaf, Checkpoint):
        return "log"
    if model.__name__ in JUDGEMENTS:
        return "judgement"
    return _OF_APP.get(model._meta.app_label, "other row")


def models_of(kind: str) -> list[type[models.Model]]:
    """The tables that hold rows of a kind."""
    if kind == "payload":
        return [Event, Event, Secret]
    return [model for model in (*LOG, *ledger_models()) if kind_of(model) == kind]


def deed_of(kind: str, rng: random.Random) -> Deed | None:
    """Do something to a thing of this kind."""
    if kind == TRIGGER:
        return change_a_trigger(rng)
    disarm()
    model = rng.choice(models_of(kind))
    if kind == "log" and rng.random() < 0.2:
        return change_the_queue(rng)
    ways = [change_a_value] * 6
    if kind != "payload":
        ways += [delete_a_row] * 2
    if model not in LOG:
        ways.append(add_a_row)
    return rng.choice(ways)(rng, model, kind)


def disarm() -> None:
    """What any opponent would do first."""
    with connection.cursor() as cursor:
        _settle(cursor)
        for guarded in guards.TABLES:
            if connection.vendor == "sqlite":
                for act in ("update", "delete", "insert"):
                    cursor.execute(f"DROP TRIGGER {guarded.table}_no_{act}")
            else:
                cursor.execute(f"ALTER TABLE {guarded.table} DISABLE TRIGGER USER")


def _settle(cursor: Any) -> None:
    """References still to be checked would forbid to alter a table; the opponent's own are checked never."""
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def triggers() -> list[tuple[str, str, str]]:
    """Name, table and act of every trigger."""
    acts = ("update", "delete", "insert" if connection.vendor == "sqlite" else "truncate")
    return [(f"{g.table}_no_{act}", g.table, act) for g in guards.TABLES for act in acts]


def change_a_trigger(rng: random.Random) -> Deed:
    """Take one away, put a toothless one in its place, or switch it off."""
    name, table, act = rng.choice(triggers())
    how = rng.choice(("gone", "toothless", "off"))
    with connection.cursor() as cursor:
        _settle(cursor)
        if how == "off" and connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
            return Deed(f"switched {name} off", (f"trigger {name}",))
        on = "" if connection.vendor == "sqlite" else f" ON {table}"
        cursor.execute(f"DROP TRIGGER {name}{on}")
        if how == "toothless" and connection.vendor == "sqlite":
            cursor.execute(f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} BEGIN SELECT 1; END")
        elif how == "toothless":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
            )
            cursor.execute(f"CREATE TRIGGER {name} BEFORE {act.upper()}{on} EXECUTE FUNCTION nothing()")
    return Deed(f"{name} made {how}", (f"trigger {name}",))


def change_a_value(rng: random.Random, model: type[models.Model], kind: str) -> Deed | None:
    """Another value in one column."""
    row = any_row(rng, model)
    fields = model._meta.concrete_fields
    if model is Event:
        fields = tuple(field for field in fields if kind_of(model, field.name) == kind)
    field = rng.choice(fields)
    old = getattr(row, field.attname)
    new = _other(rng, field, old)
    if new == old or (isinstance(old, memoryview | bytes) and new is not None and bytes(old) == bytes(new)):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {model._meta.db_table} SET "{field.column}" = %s WHERE "{model._meta.pk.column}" = %s',
            [field.get_db_prep_value(new, connection), row.pk],
        )
    names = [name_of(model, row.pk)]
    if field.primary_key:
        names.append(name_of(model, new))
    if model is Leaf:
        names += [f"leaf {row.index + 1}", row.event_id]
    if model is Secret:
        names.append(row.event_id)
    return Deed(f"{model._meta.label}.{field.name} of {row.pk}: {old!r} -> {new!r}", tuple(names))


def delete_a_row(rng: random.Random, model: type[models.Model], _kind: str) -> Deed | None:
    """One row less."""
    row = any_row(rng, model)
    names = [name_of(model, row.pk)]
    if model is Leaf:
        names += [f"leaf {row.index + 1}", f"event {row.event_id}"]
    if model is Checkpoint:
        # what is missing is told by the next one, or by leaves that nobody signed
        names += [f"checkpoint {c.size}" for c in Checkpoint.objects.filter(size__gt=row.size)]
        names += [f"leaf {row.previous}"]
    if model is Event:
        names.append(row.id)
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM {model._meta.db_table} WHERE "{model._meta.pk.column}" = %s', [row.pk])
    return Deed(f"deleted {model._meta.label} {row.pk}", tuple(names))


def add_a_row(rng: random.Random, model: type[models.Model], _kind: str) -> Deed | None:
    """A row that no event speaks of."""
    row = any_row(rng, model)
    key = row.pk[0] + "".join(rng.choices("0123456789abcdefghjkmnpqrstvwxyz", k=13))
    values = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        if field.unique:
            values[field.attname] = key if field.primary_key else _other(rng, field, values[field.attname])
    model(**values).save(force_insert=True)
    return Deed(f"added {model._meta.label} {key}", (key,))


def change_the_queue(rng: random.Random) -> Deed | None:
    """Take an event from those that wait for the sealer, or put a sealed one there."""
    if rng.random() < 0.5:
        waiting = any_row(rng, Unsealed)
        Unsealed.objects.filter(pk=waiting.pk).delete()
        return Deed(f"took {waiting.pk} off the queue", (waiting.pk,))
    sealed = any_row(rng, Leaf).event_id
    Unsealed.objects.create(event_id=sealed)
    return Deed(f"queued {sealed} again", (sealed,))


def any_row(rng: random.Random, model: type[models.Model]) -> Any:
    """One of the table's rows."""
    return model._base_manager.order_by("pk")[rng.randrange(model._base_manager.count())]


def name_of(model: type[models.Model], key: object) -> str:
    """How a finding names the row."""
    return NAMES.get(model, f"{model._meta.db_table} {{}}").format(key)


def _other(rng: random.Random, field: models.Field[Any, Any], old: Any) -> Any:
    """Another value that the column takes."""
    if field.null and old is not None and rng.random() < 0.2:
        return None
    if isinstance(field, models.BooleanField):
        return not old
    if isinstance(field, models.DateTimeField):
        return (old or dt.datetime(2026, 1, 1, tzinfo=dt.UTC)) + dt.timedelta(
            microseconds=rng.choice([1, 10**6, 10**12])
        )
    if isinstance(field, models.DateField):
        return (old or dt.date(2026, 1, 1)) + dt.timedelta(days=rng.choice([-1, 1, 365]))
    if isinstance(field, models.IntegerField):
        return (old or 0) + rng.choice([1, 2, 1000])
    if isinstance(field, models.FloatField):
        return (old or 0.0) + rng.choice([1, 0.001])
    if isinstance(field, models.BinaryField):
        raw = bytearray(bytes(old or b"x"))
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
        return bytes(raw)
    if isinstance(field, models.ForeignKey):
        return any_row(rng, field.related_model).pk
    text = str(old or "")
    at = rng.randrange(len(text) + 1)
    room = field.max_length is None or len(text) < field.max_length
    return rng.choice(
        [text[:at] + rng.choice("x9改 ") + text[at + (not room) :], text[:at] + text[at + 1 :], ""]
    )
