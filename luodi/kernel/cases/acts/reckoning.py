"""Reckoning the rates of a district with very many cases, once a day: every step of every case is read, which takes a while."""

from __future__ import annotations

import datetime as dt

from luodi.kernel.cases.measures import number, year_until
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.rate_models import Reckoned
from luodi.kernel.cases.registry import kinds
from luodi.kernel.cases.tallies import are_very_many, kinds_there_are
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM, action

_ONE = dt.timedelta(days=1)


def reckon_rates() -> int:
    """Up to the end of yesterday, which is over, in districts with very many cases; returns how many measures were reckoned.

    Done once for each day. What is read is read before anything is held; the figures are one event.
    """
    period = year_until(today() - _ONE)
    if not are_very_many() or Reckoned.objects.filter(until=period.until).exists():
        return 0
    here, every = kinds_there_are(), Case.objects.all()
    books = [kind.newest for kind in kinds() if kind.name in here]
    found = [(book, each, number(each, book, period, every)) for book in books for each in book.measures]
    if not found:
        return 0
    days = {"since": period.since, "until": period.until}
    with action("cases.reckoned", by=SYSTEM, subject="", shown=days) as act:
        for book, measure, told in found:
            figures = {name: getattr(told, name) for name in told.__slots__}
            act.create(Reckoned(kind=book.kind, measure=measure.name, at=act.at, **days, **figures))
    return len(found)
