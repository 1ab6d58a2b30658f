"""What stands instead of a sensitive field for whoever may not read it, and instead of one that does not open."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from luodi.desk.cases.one_case import OneCase
from luodi.kernel.privacy.field_keys import KeyMissing
from luodi.kernel.privacy.sealing import SealBroken, why_shut

MASKED = _("已隐去")


def mask(one: OneCase) -> str:
    """已隐去，只有区住建局、区审计局、区督查室看得见."""
    row = one.row
    units = [row.unit.name, *([row.verifier_unit.name] if row.verifier_unit else []), row.office_unit.name]
    return gettext("已隐去，只有%(units)s看得见") % {"units": gettext("、").join(dict.fromkeys(units))}


def opened(row: Model, field: str) -> Any:
    """The value of a field; of one that is sealed and does not open here, why: the rest of the page goes on."""
    try:
        return getattr(row, field)
    except (KeyMissing, SealBroken) as fault:
        return why_shut(fault)
