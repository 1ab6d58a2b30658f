"""The clock of this installation: a demonstration's shows its invented day and runs on; a real one's must not run back."""

from __future__ import annotations

import datetime as dt
import json

from luodi.kernel.clocks import now as clocks
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.ledger.models import Event

STARTED = "clock.started"


def begin_at(invented: dt.datetime) -> None:
    """From now on let it be ``invented``, in this process and, by an event, in every later one. For demonstrations only."""
    real = dt.datetime.now(dt.UTC)
    with clocks.held_at(invented):
        shown = {"invented": invented, "real": real}
        with action(STARTED, by=SYSTEM, subject="", shown=shown):
            pass
    clocks.start_from(invented, real)


def start() -> None:
    """Let the clock of this process show what the district's shows."""
    event = Event.objects.filter(kind=STARTED).order_by("-id").first()
    if event is not None:
        shown = json.loads(event.payload)["data"]
        clocks.start_from(
            dt.datetime.fromisoformat(shown["invented"]), dt.datetime.fromisoformat(shown["real"])
        )
