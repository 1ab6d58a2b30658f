"""Work told without a clock: lines of ours that ran, and whether something ends at all.

A test that asserts seconds fails on a slow morning. Lines run are the same on every machine and see every loop of ours; a
search of ``re`` that never ends sees no line of ours, so such input gets a limit far beyond what it needs.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

OURS = str(Path(__file__).parents[1] / "luodi")
# what ends in a second or two on any machine ends in this long on a very busy one
FAR_TOO_LONG = 120


def lines_run(act: Callable[[], object]) -> int:
    """How many lines of ``luodi/`` run while ``act`` does."""
    count = 0

    def inside(frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        if event == "line":
            count += 1
        return inside

    def entering(frame: FrameType, _event: str, _arg: Any) -> Any:
        return inside if frame.f_code.co_filename.startswith(OURS) else None

    before = sys.gettrace()
    sys.settrace(entering)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


class DidNotEnd(AssertionError):  # noqa: N818 (it says what happened)
    """The limit passed."""


@contextmanager
def must_end(limit: int = FAR_TOO_LONG) -> Iterator[None]:
    """Raise ``DidNotEnd`` inside when ``limit`` seconds have passed; ``re`` asks for signals too."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise DidNotEnd(f"still running after {limit} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(limit)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
