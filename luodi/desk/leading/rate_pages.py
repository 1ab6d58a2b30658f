"""``/desk/leader/rates`` and, for each of its figures, the list that it is made of."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luodi.desk.doors import role_door
from luodi.desk.leading.cases import rows_of
from luodi.desk.leading.rates import measure_named, rates_shown
from luodi.desk.leading.scope import ROLES
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.cases import tallies
from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.measures import PARTS, Period, rows, year_until
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.playbook import Measure, Playbook
from luodi.kernel.cases.rate_access import newest_for
from luodi.kernel.clocks.now import now, today
from luodi.kernel.ids import is_id
from luodi.kernel.ledger.action import Actor

A_PAGE = 50
PART_WORDS = {
    "among": gettext_lazy("该算的"),
    "reported": gettext_lazy("自己报的"),
    "counted": gettext_lazy("另一个单位核过的"),
    "excluded": gettext_lazy("没算进去的"),
    "forced": gettext_lazy("强行了结的"),
    "merged": gettext_lazy("并到别的里面算的"),
}


@role_door(*ROLES)
@require_safe
def all_rates(request: HttpRequest) -> HttpResponse:
    """The rates of this year; of very many cases as they were reckoned, or the first time counted, which takes a while."""
    presence = presence_of(request)
    moment = now()
    told = rates_shown(presence.actor, moment, may_take_long=True)
    return page(request, "desk/leading/rates.html", here="leading", told=told, moment=moment)


@role_door(*ROLES)
@require_safe
def rate_cases(request: HttpRequest) -> HttpResponse:
    """``?kind=&measure=&part=&until=``: the cases, or of duties theirs, of one figure of a rate of that year, in order of ids."""
    presence = presence_of(request)
    asked = {name: request.GET.get(name, "") for name in ("kind", "measure", "part", "until")}
    named = measure_named(asked["kind"], asked["measure"])
    if named is None or asked["part"] not in PARTS:
        raise Http404
    book, measure = named
    period = year_until(_day(asked["until"]))
    found = rows(measure, book, period, visible_to(presence.actor)).filter(**PARTS[asked["part"]])
    after = request.GET.get("after", "")
    later = found.filter(pk__gt=after) if is_id(after) else found
    keys = list(later.order_by("pk").values_list("pk", flat=True)[: A_PAGE + 1])
    following = asked | {"after": keys[A_PAGE - 1]} if len(keys) > A_PAGE else None
    return page(
        request,
        "desk/leading/rate_cases.html",
        here="leading",
        measure=measure,
        book=book,
        part=PART_WORDS[asked["part"]],
        period=period,
        total=_total(presence.actor, book, measure, period, found, asked["part"]),
        rows=rows_of(_cases(found, keys[:A_PAGE])),
        first=f"?{urlencode(asked)}" if is_id(after) else "",
        following=f"?{urlencode(following)}" if following else "",
        moment=now(),
    )


def _total(
    actor: Actor, book: Playbook, measure: Measure, period: Period, found: QuerySet[Any], part: str
) -> int:
    """How many: as it was reckoned for these days, else counted."""
    if tallies.are_very_many():
        for row in newest_for(actor).filter(kind=book.kind, measure=measure.name, until=period.until):
            return int(getattr(row, part))
    return found.count()


def _cases(found: QuerySet[Any], keys: list[str]) -> list[Case]:
    """The cases of these rows, in their order; of duties, the case of each."""
    if found.model is Case:
        return list(Case.objects.filter(pk__in=keys).select_related("unit").order_by("pk"))
    duties = found.model._default_manager.filter(pk__in=keys).select_related("case__unit").order_by("pk")
    return [duty.case for duty in duties]


def _day(text: str) -> dt.date:
    """The day until which is asked; today where none is said. Raises ``Http404`` for what is no day, or not over."""
    if not text:
        return today()
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day > today():
        raise Http404
    return day
