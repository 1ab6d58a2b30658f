"""Whether any file can break the reader: valid files of every format, changed from a seed, each read in a process that may die.

    python -m bench.fuzz [--seconds N | --files N] [--seed N] [--keep FOLDER]

A file passes when it is read, or refused with a code and Chinese words, within its time and memory. Prints what came of how many
files of each format; a failing file is kept in FOLDER under the seed that makes it again. Exit 1 where one failed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import resource
import signal
import sys
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

from bench.mutations import changed, samples

SECONDS_A_FILE = 20.0  # of the processor: a busy machine breaks no file
_STANDS_STILL = 600.0  # by the clock: who has not answered by then works no longer
MEMORY = 1_500_000_000  # bytes a reading process may ever hold
_WORDS = re.compile(r"[\u4e00-\u9fff].*。$", re.DOTALL)
_FILES_A_PROCESS = 400


def main(arguments: list[str] | None = None) -> int:
    """Read changed files until the time is over; 1 where one of them broke the reader."""
    asked = argparse.ArgumentParser(description="whether any file can break the reader")
    asked.add_argument("--seconds", type=float, default=60.0, metavar="N", help="how long (default 60)")
    asked.add_argument(
        "--files", type=int, default=0, metavar="N", help="so many files instead, however long they take"
    )
    asked.add_argument("--seed", type=int, default=1, metavar="N", help="another number, other files")
    asked.add_argument("--keep", type=Path, metavar="FOLDER", help="where failing files go")
    given = asked.parse_args(arguments)
    run = _Run(given.seed, given.keep)
    until = time.monotonic() + given.seconds
    try:
        while run.number < given.files if given.files else time.monotonic() < until:
            run.one()
    finally:
        run.end()
    run.report()
    return 1 if run.failures else 0


class _Run:
    """Counts what comes of the files."""

    def __init__(self, seed: int, keep: Path | None) -> None:
        self.number = 0
        self.failures: list[str] = []
        self._seed, self._keep = seed, keep
        self._samples = samples()
        self._came: dict[str, Counter[str]] = {form: Counter() for form in self._samples}
        self._slowest = (0.0, "")
        self._reader: _Reader | None = None

    def one(self) -> None:
        """Make the next file and read it."""
        forms = list(self._samples)
        form = forms[self.number % len(forms)]
        source = random.Random(f"{self._seed}-{self.number}")
        raw = changed(self._samples[form], source, list(self._samples.values()))
        if self._reader is None or self._reader.read >= _FILES_A_PROCESS:
            self.end()
            self._reader = _Reader()
        came, seconds = self._reader.ask(raw)
        name = f"seed {self._seed}, file {self.number}, {form}"
        if came.startswith("!"):
            self.failures.append(f"{name}: {came[1:]}")
            self._save(raw)
            self.end()
        self._came[form][came.partition(":")[0]] += 1
        self._slowest = max(self._slowest, (seconds, name))
        self.number += 1

    def end(self) -> None:
        """Let the reading process go."""
        if self._reader is not None:
            self._reader.end()
            self._reader = None

    def report(self) -> None:
        """Print the sums."""
        for form, counts in self._came.items():
            print(f"{form:<10}" + "  ".join(f"{code} {count}" for code, count in counts.most_common()))
        print(
            f"{self.number} files, slowest {self._slowest[0]:.2f} s ({self._slowest[1]}), {len(self.failures)} failed"
        )
        for failure in self.failures[:20]:
            print(f"FAILED {failure}")

    def _save(self, raw: bytes) -> None:
        if self._keep is not None:
            self._keep.mkdir(parents=True, exist_ok=True)
            (self._keep / f"{self._seed}-{self.number}").write_bytes(raw)


class _Reader:
    """A process that reads, and may die over it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self.read = 0

    def ask(self, raw: bytes) -> tuple[str, float]:
        """What came of a file, and after how many seconds of the processor; ``!`` begins what may not be."""
        try:
            self._pipe.send_bytes(raw)
            if not self._pipe.poll(_STANDS_STILL):
                return "!stands still", _STANDS_STILL
            self.read += 1
            came, seconds = self._pipe.recv()
            return came, seconds
        except (EOFError, OSError):
            self._process.join(5)
            code = self._process.exitcode
            return "!too slow" if code == -signal.SIGPROF else f"!died with {code}", SECONDS_A_FILE

    def end(self) -> None:
        """End it."""
        self._pipe.close()
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    is_warm = False  # the first file loads the reader
    while True:
        try:
            raw = pipe.recv_bytes()
        except EOFError:
            return
        # ended by the system when it has worked so long, whatever else the machine does meanwhile
        signal.setitimer(signal.ITIMER_PROF, SECONDS_A_FILE + (0.0 if is_warm else 10.0))
        begun = time.process_time()
        came = outcome(raw)
        spent = time.process_time() - begun
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send((came, spent))
        is_warm = True


def outcome(raw: bytes) -> str:
    """What came of reading ``raw``: ``read``, a refusal's code, or ``!`` and what went wrong."""
    from luodi.reading.formats.archives import is_archive, members
    from luodi.reading.refusals import Refused

    try:
        if not is_archive(raw):
            return _read(raw)
        found = [m.raw.code if isinstance(m.raw, Refused) else _read(m.raw) for m in members(raw)]
        return next((each for each in found if each.startswith("!")), "unfolded")
    except Refused as refused:
        return _told(refused)
    except MemoryError:
        return "!too much memory"
    except BaseException as fault:
        return f"!{type(fault).__name__}: {fault}"[:300]


def _read(raw: bytes) -> str:
    from luodi.reading.reader import read
    from luodi.reading.refusals import Refused

    try:
        document = read(raw)
    except Refused as refused:
        return _told(refused)
    for s in document.statements:
        start, stop = document.source_span(s.start, s.stop)
        if not 0 <= start < stop <= len(document.source):
            return "!a span outside the text"
        document.place_of(start, stop)
    return "read"


def _told(refused: object) -> str:
    code, words = getattr(refused, "code", ""), getattr(refused, "message", "")
    if not re.fullmatch("[a-z-]+", code) or not _WORDS.search(words):
        return f"!refused without words: {refused}"
    return str(code)


if __name__ == "__main__":
    sys.exit(main())
