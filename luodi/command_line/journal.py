"""Output that can be gone on with: what was read is kept beside the output with a journal, and nothing is read or written twice.

Beside ``OUT`` stand ``.OUT.part``, the output so far, and ``.OUT.journal``, a line for each file done: where its output ends. The
output is on disk before its line is; what stands behind the last line was not finished and is cut off. So it holds whatever ends
the process, wherever: each file's output is there once. A file is known by its path; one that changed meanwhile is not read anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from luodi.command_line.one_file import Answer
from luodi.command_line.outputs import CannotWrite, make_folder

_FILES_AT_ONCE = 32
_SECONDS_AT_MOST = 1.0
_FINISHED = b'{"finished":true}\n'


class Journal:
    """The output of a run and of those before it. ``statements`` and ``refused`` count what earlier runs did.

    ``place`` gives the whole output its name: it may be asked again where a process ended over it, and leaves no part behind.
    """

    def __init__(
        self,
        out: Path,
        journal: BinaryIO,
        part: BinaryIO,
        place: Callable[[Path, Path], object] = Path.replace,
    ) -> None:
        self.files = self.statements = 0
        self.refused: list[str] = []
        self.is_finished = False
        self._out, self._journal, self._part, self._place = out, journal, part, place
        self._done: set[bytes] = set()
        self._waiting: list[bytes] = []
        self._committed = time.monotonic()
        self._take_up()

    def is_done(self, path: Path) -> bool:
        """Whether a file's output is there already."""
        return _name(path) in self._done

    def take(self, answer: Answer) -> None:
        """Write down what a file gave, or why it was refused."""
        each = answer.members or (answer,)
        self._part.write(b"".join(one.output for one in each))
        line = {
            "file": _name(answer.path).hex(),
            "end": self._part.tell(),
            "statements": sum(one.statements for one in each),
            "refused": [f"{one.path}: {one.refusal}" for one in each if one.refusal is not None],
        }
        self._waiting.append(json.dumps(line).encode() + b"\n")
        if len(self._waiting) >= _FILES_AT_ONCE or time.monotonic() - self._committed > _SECONDS_AT_MOST:
            self.commit()

    def commit(self) -> None:
        """Put on disk what was taken: first the output, then the journal."""
        if self._waiting:
            self._settle(self._waiting)
            self._waiting = []
        self._committed = time.monotonic()

    def finish(self) -> None:
        """All was read: the output gets its name."""
        if self.is_finished:
            return
        self.commit()
        self._settle([_FINISHED])
        self._put_in_place()

    def _settle(self, lines: list[bytes]) -> None:
        self._part.flush()
        os.fsync(self._part.fileno())
        self._journal.write(b"".join(lines))
        self._journal.flush()
        os.fsync(self._journal.fileno())

    def _take_up(self) -> None:
        """Go on where an earlier run ended, however it ended."""
        end = good = 0
        for line in self._journal:
            if line == _FINISHED:
                self.is_finished = True
                self._put_in_place()
                return
            try:
                given: Any = json.loads(line) if line.endswith(b"\n") else None
                name, stop = bytes.fromhex(given["file"]), int(given["end"])
                self.statements += int(given["statements"])
                self.refused += [str(each) for each in given["refused"]]
            except (ValueError, TypeError, KeyError):
                break  # half a line: its file was not finished
            self._done.add(name)
            end, good = stop, good + len(line)
        self.files = len(self._done)
        self._journal.truncate(good)
        self._journal.seek(good)
        self._part.truncate(end)
        self._part.seek(end)

    def _put_in_place(self) -> None:
        part = part_of(self._out)
        if part.exists():
            self._place(part, self._out)
        journal_of(self._out).unlink(missing_ok=True)


@contextmanager
def journal_for(out: Path, place: Callable[[Path, Path], object] = Path.replace) -> Iterator[Journal]:
    """The journal of an output. Raises ``CannotWrite``, also where another process is at it."""
    target = Path(os.path.realpath(out))
    make_folder(target.parent)
    try:
        with journal_of(target).open("a+b") as journal:
            fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
            journal.seek(0)
            flags = os.O_RDWR if _is_finished(journal) else os.O_RDWR | os.O_CREAT
            try:
                opened = os.open(part_of(target), flags, 0o666)
            except FileNotFoundError:  # it has its name already; only the journal was left
                opened = os.open(os.devnull, os.O_RDWR)
            with os.fdopen(opened, "r+b") as part:
                held = Journal(target, journal, part, place)
                yield held
                held.commit()
    except OSError as fault:
        raise CannotWrite(str(out), fault) from fault


def journal_of(out: Path) -> Path:
    """Where the journal of an output stands."""
    return out.with_name(f".{out.name}.journal")


def part_of(out: Path) -> Path:
    """Where an output stands until it is whole."""
    return out.with_name(f".{out.name}.part")


def _is_finished(journal: BinaryIO) -> bool:
    found = any(line == _FINISHED for line in journal)
    journal.seek(0)
    return found


def _name(path: Path) -> bytes:
    return hashlib.blake2b(os.fsencode(path), digest_size=16).digest()
