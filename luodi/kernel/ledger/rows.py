"""Rows whose every change is an event: the base of all that the ledger can rebuild."""

from __future__ import annotations

import datetime as dt
import decimal
import hashlib
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from django.apps import apps
from django.db import models

from luodi.kernel.ids import SHARED, later_than, new_id
from luodi.kernel.privacy.classes import Privacy


class LedgerRow(models.Model):
    """A row written only by an open action (``action.py``), which puts its image into the event.

    ``LETTER`` begins its ids; rows without a page that no event names as its subject keep the shared one: they are found by
    foreign keys, never by the letter. ``PRIVACY`` classes every field; fields that can be computed anew from others, such as a
    float kept for ordering, are named in ``DERIVED``: of these an image holds only a digest. A field called ``sha256`` names
    kept bytes (DATA/files/ab/<sha256>), which ``verify`` hashes again.
    """

    LETTER: ClassVar[str] = SHARED
    PRIVACY: ClassVar[Privacy]
    DERIVED: ClassVar[tuple[str, ...]] = ()
    IS_RESTED_ON: ClassVar[bool] = (
        False  # whether answers that ``action.once`` remembers rest on rows of this kind
    )

    id = models.CharField(primary_key=True, max_length=14, editable=False)

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.id:
            self.id = new_id(self.LETTER)


def put_after(row: LedgerRow, newest: str | None) -> None:
    """Give ``row``, not yet written, an id that sorts after ``newest``, whatever the clock of this machine says.

    For rows of which the latest counts; ``newest`` is read under the lock that each of their writers takes.
    """
    if newest is not None and row.id <= newest:
        row.id = later_than(newest)


@dataclass(frozen=True, slots=True)
class Image:
    """A row as an event holds it: fields that anybody may see, fields for staff, fields of a person, digests of derived ones."""

    public: dict[str, Any] = field(default_factory=dict)
    closed: dict[str, Any] = field(default_factory=dict)
    personal: dict[str, Any] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Every field's value, and of derived fields the digest."""
        return {**self.public, **self.closed, **self.personal, **self.derived}


def ledger_models() -> list[type[LedgerRow]]:
    """Every installed kind of row that the ledger can rebuild, in the order of their tables' names."""
    found = [model for model in apps.get_models() if issubclass(model, LedgerRow)]
    return sorted(found, key=lambda model: model._meta.db_table)


def image_fields(model: type[LedgerRow]) -> list[models.Field[Any, Any]]:
    """The fields that an image of ``model`` holds, in the order of the model."""
    return [f for f in model._meta.concrete_fields if f.name not in model.DERIVED]


# of these kinds of field a value of this type stands in memory, in JSON and in the database alike
ALIKE: dict[type, type] = {
    models.CharField: str,
    models.TextField: str,
    models.ForeignKey: str,
    models.OneToOneField: str,
    models.IntegerField: int,
    models.BigIntegerField: int,
    models.BooleanField: bool,
}


def is_alike(field: models.Field[Any, Any], value: Any) -> bool:
    """Whether the value needs no conversion, neither for the database nor for an image; subclasses of fields may."""
    if value == "" and field.is_relation:
        return False  # nobody: the field makes it NULL
    return value is None or type(value) is ALIKE.get(type(field))


def value_of(row: LedgerRow, field: models.Field[Any, Any]) -> Any:
    """The value of one field as canonical JSON holds it."""
    value = getattr(row, field.attname)
    return value if is_alike(field, value) else plain(field.to_python(value))


def plain(value: Any) -> Any:
    """A value as JSON without loss: instants in UTC to the microsecond, days in ISO form, decimals as text."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(
        f"{type(value).__name__} has no canonical form; use text, integers, decimals, days or instants"
    )


def image_of(row: LedgerRow) -> Image:
    """The image of ``row`` as it stands in memory. A model whose ``id`` is not public has no public image at all."""
    image = Image()
    values = row.__dict__
    for each, part, kind in _image_plan(type(row)):
        value = values.get(each.attname)
        if part == "derived":
            image.derived[each.name] = derived_digest(each.to_python(getattr(row, each.attname)))
        elif value is not None and type(value) is kind and (value or not each.is_relation):
            getattr(image, part)[each.name] = value
        else:
            getattr(image, part)[each.name] = value_of(row, each)
    return image


@cache
def _image_plan(model: type[LedgerRow]) -> tuple[tuple[models.Field[Any, Any], str, type | None], ...]:
    """Of every field: into which part of an image it goes, and of which type it goes there as it stands."""
    privacy = model.PRIVACY
    hidden = "id" not in privacy.public

    def part(name: str) -> str:
        if name in model.DERIVED:
            return "derived"
        if name in privacy.personal:
            return "personal"
        return "public" if name in privacy.public and not hidden else "closed"

    return tuple((f, part(f.name), ALIKE.get(type(f))) for f in model._meta.concrete_fields)


def derived_digest(value: Any) -> str:
    """SHA-256 over a derived value: text as UTF-8 (so that of a source's text is the hash of that text), else its plain form."""
    return hashlib.sha256((value if isinstance(value, str) else repr(value)).encode("utf-8")).hexdigest()
