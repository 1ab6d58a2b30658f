"""Which due matters a person asks for, as the address says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from luodi.desk.cases.listing_keyset import Mark, mark_of
from luodi.desk.cases.listing_words import LIGHTS

BASE = "/desk/inbox"
WHOSE = ("unit",)
_KIND = re.compile(r"[a-z][a-z_]{0,39}")


@dataclass(frozen=True, slots=True)
class Asked:
    """``whose``: empty for one's own post, ``unit`` for all that one's unit answers for. ``at``: where the page begins."""

    whose: str = ""
    kind: str = ""
    light: str = ""
    at: str = ""

    def href(self, **changed: Any) -> str:
        """The address of this choice with some parts changed; a changed choice begins at its first page."""
        query = replace(self, **{"at": "", **changed}).query
        return f"{BASE}?{query}" if query else BASE

    @property
    def query(self) -> str:
        """What stands behind the question mark."""
        given = {"whose": self.whose, "kind": self.kind, "light": self.light, "at": self.at}
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def mark(self) -> Mark | None:
        """Where the page begins."""
        return mark_of(self.at)

    @property
    def is_narrow(self) -> bool:
        """Whether a kind or a light was chosen."""
        return bool(self.kind or self.light)


def asked(query: Mapping[str, str]) -> Asked:
    """Read a query. Never raises; what is not understood counts as not asked."""
    kind, whose, light = (query.get(name, "") for name in ("kind", "whose", "light"))
    mark = mark_of(query.get("at", ""))
    return Asked(
        whose=whose if whose in WHOSE else "",
        kind=kind if _KIND.fullmatch(kind) else "",
        light=light if light in LIGHTS else "",
        at=str(mark) if mark else "",
    )
