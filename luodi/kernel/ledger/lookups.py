"""Reading the ledger: what events say, for those who may see it."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import QuerySet

from luodi.kernel.ledger.models import Checkpoint, Event, Leaf


def event(event_id: str) -> Event | None:
    """The event, or nothing."""
    return Event.objects.filter(pk=event_id).first()


def events_about(*subjects: str) -> QuerySet[Event]:
    """The events about these rows, oldest first."""
    return Event.objects.filter(subject__in=subjects).order_by("id")


def newest_event() -> Event | None:
    """The event written last."""
    return Event.objects.order_by("-id").first()


def shown_data(event: Event) -> dict[str, Any]:
    """What the act says in public."""
    return dict(json.loads(event.payload)["data"])


def staff_data(event: Event) -> dict[str, Any]:
    """What the act says to staff, what it says in public included. Never for a public page."""
    return {**shown_data(event), **json.loads(event.closed)["data"]}


def public_images(event: Event) -> dict[str, dict[str, dict[str, Any]]]:
    """The public fields of the rows that the event wrote: table → id → field → value."""
    return dict(json.loads(event.payload)["rows"])


def place_of(event: Event) -> int | None:
    """The event's index in the log; nothing while it is not sealed."""
    return Leaf.objects.filter(event=event).values_list("index", flat=True).first()


def newest_checkpoint() -> Checkpoint | None:
    """The log as it was last signed."""
    return Checkpoint.objects.order_by("-size").first()


def checkpoint_over(index: int) -> Checkpoint | None:
    """The first checkpoint that covers the leaf at ``index``."""
    return Checkpoint.objects.filter(size__gt=index).order_by("size").first()
