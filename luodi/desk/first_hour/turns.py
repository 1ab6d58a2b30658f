"""What waits to be entered, settled once and laid beside its sheet; then entered turn by turn, the sheet left unread."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest

from luodi.desk.first_hour.staged import Staged

AT_ONCE = 200  # rows of one transaction
SHORT = 1.5  # seconds of a turn where the page goes on by itself
LONG = 15.0  # where somebody has to press again
_PLAN = "plan.json"


def lay_out(held: Staged, rows: Sequence[Sequence[Any]]) -> None:
    """Lay by what is to be entered, in place of what waited before; values as JSON has them."""
    held.beside(_PLAN).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    held.planned, held.taken, held.refused, held.speed = len(rows), 0, 0, 0.0
    held.keep()


def take_up(held: Staged) -> None:
    """Forget what waited: what was chosen has changed."""
    held.planned = held.taken = 0


def waiting(held: Staged) -> list[list[Any]]:
    """What is still to be entered."""
    if not held.planned:
        return []
    rows: list[list[Any]] = json.loads(held.beside(_PLAN).read_text(encoding="utf-8"))
    return rows[held.taken :]


def turn(
    held: Staged,
    enter: Callable[[list[list[Any]]], None],
    *,
    seconds: float,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Enter what waits, ``AT_ONCE`` rows at a time, for ``seconds``; once at least.

    How far it came is kept each time: whoever goes on after a fall begins there, and a row that had gone in is met again.
    """
    rows, began = waiting(held), clock()
    gone = 0
    while gone < len(rows) and (not gone or clock() - began < seconds):
        some = rows[gone : gone + AT_ONCE]
        enter(some)
        gone += len(some)
        held.taken += len(some)
        held.keep()
    took = clock() - began
    held.speed = gone / took if took > 0 else 0.0
    held.keep()


def seconds_of(request: HttpRequest) -> float:
    """How long a turn may be: the page's script asks for short ones and goes on by itself."""
    return SHORT if request.POST.get("turn") == "short" else LONG


def goes_on(request: HttpRequest) -> bool:
    """Whether a press means the rows that wait already, not those of the page with every row."""
    return request.POST.get("on") == "1"


def progress_of(held: Staged) -> dict[str, int]:
    """``done`` and ``left`` rows, ``share`` in percent, ``speed`` in rows a second and ``seconds`` left (0: not known)."""
    left = held.planned - held.taken
    return {
        "done": held.taken,
        "left": left,
        "total": held.planned,
        "share": held.taken * 100 // max(1, held.planned),
        "speed": round(held.speed),
        "seconds": math.ceil(left / held.speed) if held.speed else 0,
    }
