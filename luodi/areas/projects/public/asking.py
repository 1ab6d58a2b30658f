"""Which projects a reader asks for, as the address says it: every choice is a plain address that can be kept and sent on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from luodi.areas.projects.indicators import LEVELS
from luodi.areas.projects.stages import STAGE
from luodi.kernel.ids import is_id

BASE = "/projects"
LIGHTS = ("red", "amber", "green", "none")
LONGEST_TEXT = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """``place`` is a place of the register, ``page`` counts from 1."""

    level: str = ""
    stage: str = ""
    place: str = ""
    light: str = ""
    text: str = ""
    page: int = 1

    def href(self, base: str = BASE, **changed: Any) -> str:
        """The address of this choice with some parts changed; a changed choice begins at its first page."""
        query = replace(self, **{"page": 1, **changed}).query
        return f"{base}?{query}" if query else base

    @property
    def query(self) -> str:
        """What stands behind the question mark."""
        given = {
            "level": self.level,
            "stage": self.stage,
            "place": self.place,
            "light": self.light,
            "q": self.text,
            "page": str(self.page) if self.page > 1 else "",
        }
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def is_narrow(self) -> bool:
        """Whether anything was chosen."""
        return bool(replace(self, page=1).query)


def asked(query: Mapping[str, str]) -> Asked:
    """Read a query. Never raises; what is not understood counts as not asked."""
    level, stage, light, place, number = (
        query.get(name, "") for name in ("level", "stage", "light", "place", "page")
    )
    return Asked(
        level=level if level in LEVELS else "",
        stage=stage if stage in STAGE else "",
        place=place if is_id(place, "l") else "",
        light=light if light in LIGHTS else "",
        text=" ".join(query.get("q", "").replace("\0", "").split())[:LONGEST_TEXT],
        page=int(number) if re.fullmatch(r"[1-9][0-9]{0,3}", number) else 1,
    )
