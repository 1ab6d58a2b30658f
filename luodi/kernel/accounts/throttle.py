"""How often one may try: counted in this process's memory, so that a failing database loosens nothing.

It stands before the lock-out that the database keeps, is coarser than that, and forgets when the process ends. An attempt is
counted before it is judged, and taken off again when it succeeds.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable


class Throttle:
    """At most ``limit`` failures of one key within ``window`` seconds; keeps the ``capacity`` keys last seen."""

    def __init__(
        self, limit: int, window: float, capacity: int = 20_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.limit = limit
        self.window = window
        self._capacity = capacity
        self._clock = clock
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def attempt(self, key: str) -> float:
        """Count one attempt. Returns 0 where it may go on, else the seconds to wait; a refused one is not counted."""
        with self._lock:
            now = self._clock()
            tries = self._tries.setdefault(key, deque())
            self._tries.move_to_end(key)
            while tries and tries[0] <= now - self.window:
                tries.popleft()
            if len(tries) >= self.limit:
                return tries[0] + self.window - now
            tries.append(now)
            while len(self._tries) > self._capacity:
                self._tries.popitem(last=False)
            return 0.0

    def succeeded(self, key: str) -> None:
        """Take the latest attempt off again."""
        with self._lock:
            tries = self._tries.get(key)
            if tries:
                tries.pop()

    def forget(self) -> None:
        """Forget everything; for tests."""
        with self._lock:
            self._tries.clear()


FROM_ONE_ADDRESS = Throttle(limit=60, window=900)
AT_ONE_LOGIN = Throttle(limit=30, window=900)
ONE_TIME_LINKS = Throttle(limit=30, window=900)
PUBLIC_LOG_INS = Throttle(limit=120, window=900)  # each makes a session, and nobody has to know anything
