"""The invented pages, read before the loader asks for them: by other processes, while it writes what came before.

Each process has a pipe of its own and every nth page. A process whose parent is gone meets a broken pipe and ends; where a
process itself is gone, the loader reads.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from queue import Queue
from threading import Thread

from luodi.reading.document import Document
from luodi.reading.reader import read
from luodi.website.demonstration.script import page_file
from luodi.website.demonstration.variants import Variant

Handed = tuple[str, int]  # a page's key and the round it belongs to
Page = tuple[bytes, Document | None]  # its bytes, and what the reader makes of them where it was read ahead
_AHEAD = 64  # pages that a process has read and nobody has asked for, at most: memory stays bounded
_MOST = 4


def one_by_one(handed: Iterable[Handed]) -> Iterator[Page]:
    """The bytes alone; each page is read when it is taken in."""
    for key, nth in handed:
        yield _bytes_of(key, nth), None


@contextmanager
def reading_ahead(handed: Sequence[Handed]) -> Iterator[Iterator[Page]]:
    """The pages in their order, read by other processes where this system can fork them. No database may be open yet."""
    if "fork" not in multiprocessing.get_all_start_methods():
        yield one_by_one(handed)
        return
    jobs = min(_MOST, max(1, (os.cpu_count() or 2) - 1))
    readers = [_Reader(handed[nth::jobs]) for nth in range(jobs)]
    try:
        yield (readers[at % jobs].page(*each) for at, each in enumerate(handed))
    finally:
        for reader in readers:
            reader.stop()


class _Reader:
    """A process that reads, and our end of the pipe from it."""

    def __init__(self, handed: Sequence[Handed]) -> None:
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_serve, args=(theirs, self._pipe, handed), daemon=True)
        self._process.start()
        theirs.close()

    def page(self, key: str, nth: int) -> Page:
        """The next page, which is this one; its bytes alone where the process is gone."""
        try:
            document: Document = self._pipe.recv()
        except (EOFError, OSError):
            return _bytes_of(key, nth), None
        return _bytes_of(key, nth), document

    def stop(self) -> None:
        """Also while it is still reading."""
        self._pipe.close()
        self._process.terminate()
        self._process.join()


def _serve(pipe: Connection, not_ours: Connection, handed: Sequence[Handed]) -> None:
    not_ours.close()  # else the pipe would never break
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_DFL)  # ended at once and without a word; the parent speaks
    waiting: Queue[Document | None] = Queue(_AHEAD)
    sender = Thread(target=_send, args=(pipe, waiting), daemon=True)
    sender.start()
    for key, nth in handed:
        waiting.put(read(_bytes_of(key, nth), page_file(key).name))
    waiting.put(None)
    sender.join()


def _send(pipe: Connection, waiting: Queue[Document | None]) -> None:
    try:
        while (document := waiting.get()) is not None:
            pipe.send(document)
    except OSError:  # the parent is done with us, or gone
        os._exit(0)


def _bytes_of(key: str, nth: int) -> bytes:
    return Variant(nth).raw(page_file(key).read_bytes())
