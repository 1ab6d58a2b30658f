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


def set_back_by() -> dt.timedelta | None:
    """How far the clock lies before the newest event; ``None`` where it does not (a minute is nothing)."""
    newest = Event.objects.order_by("-at").values_list("at", flat=True).first()
    if newest is None:
        return None
    gap = newest - clocks.now()
    return gap if gap > dt.timedelta(minutes=1) else None


def warning() -> str:
    """What to tell a person whose machine's clock was set back; empty where it was not."""
    gap = set_back_by()
    if gap is None:
        return ""
    shown = clocks.now().astimezone(clocks.SHANGHAI)
    return (
        f"系统时间是{shown:%Y-%m-%d %H:%M}，比最近一条登记早{_spoken(gap)}：机器的时钟被拨回过。"
        "登记的先后仍按写入次序，不会倒退，但新登记的日期会偏早。请校准时钟后再办事。(clock-set-back)"
    )


def _spoken(gap: dt.timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes}分钟"
    return f"{minutes // 60}小时" if minutes < 48 * 60 else f"{minutes // 1440}天"
