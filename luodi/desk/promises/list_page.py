"""``/desk/promises``: which promises are mine, which is worst, what to do now; as a page, as a file, on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.promises import listing
from luodi.desk.promises.choosing import (
    BASE,
    DUE,
    STATES,
    WAITING,
    Asked,
    asked,
    due_words,
    state_words,
    todo_words,
)
from luodi.desk.promises.reach import Reach, reach_of
from luodi.desk.promises.task_rows import TaskRow, light_words, task_groups, task_row
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import now, today
from luodi.kernel.commitments.gather import Material, material_of
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Unit
from luodi.pages import days
from luodi.pages.promise_words import latest_report, latest_verified
from luodi.pages.shapes import PageLinks
from luodi.pages.sheets_out import csv_answer, xlsx_answer

A_PAGE = 50
ON_PAPER = 1_000
UNITS_IN_RAIL = 12
_BATCH = 200
_COLUMNS = (
    gettext_noop("编号"),
    gettext_noop("承诺"),
    gettext_noop("牵头单位"),
    gettext_noop("领域"),
    gettext_noop("年度"),
    gettext_noop("状态"),
    gettext_noop("亮灯"),
    gettext_noop("亮灯规则"),
    gettext_noop("期限"),
    gettext_noop("时间"),
    gettext_noop("目标"),
    gettext_noop("计量单位"),
    gettext_noop("上报"),
    gettext_noop("上报截至"),
    gettext_noop("核实"),
    gettext_noop("核实截至"),
    gettext_noop("现在"),
)


@dataclass(frozen=True, slots=True)
class RailLink:
    """One line of the rail: a choice, how many it holds, whether it is the one in force."""

    words: str
    href: str
    count: int
    is_here: bool


@post_door
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """The list."""
    reach, wanted, day = _asked(request)
    totals = listing.group_counts(wanted, reach, day)
    total = sum(totals.values())
    last = max(1, -(-total // A_PAGE))
    at = min(wanted.page, last)
    rows = list(listing.chosen(wanted, reach, day)[(at - 1) * A_PAGE : at * A_PAGE])
    todo = listing.todo_counts(reach, day)
    return page(
        request,
        "desk/promises/list.html",
        here="promises",
        wanted=wanted,
        moment=now(),
        heading=_heading(wanted, reach),
        total=total,
        past=totals.get(listing.GROUPS.index("past"), 0),
        today=totals.get(listing.GROUPS.index("today"), 0),
        links={"past": wanted.href(due="past"), "today": wanted.href(due="today")},
        groups=task_groups(rows, totals, reach, day),
        rail=_rail(wanted, reach, todo),
        states=_states(wanted, reach, day),
        units=_units(wanted, reach),
        filters=_filters(wanted, reach),
        chosen=_chosen(wanted),
        pages=_pages(wanted, at, last, total),
        files={kind: wanted.href(f"{BASE}.{kind}") for kind in ("csv", "xlsx")},
        paper=wanted.href(f"{BASE}/print"),
        reach=reach,
    )


@post_door
@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """``/desk/promises/print``: the same choice as one plain table for A4."""
    reach, wanted, day = _asked(request)
    totals = listing.group_counts(wanted, reach, day)
    rows = list(listing.chosen(wanted, reach, day)[:ON_PAPER])
    return page(
        request,
        "desk/promises/print.html",
        here="promises",
        heading=_heading(wanted, reach),
        total=sum(totals.values()),
        most=ON_PAPER,
        chosen=_chosen(wanted),
        groups=task_groups(rows, totals, reach, day),
        back=wanted.href(),
        moment=now(),
    )


@post_door
@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponseBase:
    """``/desk/promises.csv`` and ``.xlsx``: the same choice as a table, every cell plain text."""
    reach, wanted, day = _asked(request)
    name = f"promises-{day.isoformat()}.{kind}"
    header = [gettext(column) for column in _COLUMNS]
    if kind == "csv":
        return csv_answer(name, header, _cells(wanted, reach, day))
    return xlsx_answer(name, gettext("承诺"), header, _cells(wanted, reach, day))


def _asked(request: HttpRequest) -> tuple[Reach, Asked, dt.date]:
    presence = presence_of(request)
    return reach_of(presence), asked(request.GET), today()


def _heading(wanted: Asked, reach: Reach) -> str:
    """Whose promises these are."""
    if wanted.unit:
        name = Unit.objects.filter(pk=wanted.unit).values_list("name", flat=True).first()
        if name is None:
            raise Refusal("no-such-unit", "网址里的单位不在单位表里。请从左边的单位里重新选。")
        return str(name)
    if wanted.todo:
        return gettext("要我办的") if wanted.todo == "any" else todo_words(wanted.todo)
    own = wanted.whose == "unit" or (not wanted.whose and not reach.sees_all_first)
    return reach.unit.name if own else gettext("全区")


def _rail(wanted: Asked, reach: Reach, todo: listing.Todo) -> dict[str, list[RailLink]]:
    own, every = listing.open_counts(reach)
    first = "all" if reach.sees_all_first else "unit"
    here = "" if wanted.todo or wanted.unit else (wanted.whose or first)
    whose = [
        RailLink(reach.unit.name, Asked(whose="" if first == "unit" else "unit").href(), own, here == "unit"),
        RailLink(gettext("全区"), Asked(whose="" if first == "all" else "all").href(), every, here == "all"),
    ]
    counts = {
        "any": todo.whole,
        "report": todo.report,
        "back": todo.back,
        "verify": todo.verify,
        "wrong": todo.wrong,
    }
    mine = {
        "report": reach.reports,
        "back": reach.reports,
        "verify": bool(reach.verifier),
        "wrong": bool(reach.office),
    }
    lines = [
        RailLink(todo_words(name), Asked(todo=name).href(), counts[name], wanted.todo == name)
        for name in WAITING
        if name == "any" or mine[name]
    ]
    return {"whose": whose, "todo": lines if any(mine.values()) else []}


def _states(wanted: Asked, reach: Reach, day: dt.date) -> list[RailLink]:
    counts = listing.state_counts(wanted, reach, day)
    return [
        RailLink(
            state_words(name),
            wanted.href(state="" if wanted.state == name else name),
            counts[name],
            wanted.state == name,
        )
        for name in STATES
        if counts.get(name)
    ]


def _units(wanted: Asked, reach: Reach) -> list[RailLink]:
    """The units with the most overdue, for whoever looks over the district."""
    if not reach.sees_all_first:
        return []
    shown = listing.unit_counts(reach)[:UNITS_IN_RAIL]
    return [RailLink(row.name, Asked(unit=row.id).href(), row.total, wanted.unit == row.id) for row in shown]


def _filters(wanted: Asked, reach: Reach) -> dict[str, Any]:
    units = Unit.objects.filter(closed_on__isnull=True).order_by("name").values_list("id", "name")
    return {
        "units": list(units),
        "topics": listing.topics(reach),
        "dues": [(name, due_words(name)) for name in DUE],
        "states": [(name, state_words(name)) for name in STATES],
        "is_open": bool(wanted.text or wanted.topic or wanted.due),
    }


def _chosen(wanted: Asked) -> list[tuple[str, str]]:
    """Each choice in force, and the address without it."""
    shown = [
        (gettext("领域：%(topic)s") % {"topic": wanted.topic}, "topic") if wanted.topic else None,
        (due_words(wanted.due), "due") if wanted.due else None,
        (state_words(wanted.state), "state") if wanted.state else None,
        (gettext("有“%(text)s”") % {"text": wanted.text}, "text") if wanted.text else None,
    ]
    return [(each[0], wanted.href(**{each[1]: ""})) for each in shown if each]


def _pages(wanted: Asked, at: int, last: int, total: int) -> PageLinks | None:
    if last == 1:
        return None
    return PageLinks(
        first=(at - 1) * A_PAGE + 1,
        last=min(at * A_PAGE, total),
        total=total,
        before=wanted.href(page=at - 1) if at > 1 else "",
        after=wanted.href(page=at + 1) if at < last else "",
    )


def _cells(wanted: Asked, reach: Reach, day: dt.date) -> Iterator[list[str]]:
    """One row a promise, in the order of the moment it was asked for; nine queries for each two hundred."""
    keys = list(listing.chosen(wanted, reach, day).values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        found = listing.whole(reach).filter(pk__in=batch).select_related("commitment__lead_unit")
        rows = {row.pk: row for row in found}
        materials = material_of(batch)
        for key in batch:
            yield _line(rows[key], task_row(rows[key], reach, day), materials[key])


def _line(row: Any, shown: TaskRow, material: Material) -> list[str]:
    target = material.targets[-1]
    report, verified = latest_report(material), latest_verified(material)
    return [
        row.commitment_id,
        shown.title,
        shown.unit,
        shown.topic,
        str(row.year or ""),
        state_words(row.board),
        light_words(row.light) if shown.light else "",
        shown.rule,
        days.due_words(row.due_until, target.due_precision) if row.due_until else "",
        shown.time,
        target.number,
        target.unit,
        report.number if report else "",
        report.as_of.isoformat() if report else "",
        verified[0].number if verified else "",
        verified[0].as_of.isoformat() if verified else "",
        shown.now,
    ]
