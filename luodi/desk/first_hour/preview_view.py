"""What each row becomes, looked over by a person; then the good rows go in and the others come back marked."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from luodi.desk.doors import role_door
from luodi.desk.first_hour import promises_in, register_in
from luodi.desk.first_hour.overview import XLSX, attachment, require_may, say
from luodi.desk.first_hour.sheet_given import SheetGiven
from luodi.desk.first_hour.staged import Staged, staged
from luodi.desk.first_hour.turns import goes_on, lay_out, progress_of, seconds_of, take_up, turn
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Actor
from luodi.kernel.sheets.actions import confirm_mapping, keep_sheet, note_cells
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.lookups import known_units
from luodi.kernel.sheets.returned import returned_copy

PER_PAGE = 100
UNITS_AT_ONCE = 60  # those not settled first; a form has a thousand fields at most


@role_door("administrator", "office")
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/first-hour/<token>/preview``."""
    given = _given(request, token)
    if request.GET.get("on") == "1" and given.held.taken < given.held.planned:
        held = given.held
        return page(request, "desk/first_hour/turn.html", here="first-hour", held=held, **progress_of(held))
    shown = _promises(given) if given.held.use == "promises" else _register(given)
    shown["page"] = Paginator(shown["rows"], PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        f"desk/first_hour/preview_{given.held.use}.html",
        here="first-hour",
        held=given.held,
        table=given.table,
        **shown,
    )


@role_door("administrator", "office")
@require_POST
def choose_units(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/first-hour/<token>/units``: which unit a name means that the register does not know."""
    given = _given(request, token)
    names, choices = request.POST.getlist("name"), request.POST.getlist("unit")
    given.held.units |= {name[:200]: choice[:14] for name, choice in zip(names, choices, strict=False)}
    take_up(given.held)
    given.held.keep()
    return HttpResponseRedirect(f"/desk/first-hour/{token}/preview")


@role_door("administrator", "office")
@require_POST
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/first-hour/<token>/enter``: the good rows go in, as many as one turn takes.

    A sheet that is in whole is laid by no longer.
    """
    presence = presence_of(request)
    given = _given(request, token)
    if given.held.use == "promises":
        lines, is_whole = _enter_promises(request, given, presence.actor)
    else:
        lines, is_whole = _enter_register(given, presence.actor)
    say(request, lines)
    if is_whole:
        given.held.drop()
        return HttpResponseRedirect("/desk/first-hour")
    given.held.keep()
    goes = given.held.taken < given.held.planned
    return HttpResponseRedirect(f"/desk/first-hour/{token}/preview{'?on=1' if goes else ''}")


@role_door("administrator", "office")
@require_safe
def returned(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/first-hour/<token>/returned.xlsx``: the sheet with its faults marked."""
    given = _given(request, token)
    copy = returned_copy(given.grid, given.table.heading, _faults(given))
    answer = HttpResponse(copy, content_type=XLSX)
    answer.headers["Content-Disposition"] = attachment(f"{given.grid.name}-问题已标出.xlsx")
    return answer


@role_door("administrator", "office")
@require_POST
def drop(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/first-hour/<token>/drop``: the sheet that was laid by is destroyed; what was entered stays."""
    presence = presence_of(request)
    staged(token, presence.actor.account).drop()
    say(request, ["传上来的表清掉了，录进去的都在。"])
    return HttpResponseRedirect("/desk/first-hour")


def _given(request: HttpRequest, token: str) -> SheetGiven:
    presence = presence_of(request)
    held = staged(token, presence.actor.account)
    require_may(held.use, presence.actor)
    return SheetGiven(held)


def _promises(given: SheetGiven) -> dict[str, Any]:
    prepared = _prepared(given)
    choices = given.held.units
    names = {unit.id: unit.name for unit in known_units()}
    return {
        "rows": sorted(
            prepared.rows,
            key=lambda row: (not row.faults or bool(row.already), bool(row.already), not row.is_past),
        ),
        "good": len(prepared.good),
        "faulty": len(prepared.faulty),
        "already": len(prepared.already),
        "past": len(prepared.past),
        "open_units": sorted(
            ((match, choices.get(match.name, "")) for match in prepared.units.open),
            key=lambda one: bool(one[1]),
        )[:UNITS_AT_ONCE],
        "all_units": sorted(names.items(), key=lambda each: each[1]),
        "unit_names": names,
        "settled": prepared.units,
    }


def _register(given: SheetGiven) -> dict[str, Any]:
    rows = register_in.prepare(given.table, given.columns)
    return {
        "rows": sorted(rows, key=lambda row: (not row.faults, row.already)),
        "good": sum(row.is_good for row in rows),
        "faulty": sum(bool(row.faults) for row in rows),
        "already": sum(row.already for row in rows),
    }


def _prepared(given: SheetGiven) -> promises_in.Preparation:
    return promises_in.prepare(given.table, given.columns, given.year, given.held.units)


def _faults(given: SheetGiven) -> list[Fault]:
    if given.held.use == "promises":
        return _prepared(given).faults
    return [fault for row in register_in.prepare(given.table, given.columns) for fault in row.faults]


def _enter_promises(request: HttpRequest, given: SheetGiven, by: Actor) -> tuple[list[str], bool]:
    """What to tell, and whether every row of the sheet is in."""
    held = given.held
    if not (goes_on(request) and held.taken < held.planned):
        prepared = _prepared(given)
        if not prepared.good:
            return ["没有可以录的行，什么都没有录。"], not prepared.faulty
        held.file, held.faulty = keep_sheet(held.raw, held.name, by=by).id, len(prepared.faulty)
        held.year = given.year
        lay_out(held, promises_in.planned(prepared, by=by))
    file = KeptFile.objects.get(pk=held.file)
    faults: list[Fault] = []

    def enter_some(rows: list[list[Any]]) -> None:
        done = promises_in.enter(rows, file, by=by, year=held.year)
        held.entered += done.count
        held.refused += len(done.faults)
        faults.extend(done.faults)

    turn(held, enter_some, seconds=seconds_of(request))
    lines = [f"{fault.area}没有录成：{fault.words}" for fault in faults[:10]]
    if held.taken < held.planned:
        return lines, False
    lines.insert(0, f"这张表录入了{held.entered}件任务，每件都记着出自哪几格。")
    return lines, not (held.faulty or held.refused)


def _enter_register(given: SheetGiven, by: Actor) -> tuple[list[str], bool]:
    rows = register_in.prepare(given.table, given.columns)
    made = register_in.enter(rows, by=by)
    if made.cells:
        mapping = confirm_mapping("register", given.table, given.columns, by=by)
        note_cells(mapping.id, register_in.digest_of(given.held.raw), made.cells, by=by)
    _count(given.held, len(made.cells))
    line = (
        f"新建了{made.units}个单位、{made.posts}个岗位，录入了{made.people}个人，开了{made.accounts}个账号。"
    )
    lines = [line] + [f"{fault.area}没有录成：{fault.words}" for fault in made.faults[:10]]
    return lines, not (made.faults or any(row.faults for row in rows))


def _count(held: Staged, entered: int) -> None:
    held.entered += entered
