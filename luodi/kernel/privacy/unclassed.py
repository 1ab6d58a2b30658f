"""Finds fields that nobody has classed, or classed twice, or that are called personal and cannot be erased."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Field, Model

from luodi.kernel.privacy.classes import Privacy


def faults(models: Iterable[type[Model]]) -> list[str]:
    """What is wrong with the privacy classes of ``models``, one sentence each; empty where all is well."""
    found: list[str] = []
    for model in models:
        privacy = getattr(model, "PRIVACY", None)
        if isinstance(privacy, Privacy):
            found += _faults_of(model, privacy)
        else:
            found.append(f"{model._meta.label}: has no PRIVACY")
    return found


def _faults_of(model: type[Model], privacy: Privacy) -> list[str]:
    label = model._meta.label
    fields: dict[str, Field[Any, Any]] = {field.name: field for field in model._meta.concrete_fields}
    named = privacy.all()
    found = [f"{label}.{name}: has no privacy class" for name in fields if name not in named]
    found += [f"{label}.{name}: is classed but is no field" for name in sorted(set(named) - set(fields))]
    found += [f"{label}.{name}: is classed twice" for name in sorted(set(named)) if named.count(name) > 1]
    for name in privacy.personal:
        if name not in fields:
            found.append(f"{label}.{name}: is personal but is no field")
        elif name in privacy.public:
            found.append(f"{label}.{name}: is personal and public")
        elif not fields[name].null:
            found.append(f"{label}.{name}: is personal and cannot be emptied (null=True is needed)")
    return found
