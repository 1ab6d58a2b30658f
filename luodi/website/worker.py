"""The working child: seals what was written, turns the board when the day turns, clears what has to be forgotten.

Started by ``up``; killed, it is started again. What it does can be done twice without harm.
"""

from __future__ import annotations

import datetime as dt
import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

import django

SEAL_EVERY = 2.0  # seconds
LOOK_EVERY = 60.0
REST_AFTER_FAULT = 5.0

_log = logging.getLogger("luodi.worker")
_ended = threading.Event()


def main() -> None:
    """Work until told to end, or until the parent is gone."""
    from luodi.website.parenthood import end_with_parent, is_orphan

    end_with_parent()
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    django.setup()
    from luodi.website import clock

    _safely(clock.start)
    looked = -LOOK_EVERY
    while not _ended.is_set() and not is_orphan():
        is_well = _safely(_seal)
        if time.monotonic() - looked >= LOOK_EVERY:
            looked = time.monotonic()
            is_well = _safely(turn_day) and is_well
        _ended.wait(SEAL_EVERY if is_well else REST_AFTER_FAULT)


def turn_day() -> bool:
    """Once a day: the board is brought to today and old sessions are forgotten. Whether it was time."""
    from luodi.kernel.accounts.actions import clear_old_sessions
    from luodi.kernel.clocks.now import today
    from luodi.kernel.commitments.acts.turning import tick, turned_on
    from luodi.kernel.ledger.action import SYSTEM

    day: dt.date | None = turned_on()
    if day == today():
        return False
    tick()
    clear_old_sessions(by=SYSTEM)
    return True


def _seal() -> None:
    from luodi.kernel.ledger.sealing import seal

    seal()


def _safely(work: Callable[[], object]) -> bool:
    """Do it; a fault is logged and the connection dropped, so that the next round begins anew."""
    from django.db import connection

    try:
        work()
    except Exception:
        _log.exception("%s failed; it is tried again", getattr(work, "__name__", "work"))
        connection.close()
        return False
    return True


def _end(_signal: int, _frame: FrameType | None) -> None:
    _ended.set()


if __name__ == "__main__":
    main()
