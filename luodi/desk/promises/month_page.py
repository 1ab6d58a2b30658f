"""``/desk/promises/month``: the month's progress of a unit from one sheet: given, looked over, entered, faults sent back."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.desk.doors import role_door
from luodi.desk.first_hour.overview import XLSX, attachment
from luodi.desk.first_hour.sheet_given import SheetGiven, first_filled
from luodi.desk.first_hour.staged import held_by, stage
from luodi.desk.first_hour.turns import goes_on, lay_out, progress_of, seconds_of, take_up, turn
from luodi.desk.presence import presence_of
from luodi.desk.promises.month_blank import filled_blank
from luodi.desk.promises.month_promises import month_promises
from luodi.desk.promises.month_rows import KINDS, MonthRow, counts_of, enter, planned, prepare
from luodi.desk.promises.month_staged import as_of, keep_rows, kept_rows, laid_by, settled_columns
from luodi.desk.promises.reach import Reach, reach_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.actions import confirm_mapping, note_cells
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.limits import MOST_BYTES, MOST_ROWS
from luodi.kernel.sheets.returned import returned_copy

BASE = "/desk/promises/month"
PER_PAGE = 100
_SHOWN_FAULTS = 10
_CHIPS = ("faulty", "look", "good", "same", "open", "other")


@role_door("reporter")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What there is to report this month, the blank, and where the sheet is given."""
    return _overview(request)


@role_door("reporter")
@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """``/desk/promises/month/blank.xlsx``: this month's promises of the unit, to be filled in."""
    reach = _reach(request)
    day = today()
    wanted = [each for each in month_promises(reach).values() if each.state == "open" and not each.helps]
    wanted.sort(key=lambda each: (each.lead, each.office_number, each.title))
    answer = HttpResponse(filled_blank(reach.unit.name, day, wanted), content_type=XLSX)
    answer.headers["Content-Disposition"] = attachment(f"{reach.unit.name}{day.year}年{day.month}月进展.xlsx")
    return answer


@role_door("reporter")
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """``/desk/promises/month/send``: the sheet comes in and is read once."""
    reach = _reach(request)
    given = request.FILES.get("sheet")
    try:
        day = _day(request.POST.get("as_of", ""))
        if given is None:
            raise Refusal("sheet-missing", "没有选文件。请先选一个 .xlsx 或 .csv 文件，再按“读这张表”。")
        if (given.size or 0) > MOST_BYTES:
            raise Refusal(
                "sheet-too-large", f"文件有{given.size:,}字节，表格最多{MOST_BYTES:,}字节。请去掉图片后再传。"
            )
        sheet = _stage(given.read(), given.name or "", day, reach)
    except Refusal as refusal:
        return _overview(request, error=refusal.message, status=422)
    return _on_to_columns(sheet, reach)


@role_door("reporter")
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/promises/month/<token>/columns``: which column is what; remembered for the next month."""
    reach = _reach(request)
    given = laid_by(request, token)
    if request.method != "POST":
        return _columns_form(request, given)
    try:
        _take_place(request, given)
        if "look" in request.POST:
            given.held.columns = None
            given.held.keep()
            return HttpResponseRedirect(request.path)
        names = {field.name for field in given.fields}
        chosen = {
            column.index: name
            for column in given.table.columns
            if (name := request.POST.get(f"column-{column.index}", "")) in names
        }
        _settle(given, chosen, reach)
    except Refusal as refusal:
        return _columns_form(request, SheetGiven(given.held), error=refusal.message)
    return HttpResponseRedirect(f"{BASE}/{token}")


@role_door("reporter")
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/promises/month/<token>``: row by row, old and new, faults first; while rows are being entered, how far it is."""
    given = laid_by(request, token)
    if given.held.columns is None:
        return HttpResponseRedirect(f"{BASE}/{token}/columns")
    if request.GET.get("on") == "1" and given.held.taken < given.held.planned:
        return page(
            request,
            "desk/promises/month_going_on.html",
            here="promises",
            held=given.held,
            **progress_of(given.held),
        )
    rows = _rows(request, given)
    kind = request.GET.get("kind", "")
    shown = [row for row in rows if _is_of(row, kind)] if kind in _CHIPS else _worst_first(rows)
    counts = counts_of(rows)
    chips = [(name, _kind_words(name), sum(_is_of(row, name) for row in rows)) for name in _CHIPS]
    return page(
        request,
        "desk/promises/month_preview.html",
        here="promises",
        held=given.held,
        as_of=as_of(given.held),
        counts=counts,
        chips=[chip for chip in chips if chip[2]],
        kind=kind if kind in _CHIPS else "",
        total=len(rows),
        page=Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
    )


