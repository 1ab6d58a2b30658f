"""Rows whose every change is an event: the base of all that the ledger can rebuild."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any, ClassVar

from django.db import models

from luodi.kernel.ids import new_id
from luodi.kernel.privacy.classes import Privacy


class LedgerRow(models.Model):
    """A row written only by an open action (``action.py``), which puts its image into the event.

    ``LETTER`` begins its ids; ``PRIVACY`` classes every field; fields that can be computed anew from others, such as a
    float kept for ordering, are named in ``DERIVED`` and are not part of the image.
    """

    LETTER: ClassVar[str]
    PRIVACY: ClassVar[Privacy]
    DERIVED: ClassVar[tuple[str, ...]] = ()

    id = models.CharField(primary_key=True, max_length=14, editable=False)

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.id:
            self.id = new_id(self.LETTER)


def image_fields(model: type[LedgerRow]) -> list[models.Field[Any, Any]]:
    """The fields that an image of ``model`` holds, in the order of the model."""
    return [f for f in model._meta.concrete_fields if f.name not in model.DERIVED]


def value_of(row: LedgerRow, field: models.Field[Any, Any]) -> Any:
    """The value of one field as canonical JSON holds it."""
    return plain(getattr(row, field.attname))


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
    raise TypeError(f"{type(value).__name__} has no canonical form; use text, integers, decimals, days or instants")


def images(row: LedgerRow) -> tuple[dict[str, Any], dict[str, Any]]:
    """The open and the personal part of the row's image: field name to plain value."""
    personal_names = row.PRIVACY.personal
    open_part: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    for field in image_fields(type(row)):
        (personal if field.name in personal_names else open_part)[field.name] = value_of(row, field)
    return open_part, personal
