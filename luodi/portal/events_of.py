"""From rows to the events that made them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from luodi.kernel.ledger.models import Checkpoint, Event
from luodi.portal.event_words import words_of

_MOST = 400  # events of one subject looked at


@dataclass(frozen=True, slots=True)
class EventShown:
    """One line of the list of registrations."""

    id: str
    words: str
    at: dt.datetime
    index: int | None  # its place in the log, once sealed


@dataclass(frozen=True, slots=True)
class Events:
    """The events of one subject, oldest first, and which of them first wrote each row."""

    shown: tuple[EventShown, ...]
    by_row: dict[str, str] = field(default_factory=dict)

    @property
    def sealed(self) -> tuple[EventShown, ...]:
        """Those that stand in the log already."""
        return tuple(event for event in self.shown if event.index is not None)


def events_of(subject: str, others: Sequence[str] = ()) -> Events:
    """The events about ``subject``, and of those about ``others`` the ones that wrote a row of it or its own. One query."""
    found = (
        Event.objects.filter(subject__in=[subject, *others])
        .order_by("id")
        .values_list("id", "kind", "at", "subject", "payload", "leaf__index")[:_MOST]
    )
    shown: list[EventShown] = []
    by_row: dict[str, str] = {}
    for ident, kind, at, about, payload, index in found:
        if about != subject and subject not in payload:
            continue
        shown.append(EventShown(ident, words_of(kind), at, index))
        for rows in json.loads(payload).get("rows", {}).values():
            for row in rows:
                by_row.setdefault(row, ident)
    return Events(tuple(shown), by_row)


def newest_checkpoint() -> Checkpoint | None:
    """The newest signed checkpoint."""
    return Checkpoint.objects.order_by("-size").first()
