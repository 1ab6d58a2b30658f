"""刚刚有变化: the newest events that a reader of the board would call news."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from django.utils.translation import gettext

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
    """The newest ``most`` changes, one a promise where several came together. Three queries."""
    found = list(
        Event.objects.filter(pk__in=_newest(3 * most))
        .order_by("-at", "-id")
        .values_list("id", "kind", "at", "subject", "payload")
    )
    subjects = {subject for *_, subject, _ in found}
    promises = {
        ident: (title, unit)
        for ident, title, unit in Commitment.objects.filter(pk__in=subjects)
        .exclude(state="undone")
        .values_list("id", "title", "lead_unit__name")
    }
    items: list[Item] = []
    seen: set[tuple[str, dt.date]] = set()
    for ident, kind, at, subject, payload in found:
        if subject not in promises or (subject, day_of(at)) in seen:
            continue
        seen.add((subject, day_of(at)))
        words, icon, tone = _shown(kind, payload)
        title, unit = promises[subject]
        items.append(Item(ident, at, words, icon, tone, title, f"/c/{subject}", unit))
        if len(items) == most:
            break
    return items


def _newest(most: int) -> list[str]:
    """The ids of the newest events of these kinds: a few of each kind, from the end of its index.

    Asked for all kinds at once, a database reads every event of theirs and sorts them.
    """
    table = Event._meta.db_table
    few = f"SELECT id, at FROM {table} WHERE kind = %s ORDER BY at DESC, id DESC LIMIT {most:d}"  # noqa: S608 (our own names)
    of_all = " UNION ALL ".join([f"SELECT * FROM ({few}) AS newest"] * len(NEWS))  # noqa: S608
    query = f"{of_all} ORDER BY at DESC, id DESC LIMIT {most:d}"
    return [event.id for event in Event.objects.raw(query, list(NEWS))]


def _shown(kind: str, payload: str) -> tuple[str, str, str]:
    """Words, symbol and tone. What was verified may be progress or the end: only the end gets the symbol of a kept promise."""
    icon, tone = NEWS[kind]
    if kind != "commitment.verified":
        return words_of(kind), icon, tone
    rows = json.loads(payload)["rows"].get(Commitment._meta.db_table, {})
    if any(row.get("state") == "kept" for row in rows.values()):
        return gettext("核实兑现"), icon, tone
    return words_of(kind), "event", tone
