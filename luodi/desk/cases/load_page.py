"""``/desk/cases/load``: who has how much open and for how long, and what comes back again and again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.cases.listing_asking import Asked
from luodi.desk.cases.listing_words import address_of, title_words
from luodi.desk.cases.load_counts import (
    Again,
    again_by_subject,
    again_by_unit,
    recurs_on,
    unit_loads,
    whole_of,
)
from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.cases.access import sees_all, visible_to
from luodi.kernel.clocks.now import day_of, now
from luodi.kernel.commitments import access as promises
from luodi.kernel.ids import CASE
from luodi.kernel.ledger.action import Actor


@dataclass(frozen=True, slots=True)
class AgainShown:
    """A line of what recurs: its name, where it leads, and the list of its cases."""

    again: Again
    name: str
    href: str


@post_door
@require_safe
def load(request: HttpRequest) -> HttpResponse:
    """The loads of the units whose cases the post may see."""
    presence = presence_of(request)
    moment = now()
    day = day_of(moment)
    found, recurs, is_whole = visible_to(presence.actor), recurs_on(day), sees_all(presence.actor)
    loads = unit_loads(found, moment, is_whole=is_whole)
    total, overdue = whole_of(loads)
    subjects = again_by_subject(found, day, recurs, is_whole=is_whole)
    named = _names(subjects, presence.actor)
    return page(
        request,
        "desk/cases/load.html",
        here="cases",
        moment=moment,
        loads=[(row, Asked(unit=row.unit).href(), Asked(unit=row.unit, light="red").href()) for row in loads],
        total=total,
        overdue=overdue,
        subjects=[
            AgainShown(again, named.get(again.ident, gettext("您看不到的一件")), _href(again.ident, named))
            for again in subjects
        ],
        units=[
            AgainShown(again, again.name, _opened(again, recurs.since(day)))
            for again in again_by_unit(found, day, recurs, is_whole=is_whole)
        ],
        recurs_days=recurs.days,
        recurs_times=recurs.times,
    )


def _opened(again: Again, since: dt.date) -> str:
    """The list of as many cases as the line says."""
    return Asked(kind=again.kind, unit=again.ident, ended="all", since=since).href()


def _names(subjects: Iterable[Again], actor: Actor) -> dict[str, str]:
    """The titles of promises and cases that the actor may see. Two queries."""
    idents = [again.ident for again in subjects]
    seen = promises.visible_to(actor).filter(pk__in=[i for i in idents if i[:1] == "c"])
    found = dict(seen.order_by().values_list("pk", "title"))
    cases = visible_to(actor).filter(pk__in=[i for i in idents if i[:1] == CASE])
    found |= {
        pk: f"{number} {title_words(title)}"
        for pk, number, title in cases.values_list("pk", "number", "title")
    }
    return found


def _href(ident: str, named: dict[str, str]) -> str:
    return address_of(ident) if ident in named else ""
