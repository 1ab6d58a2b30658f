"""``/desk/leader/list``: the promises behind a number, worst first, as a page, on paper, as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.doors import post_door
from luodi.desk.leading.asking import Asked, asked, listed, words_of
from luodi.desk.leading.briefs import Brief, briefs
from luodi.desk.leading.scope import units_of
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import now, today
from luodi.kernel.commitments.models import Standing
from luodi.kernel.register.lookups import names_of
from luodi.pages.sheets_out import csv_answer, xlsx_answer

A_PAGE = 40
_BATCH = 200


@post_door
@require_safe
def promise_list(request: HttpRequest) -> HttpResponse:
    """The list of a choice."""
    wanted, found = _found(request)
    at = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    chosen = words_of(wanted, names_of([wanted.unit, wanted.under, wanted.post]))
    return page(
        request,
        "desk/leading/list.html",
        here="leading",
        wanted=wanted,
        chosen=chosen,
        filters=[words for words, _ in chosen],
        heading=gettext("，").join(words for words, _ in chosen) or gettext("全部承诺"),
        at=at,
        total=at.paginator.count,
        rows=briefs(list(at.object_list)),
        moment=now(),
        more=wanted.href() + ("&" if chosen else "?") + "page=",
        files=[(kind, wanted.href(f"/desk/leader/list.{kind}")) for kind in ("csv", "xlsx")],
    )


@post_door
@require_safe
def promise_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """``/desk/leader/list.{csv,xlsx}``: the same rows, all of them."""
    _, found = _found(request)
    name = f"promises-{today().isoformat()}.{kind}"
    header = [
        gettext("编号"),
        gettext("承诺"),
        gettext("牵头单位"),
        gettext("状态"),
        gettext("亮灯"),
        gettext("亮灯规则"),
        gettext("核实"),
        gettext("上报"),
        gettext("差（百分点）"),
        gettext("期限"),
        gettext("最近的消息"),
    ]
    if kind == "csv":
        return csv_answer(name, header, _cells(found))
    if kind == "xlsx":
        return xlsx_answer(name, gettext("承诺"), header, _cells(found))
    raise Http404(gettext("只有CSV、XLSX两种。"))


def _found(request: HttpRequest) -> tuple[Asked, QuerySet[Standing]]:
    presence = presence_of(request)
    wanted = asked(request.GET)
    found = listed(wanted, units_of(presence), today())
    return wanted, found.select_related("commitment__lead_unit").defer("commitment__reason")


def _cells(found: QuerySet[Standing]) -> Iterator[list[str]]:
    """Every row, two hundred at a time."""
    at = 0
    while rows := list(found[at : at + _BATCH]):
        for row in briefs(rows):
            yield _line(row)
        at += _BATCH


def _line(row: Brief) -> list[str]:
    light = (row.light.words, row.light.rule) if row.light else ("", "")
    due = row.due.isoformat() if isinstance(row.due, dt.date) else ""
    return [
        row.id, row.title, row.unit, row.state.words, *light, row.verified, row.reported, row.behind, due,
        row.news_on.isoformat(),
    ]  # fmt: skip
