"""Bytes laid by for jobs: DATA/jobs/<job>/<sha256>, and what of them has come so far in <sha256>.part. Beside an archive that is
no zip stands the zip made of it, <sha256>.zip.

A file comes in parts, in order; sending goes on where it broke off. The order that survives a stop at any moment: the parts are
written, hashed as a whole, fsynced, renamed, the folder fsynced; only then may a row speak of the file. What no row speaks of
is removed with the job's folder.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from luodi.kernel.ids import is_id
from luodi.kernel.jobs import limits
from luodi.kernel.refusal import Refusal

FOLDER = "jobs"
PART = ".part"
ZIP = ".zip"
_SHA = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 16


def is_sha(text: str) -> bool:
    """Whether ``text`` is a SHA-256 in small hexadecimal."""
    return _SHA.fullmatch(text) is not None


def folder_of(job: str) -> Path:
    """Where the bytes of a job lie. Raises ``ValueError`` for what is no id of a job."""
    if not is_id(job, "b"):
        raise ValueError(f"{job[:40]!r} is no id of a job")
    return Path(settings.DATA) / FOLDER / job


def path_of(job: str, sha: str) -> Path:
    """Where a whole file lies. Raises ``ValueError`` where ``sha`` is no SHA-256."""
    if not is_sha(sha):
        raise ValueError(f"{sha[:80]!r} is no SHA-256; it has 64 small hexadecimal digits")
    return folder_of(job) / sha


def archive_of(job: str, sha: str) -> Path:
    """The zip to read the parts of an archive from: itself, or what was made of it."""
    path = path_of(job, sha)
    made = path.with_suffix(ZIP)
    return made if made.exists() else path


def add_zip(job: str, sha: str, make: Callable[[Path], None]) -> None:
    """Lay by the zip that ``make`` writes of an archive. Raises ``Refusal``: ``disk-full``, and what ``make`` raises."""
    made = path_of(job, sha).with_suffix(ZIP)
    if made.exists():
        return
    unfinished = made.with_name(f".{os.urandom(8).hex()}{PART}")
    _need_room(0)
    try:
        with _room():
            make(unfinished)
            with unfinished.open("rb") as opened:
                os.fsync(opened.fileno())
            os.replace(unfinished, made)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync(made.parent)


def come_so_far(job: str, sha: str, size: int) -> int:
    """How many of the ``size`` bytes of a file are here; ``size`` where it is whole."""
    path = path_of(job, sha)
    if path.exists():
        return size
    part = path.with_suffix(PART)
    return min(part.stat().st_size, size) if part.exists() else 0


def add_part(job: str, sha: str, size: int, start: int, read: Callable[[int], bytes]) -> int:
    """Write the next part, that begins at byte ``start``, as ``read`` gives it; how many bytes are here now.

    A part that does not begin where the last one ended is left unread: the answer tells where to go on. With the last byte the
    file is compared to its hash and is whole. Raises ``Refusal``: ``upload-damaged``, ``upload-too-much``, ``disk-full``.
    """
    path = path_of(job, sha)
    if path.exists():
        return size
    _need_room(size - start)
    with _alone(path.with_suffix(PART)) as part:
        if path.exists():  # whole since we waited for our turn
            return size
        if os.fstat(part.fileno()).st_nlink == 0:  # found damaged since
            return 0
        here = part.seek(0, os.SEEK_END)
        if here != start:
            return min(here, size)
        with _room():
            here += _copied(read, part, min(size - start, limits.LARGEST_PART))
            if here < size:
                return here
            _make_whole(part, path, sha)
    return size


def lay_by(job: str, read: Callable[[int], bytes], largest: int) -> tuple[str, int]:
    """Lay by a file that is here already, as ``read`` gives it; its hash and its size.

    Raises ``Refusal``: ``upload-too-much`` beyond ``largest`` bytes, ``disk-full``.
    """
    folder = _made(folder_of(job))
    digest, size = hashlib.sha256(), 0
    unfinished = folder / f".{os.urandom(8).hex()}{PART}"
    _need_room(0)
    try:
        with _room(), unfinished.open("xb") as opened:
            while chunk := read(_CHUNK):
                size += len(chunk)
                if size > largest:
                    raise _too_much(largest)
                digest.update(chunk)
                opened.write(chunk)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(unfinished, folder / digest.hexdigest())
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync(folder)
    return digest.hexdigest(), size


def forget(job: str, sha: str) -> None:
    """Remove the bytes of one file, if they are here."""
    path_of(job, sha).unlink(missing_ok=True)
    path_of(job, sha).with_suffix(ZIP).unlink(missing_ok=True)


def forget_all(job: str) -> None:
    """Remove whatever was laid by for a job."""
    shutil.rmtree(folder_of(job), ignore_errors=True)


def folders() -> list[str]:
    """The jobs for which anything is laid by."""
    root = Path(settings.DATA) / FOLDER
    return sorted(each.name for each in root.iterdir() if is_id(each.name, "b")) if root.exists() else []


def _make_whole(part: IO[bytes], path: Path, sha: str) -> None:
    part.flush()
    part.seek(0)
    if hashlib.file_digest(part, "sha256").hexdigest() != sha:  # type: ignore[arg-type]
        os.unlink(path.with_suffix(PART))
        raise Refusal("upload-damaged", "传过来的内容和原来的对不上，没有存。会从头再传一次。")
    os.fsync(part.fileno())
    os.replace(path.with_suffix(PART), path)
    _sync(path.parent)


def _copied(read: Callable[[int], bytes], part: IO[bytes], most: int) -> int:
    """Copy what comes, at most ``most`` bytes; of what broke off on the way the beginning stays."""
    copied = 0
    while chunk := read(min(_CHUNK, most - copied + 1)):
        if copied + len(chunk) > most:
            part.write(chunk[: most - copied])
            raise _too_much(most)
        part.write(chunk)
        copied += len(chunk)
    part.flush()
    return copied


@contextmanager
def _alone(path: Path) -> Iterator[IO[bytes]]:
    """The part file, for one sender at a time."""
    _made(path.parent)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield opened


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _full() from fault
        raise


def _need_room(size: int) -> None:
    data = Path(settings.DATA)
    data.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(data).free < size + limits.LEAST_FREE:
        raise _full()


def _made(folder: Path) -> Path:
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        _sync(folder.parent)
    return folder


def _sync(folder: Path) -> None:
    """A rename is on disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _too_much(most: int) -> Refusal:
    return Refusal("upload-too-much", f"传来的比说好的多，最多{most:,}字节，多出的没有存。请重新放一次。")


def _full() -> Refusal:
    return Refusal("disk-full", "磁盘快满了，新的文件存不下，先前的都还在。请系统管理员腾出空间，再接着传。")
