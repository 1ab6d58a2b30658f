"""刚刚有变化: the newest events that a reader of the board would call news."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from luodi.kernel.clocks.now import day_of
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.ledger.models import Event
from luodi.pages import days
from luodi.portal.event_words import NEWS, words_of


@dataclass(frozen=True, slots=True)
class Item:
    """One change of one promise."""

    event: str
    at: dt.datetime
    words: str
    icon: str
    tone: str
    title: str
    href: str
    unit: str

    @property
    def day(self) -> dt.date:
        """The day it was registered."""
        return day_of(self.at)

    @property
    def day_words(self) -> str:
        """今天, 昨天, or the day."""
        return days.near(self.day)


def news(most: int) -> list[Item]:
    """The newest ``most`` changes, one a promise where several came together. Two queries."""
    found = list(
        Event.objects.filter(kind__in=list(NEWS))
        .order_by("-at", "-id")
        .values_list("id", "kind", "at", "subject")[: 3 * most]
    )
    subjects = {subject for *_, subject in found}
    promises = {
        ident: (title, unit)
        for ident, title, unit in Commitment.objects.filter(pk__in=subjects)
        .exclude(state="undone")
        .values_list("id", "title", "lead_unit__name")
    }
    items: list[Item] = []
    seen: set[tuple[str, dt.date]] = set()
    for ident, kind, at, subject in found:
        if subject not in promises or (subject, day_of(at)) in seen:
            continue
        seen.add((subject, day_of(at)))
        icon, tone = NEWS[kind]
        title, unit = promises[subject]
        items.append(Item(ident, at, words_of(kind), icon, tone, title, f"/c/{subject}", unit))
        if len(items) == most:
            break
    return items
