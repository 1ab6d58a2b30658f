"""Where results go: standard output, one file, or a file a page. What has a name appears under it whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from luodi.command_line.faults import in_words

_IN_MEMORY = "/dev/shm"  # noqa: S108 (plain files lie there, of whoever wants them)


class CannotWrite(Exception):  # noqa: N818 (an answer to the person, like Refused)
    """A result could not be written; the message says where and why, in Chinese."""

    def __init__(self, where: str, fault: OSError) -> None:
        super().__init__(
            f"写不出结果（{where}）：{in_words(fault)}。请检查磁盘空间、路径与权限。(cannot-write)"
        )


def put(output: bytes) -> None:
    """Write to standard output. Raises ``CannotWrite``, or ``BrokenPipeError`` where its reader has gone."""
    with told("标准输出"):
        if sys.stdout is None:
            raise OSError("标准输出是关着的")
        left = memoryview(output)
        while left:  # an unbuffered stream may take a part at a time
            left = left[sys.stdout.buffer.write(left) :]


def flush() -> None:
    """Hand on to the system what is still held back; a full disk may show only here."""
    with told("标准输出"):
        if sys.stdout is not None:
            sys.stdout.flush()


def abandon_stdout() -> None:
    """Point standard output nowhere, so that the interpreter does not stumble over unwritten bytes when it ends."""
    if sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@contextmanager
def told(where: str) -> Iterator[None]:
    """What the system says when it will not write is raised as ``CannotWrite``; that the reader has gone, as it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise CannotWrite(where, fault) from fault


def is_in_place(path: Path) -> bool:
    """Whether ``path`` must be written where it is (a device, a pipe), for putting a file there would destroy it."""
    # what lies in these folders leads elsewhere (/dev/stdout to a file, at times)
    if path.is_relative_to("/proc") or (path.is_relative_to("/dev") and not path.is_relative_to(_IN_MEMORY)):
        return True
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, beside ``path`` and hidden until it is complete; given up, it leaves what was there before.

    A link keeps pointing where it does, a file that is replaced keeps its permissions. Raises ``CannotWrite``.
    """
    with told(str(path)):
        if is_in_place(path):
            with path.open("wb") as opened:
                yield opened
            return
        target = Path(os.path.realpath(path))
        part = target.with_name(f".luodi-{os.getpid()}.part")
        try:
            with part.open("wb") as opened:
                yield opened
            if target.exists():
                part.chmod(stat.S_IMODE(target.stat().st_mode))
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """``path`` and the folders above it. Raises ``CannotWrite``."""
    with told(str(path)):
        path.mkdir(parents=True, exist_ok=True)
