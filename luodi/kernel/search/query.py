"""SQL put together of constant text and bound values; nothing a person typed is ever part of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and the values of its ``%s`` places, in order."""

    text: str = ""
    values: tuple[Any, ...] = ()

    def __add__(self, other: Sql) -> Sql:
        return Sql(self.text + other.text, self.values + other.values)


def narrowing(
    *, public_only: bool, kinds: Sequence[str], before: int | None = None, key: str = "e.id"
) -> Sql:
    """Further conditions on an entry named ``e``; ``before`` is an entry id (column ``key``) that the page stays below."""
    narrowed = Sql()
    if public_only:
        narrowed += Sql(" AND e.is_public")
    if kinds:
        narrowed += Sql(f" AND e.kind IN ({', '.join(['%s'] * len(kinds))})", tuple(kinds))
    if before is not None:
        narrowed += Sql(f" AND {key} < %s", (before,))
    return narrowed
