"""``/desk/cases``: every case that the post may see, by what is due; as a page, as a file, on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.cases.inbox_counts import bounds_at
from luodi.desk.cases.listing import Chosen, chosen, first_of, keys_of, page_of
from luodi.desk.cases.listing_asking import (
    BASE,
    ENDED,
    LONGEST_TEXT,
    Asked,
    asked,
    ended_words,
    states_of,
    words_of,
)
from luodi.desk.cases.listing_counts import Totals, state_counts, totals_of
from luodi.desk.cases.listing_rows import COLUMNS, case_lines, case_rows
from luodi.desk.cases.listing_words import LIGHTS, Wording, light_words
from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.promises.list_page import RailLink
from luodi.desk.rendering import page
from luodi.kernel.cases.registry import kinds
from luodi.kernel.cases.saved_access import saved_by
from luodi.kernel.clocks.now import day_of, now
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.models import Unit
from luodi.kernel.rules.lookups import rulebook
from luodi.pages.sheets_out import csv_answer, xlsx_answer

ON_PAPER = 1_000
_BATCH = 200


@dataclass(frozen=True, slots=True)
class _Asking:
    """One question: what was asked, what it found, in which words."""

    wanted: Asked
    found: Chosen
    totals: Totals
    wording: Wording


@post_door
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The list."""
    presence = presence_of(request)
    one = _asking(request)
    wanted = one.wanted
    here = page_of(one.found, wanted.mark)
    kept = saved_by(presence.actor).filter(place="cases")
    return page(
        request,
        "desk/cases/list.html",
        here="cases",
        **_common(one),
        rows=case_rows(here.rows, one.wording),
        filters=_filters(wanted),
        states=_states(wanted, presence.actor, one.wording.at),
        saved=[(choice.name or "", f"{BASE}?{choice.query}") for choice in kept if choice.query],
        overdue_href=wanted.href(light="red"),
        before=wanted.href(at=here.before) if here.before else "",
        after=wanted.href(at=here.after) if here.after else "",
        first=wanted.href() if wanted.at else "",
        files={kind: wanted.href(f"{BASE}.{kind}") for kind in ("csv", "xlsx")},
        paper=wanted.href(f"{BASE}/print"),
    )


@post_door
@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """``/desk/cases/print``: the same choice as one plain table for A4."""
    one = _asking(request)
    rows = first_of(one.found, ON_PAPER)
    return page(
        request,
        "desk/cases/list_print.html",
        here="cases",
        **_common(one),
        rows=case_rows(rows, one.wording),
        most=ON_PAPER,
        back=one.wanted.href(),
    )


@post_door
@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponseBase:
    """``/desk/cases.csv`` and ``.xlsx``: the same choice as a table, every cell plain text."""
    one = _asking(request)
    name = f"cases-{day_of(one.wording.at).isoformat()}.{kind}"
    header = [gettext(column) for column in COLUMNS]
    if kind == "csv":
        return csv_answer(name, header, _lines(one))
    return xlsx_answer(name, gettext("事项"), header, _lines(one))


def _asking(request: HttpRequest) -> _Asking:
    presence = presence_of(request)
    moment = now()
    wanted = asked(request.GET)
    bounds = bounds_at(moment)
    found = chosen(wanted, presence.actor, bounds)
    return _Asking(wanted, found, totals_of(wanted, presence.actor, bounds), Wording(rulebook(), moment))


def _common(one: _Asking) -> dict[str, Any]:
    """What the page and the paper both say at their top."""
    unit = ""
    if one.wanted.unit:
        named = Unit.objects.filter(pk=one.wanted.unit).values_list("name", flat=True).first()
        unit = named or gettext("没有这个单位")
    return {
        "wanted": one.wanted,
        "moment": one.wording.at,
        "near": one.wording.near(),
        "total": one.totals.whole,
        "overdue": one.totals.overdue,
        "is_more": one.totals.is_whole_more,
        "is_more_overdue": one.totals.is_overdue_more,
        "chosen": words_of(one.wanted, unit),
    }


def _filters(wanted: Asked) -> dict[str, Any]:
    units = Unit.objects.filter(closed_on__isnull=True).order_by("name").values_list("id", "name")
    return {
        "kinds": [(kind.name, kind.newest.label) for kind in kinds()],
        "states": states_of(wanted.kind),
        "units": list(units),
        "lights": [(light, light_words(light)) for light in LIGHTS],
        "ended": [(name, ended_words(name)) for name in ("", *ENDED)],
        "longest": LONGEST_TEXT,
        "is_open": bool(wanted.text or wanted.unit or wanted.since or wanted.until),
    }


def _states(wanted: Asked, actor: Actor, at: dt.datetime) -> list[RailLink]:
    """Where the cases of a chosen kind stand, whatever state was chosen; choosing the one in force again takes it away.

    Without numbers where there are too many to count.
    """
    if not wanted.kind:
        return []
    counts = state_counts(wanted, actor, bounds_at(at))
    return [
        RailLink(
            words,
            wanted.href(state="" if wanted.state == name else name),
            -1 if counts is None else counts.get(name, 0),
            wanted.state == name,
        )
        for name, words in states_of(wanted.kind)
        if counts is None or counts.get(name) or wanted.state == name
    ]


def _lines(one: _Asking) -> Iterator[list[str]]:
    """Every row in the order of the moment it was asked for; two queries for each two hundred."""
    keys = keys_of(one.found)
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        rows = {row.pk: row for row in one.found.seen.filter(pk__in=batch)}
        yield from case_lines([rows[key] for key in batch if key in rows], one.wording)
