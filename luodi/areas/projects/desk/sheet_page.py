"""``/desk/projects/sheet``: the office's sheet of projects: columns confirmed, looked over row by row, entered in turns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.sheet_steps import choose_columns, columns_shown, held_of, laid_by
from luodi.areas.projects.importing import KINDS, SheetRow, counts_of, faults_of, prepare
from luodi.areas.projects.sheet_columns import USE, missing_columns, propose_columns
from luodi.areas.projects.sheet_entering import enter as enter_rows
from luodi.areas.projects.sheet_entering import planned
from luodi.areas.projects.sheet_rows import project_drafts
from luodi.desk.doors import role_door
from luodi.desk.first_hour.columns_view import take_place
from luodi.desk.first_hour.overview import XLSX, attachment
from luodi.desk.first_hour.sheet_given import SheetGiven
from luodi.desk.first_hour.staged import Staged, held_by
from luodi.desk.first_hour.turns import goes_on, lay_out, progress_of, seconds_of, turn
from luodi.desk.presence import Presence
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import today
from luodi.kernel.files.models import KeptFile
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.actions import confirm_mapping, keep_sheet
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.lookups import remembered
from luodi.kernel.sheets.proposing import Proposal
from luodi.kernel.sheets.returned import returned_copy

SHEET = f"{BASE}/sheet"
PER_PAGE = 100
_ORDER = tuple(reversed(KINDS))  # what somebody has to mend stands first


@dataclass(frozen=True)
class Given(SheetGiven):
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
    def rows(self) -> list[SheetRow]:
        """What each row becomes."""
        return prepare(project_drafts(self.table, self.columns, self.plan_year), self.plan_year)


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    """Send a sheet, or go on with one that was sent."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    error = ""
    if request.method == "POST":
        try:
            return HttpResponseRedirect(f"{SHEET}/{laid_by(request, USE, Given).token}/columns")
        except Refusal as refusal:
            error = refusal.message
    held = held_by(presence.actor.account, USE)  # type: ignore[arg-type]
    return _page(request, "sheet", 422 if error else 200, error=error, held=held)


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/sheet/<token>/columns``: what each column is, confirmed by a person and remembered."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    held = _held(request, token)
    if request.method != "POST":
        return _columns(request, held)
    try:
        take_place(request, held)
        if "look" in request.POST:
            held.columns = None
            held.keep()
            return HttpResponseRedirect(request.path)
        given = Given(held)
        chosen = choose_columns(request, given)
        if faults := missing_columns(chosen):
            raise Refusal("mapping-incomplete", "".join(faults) + gettext("请在各列上选好再往下。"))
        confirm_mapping(USE, given.table, chosen, by=presence.actor)  # type: ignore[arg-type]
    except Refusal as refusal:
        return _columns(request, held, refusal.message)
    held.keep()
    return HttpResponseRedirect(f"{SHEET}/{token}/preview")


@role_door("office")
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/sheet/<token>/preview``: what each row becomes, or how far the rows have come."""
    held = _held(request, token)
    if request.GET.get("on") == "1" and held.taken < held.planned:
        return _page(request, "sheet_turn", held=held, **progress_of(held))
    given = Given(held)
    counts = counts_of(given.rows)
    rows = sorted(given.rows, key=lambda row: _ORDER.index(row.kind))
    return _page(
        request,
        "sheet_preview",
        held=held,
        table=given.table,
        year=given.plan_year,
        counts=[(gettext(words), counts[kind]) for kind, words in KINDS.items()],
        good=counts["new"] + counts["changed"],
        faulty=counts["faulty"],
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        kinds={kind: gettext(words) for kind, words in KINDS.items()},
    )


@role_door("office")
@require_POST
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/sheet/<token>/enter``: as many of the good rows as one turn takes."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    held = _held(request, token)
    given = Given(held)
    if not (goes_on(request) and held.taken < held.planned):
        rows = planned(given.rows)
        held.faulty, held.year = counts_of(given.rows)["faulty"], given.plan_year
        if not rows:
            messages.info(request, gettext("没有可以录的行，什么都没有录。"))
            return _done(held)
        held.file, held.entered = keep_sheet(held.raw, held.name, by=presence.actor).id, 0
        lay_out(held, rows)
    file, faults = KeptFile.objects.get(pk=held.file), list[Fault]()

    def enter_some(rows: list[list[Any]]) -> None:
        made = enter_rows(rows, given.plan_year, by=presence.actor, paper=held.name, file=file)
        held.entered += made.made + made.changed
        held.refused += len(made.faults)
        faults.extend(made.faults)

    turn(held, enter_some, seconds=seconds_of(request))
    for fault in faults[:10]:
        words = gettext("%(cell)s没有录成：%(why)s") % {"cell": str(fault.area), "why": fault.words}
        messages.warning(request, words)
    if held.taken < held.planned:
        return HttpResponseRedirect(f"{SHEET}/{token}/preview?on=1")
    told = gettext("这张表录进了%(count)s个项目，每个都记着出自哪几格。") % {"count": held.entered}
    messages.success(request, told)
    return _done(held)


@role_door("office")
@require_safe
def returned(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/sheet/<token>/returned.xlsx``: the sheet with every faulty cell marked and said."""
    given = Given(_held(request, token))
    copy = returned_copy(given.grid, given.table.heading, faults_of(given.rows))
    answer = HttpResponse(copy, content_type=XLSX)
    answer.headers["Content-Disposition"] = attachment(f"{given.grid.name}-问题已标出.xlsx")
    return answer


@role_door("office")
@require_POST
def drop(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/sheet/<token>/drop``: what was laid by is destroyed; what was entered stays."""
    _held(request, token).drop()
    messages.success(request, gettext("传上来的表清掉了，录进去的都在。"))
    return HttpResponseRedirect(SHEET)


def _done(held: Staged) -> HttpResponse:
    """A sheet with rows to mend stays, so that its marked copy can be fetched."""
    if held.faulty or held.refused:
        held.keep()
        return HttpResponseRedirect(f"{SHEET}/{held.token}/preview")
    held.drop()
    return HttpResponseRedirect(BASE)


def _held(request: HttpRequest, token: str) -> Staged:
    return held_of(request, token, USE, gettext("这张表不是项目表。请从“重点项目”再传一次。"))


def _columns(request: HttpRequest, held: Staged, error: str = "") -> HttpResponse:
    given = Given(held)
    shown, fault = columns_shown(given)
    if not fault:
        shown["year"] = given.plan_year
    return _page(request, "sheet_columns", 422 if error or fault else 200, error=error or fault, **shown)


def _page(request: HttpRequest, name: str, status: int = 200, **shown: Any) -> HttpResponse:
    shown = {"here": "projects", "base": BASE, "where": SHEET, **shown}
    return page(request, f"projects/{name}.html", status=status, **shown)
