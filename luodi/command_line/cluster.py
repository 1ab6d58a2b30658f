"""``read --cluster``: files read by the workers of a Dask cluster; an answer each, in the order of the tasks.

The bytes are sent, so that a worker needs our program and no disk in common with us. Where a worker dies, the scheduler has
another one do its task again; only an answer that came back is written, once. Over a file that kills several workers the
cluster gives up: it is answered by ``lost``, like here at home. A worker of another version would answer otherwise: it answers
nothing.
"""

from __future__ import annotations

import hashlib
import logging
import re
import time
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.command_line.extras import require
from luodi.command_line.inputs import load
from luodi.command_line.one_file import Answer, Task, read_one
from luodi.kernel.refusal import Refusal
from luodi.reading.refusals import Refused

if TYPE_CHECKING:
    from distributed import Client, Future

_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?[^/\s]+:\d{1,5}")
PACKAGE = Path(__file__).resolve().parents[1]
# files go together, or the scheduler would have more to do than the workers
_BYTES_TOGETHER = 64_000
_FILES_TOGETHER = 32
# sent and not yet answered: memory stays bounded, here and on the scheduler
_BYTES_AHEAD = 128_000_000
_LEAST_AHEAD, _AHEAD_A_THREAD = 8, 4
_SECONDS_TO_CONNECT = 10.0
_SECONDS_WITHOUT_WORKERS = 60.0
_SECONDS_BETWEEN_LOOKS = 5.0


@dataclass
class _Sent:
    tasks: Sequence[Task]
    size: int
    future: Future


def over_cluster(address: str, tasks: Iterator[Task], lost: Callable[[Task], Answer]) -> Iterator[Answer]:
    """The answers to ``tasks``, in their order, by the workers of the scheduler at ``address``.

    Raises ``Refusal``: ``no-extra``, ``no-cluster``, ``no-workers``, ``cluster-lost``, ``cluster-other-version``.
    """
    require("distributed", "Dask distributed")
    with _connected(address) as client:
        cluster = _Cluster(client, lost)
        yield from cluster.answers(_together(tasks))


def read_together(version: str, tasks: Sequence[Task]) -> list[Answer] | str:
    """What a worker does: an answer a task; its own version where that is another than ``version``."""
    ours = fingerprint()
    return [read_one(task) for task in tasks] if ours == version else ours


@cache
def fingerprint() -> str:
    """A digest of the program that reads: the same where it answers the same."""
    digest = hashlib.sha256()
    for folder in ("command_line", "reading"):
        for path in sorted((PACKAGE / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(PACKAGE)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class _Cluster:
    """What was sent and is not yet answered, oldest first."""

    def __init__(self, client: Client, lost: Callable[[Task], Answer]) -> None:
        self._client, self._lost = client, lost
        self._run = uuid.uuid4().hex
        self._number = 0
        self._sent: deque[_Sent] = deque()
        self._threads, self._looked = 0, 0.0

    def answers(self, batches: Iterator[Sequence[Task]]) -> Iterator[Answer]:
        more = True
        while True:
            while more and self._has_room():
                batch = next(batches, None)
                if batch is None:
                    more = False
                else:
                    self._sent.append(self._send(batch))
            if not self._sent:
                return
            yield from self._answer(self._sent.popleft())

    def _has_room(self) -> bool:
        now = time.monotonic()
        if now - self._looked > _SECONDS_BETWEEN_LOOKS or not self._looked:
            self._looked, self._threads = now, self._count()
        most = max(_LEAST_AHEAD, _AHEAD_A_THREAD * self._threads)
        return len(self._sent) < most and sum(each.size for each in self._sent) < _BYTES_AHEAD

    def _count(self) -> int:
        with _told():
            return sum(self._client.nthreads().values())

    def _send(self, tasks: Sequence[Task]) -> _Sent:
        self._number += 1
        size = sum(len(task.raw) for task in tasks if isinstance(task.raw, bytes))
        key = f"luodi-{self._run}-{self._number}"
        with _told(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a task is large
            return _Sent(
                tasks, size, self._client.submit(read_together, fingerprint(), tasks, key=key, pure=False)
            )

    def _answer(self, sent: _Sent, is_alone: bool = False) -> list[Answer]:
        from distributed import KilledWorker

        try:
            with _told():
                found: list[Answer] | str = self._wait(sent.future)
        except KilledWorker:
            if is_alone:
                return [self._lost(sent.tasks[0])]
            # over one of these, or over another that waited beside them: each once more, one after the other
            return [
                answer for task in sent.tasks for answer in self._answer(self._send([task]), is_alone=True)
            ]
        if isinstance(found, str):
            raise _other_version()
        return found

    def _wait(self, future: Future) -> Any:
        """The result, however long that takes, as long as there is a worker to come by it."""
        seen = time.monotonic()
        while True:
            try:
                return future.result(timeout=_SECONDS_BETWEEN_LOOKS)
            except TimeoutError:
                if future.done():
                    raise
                if self._count():
                    seen = time.monotonic()
                elif time.monotonic() - seen > _SECONDS_WITHOUT_WORKERS:
                    raise Refusal(
                        "no-workers",
                        "集群里没有工作进程了，读不下去。请启动工作进程；加了 --resume 的，同一条命令再运行就接着读。",
                    ) from None


def _together(tasks: Iterator[Task]) -> Iterator[Sequence[Task]]:
    """The tasks with their bytes, some at a time."""
    batch: list[Task] = []
    size = 0
    for task in tasks:
        ready = _with_bytes(task)
        batch.append(ready)
        size += len(ready.raw) if isinstance(ready.raw, bytes) else 0
        if size >= _BYTES_TOGETHER or len(batch) >= _FILES_TOGETHER:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


def _with_bytes(task: Task) -> Task:
    if task.raw is not None:
        return task
    try:
        return replace(task, raw=load(task.path))
    except Refused as refused:
        return replace(task, raw=refused)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    from distributed import Client

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say it in our own words
    try:
        if not _ADDRESS.fullmatch(address):
            raise ValueError(address)
        client = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as fault:
        raise Refusal(
            "no-cluster",
            f"连不上 Dask 调度器 {address}。请检查地址（如 tcp://127.0.0.1:8786），调度器是否已启动。",
        ) from fault
    try:
        with _told():
            has_workers = bool(client.nthreads())
        if not has_workers:
            try:
                client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
            except TimeoutError:
                raise Refusal("no-workers", f"{address} 还没有工作进程。请先启动工作进程。") from None
        yield client
    finally:
        client.close(timeout=2)


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong between us and the scheduler, said in our own words."""
    from concurrent.futures import CancelledError

    try:
        yield
    except (ImportError, AttributeError) as fault:  # a worker that does not know us
        raise _other_version() from fault
    except (CancelledError, OSError) as fault:
        raise Refusal(
            "cluster-lost",
            "与 Dask 调度器的连接断了，没有读完。请重新启动调度器；加了 --resume 的，同一条命令再运行就接着读。",
        ) from fault


def _other_version() -> Refusal:
    return Refusal(
        "cluster-other-version",
        "有工作进程用的不是同一版落地，读出的会不一样，没有用它的结果。请在每台机器上换成同一版，重新启动工作进程。",
    )
