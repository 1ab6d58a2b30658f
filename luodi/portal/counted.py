"""The board's counts, remembered as long as neither ledger nor day changes: they read every promise once."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from luodi.kernel.commitments import board
from luodi.kernel.commitments.board import Choice, Dimension, Tally
from luodi.portal.freshness import state_of

_MOST = 128
_lock = threading.Lock()
_kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()


def tally(request: HttpRequest, choice: Choice, day: dt.date) -> Tally:
    """How many of the choice stand where."""
    found: Tally = _remembered((state_of(request)[0], day, choice, ""), lambda: board.tally(choice, day))
    return found


def tally_by(
    request: HttpRequest, dimension: Dimension, choice: Choice, day: dt.date
) -> list[tuple[Any, Tally]]:
    """The same by lead unit, place, topic or year."""
    found: list[tuple[Any, Tally]] = _remembered(
        (state_of(request)[0], day, choice, dimension), lambda: board.tally_by(dimension, choice, day)
    )
    return found


def _remembered(key: tuple[Any, ...], count: Callable[[], Any]) -> Any:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = count()
    with _lock:
        _kept[key] = made
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return made
