"""``/desk/projects/statistics``: the statistics bureau's sheet of a month is quoted as it stands; nobody types these figures.

Columns are confirmed by a person, every row is looked over beside what was quoted before, then quoted in turns.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.areas.projects.desk.asking import BASE, usual_month
from luodi.areas.projects.desk.sheet_steps import RowsGiven, Steps
from luodi.areas.projects.months import last_day_of, month_of
from luodi.areas.projects.quoting import KINDS, QuoteRow, planned, prepare, quote
from luodi.areas.projects.statistics_sheet import USE, figure_drafts, month_end_named
from luodi.desk.doors import role_door
from luodi.kernel.clocks.now import today
from luodi.kernel.files.models import KeptFile
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.faults import Fault


@dataclass(frozen=True)
class Given(RowsGiven):
    """A sheet of statistics: of one month, to the day that a person confirmed."""

    @property
    def as_of(self) -> dt.date:
        """The day its figures are of: as a person gave it, as the title says, else the end of the last month that is over."""
        if self.held.as_of:
            return dt.date.fromisoformat(self.held.as_of)
        named = month_end_named(self.table.title, self.held.name)
        return named if named is not None and named <= today() else last_day_of(usual_month())

    @property
    def paper(self) -> str:
        """What the figures are quoted from: the sheet's own title, else the file's name."""
        title = re.split(r"\s*[（(]?\s*(?:计量)?单位\s*[:：]", self.table.title)[0].strip()
        return title or self.held.name

    @cached_property
    def rows(self) -> Sequence[QuoteRow]:
        """What each row becomes."""
        return prepare(figure_drafts(self.table, self.columns), self.as_of, self.actor)

    @property
    def shown(self) -> Mapping[str, Any]:
        """Of which month and day the figures are, and from which paper."""
        return {"as_of": self.as_of, "month": month_of(self.as_of), "paper": self.paper}

    @property
    def asked(self) -> str:
        """The day, as a field of a form has it."""
        return self.as_of.isoformat()

    def take(self, typed: str) -> None:
        """Take the day of the figures. Raises ``Refusal``: ``day-missing``, ``day-to-come``."""
        try:
            day = dt.date.fromisoformat(typed.strip())
        except ValueError:
            raise Refusal("day-missing", gettext("数字截至哪一天没有填。请填，如2026-08-31。")) from None
        if day > today():
            raise Refusal("day-to-come", gettext("数字截至的那一天还没有到。请核对。"))
        self.held.as_of = day.isoformat()

    def plan(self) -> list[list[Any]]:
        """The rows to be quoted."""
        return planned(self.rows)

    def enter(self, rows: Sequence[Sequence[Any]], kept: KeptFile) -> tuple[int, Sequence[Fault]]:
        """Quote some of them."""
        made = quote(rows, self.as_of, by=self.actor, paper=self.paper, source=kept)
        return made.made, made.faults


STEPS = Steps(
    use=USE,
    where=f"{BASE}/statistics",
    name="statistics",
    opened=Given,
    kinds=KINDS,
    order=("faulty", "changed", "new", "same", "other"),
    asks="as_of",
    other=gettext_noop("这张表不是统计表。请从“录统计数”再传一次。"),
    nothing=gettext_noop("没有可以引用的行，什么都没有录。"),
    entered=gettext_noop("引用了%(count)s个项目的统计数，每个都记着出自哪一格。"),
    dropped=gettext_noop("传上来的表清掉了，引用过的都在。"),
)


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def statistics(request: HttpRequest) -> HttpResponse:
    """Send a sheet, or go on with one that was sent."""
    return STEPS.begin(request)


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/statistics/<token>/columns``: what each column is and the day the figures are of."""
    return STEPS.columns(request, token)


@role_door("office")
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/statistics/<token>/preview``: what each row becomes, or how far the rows have come."""
    return STEPS.preview(request, token)


@role_door("office")
@require_POST
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/statistics/<token>/enter``: as many of the good rows as one turn takes."""
    return STEPS.enter(request, token)


@role_door("office")
@require_safe
def returned(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/statistics/<token>/returned.xlsx``: the sheet with every faulty cell marked and said."""
    return STEPS.returned(request, token)


@role_door("office")
@require_POST
def drop(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/statistics/<token>/drop``: what was laid by is destroyed; what was quoted stays."""
    return STEPS.drop(request, token)
