"""Which projects a person asks for, as the address says it: every choice is a plain address that can be kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from luodi.areas.projects.indicators import LEVELS
from luodi.areas.projects.months import month_of, plus_months
from luodi.areas.projects.stages import STAGE
from luodi.kernel.clocks.now import today
from luodi.kernel.ids import is_id

BASE = "/desk/projects"
LIGHTS = ("red", "amber", "green", "none")
LONGEST_TEXT = 60
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Asked:
    """``month`` is the last month looked at, ``page`` counts from 1, ``leader`` is a post."""

    month: dt.date
    level: str = ""
    stage: str = ""
    light: str = ""
    leader: str = ""
    unit: str = ""
    mine: bool = False
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
            "month": "" if self.month == usual_month() else f"{self.month:%Y-%m}",
            "level": self.level,
            "stage": self.stage,
            "light": self.light,
            "leader": self.leader,
            "unit": self.unit,
            "mine": "1" if self.mine else "",
            "q": self.text,
            "page": str(self.page) if self.page > 1 else "",
        }
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the month was chosen."""
        return bool(replace(self, page=1, month=usual_month()).query)


def usual_month() -> dt.date:
    """The last month that is over: the present one is still being reported."""
    return plus_months(month_of(today()), -1)


def asked(query: Mapping[str, str]) -> Asked:
    """Read a query. Never raises; what is not understood counts as not asked."""
    level, stage, light = (query.get(name, "") for name in ("level", "stage", "light"))
    leader, unit, number = (query.get(name, "") for name in ("leader", "unit", "page"))
    return Asked(
        month=_month(query.get("month", "")),
        level=level if level in LEVELS else "",
        stage=stage if stage in STAGE else "",
        light=light if light in LIGHTS else "",
        leader=leader if is_id(leader, "o") else "",
        unit=unit if is_id(unit, "u") else "",
        mine=query.get("mine", "") == "1",
        text=" ".join(query.get("q", "").replace("\0", "").split())[:LONGEST_TEXT],
        page=int(number) if re.fullmatch(r"[1-9][0-9]{0,3}", number) else 1,
    )


def _month(text: str) -> dt.date:
    match = _MONTH.fullmatch(text)
    if match is None:
        return usual_month()
    return min(dt.date(int(match[1]), int(match[2]), 1), month_of(today()))
