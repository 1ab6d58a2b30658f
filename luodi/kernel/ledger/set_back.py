"""A machine's clock that was set back: told in words, wherever somebody looks.

Nothing is lost by it: events keep the order in which they were written, whatever times they bear.
"""

from __future__ import annotations

import datetime as dt

from luodi.kernel.clocks.now import SHANGHAI, now
from luodi.kernel.ledger.models import Event


def set_back_by() -> dt.timedelta | None:
    """How far the clock lies before the newest event; ``None`` where it does not (a minute is nothing)."""
    newest = Event.objects.order_by("-at").values_list("at", flat=True).first()
    if newest is None:
        return None
    gap = newest - now()
    return gap if gap > dt.timedelta(minutes=1) else None


def warning() -> str:
    """What to tell a person whose machine's clock was set back; empty where it was not."""
    gap = set_back_by()
    if gap is None:
        return ""
    shown = now().astimezone(SHANGHAI)
    return (
        f"系统时间是{shown:%Y-%m-%d %H:%M}，比最近一条登记早{_spoken(gap)}：机器的时钟被拨回过。"
        "登记的先后仍按写入次序，不会倒退，但新登记的日期会偏早。请校准时钟后再办事。(clock-set-back)"
    )


def _spoken(gap: dt.timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes}分钟"
    return f"{minutes // 60}小时" if minutes < 48 * 60 else f"{minutes // 1440}天"