@role_door("reporter")
@require_POST
def enter_rows(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/promises/month/<token>/enter``: the good rows go in, as many as one turn takes."""
    reach = _reach(request)
    given = laid_by(request, token)
    held = given.held
    if not (goes_on(request) and held.taken < held.planned):
        lay_out(held, planned(_rows(request, given)))
    faults: list[Fault] = []

    def enter_some(rows: list[list[Any]]) -> None:
        done = enter(rows, by=reach.actor)
        if done.cells:
            note_cells(_mapping(given, reach), _digest(given), done.cells, by=reach.actor)
        held.entered += len(done.cells)
        faults.extend(done.faults)

    turn(held, enter_some, seconds=seconds_of(request))
    for fault in faults[:_SHOWN_FAULTS]:
        messages.error(request, f"{fault.area}没有录成：{fault.words}")
    if held.taken < held.planned:
        return HttpResponseRedirect(f"{BASE}/{token}?on=1")
    words = gettext("这一张一共录了%(count)s件进展，都记着出自哪几格。") % {"count": held.entered}
    messages.success(request, words)
    return HttpResponseRedirect(f"{BASE}/{token}")


@role_door("reporter")
@require_safe
def returned(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/promises/month/<token>/returned.xlsx``: the sheet as it came, each faulty cell marked and named."""
    given = laid_by(request, token)
    faults = [fault for row in _rows(request, given) for fault in row.faults]
    answer = HttpResponse(returned_copy(given.grid, given.table.heading, faults), content_type=XLSX)
    answer.headers["Content-Disposition"] = attachment(f"{given.grid.name}-问题已标出.xlsx")
    return answer


@role_door("reporter")
@require_POST
def drop(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/promises/month/<token>/drop``: the sheet that was laid by is destroyed; what was entered stays."""
    laid_by(request, token).held.drop()
    messages.success(request, gettext("传上来的表清掉了，录进去的都在。"))
    return HttpResponseRedirect(BASE)


def _reach(request: HttpRequest) -> Reach:
    """Who reports; a reporter of another unit than the one acted for may not. Raises ``Refusal``."""
    presence = presence_of(request)
    reach = reach_of(presence)
    if not reach.reports:
        raise Refusal("role-missing", "您现在的岗位不是本单位的填报员，不能成批报进展。请换岗位。")
    return reach


def _stage(raw: bytes, name: str, day: dt.date, reach: Reach) -> SheetGiven:
    """Lay the sheet by, where it can be read. Raises ``Refusal``; then nothing is left of it."""
    held = stage(raw, name, "progress", reach.actor.account)
    given = SheetGiven(held)
    try:
        held.sheet, held.as_of = first_filled(given.book), day.isoformat()
    except Refusal:
        held.drop()
        raise
    held.keep()
    return given


def _on_to_columns(given: SheetGiven, reach: Reach) -> HttpResponse:
    """Past the columns where nobody has to choose them."""
    token = given.held.token
    try:
        chosen = settled_columns(given)
    except Refusal:
        chosen = None  # no header was found: a person says where it is
    if chosen is None:
        return HttpResponseRedirect(f"{BASE}/{token}/columns")
    _settle(given, chosen, reach)
    return HttpResponseRedirect(f"{BASE}/{token}")


def _settle(given: SheetGiven, chosen: dict[int, str], reach: Reach) -> None:
    """Remember the columns and read the rows by them. Raises ``Refusal``."""
    given.held.mapping = confirm_mapping("progress", given.table, chosen, by=reach.actor).id
    take_up(given.held)
    given.held.columns = {str(place): name for place, name in chosen.items()}
    keep_rows(given)
    given.held.keep()


def _take_place(request: HttpRequest, given: SheetGiven) -> None:
    """Sheet, header rows and day, as they stand in the form. Raises ``Refusal``."""
    held = given.held
    held.sheet = _whole(request, "sheet", held.sheet)
    held.top = _whole(request, "top", 0)
    held.bottom = _whole(request, "bottom", held.top)
    if held.top and not held.top <= held.bottom <= held.top + 5:
        raise Refusal(
            "header-rows", f"表头从第{held.top}行到第{held.bottom}行说不通。末行不早于首行，最多6行。"
        )
    held.as_of = _day(request.POST.get("as_of", held.as_of)).isoformat()
    for name in ("book", "grid", "table", "proposals"):
        given.__dict__.pop(name, None)  # read before the place was chosen


def _whole(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.POST.get(name, "").strip()
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= MOST_ROWS):
        raise Refusal("number-wrong", f"“{text[:20]}”不是可用的行号。请只写阿拉伯数字。")
    return int(text)


def _day(text: str) -> dt.date:
    """The day of the figures: today at the latest. Raises ``Refusal``."""
    try:
        day = dt.date.fromisoformat(text) if text else today()
    except ValueError as wrong:
        raise Refusal("bad-day", f"“{text[:20]}”不是日期。请写成 2026-09-22 这样，或从日历里选。") from wrong
    if day > today():
        raise Refusal("future-day", f"截至日填的是{day}，还没有到。最晚可以填今天（{today()}）。")
    return day


def _rows(request: HttpRequest, given: SheetGiven) -> list[MonthRow]:
    return prepare(kept_rows(given), _reach(request), as_of(given.held), today())


def _worst_first(rows: list[MonthRow]) -> list[MonthRow]:
    return sorted(rows, key=lambda row: (KINDS.index(row.kind), not row.note))


def _is_of(row: MonthRow, kind: str) -> bool:
    """Whether a row is of a kind; ``look``: it can be entered and seldom is right."""
    return bool(row.note) if kind == "look" else row.kind == kind


def _mapping(given: SheetGiven, reach: Reach) -> str:
    """The id of the columns' confirmation; asked for of a sheet that was laid by before it was remembered."""
    if not given.held.mapping:
        given.held.mapping = confirm_mapping("progress", given.table, given.columns, by=reach.actor).id
    return given.held.mapping


def _digest(given: SheetGiven) -> str:
    return hashlib.sha256(given.held.raw).hexdigest()


def _kind_words(kind: str) -> str:
    return {
        "faulty": gettext("有问题"),
        "good": gettext("可以录"),
        "look": gettext("请看一看"),
        "same": gettext("已经在了"),
        "open": gettext("没有填"),
        "other": gettext("别的单位的"),
    }[kind]


def _overview(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    reach = _reach(request)
    day = today()
    mine = [each for each in month_promises(reach).values() if each.state == "open" and not each.helps]
    fresh = sum(each.last_as_of is not None and each.last_as_of >= day.replace(day=1) for each in mine)
    return page(
        request,
        "desk/promises/month.html",
        status=status,
        here="promises",
        error=error,
        unit=reach.unit,
        month=day.month,
        today=day,
        total=len(mine),
        fresh=fresh,
        waiting=len(mine) - fresh,
        held=held_by(reach.actor.account, "progress"),
    )


def _columns_form(request: HttpRequest, given: SheetGiven, error: str = "") -> HttpResponse:
    held = given.held
    sheets = [(at, grid.name, grid.is_hidden) for at, grid in enumerate(given.book.sheets) if grid.entries]
    context: dict[str, Any] = {
        "here": "promises",
        "held": held,
        "sheets": sheets,
        "fields": given.fields,
        "error": error,
        "as_of": as_of(held),
        "today": today(),
    }
    try:
        chosen = held.columns
        rows = [
            (one, chosen.get(str(one.column.index), "") if chosen is not None else one.field)
            for one in given.proposals
        ]
        context |= {"table": given.table, "columns": rows, "notes": given.book.notes}
    except Refusal as refusal:
        context |= {"table": None, "columns": [], "error": error or refusal.message}
    return page(
        request, "desk/promises/month_columns.html", status=422 if context["error"] else 200, **context
    )
