"""The fuzz tells a file that breaks the reader from a machine that is busy."""

from __future__ import annotations

import time
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection

import pytest

from bench import fuzz


def spin(pipe: Connection) -> None:
    """A reader for which every file takes for ever, and the limit is short."""
    fuzz.SECONDS_A_FILE = -9.0  # with the ten for the first file: one
    fuzz.outcome = _for_ever
    fuzz._serve(pipe)


def sleep(pipe: Connection) -> None:
    """A reader that is kept waiting for longer than its limit, by whatever else there is to do."""
    fuzz.SECONDS_A_FILE = -9.0
    fuzz.outcome = _at_last
    fuzz._serve(pipe)


def _for_ever(raw: bytes) -> str:
    while raw:
        pass
    return ""


def _at_last(raw: bytes) -> str:
    time.sleep(1.5)
    return "read"


@pytest.mark.parametrize(("work", "expected"), [(spin, "!too slow"), (sleep, "read")])
def test_only_work_counts(work: object, expected: str) -> None:
    ours, theirs = Pipe()
    reader = fuzz._Reader.__new__(fuzz._Reader)
    reader._pipe, reader.read = ours, 0
    reader._process = Process(target=work, args=(theirs,), daemon=True)  # type: ignore[arg-type, assignment]
    reader._process.start()
    theirs.close()
    assert reader.ask(b"x")[0] == expected
    reader.end()
