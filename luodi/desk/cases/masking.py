"""What stands instead of a sensitive field for whoever may not read it: who may."""

from __future__ import annotations

from django.utils.translation import gettext

from luodi.desk.cases.one_case import OneCase


def mask(one: OneCase) -> str:
    """已隐去，只有区住建局、区审计局、区督查室看得见."""
    row = one.row
    units = [row.unit.name, *([row.verifier_unit.name] if row.verifier_unit else []), row.office_unit.name]
    return gettext("已隐去，只有%(units)s看得见") % {"units": gettext("、").join(dict.fromkeys(units))}
