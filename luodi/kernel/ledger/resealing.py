"""What lies sealed under the district's keys: how much under which, and all of it sealed anew under the newest.

Two kinds of place: the keys of secrets, and fields that are sealed (``privacy.sealed_field``). Sealing anew changes nothing of
what is said: rows and events tell the same as before, so each piece of it is one event with the number of places and no image.
It may be stopped and begun again, beside a working server; whoever writes meanwhile seals under the newest key anyway.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection

from luodi.kernel.ledger import sweeping
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.ledger.models import Secret
from luodi.kernel.ledger.personal import sealed_anew
from luodi.kernel.privacy.field_keys import KeyMissing, newest_key
from luodi.kernel.privacy.sealed_field import SealedTextField
from luodi.kernel.privacy.sealed_value import MARK, cipher_that_seals, opened_value, sealed_value
from luodi.kernel.privacy.sealing import SealBroken

_AT_A_TIME = 500
_AS_FAR_AS_THE_ID = len(MARK) + 9  # an id has eight signs, and a colon follows


@dataclass(frozen=True, slots=True)
class Column:
    """Where sealed values stand: a text column, or the key of a secret, which is of bytes."""

    table: str
    name: str
    is_bytes: bool = False

    def stored(self, text: str) -> str | bytes:
        """Text of ours as the column holds it."""
        return text.encode("ascii") if self.is_bytes else text

    def read(self, value: str | bytes) -> str:
        """What the column holds as text."""
        return value if isinstance(value, str) else bytes(value).decode("ascii", "replace")

    def anew(self, text: str, row: str) -> str | bytes:
        """The value sealed under the newest key. Raises ``SealBroken``, ``KeyMissing``."""
        if self.is_bytes:
            return sealed_anew(text.encode("ascii", "replace"), row)
        place = f"{self.table}.{row}.{self.name}"
        return sealed_value(opened_value(text, place) if text.startswith(MARK) else text.encode(), place)


@dataclass
class Resealed:
    """How far it came: places sealed anew, those that do not open, and keys that are not here with what needs them."""

    done: int = 0
    broken: int = 0
    missing: Counter[str] | None = None


def columns() -> list[Column]:
    """Every place where something lies sealed."""
    fields = [
        Column(model._meta.db_table, str(field.column))
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
    ]
    return [Column(Secret._meta.db_table, "key", is_bytes=True), *sorted(fields, key=lambda f: f.table)]


def in_use() -> Counter[str]:
    """How many places lie under each key, by its id; under ``""`` what is not sealed yet."""
    found: Counter[str] = Counter()
    for column in columns():
        # a row of before may hold open text: only that there is some is asked
        query = (
            f"SELECT CASE WHEN substr({column.name}, 1, {len(MARK)}) = %s "  # noqa: S608 (our own names)
            f"THEN substr({column.name}, 1, {_AS_FAR_AS_THE_ID}) END, count(*) "
            f"FROM {column.table} WHERE {column.name} IS NOT NULL GROUP BY 1"
        )
        with connection.cursor() as cursor:
            cursor.execute(query, [column.stored(MARK)])
            for head, count in cursor.fetchall():
                found["" if head is None else column.read(head).split(":")[1]] += count
    return found


def waiting(data: Path) -> int:
    """How many places are not sealed under the newest key and the cipher that is set."""
    return sum(_count(column, _head(data)) for column in columns())


def reseal(data: Path, *, by: Actor, told: Callable[[int], None] = lambda _: None) -> Resealed:
    """Seal everything under the newest key; ``told`` hears after each piece how many places are done."""
    result, head = Resealed(missing=Counter()), _head(data)
    for column in columns():
        for rows in _pieces(column, head):
            with action("field_key.resealed", by=by, subject="") as act:
                done = sum(_one(column, row, value, result) for row, value in rows)
                act.data |= {"table": column.table, "field": column.name, "places": done, "key": head}
            result.done += done
            told(result.done)
    if result.done:
        sweeping.note(data, ())
        sweeping.sweep_if_due(data)
    return result


def _one(column: Column, row: str, value: str | bytes, result: Resealed) -> bool:
    """Only where nobody wrote it meanwhile: who did has sealed it anew, or erased it."""
    try:
        anew = column.anew(column.read(value), row)
    except KeyMissing as without:
        assert result.missing is not None
        result.missing[without.key] += 1
        return False
    except SealBroken:
        result.broken += 1
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {column.table} SET {column.name} = %s WHERE id = %s AND {column.name} = %s",  # noqa: S608
            [anew, row, value],
        )
        return bool(cursor.rowcount == 1)


def _pieces(column: Column, head: str) -> Iterator[list[tuple[str, str | bytes]]]:
    """Ids and values that are not sealed as ``head`` says, a few at a time."""
    last = ""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {column.name} FROM {column.table} WHERE {_waits(column, head)} AND id > %s "  # noqa: S608
                f"ORDER BY id LIMIT {_AT_A_TIME}",
                [column.stored(head), last],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield rows


def _count(column: Column, head: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {column.table} WHERE {_waits(column, head)}",  # noqa: S608
            [column.stored(head)],
        )
        return int(cursor.fetchone()[0])


def _waits(column: Column, head: str) -> str:
    return f"{column.name} IS NOT NULL AND substr({column.name}, 1, {len(head)}) <> %s"


def _head(data: Path) -> str:
    """How everything begins that is sealed as it would be now."""
    return f"{MARK}{newest_key(data)}:{cipher_that_seals()}:"
