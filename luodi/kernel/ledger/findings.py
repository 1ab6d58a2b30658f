"""What ``verify`` found, one sentence each, and rows read one after another even where some cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, connection, models

M = TypeVar("M", bound=models.Model)
_CHUNK = 200
# what a value that was tampered with may raise when it is read: the database's own, a decoder's, a parser's
UNREADABLE = (DatabaseError, ValidationError, ValueError, TypeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` says what kind, ``name`` which event, row, file or trigger, ``message`` what is wrong with it, in Chinese.

    Not everything found is wrong: events that wait for the sealer are listed, too.
    """

    code: str
    name: str
    message: str
    is_wrong: bool = True

    def __str__(self) -> str:
        return f"{self.name}: {self.message}({self.code})"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that is there and cannot be read."""

    key: str | int
    why: str


def each(model: type[M], **filters: object) -> Iterator[M | Unreadable]:
    """Every row of ``model`` in the order of its keys, few at a time; one that cannot be read is told and passed over."""
    last: object = None
    rows = model._base_manager.filter(**filters).order_by("pk")
    while True:
        keys = list(
            (rows if last is None else rows.filter(pk__gt=last)).values_list("pk", flat=True)[:_CHUNK]
        )
        try:
            yield from list(rows.filter(pk__in=keys) if keys else ())
        except UNREADABLE:
            yield from _one_by_one(model, keys)
        if len(keys) < _CHUNK:
            return
        last = keys[-1]


def _one_by_one(model: type[M], keys: list[str | int]) -> Iterator[M | Unreadable]:
    for key in keys:
        try:
            yield model._base_manager.get(pk=key)
        except ObjectDoesNotExist:
            yield Unreadable(key, "索引里有，表里没有")
        except UNREADABLE as error:
            yield Unreadable(key, f"{type(error).__name__}: {error}"[:200])


@contextmanager
def snapshot() -> Iterator[None]:
    """Within, the database stands still for this connection, and nobody else waits for it."""
    if connection.in_atomic_block:
        yield
        return
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            "BEGIN" if is_sqlite else "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
        )
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
