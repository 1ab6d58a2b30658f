"""Bytes on disk by their hash: DATA/files/ab/<sha256>. Written whole or not at all, never changed.

The order that survives a stop at any moment: write a file of another name, fsync it, rename it, fsync the folder; only then
may a row speak of it. A stop in between leaves bytes without a row, which do no harm; ``checks.py`` lists them.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from luodi.kernel.refusal import Refusal

LARGEST = 100_000_000  # bytes
FOLDER = "files"
UNFINISHED = ".unfinished-"
_SHA = re.compile(r"[0-9a-f]{64}")
# files and folders that are to be synced together at the end; none where each is synced at once
_together: ContextVar[dict[Path, None] | None] = ContextVar("synced_together", default=None)


class Damaged(Exception):  # noqa: N818 (a finding)
    """The bytes on disk are not those that the hash names, or are gone."""


def keep(data: Path, raw: bytes) -> str:
    """Keep ``raw`` and return its SHA-256 in hexadecimal. The same bytes again are not written twice.

    Raises ``Refusal``: ``empty-file``, ``too-large``, ``disk-full``.
    """
    check_size(len(raw))
    sha = hashlib.sha256(raw).hexdigest()
    path = path_of(data, sha)
    if not (path.exists() and path.read_bytes() == raw):  # a damaged file is healed by its own bytes
        try:
            _write(path, raw)
        except OSError as fault:
            if fault.errno in (errno.ENOSPC, errno.EDQUOT):
                raise _disk_full(len(raw)) from fault
            raise
    return sha


@contextmanager
def synced_together() -> Iterator[None]:
    """Within, files are not seen on the disk one by one but all together at the end: only where a stop meanwhile means that
    all of it is made anew."""
    waiting: dict[Path, None] = {}
    token = _together.set(waiting)
    try:
        yield
    finally:
        _together.reset(token)
    for path in waiting:
        _sync(path)


def check_size(size: int) -> None:
    """Raise ``Refusal`` for a file of ``size`` bytes that may not be kept; may be asked before the bytes are read."""
    if size == 0:
        raise Refusal("empty-file", "这个文件是空的，没有存。请确认选对了文件，或重新导出后再试。")
    if size > LARGEST:
        raise Refusal(
            "too-large", f"文件有{size:,}字节，最多可以存{LARGEST:,}字节，没有存。请压缩图片或分成几个文件。"
        )


def path_of(data: Path, sha: str) -> Path:
    """Where the bytes with this hash lie. Raises ``ValueError`` where ``sha`` is no SHA-256 in small hexadecimal."""
    if not _SHA.fullmatch(sha):
        raise ValueError(f"{sha[:80]!r} is no SHA-256; it has 64 small hexadecimal digits")
    return data / FOLDER / sha[:2] / sha


def read(data: Path, sha: str) -> bytes:
    """The kept bytes. Raises ``Damaged`` where they are gone or have another hash."""
    try:
        raw = path_of(data, sha).read_bytes()
    except FileNotFoundError as fault:
        raise Damaged(f"kept file {sha} is missing") from fault
    if hashlib.sha256(raw).hexdigest() != sha:
        raise Damaged(f"kept file {sha} holds other bytes than its name says")
    return raw


def _write(path: Path, raw: bytes) -> None:
    made = [folder for folder in (path.parent.parent, path.parent) if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in made:
        _sync_soon(folder.parent)
    unfinished = path.parent / f"{UNFINISHED}{secrets.token_hex(8)}"
    try:
        with unfinished.open("xb") as opened:
            opened.write(raw)
            opened.flush()
            if _together.get() is None:
                os.fsync(opened.fileno())
        unfinished.chmod(0o440)
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    if (waiting := _together.get()) is not None:
        waiting[path] = None
    _sync_soon(path.parent)


def _sync_soon(folder: Path) -> None:
    """A rename is on disk only when its folder is: now, or with all the others."""
    if (waiting := _together.get()) is not None:
        waiting[folder] = None
    else:
        _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _disk_full(size: int) -> Refusal:
    return Refusal("disk-full", f"磁盘满了，这个{size:,}字节的文件没有存，别的都没有动。请腾出空间后再试。")
