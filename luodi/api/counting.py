"""How often one may ask: so many requests a minute by key or by address, counted in this process's memory."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

WINDOW = 60  # seconds
OF_AN_ADDRESS = 240
OF_A_KEY = 600
_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Count:
    """``left`` requests until ``resets_in`` seconds are over; ``is_over``: this one is one too many."""

    limit: int
    left: int
    resets_in: int
    is_over: bool

    def headers(self) -> dict[str, str]:
        """What every answer carries."""
        found = {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.left),
            "X-RateLimit-Reset": str(self.resets_in),
        }
        return {**found, "Retry-After": str(self.resets_in)} if self.is_over else found


class Counter:
    """Counts by key in windows that begin with the first request."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._windows: dict[str, tuple[float, int]] = {}
        self._lock = threading.Lock()

    def count(self, key: str, limit: int) -> Count:
        """Count one request."""
        with self._lock:
            at = self._clock()
            began, number = self._windows.get(key, (at, 0))
            if at - began >= WINDOW:
                began, number = at, 0
            if key not in self._windows and len(self._windows) >= _MOST_KEPT:
                self._drop_old(at)
            self._windows[key] = (began, number + 1)
        resets_in = max(1, math.ceil(began + WINDOW - at))
        return Count(limit, max(0, limit - number - 1), resets_in, number >= limit)

    def forget(self) -> None:
        """Forget everything; for tests."""
        with self._lock:
            self._windows.clear()

    def _drop_old(self, at: float) -> None:
        """Room for more: windows that are over go; where all are new, the whole table, which loosens one minute."""
        self._windows = {key: held for key, held in self._windows.items() if at - held[0] < WINDOW}
        if len(self._windows) >= _MOST_KEPT:
            self._windows.clear()


REQUESTS = Counter()
