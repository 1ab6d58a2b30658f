"""Many files at once: a few processes, answers in the order of the tasks, and no process missed.

Each worker has a pipe of its own and one task in hand, so when it dies we know over which file: another worker takes its
place and tries that file once more; when it dies, too, the file is answered by ``lost``. A worker whose parent is gone reads the
end of its pipe and ends. At most ``_AHEAD`` tasks a worker wait or are answered ahead of the first unanswered one: memory stays
bounded.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")

_AHEAD = 16


class _Worker(Generic[Task, Answer]):
    """A process and our end of the pipe to it."""

    def __init__(self, work: Callable[[Task], Answer], others: list[Connection]) -> None:
        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, [*others, self.pipe], work), daemon=True)
        self.process.start()
        theirs.close()
        self.in_hand: int | None = None

    def give(self, number: int, task: Task) -> None:
        self.in_hand = number
        try:
            self.pipe.send(task)
        except BrokenPipeError:
            return  # it died idle; the end of its pipe says so to whoever waits for the answer

    def stop(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()


def _serve(pipe: Connection, not_ours: list[Connection], work: Callable[[Task], Answer]) -> None:
    """What a worker does: a task in, an answer out, until the pipe ends."""
    for each in not_ours:
        each.close()
    for each_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each_signal, signal.SIG_DFL)  # ended at once and without a word; the parent speaks
    try:
        while True:
            pipe.send(work(pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent is done with us, or gone


def can_work() -> bool:
    """Whether this system can make such workers (it must know fork)."""
    return "fork" in multiprocessing.get_all_start_methods()


def in_order(
    work: Callable[[Task], Answer], tasks: Iterator[Task], jobs: int, lost: Callable[[Task], Answer]
) -> Iterator[Answer]:
    """``work`` of each of ``tasks``, in their order, by ``jobs`` processes; ``lost`` where two processes died over one."""
    workers: list[_Worker[Task, Answer]] = []
    waiting: deque[Task] = deque()  # tasks given out or answered, from the first unanswered one
    answers: dict[int, Answer] = {}
    first = given = 0
    tried: set[int] = set()  # over which a process died
    more = True
    try:
        while True:
            for nth in range(jobs):
                if not more or given - first >= jobs * _AHEAD:
                    break
                if nth == len(workers):
                    workers.append(_Worker(work, [each.pipe for each in workers]))
                if workers[nth].in_hand is not None:
                    continue
                task = next(tasks, None)
                if task is None:
                    more = False
                    break
                waiting.append(task)
                workers[nth].give(given, task)
                given += 1
            if first == given:
                return
            for number, nth in _collect(work, workers, answers):
                if number in tried:
                    answers[number] = lost(waiting[number - first])
                else:
                    tried.add(number)
                    workers[nth].give(number, waiting[number - first])
            while first in answers:
                yield answers.pop(first)
                waiting.popleft()
                first += 1
    finally:
        for worker in workers:
            worker.stop()


def _collect(
    work: Callable[[Task], Answer],
    workers: list[_Worker[Task, Answer]],
    answers: dict[int, Answer],
) -> list[tuple[int, int]]:
    """Wait until a worker has answered or died; put down the answers, return the tasks over which one died and its place."""
    died = []
    ready = set(wait([worker.pipe for worker in workers if worker.in_hand is not None]))
    for nth, worker in enumerate(workers):
        number = worker.in_hand
        if worker.pipe not in ready or number is None:
            continue
        try:
            answers[number] = worker.pipe.recv()
            worker.in_hand = None
        except (EOFError, ConnectionResetError):
            died.append((number, nth))
            worker.stop()
            workers[nth] = _Worker(work, [each.pipe for each in workers if each is not worker])
    return died
