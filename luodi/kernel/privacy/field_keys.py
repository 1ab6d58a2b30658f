"""The district's keys for what is kept of people: DATA/keys/fields.key (0600), outside back-ups, one a line with its id.

The last one seals. A key is never taken out while something may be sealed under it: a new one is added at the end, what is
written from then on is sealed under it, what was sealed before still opens. An id is eight random signs: where a district is
restored without its keys and makes one of its own, the two are not taken for each other. (The first of older districts is ``1``.)
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FILE = Path("keys", "fields.key")
_NAME = str(FILE)
_BYTES = 32
_LINE = re.compile(r"([0-9]|[0-9a-f]{8}) ([0-9a-f]{64})")


class KeyMissing(ValueError):  # noqa: N818 (what was found, not what went wrong in the program)
    """The key under which something was sealed is not in the file: it was left behind when the district moved."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the key {key!r} is not in {FILE}; put the kept copy of DATA/keys back")
        self.key = key


class KeysSpoilt(ValueError):  # noqa: N818
    """The file of keys holds a line that is none."""


def newest_key(data: Path) -> str:
    """The id of the key that seals; the first one is made where there is none."""
    found = _read(data)
    if not found:
        with _alone(data):
            if not _read(data):
                _write(data, [_line()])
        found = _read(data)
    return list(found)[-1]


def key_ids(data: Path) -> list[str]:
    """The ids of the keys there are, oldest first; makes none. Raises ``KeysSpoilt``."""
    return list(_read(data))


def derived_key(data: Path, key: str, purpose: str, length: int) -> bytes:
    """A key of that length for one purpose, derived (HKDF-SHA256, RFC 5869) from the key named. Raises ``KeyMissing``."""
    found = _read(data).get(key)
    if found is None:
        raise KeyMissing(key)
    return _derived(found, purpose, length)


def add_key(data: Path) -> str:
    """Add a key, which seals from now on; returns its id."""
    newest_key(data)
    with _alone(data):
        added = _line()
        _write(data, [*(data / FILE).read_text(encoding="ascii").splitlines(), added])
    return added.partition(" ")[0]


def take_in(data: Path, kept: str) -> list[str]:
    """Put the keys of a kept copy beside those there are; they open, the newest here goes on sealing. The ids that are new.

    Raises ``KeysSpoilt``, also where an id stands for another key here.
    """
    found = _parse(kept)
    if not found:
        raise KeysSpoilt("it holds no key")
    with _alone(data):
        here = _read(data)
        if strange := [name for name in found if name in here and here[name] != found[name]]:
            raise KeysSpoilt(f"the key {strange[0]} is another one here")
        new = [name for name in found if name not in here]
        if new:
            _write(data, [f"{name} {key.hex()}" for name, key in ({n: found[n] for n in new} | here).items()])
    return new


def _read(data: Path) -> dict[str, bytes]:
    path = f"{data}/{_NAME}"  # asked for every value that is sealed: joining paths would take longer than looking
    try:
        stat = os.stat(path)
    except FileNotFoundError:
        return {}
    return _parsed(path, stat.st_mtime_ns, stat.st_size, stat.st_ino)


@lru_cache(maxsize=8)
def _parsed(path: str, _changed: int, _size: int, _inode: int) -> dict[str, bytes]:
    return _parse(Path(path).read_text(encoding="ascii", errors="replace"))


def _parse(text: str) -> dict[str, bytes]:
    found = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line.strip())
        if match is not None:
            found[match[1]] = bytes.fromhex(match[2])
        elif line.strip():
            raise KeysSpoilt(
                "a line of the keys' file is no id and key"
            )  # the line itself is nobody's to read
    return found


@lru_cache(maxsize=32)
def _derived(key: bytes, purpose: str, length: int) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=length, salt=None, info=f"luodi:field:{purpose}".encode())
    return derive.derive(key)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Within, no other process changes the file; whoever reads meanwhile has the old or the new one, whole."""
    folder = (data / FILE).parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(data: Path, lines: list[str]) -> None:
    path = data / FILE
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write("".join(f"{line}\n" for line in lines if line))
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(scratch, path)
    except BaseException:
        os.unlink(scratch)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # a key that seals is on the disk before anything sealed under it
    finally:
        os.close(folder)


def _line() -> str:
    return f"{secrets.token_hex(4)} {secrets.token_hex(_BYTES)}"
