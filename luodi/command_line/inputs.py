"""Files to read: one, many, a folder, or standard input; each with its bytes or the reason it was refused."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from luodi.command_line.faults import in_words
from luodi.reading.refusals import Refused

STDIN = Path("-")

# the limit of luodi.reading.reader, said here so that a command need not load the reader to refuse a file
LARGEST = 32_000_000


def shown(path: Path) -> str:
    """``path`` as it can be printed and written to JSON: undecodable bytes and control signs as escapes."""
    if path == STDIN:
        return "标准输入"
    name = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)


def find_files(paths: Sequence[Path], passed_over: Collection[Path] = ()) -> Iterator[Path]:
    """The files that ``paths`` name, one after the other; folders are walked in name order, files before folders.

    Hidden files and folders are passed over, so are linked folders inside folders (they may lead in circles) and what
    ``passed_over`` names (what we write). A folder that cannot be opened is given itself, for ``load`` to refuse.
    Only one folder's names are in memory at a time.
    """
    for path in paths:
        if path != STDIN and os.path.isdir(path):  # pathlib raises on some bad names
            yield from _walk(path, frozenset(passed_over))
        else:
            yield path


def _walk(top: Path, passed_over: frozenset[Path]) -> Iterator[Path]:
    waiting = [top]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                found = sorted(
                    (entry.name, entry.is_dir(follow_symlinks=False), entry.is_symlink())
                    for entry in entries
                    if not entry.name.startswith(".")
                )
        except OSError:
            yield here
            continue
        deeper = []
        for name, is_folder, is_link in found:
            path = here / name
            ours = bool(passed_over) and _real(path) in passed_over
            if ours or (is_link and os.path.isdir(path)):
                continue
            if is_folder:
                deeper.append(path)
            else:
                yield path
        waiting += reversed(deeper)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def load(path: Path) -> bytes:
    """The bytes of ``path``.

    Raises ``Refused``: ``not-found``, ``unreadable``, ``not-a-file`` or ``too-large`` (found before reading).
    """
    if path == STDIN:
        return _load_stdin()
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            os.scandir(path).close()  # says why the walk could not enter it
        if not stat.S_ISREG(found.st_mode):
            raise Refused("not-a-file", "不是普通文件（是管道、设备或文件夹），未读。请给出文件。")
        if found.st_size > LARGEST:
            raise _too_large(f"文件有 {found.st_size:,} 字节")
        with path.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
    except FileNotFoundError:
        if path.is_symlink():
            raise Refused("not-found", "这是一个链接，所指的文件不存在。") from None
        raise Refused("not-found", "没有这个文件。请检查路径。") from None
    except OSError as fault:
        raise Refused("unreadable", f"打不开：{in_words(fault)}。请检查路径与权限后重试。") from None
    except ValueError:
        raise Refused("not-found", "路径里有空字节，不可能是文件名。") from None
    if len(raw) > LARGEST:
        raise _too_large("文件读的时候还在变大")
    return raw


def _load_stdin() -> bytes:
    if sys.stdin is None:
        raise Refused("unreadable", "标准输入是关着的。请用管道或 < 给出内容。")
    try:
        raw = sys.stdin.buffer.read(LARGEST + 1)
    except OSError as fault:
        raise Refused("unreadable", f"标准输入读不出：{in_words(fault)}。") from None
    if len(raw) > LARGEST:
        raise _too_large("标准输入")
    return raw


def _too_large(given: str) -> Refused:
    return Refused("too-large", f"{given}，超过一篇的上限 {LARGEST:,} 字节。请拆成单篇文件后再读。")
