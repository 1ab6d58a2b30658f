"""What of a field may be shown to whom, by the class its model gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from django.db.models import Model

from luodi.kernel.attributes import kept_attribute
from luodi.kernel.privacy.classes import Privacy, PrivacyClass
from luodi.kernel.privacy.field_keys import KeyMissing
from luodi.kernel.privacy.masks import mask_identity_number, mask_name, mask_phone, mask_plate, mask_text
from luodi.kernel.privacy.sealing import SealBroken

# anybody · staff at their desk · staff whose task at hand needs the value
Viewer = Literal["anybody", "staff", "task"]
_MAY_SEE: dict[Viewer, tuple[PrivacyClass, ...]] = {
    "anybody": ("public",),
    "staff": ("public", "on_request", "internal"),
    "task": ("public", "on_request", "internal", "sensitive"),
}
_MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name,
    "phone": mask_phone,
    "identity_number": mask_identity_number,
    "plate": mask_plate,
}
HIDDEN = "（不公开）"
SHUT = "（打不开）"


def shown(row: Model, field: str, viewer: Viewer) -> Any:
    """The value of ``field`` as ``viewer`` may see it: as it is, masked (staff, sensitive), ``HIDDEN``; ``SHUT`` where it is
    sealed and does not open here.

    Raises ``LookupError`` for a field without a class.
    """
    privacy: Privacy = row.PRIVACY  # type: ignore[attr-defined]
    privacy_class = privacy.class_of(field)
    try:
        value = getattr(row, field)
    except (KeyMissing, SealBroken):
        return SHUT if viewer != "anybody" else HIDDEN
    if value is None or privacy_class in _MAY_SEE[viewer]:
        return value
    if viewer == "staff":
        return _MASKS.get(field, mask_text)(str(value))
    return HIDDEN


def public_values(row: Model) -> dict[str, Any]:
    """The public fields of a row with their plain column values: all that an open data file may hold of it."""
    privacy: Privacy = row.PRIVACY  # type: ignore[attr-defined]
    return {name: getattr(row, kept_attribute(row, name)) for name in privacy.public}
