"""``/desk/projects/sheet``: the office's sheet of projects: columns confirmed, looked over row by row, entered in turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.sheet_steps import RowsGiven, Steps
from luodi.areas.projects.importing import KINDS, SheetRow, prepare
from luodi.areas.projects.sheet_columns import USE, missing_columns, propose_columns
from luodi.areas.projects.sheet_entering import enter as enter_rows
from luodi.areas.projects.sheet_entering import planned
from luodi.areas.projects.sheet_rows import project_drafts
from luodi.desk.doors import role_door
from luodi.kernel.clocks.now import today
from luodi.kernel.files.models import KeptFile
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.lookups import remembered
from luodi.kernel.sheets.proposing import Proposal


@dataclass(frozen=True)
class Given(RowsGiven):
    """A sheet of projects: its columns are proposed with the months of the plan."""

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What each column may be."""
        return propose_columns(self.table, remembered(USE, self.table))  # type: ignore[arg-type]

    @property
    def plan_year(self) -> int:
        """The year of the plan: as a person gave it, as the title says, else the present one, which the page shows."""
        return self.year or today().year

    @cached_property
    def rows(self) -> Sequence[SheetRow]:
        """What each row becomes."""
        return prepare(project_drafts(self.table, self.columns, self.plan_year), self.plan_year)

    @property
    def shown(self) -> Mapping[str, Any]:
        """The year of the plan."""
        return {"year": self.plan_year}

    @property
    def asked(self) -> str:
        """The year of the plan."""
        return str(self.plan_year)

    def take(self, typed: str) -> None:
        """The year was taken together with the place of the table."""

    def plan(self) -> list[list[Any]]:
        """The good rows; the year is kept, so that no turn reads the sheet for it."""
        self.held.year = self.plan_year
        return planned(self.rows)

    def enter(self, rows: Sequence[Sequence[Any]], kept: KeptFile) -> tuple[int, Sequence[Fault]]:
        """Enter some of them."""
        made = enter_rows(rows, self.plan_year, by=self.actor, paper=self.held.name, file=kept)
        return made.made + made.changed, made.faults


STEPS = Steps(
    use=USE,
    where=f"{BASE}/sheet",
    name="sheet",
    opened=Given,
    kinds=KINDS,
    order=tuple(reversed(KINDS)),
    asks="year",
    other=gettext_noop("这张表不是项目表。请从“重点项目”再传一次。"),
    nothing=gettext_noop("没有可以录的行，什么都没有录。"),
    entered=gettext_noop("这张表录进了%(count)s个项目，每个都记着出自哪几格。"),
    dropped=gettext_noop("传上来的表清掉了，录进去的都在。"),
    lacking=missing_columns,
)


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    """Send a sheet, or go on with one that was sent."""
    return STEPS.begin(request)


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/sheet/<token>/columns``: what each column is, confirmed by a person and remembered."""
    return STEPS.columns(request, token)


@role_door("office")
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/sheet/<token>/preview``: what each row becomes, or how far the rows have come."""
    return STEPS.preview(request, token)


@role_door("office")
@require_POST
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/sheet/<token>/enter``: as many of the good rows as one turn takes."""
    return STEPS.enter(request, token)


@role_door("office")
@require_safe
def returned(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/sheet/<token>/returned.xlsx``: the sheet with every faulty cell marked and said."""
    return STEPS.returned(request, token)


@role_door("office")
@require_POST
def drop(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/sheet/<token>/drop``: what was laid by is destroyed; what was entered stays."""
    return STEPS.drop(request, token)
