"""Under which attribute a model's row holds a field as the database keeps it."""

from __future__ import annotations

from django.db.models import Field, Model


def kept_attribute(model: type[Model] | Model, name: str) -> str:
    """``unit_id`` for the field ``unit``; the field's own name where it points to nothing.

    Raises ``FieldDoesNotExist``, and ``TypeError`` for what is a way back from another table and not a field.
    """
    field = model._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{model._meta.label}.{name} is a way back, not a field")
    return field.attname
