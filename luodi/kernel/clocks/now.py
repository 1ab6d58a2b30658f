"""The one source of now. Everything else asks here, so that a demonstration's clock can start on its own day.

Instants are UTC; a day is a day in Shanghai.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

UTC = dt.UTC
# China has kept one time without summer time since 1991; a fixed offset needs no time zone database
SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
_offset = dt.timedelta(0)
_held: ContextVar[dt.datetime | None] = ContextVar("held_now", default=None)


def now() -> dt.datetime:
    """This instant, in UTC."""
    held = _held.get()
    return held if held is not None else dt.datetime.now(UTC) + _offset


def today() -> dt.date:
    """The day it is in Shanghai."""
    return day_of(now())


def day_of(instant: dt.datetime) -> dt.date:
    """The Shanghai day of an aware instant."""
    return instant.astimezone(SHANGHAI).date()


def start_from(invented: dt.datetime, at: dt.datetime) -> None:
    """Let the clock show ``invented`` at the real instant ``at`` and run on from there. For demonstrations only."""
    global _offset
    _offset = invented - at


@contextmanager
def held_at(instant: dt.datetime) -> Iterator[None]:
    """Let the clock stand at ``instant`` within: for loading a demonstration's history, and for tests."""
    token = _held.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)
