"""A text column whose values lie sealed in the database (``sealed_value.py``): each is bound to its table, row and field.

In Python it reads like any text, opened when looked at. The database can be asked whether there is one, and nothing else: it
cannot compare what it cannot read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from luodi.kernel.privacy.sealed_value import MARK, opened_value, sealed_value
from luodi.kernel.privacy.sealing import SealBroken


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value as it stands in the database, not opened yet."""

    text: str

    def __str__(self) -> str:
        return "（已加密）"


class OpenedText(str):
    """What was read, with what stands in the database for it: a row that is copied as it stands is not sealed anew."""

    stored: str


def sealed_text(plain: str, place: str) -> str:
    """``plain`` sealed for one place (``table.row.field``)."""
    return sealed_value(plain.encode(), place)


def opened_text(sealed: str, place: str) -> OpenedText:
    """What was sealed for that place. Raises ``SealBroken``, ``KeyMissing``."""
    try:
        return _as_it_stands(opened_value(sealed, place).decode(), sealed)
    except UnicodeDecodeError as cause:
        raise SealBroken(f"what is sealed at {place} is no text") from cause


class SealedAttribute(DeferredAttribute):
    """Opens the value when it is first looked at."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = opened_text(value.text, place_of(self.field, instance))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.TextField):  # type: ignore[type-arg]  # Django's own takes none while it runs
    """Text that is sealed on its way into the database. Older rows that are not sealed yet are read as they are."""

    descriptor_class = SealedAttribute

    def from_db_value(
        self, value: str | None, _expression: Any, _connection: Any
    ) -> Sealed | OpenedText | None:
        """What the database holds, to be opened by whoever looks at it."""
        if value is None or value.startswith(MARK):
            return value if value is None else Sealed(value)
        return _as_it_stands(value, value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: ARG002 (Django's signature)
        """Sealed for this very row."""
        value = getattr(model_instance, self.attname)
        return None if value is None else Sealed(sealed_text(value, place_of(self, model_instance)))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """What was sealed, as it stands. Raises ``TypeError`` for open text: only a row can seal it."""
        if isinstance(value, Sealed):
            value = value.text
        elif isinstance(value, OpenedText):
            value = value.stored
        elif value is not None:
            raise TypeError(f"{self.name} is sealed for each row by itself; save the row")
        return super().get_db_prep_save(value, connection)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is one."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


def is_held(row: models.Model, name: str) -> bool:
    """Whether a row holds a value in a field. What is sealed is not opened for it: its key may not be here."""
    field = row._meta.get_field(name)
    attribute = str(getattr(field, "attname", name))
    return (row.__dict__[attribute] if attribute in row.__dict__ else getattr(row, attribute)) is not None


def _as_it_stands(plain: str, stored: str) -> OpenedText:
    found = OpenedText(plain)
    found.stored = stored
    return found


def place_of(field: models.Field[Any, Any], instance: models.Model) -> str:
    """What a value is bound to."""
    return f"{instance._meta.db_table}.{instance.pk}.{field.column}"
