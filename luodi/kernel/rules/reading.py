"""Rules from TOML: each fault is named with its rule, so that whoever wrote the file can mend it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from luodi.kernel.rules.rule import Rule

_OWN = {each.name for each in fields(Rule)} - {"values", "is_override"}
_NEEDED = ("name", "title", "source_title", "article", "evidence", "effective_from")


def read_rules(text: str, *, is_override: bool = False) -> tuple[Rule, ...]:
    """The ``[[rule]]`` tables of a TOML text; whatever a table names beyond a rule's own fields is one of its values.

    Raises ``ValueError`` naming the rule and what is wrong with it.
    """
    return tuple(rule_of(row, is_override=is_override) for row in tomllib.loads(text).get("rule", ()))


def rule_of(row: Mapping[str, Any], *, is_override: bool = False) -> Rule:
    """One rule from a plain row. Raises ``ValueError``."""
    name = row.get("name", "?")
    if missing := [key for key in _NEEDED if not row.get(key)]:
        raise ValueError(f"rule {name!r} lacks {', '.join(missing)}")
    given = {key: value for key, value in row.items() if key in _OWN}
    given["applies_to"] = {fact: tuple(allowed) for fact, allowed in row.get("applies_to", {}).items()}
    values = {key: value for key, value in row.items() if key not in _OWN}
    if odd := [key for key, value in values.items() if not isinstance(value, int | str | bool)]:
        raise ValueError(f"rule {name!r}: {odd[0]} is neither text, whole number nor yes or no")
    return Rule(**given, values=values, is_override=is_override)
