"""``/k/``: the cases that anybody may follow, narrowed and paged; and the same as a file. Never what one is about, or who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.kernel.cases.models import Case
from luodi.kernel.cases.playbook import COUNTED, Playbook
from luodi.kernel.cases.public_course import Told, told_of
from luodi.kernel.cases.public_list import (
    COUNTED_TO,
    Narrowed,
    count_to,
    listed,
    overdue_among,
    public_playbooks,
    units_written,
)
from luodi.kernel.cases.registry import playbook_of
from luodi.kernel.clocks.now import day_of, today
from luodi.kernel.ids import is_id
from luodi.pages import days
from luodi.pages.public_address import public_address
from luodi.portal.freshness import public_page
from luodi.portal.names import address_of
from luodi.portal.sheets_out import csv_answer, xlsx_answer

A_PAGE = 20
_BATCH = 200
COLUMNS = ("编号", "种类", "状态", "算作", "哪天立的", "哪天结束", "超期", "公开的内容", "网页")


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """What the address asks for. Anything it does not understand counts as not asked."""

    narrowed: Narrowed
    after: str = ""

    def href(self, base: str = "/k/", *, after: str = "", **changed: str) -> str:
        """The address with parts changed; it begins at the first page unless told otherwise."""
        given = replace(self.narrowed, **changed)
        parts = {
            "kind": given.kind,
            "state": given.state,
            "unit": given.unit,
            "only": given.only,
            "after": after,
        }
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"{base}?{query}" if query else base


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as the list shows it."""

    case: Case
    label: str
    state: str
    counted: str
    is_overdue: bool
    told: list[tuple[str, str, str]]  # label, words, address

    @property
    def day(self) -> dt.date | None:
        """When it ended."""
        return self.case.closed_at and day_of(self.case.closed_at)


def asked(query: Mapping[str, str]) -> CaseAsked:
    """Read a query. Never raises."""
    books = public_playbooks()
    kind = query.get("kind", "")
    kind = kind if any(book.kind == kind for book in books) else ""
    state = query.get("state", "")
    unit, only, after = query.get("unit", ""), query.get("only", ""), query.get("after", "")
    return CaseAsked(
        Narrowed(
            kind=kind,
            state=state if state in _states(books, kind) else "",
            unit=unit if is_id(unit, "u") else "",
            only=only if only in _only_words() else "",
        ),
        after=after if is_id(after, "k") else "",
    )


@public_page
def cases_page(request: HttpRequest) -> HttpResponse:
    """The list."""
    wanted, day, books = asked(request.GET), today(), public_playbooks()
    found = listed(wanted.narrowed, day)
    total = count_to(found)
    rows = list((found.filter(pk__lt=wanted.after) if wanted.after else found)[: A_PAGE + 1])
    units = units_written()
    chosen = _chosen(wanted, books, dict(units))
    return render(
        request,
        "portal/cases.html",
        {
            "here": "cases",
            "heading": _heading(chosen, total),
            "wanted": wanted.narrowed,
            "chosen": chosen,
            "lines": lines_of(rows[:A_PAGE], day),
            "after": wanted.href(after=rows[A_PAGE - 1].id) if len(rows) > A_PAGE else "",
            "first": wanted.href() if wanted.after else "",
            "downloads": [(kind, wanted.href(f"/data/cases.{kind}")) for kind in ("csv", "xlsx")],
            "kind_options": [(book.kind, book.label) for book in books],
            "state_options": list(_states(books, wanted.narrowed.kind).items()),
            "unit_options": units,
            "only_options": list(_only_words().items()),
        },
    )


@require_safe
def cases_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """``/data/cases.{csv,xlsx}`` with the same choices as the list."""
    if kind not in ("csv", "xlsx"):
        raise Http404(gettext("只有CSV、XLSX两种。"))
    day = today()
    rows = _records(asked(request.GET).narrowed, day, public_address(request))
    name = f"cases-{day.isoformat()}.{kind}"
    return csv_answer(name, COLUMNS, rows) if kind == "csv" else xlsx_answer(name, "事项", COLUMNS, rows)


def lines_of(cases: Sequence[Case], day: dt.date) -> list[CaseLine]:
    """The cases as they are shown; the same number of queries whatever their number."""
    told, overdue = told_of(cases), overdue_among(cases, day)
    found = []
    for case in cases:
        book = playbook_of(case.kind, case.version)
        found.append(
            CaseLine(
                case=case,
                label=book.label,
                state=book.label_of(case.state),
                counted=COUNTED.get(case.outcome, ""),
                is_overdue=case.id in overdue,
                told=[_told(each) for each in told[case.id]],
            )
        )
    return found


def _told(each: Told) -> tuple[str, str, str]:
    words = each.value if isinstance(each.value, str) else days.full(each.value)
    return each.label, words, address_of(each.ident) if each.ident else ""


def _records(wanted: Narrowed, day: dt.date, base: str) -> Iterator[list[str]]:
    after = ""
    while True:
        found = listed(wanted, day)
        rows = list((found.filter(pk__lt=after) if after else found)[:_BATCH])
        for line in lines_of(rows, day):
            case = line.case
            yield [
                case.number,
                line.label,
                line.state,
                line.counted,
                case.opened_on.isoformat(),
                line.day.isoformat() if line.day else "",
                "是" if line.is_overdue else "",
                "；".join(f"{label}：{words}" for label, words, _ in line.told),
                f"{base}/k/{case.id}",
            ]
        if len(rows) < _BATCH:
            return
        after = rows[-1].id


def _states(books: Sequence[Playbook], kind: str) -> dict[str, str]:
    """Name and label of every state and end that a case of this kind, or of any, may stand in."""
    asked = [book for book in books if kind in ("", book.kind)]
    states = {state.name: state.label for book in asked for state in book.states}
    return states | {end.name: end.label for book in asked for end in book.ends}


def _only_words() -> dict[str, str]:
    return {"overdue": gettext("超期的"), "open": gettext("没办结的"), "closed": gettext("已结束的")}


def _chosen(wanted: CaseAsked, books: Sequence[Playbook], units: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was asked for, each with the address without it."""
    given = wanted.narrowed
    parts: dict[str, Any] = {
        "kind": next((book.label for book in books if book.kind == given.kind), ""),
        "state": _states(books, given.kind).get(given.state, ""),
        "unit": units.get(given.unit, gettext("没有这个单位")) if given.unit else "",
        "only": _only_words().get(given.only, ""),
    }
    return [(words, wanted.href(**{name: ""})) for name, words in parts.items() if words]


def _heading(chosen: Sequence[tuple[str, str]], total: int) -> str:
    many = f"{total:,}" if total <= COUNTED_TO else gettext("%(most)s多") % {"most": f"{COUNTED_TO:,}"}
    if not chosen:
        return gettext("可以公开跟踪的%(total)s件事项") % {"total": many}
    return gettext("%(what)s：%(total)s件") % {
        "what": " · ".join(words for words, _ in chosen),
        "total": many,
    }
