"""Which column is what: proposed with reasons, confirmed by a person, remembered for the next sheet of this layout."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from luodi.desk.doors import role_door
from luodi.desk.first_hour.overview import require_may
from luodi.desk.first_hour.sheet_given import SheetGiven
from luodi.desk.first_hour.staged import Staged, staged
from luodi.desk.first_hour.turns import take_up
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.actions import confirm_mapping
from luodi.kernel.sheets.limits import MOST_ROWS

_YEARS = range(2000, 2100)


@role_door("administrator", "office")
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/first-hour/<token>/columns``."""
    presence = presence_of(request)
    held = staged(token, presence.actor.account)
    require_may(held.use, presence.actor)
    if request.method == "GET":
        return _form(request, held)
    try:
        take_place(request, held)
        if "look" in request.POST:
            held.columns = None
            held.keep()
            return HttpResponseRedirect(request.path)
        given = SheetGiven(held)
        chosen = {
            column.index: name
            for column in given.table.columns
            if (name := request.POST.get(f"column-{column.index}", "")) in {f.name for f in given.fields}
        }
        held.columns = {str(place): name for place, name in chosen.items()}
        take_up(held)
        confirm_mapping(held.use, given.table, chosen, by=presence.actor)
    except Refusal as refusal:
        return _form(request, held, error=refusal.message)
    held.keep()
    return HttpResponseRedirect(f"/desk/first-hour/{token}/preview")


def take_place(request: HttpRequest, held: Staged) -> None:
    """Sheet, rows of the header and year, as they stand in the form."""
    held.sheet = _number(request, "sheet", held.sheet, range(1_000))
    held.top = _number(request, "top", 0, range(MOST_ROWS))
    held.bottom = _number(request, "bottom", held.top, range(MOST_ROWS))
    if held.top and not held.top <= held.bottom <= held.top + 5:
        raise Refusal(
            "header-rows", f"表头从第{held.top}行到第{held.bottom}行说不通。末行不早于首行，最多6行。"
        )
    year = _number(request, "year", 0, range(10_000))
    if year and year not in _YEARS:
        raise Refusal("year-wrong", f"年份得到“{year}”，应为2000至2099。请写四位数，可以不填。")
    held.year = year or None


def _number(request: HttpRequest, name: str, otherwise: int, allowed: range) -> int:
    text = request.POST.get(name, "").strip()
    if not text:
        return otherwise
    if not text.isascii() or not text.isdigit() or int(text[:9]) not in allowed:
        raise Refusal("number-wrong", f"“{text[:20]}”不是可用的数。请只写阿拉伯数字。")
    return int(text)


def _form(request: HttpRequest, held: Staged, error: str = "") -> HttpResponse:
    given = SheetGiven(held)
    sheets = [(at, grid.name, grid.is_hidden) for at, grid in enumerate(given.book.sheets) if grid.entries]
    context = {"held": held, "sheets": sheets, "error": error, "fields": given.fields, "here": "first-hour"}
    try:
        chosen = held.columns
        rows = [
            (one, chosen.get(str(one.column.index), "") if chosen is not None else one.field)
            for one in given.proposals
        ]
        context |= {"table": given.table, "columns": rows, "year": given.year, "notes": given.book.notes}
    except Refusal as refusal:
        context |= {"table": None, "columns": [], "error": error or refusal.message}
    return page(request, "desk/first_hour/columns.html", status=422 if context["error"] else 200, **context)
