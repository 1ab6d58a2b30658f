"""Progress on standard error: how many, how fast, how long yet; quiet for what is over at once."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

_COUNTED_AT_A_TIME = 2_000


class Progress:
    """Counts files and bytes. On a terminal one line is rewritten; elsewhere a line every few seconds.

    ``files`` are walked a second time to learn how many there are, a piece whenever something is shown: a huge folder
    is begun at once and its total appears when it is known.
    """

    def __init__(self, files: Iterator[Path]) -> None:
        self.done = self.refused = self.statements = 0
        self._bytes = self._counted = 0
        self._files: Iterator[Path] | None = files
        self._start = self._shown = time.monotonic()
        self._terminal = sys.stderr is not None and sys.stderr.isatty()
        self._every = 0.2 if self._terminal else 5.0
        self._line_stands = False

    def go_on(self, files: int, statements: int, refused: int) -> None:
        """Count what an earlier run did."""
        self.done, self.statements, self.refused = files, statements, refused
        if files:
            self.say(f"luodi: 接着上一次：{files} 个文件早已读完。(resumed)")

    def step(self, size: int) -> None:
        """One file more is done."""
        self.done += 1
        self._bytes += size
        now = time.monotonic()
        if now - self._shown >= self._every:
            self._shown = now
            self._show(now)

    def say(self, message: str) -> None:
        """A line of its own on standard error, above the line that is rewritten."""
        self._wipe()
        print(message, file=sys.stderr)

    def finish(self) -> None:
        """The sum, where there was more than one file or something was refused."""
        self._wipe()
        if self.done > 1 or self.refused:
            note = f"，拒收 {self.refused} 个（原因见上）" if self.refused else ""
            print(f"共 {self.done} 个文件，读出 {self.statements} 条{note}。", file=sys.stderr)

    def _show(self, now: float) -> None:
        if self._files is not None:
            counted = sum(1 for _ in islice(self._files, _COUNTED_AT_A_TIME))
            self._counted += counted
            if counted < _COUNTED_AT_A_TIME:
                self._files = None
        spent = now - self._start
        line = f"已读 {self.done} 个文件 · {self._bytes / 1e6 / spent:.1f} MB/秒"
        if self._files is None and self._counted >= self.done:
            left = spent / self.done * (self._counted - self.done)
            line = f"已读 {self.done}/{self._counted} 个文件 · {self._bytes / 1e6 / spent:.1f} MB/秒 · 约剩 {left:.0f} 秒"
        if self._terminal:
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
            self._line_stands = True
        else:
            print(line, file=sys.stderr, flush=True)

    def _wipe(self) -> None:
        if self._line_stands:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._line_stands = False
