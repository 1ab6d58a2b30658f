"""Time that passes between two things that people do: lights turn, and what stays overdue is lifted a level."""

from __future__ import annotations

import datetime as dt

from django.db.models import Min

from luodi.kernel.cases.actions import tick
from luodi.kernel.cases.models import DueItem
from luodi.kernel.clocks.now import held_at


def pass_until(moment: dt.datetime) -> None:
    """Let all of it happen at its own instant, as a server would that is always on, up to ``moment``."""
    while (first := _first(moment)) is not None:
        with held_at(first):
            if not tick():
                return


def _first(moment: dt.datetime) -> dt.datetime | None:
    turning = DueItem.objects.filter(turns_at__lte=moment)
    first: dt.datetime | None = turning.aggregate(first=Min("turns_at"))["first"]
    return first
