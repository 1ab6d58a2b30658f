"""``/desk/projects/statistics``: the statistics bureau's sheet of a month is quoted as it stands; nobody types these figures.

Columns are confirmed by a person, every row is looked over beside what was quoted before, then quoted in turns.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.areas.projects.desk.asking import BASE, usual_month
from luodi.areas.projects.desk.sheet_steps import choose_columns, columns_shown, held_of, laid_by
from luodi.areas.projects.months import last_day_of, month_of
from luodi.areas.projects.quoting import KINDS, QuoteRow, counts_of, faults_of, planned, prepare, quote
from luodi.areas.projects.statistics_sheet import USE, figure_drafts, month_end_named
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
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.actions import confirm_mapping, keep_sheet
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.returned import returned_copy

SHEET = f"{BASE}/statistics"
PER_PAGE = 100
_ORDER = ("faulty", "changed", "new", "same", "other")  # what somebody has to look at stands first


@dataclass(frozen=True)
class Given(SheetGiven):
    """A sheet of statistics: of one month, to the day that a person confirmed."""

    @property
    def as_of(self) -> dt.date:
        """The day its figures are of: as a person gave it, as the title says, else the end of the last month that is over."""
        if self.held.as_of:
            return dt.date.fromisoformat(self.held.as_of)
        named = month_end_named(self.table.title, self.held.name)
        return named if named is not None and named <= today() else last_day_of(usual_month())

    def rows(self, actor: Actor) -> list[QuoteRow]:
        """What each row becomes."""
        return prepare(self._drafts, self.as_of, actor)

    @property
    def paper(self) -> str:
        """What the figures are quoted from: the sheet's own title, else the file's name."""
        title = re.split(r"\s*[（(]?\s*(?:计量)?单位\s*[:：]", self.table.title)[0].strip()
        return title or self.held.name

    @cached_property
    def _drafts(self) -> Any:
        return figure_drafts(self.table, self.columns)


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def statistics(request: HttpRequest) -> HttpResponse:
    """Send a sheet, or go on with one that was sent."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    error = ""
    if request.method == "POST":
        try:
            return HttpResponseRedirect(f"{SHEET}/{laid_by(request, USE, Given).token}/columns")
        except Refusal as refusal:
            error = refusal.message
    held = held_by(presence.actor.account, USE)  # type: ignore[arg-type]
    return _page(request, "statistics", 422 if error else 200, error=error, held=held)


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/statistics/<token>/columns``: what each column is and the day the figures are of."""
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
        held.as_of = _day(request.POST.get("as_of", "")).isoformat()
        confirm_mapping(USE, given.table, chosen, by=presence.actor)  # type: ignore[arg-type]
    except Refusal as refusal:
        return _columns(request, held, refusal.message)
    held.keep()
    return HttpResponseRedirect(f"{SHEET}/{token}/preview")


@role_door("office")
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/statistics/<token>/preview``: what each row becomes, or how far the rows have come."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    held = _held(request, token)
    if request.GET.get("on") == "1" and held.taken < held.planned:
        return _page(request, "sheet_turn", held=held, **progress_of(held))
    given = Given(held)
    found = given.rows(presence.actor)
    counts = counts_of(found)
    rows = sorted(found, key=lambda row: _ORDER.index(row.kind))
    return _page(
        request,
        "statistics_preview",
        held=held,
        table=given.table,
        as_of=given.as_of,
        month=month_of(given.as_of),
        paper=given.paper,
        counts=[(gettext(words), counts[kind]) for kind, words in KINDS.items()],
        good=counts["new"] + counts["changed"],
        faulty=counts["faulty"],
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        kinds={kind: gettext(words) for kind, words in KINDS.items()},
    )


@role_door("office")
@require_POST
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/statistics/<token>/enter``: as many of the good rows as one turn takes."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    held = _held(request, token)
    given = Given(held)
    if not (goes_on(request) and held.taken < held.planned):
        found = given.rows(presence.actor)
        rows, held.faulty = planned(found), counts_of(found)["faulty"]
        if not rows:
            messages.info(request, gettext("没有可以引用的行，什么都没有录。"))
            return _done(held)
        held.file, held.entered = keep_sheet(held.raw, held.name, by=presence.actor).id, 0
        lay_out(held, rows)
    source, faults = KeptFile.objects.get(pk=held.file), list[Fault]()

    def quote_some(rows: list[list[Any]]) -> None:
        made = quote(rows, given.as_of, by=presence.actor, paper=given.paper, source=source)
        held.entered += made.made
        held.refused += len(made.faults)
        faults.extend(made.faults)

    turn(held, quote_some, seconds=seconds_of(request))
    for fault in faults[:10]:
        words = gettext("%(cell)s没有录成：%(why)s") % {"cell": str(fault.area), "why": fault.words}
        messages.warning(request, words)
    if held.taken < held.planned:
        return HttpResponseRedirect(f"{SHEET}/{token}/preview?on=1")
    told = gettext("引用了%(count)s个项目的统计数，每个都记着出自哪一格。") % {"count": held.entered}
    messages.success(request, told)
    return _done(held)


@role_door("office")
@require_safe
def returned(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/statistics/<token>/returned.xlsx``: the sheet with every faulty cell marked and said."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    given = Given(_held(request, token))
    copy = returned_copy(given.grid, given.table.heading, faults_of(given.rows(presence.actor)))
    answer = HttpResponse(copy, content_type=XLSX)
    answer.headers["Content-Disposition"] = attachment(f"{given.grid.name}-问题已标出.xlsx")
    return answer


@role_door("office")
@require_POST
def drop(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/statistics/<token>/drop``: what was laid by is destroyed; what was quoted stays."""
    _held(request, token).drop()
    messages.success(request, gettext("传上来的表清掉了，引用过的都在。"))
    return HttpResponseRedirect(SHEET)


def _day(text: str) -> dt.date:
    """The day the figures are of. Raises ``Refusal``: ``day-missing``, ``day-to-come``."""
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal("day-missing", gettext("数字截至哪一天没有填。请填，如2026-08-31。")) from None
    if day > today():
        raise Refusal("day-to-come", gettext("数字截至的那一天还没有到。请核对。"))
    return day


def _done(held: Staged) -> HttpResponse:
    """A sheet with rows to mend stays, so that its marked copy can be fetched."""
    if held.faulty or held.refused:
        held.keep()
        return HttpResponseRedirect(f"{SHEET}/{held.token}/preview")
    held.drop()
    return HttpResponseRedirect(BASE)


def _held(request: HttpRequest, token: str) -> Staged:
    return held_of(request, token, USE, gettext("这张表不是统计表。请从“录统计数”再传一次。"))


def _columns(request: HttpRequest, held: Staged, error: str = "") -> HttpResponse:
    given = Given(held)
    shown, fault = columns_shown(given)
    if not fault:
        shown["as_of"] = request.POST.get("as_of") or given.as_of.isoformat()
    return _page(request, "statistics_columns", 422 if error or fault else 200, error=error or fault, **shown)


def _page(request: HttpRequest, name: str, status: int = 200, **shown: Any) -> HttpResponse:
    shown = {"here": "projects", "base": BASE, "where": SHEET, **shown}
    return page(request, f"projects/{name}.html", status=status, **shown)
