"""One item in the hands of whoever does the work: what it may read, and how it tells what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from luodi.kernel.jobs import actions
from luodi.kernel.jobs.archives import Archives, gone
from luodi.kernel.jobs.models import Item
from luodi.kernel.jobs.staging import path_of
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal


class Work:
    """Settled once, by ``settle`` or ``unfold``; whoever cannot do the work raises ``Refusal``."""

    def __init__(
        self, item: Item, archives: Archives, since: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.item = item
        self.is_settled = False
        self._archives = archives
        self._since = since
        self._clock = clock

    @property
    def actor(self) -> Actor:
        """In whose name it is done: who asked, as the post of then."""
        return Actor(account=self.item.job.account, post=self.item.job.post)

    @property
    def worked_ms(self) -> int:
        """Milliseconds spent on this item so far, with what came before it."""
        return max(int((self._clock() - self._since) * 1_000), 0)

    def path(self) -> Path:
        """Where the bytes lie; for files that are too large to be read whole. Raises ``Refusal``: ``staged-gone``."""
        path = path_of(self.item.job_id, self.item.sha256)
        if not path.exists():
            raise gone()
        return path

    def read(self, largest: int) -> bytes:
        """All bytes. Raises ``Refusal``: ``too-large``, ``staged-gone`` and those of archives."""
        if self.item.parent_id is not None:
            return self._archives.read(self.item, largest)
        path = self.path()
        if path.stat().st_size > largest:
            size = path.stat().st_size
            raise Refusal("too-large", f"文件有{size:,}字节，最多{largest:,}字节。请拆成几份后再放。")
        return path.read_bytes()

    def settle(self, state: str, *, result: str = "", findings: int = 0) -> None:
        """Tell what came of it, inside the transaction that wrote it: ``taken`` or ``known``. Raises ``AlreadySettled``."""
        actions.settle(self.item, state, result=result, findings=findings, worked_ms=self.worked_ms)
        self.is_settled = True

    def unfold(
        self, role: str, parts: Sequence[actions.Given] = (), *, findings: int = 0, words: str = ""
    ) -> None:
        """Tell that it is an archive with these parts, or a list for its job. Raises ``AlreadySettled``, ``Refusal``."""
        actions.unfold(self.item, role, parts, findings=findings, words=words)
        self.is_settled = True

    def refuse(self, refusal: Refusal) -> None:
        """Tell that it was refused. Raises ``AlreadySettled``."""
        actions.refuse(self.item, refusal, worked_ms=self.worked_ms)
        self.is_settled = True
