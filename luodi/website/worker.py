"""The working child: seals what was written, turns the board when the day turns, sends notices, clears what has to be forgotten.

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
SEND_EVERY = 2.0
ASK_EVERY = 2.0
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
    from luodi.kernel.jobs.working import Worker
    from luodi.website import clock

    jobs = Worker()
    _safely(clock.start)
    threading.Thread(target=_send_notices, name="notices", daemon=True).start()
    threading.Thread(target=_reckon_rates, name="rates", daemon=True).start()
    threading.Thread(target=_ask_second_reader, name="second reader", daemon=True).start()
    looked = -LOOK_EVERY
    while not _ended.is_set() and not is_orphan():
        is_well = _safely(_seal)
        if time.monotonic() - looked >= LOOK_EVERY:
            looked = time.monotonic()
            is_well = _safely(turn_day) and is_well
            is_well = _safely(_turn_lights) and is_well
            is_well = _safely(_turn_projects) and is_well
            is_well = _safely(_sweep) and is_well
            is_well = _safely(_tidy) and is_well
        is_well = _safely(jobs.turn) and is_well
        _ended.wait(REST_AFTER_FAULT if not is_well else SEAL_EVERY if jobs.is_idle else 0)


def turn_day() -> bool:
    """Once a day: sheets and files laid by and not used are destroyed, the board is brought to today, old sessions are forgotten.

    Whether it was time.
    """
    from luodi.desk.first_hour import staged
    from luodi.kernel.accounts.actions import clear_old_sessions
    from luodi.kernel.clocks.now import today
    from luodi.kernel.commitments.acts.turning import tick, turned_on
    from luodi.kernel.evidence import sending
    from luodi.kernel.ledger.action import SYSTEM

    day: dt.date | None = turned_on()
    if day == today():
        return False
    staged.sweep()
    sending.sweep()
    tick()
    clear_old_sessions(by=SYSTEM)
    return True


def _seal() -> None:
    from luodi.kernel.ledger.sealing import seal

    seal()


def _turn_lights() -> None:
    """What is due turns amber and red by itself, to the minute."""
    from luodi.kernel.cases.actions import tick

    tick()


def _turn_projects() -> None:
    """A month comes near, or a rule of lights is another: where projects stand is reckoned anew."""
    from luodi.areas.projects import standing_rows

    standing_rows.turn()


def _sweep() -> None:
    """What an erasure could not sweep at once, since others were in the way."""
    from luodi.kernel.ledger.sweeping import sweep_if_due

    sweep_if_due()


def _tidy() -> None:
    """Tell of hand-overs that wait for a signature; forget old notices and the keys of requests that cannot come again."""
    from luodi.api import actions as answered
    from luodi.kernel.notices import actions as notices

    notices.tell_hand_overs()
    notices.sweep()
    answered.sweep()


def _send_notices() -> None:
    """In a thread of its own: a receiver that hangs holds up its own notices and nothing else."""
    from luodi.kernel.notices import sending
    from luodi.website.parenthood import is_orphan

    while not _ended.is_set() and not is_orphan():
        is_well = _safely(sending.turn)
        _ended.wait(SEND_EVERY if is_well else REST_AFTER_FAULT)


def _ask_second_reader() -> None:
    """In a thread of its own, as notices are: a model that stalls holds up its own questions and nothing else."""
    from luodi.kernel.documents.second import asking
    from luodi.website.parenthood import is_orphan

    while not _ended.is_set() and not is_orphan():
        is_well = _safely(asking.turn)
        _ended.wait(ASK_EVERY if is_well else REST_AFTER_FAULT)


def _reckon_rates() -> None:
    """In a thread of its own: of very many cases it takes minutes, and lights turn meanwhile."""
    from luodi.kernel.cases.actions import reckon_rates
    from luodi.website.parenthood import is_orphan

    while not _ended.is_set() and not is_orphan():
        _safely(reckon_rates)
        _ended.wait(LOOK_EVERY)


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
