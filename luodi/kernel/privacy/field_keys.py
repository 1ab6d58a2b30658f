"""The keys of sealed fields: DATA/keys/fields.key (0600), outside back-ups, one a line with its id; the last one seals.

A key is never taken out while something may be sealed under it. A new one is added at the end: what is written from then on is
sealed under it, what was sealed before still opens.
"""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FILE = Path("keys", "fields.key")
_BYTES = 32


class KeyMissing(ValueError):  # noqa: N818 (what was found, not what went wrong in the program)
    """The key under which something was sealed is not in the file: it was left behind when the district moved."""


def newest_key(data: Path) -> str:
    """The id of the key that seals; the first one is made where there is none."""
    if not (data / FILE).exists():
        _keep_first(data / FILE)
    return list(_read(data))[-1]


def derived_key(data: Path, key: str, purpose: str, length: int) -> bytes:
    """A key of that length for one purpose, derived (HKDF-SHA256, RFC 5869) from the key named. Raises ``KeyMissing``."""
    found = _read(data).get(key)
    if found is None:
        raise KeyMissing(f"the key {key!r} is not in {FILE}; put the kept copy of DATA/keys back")
    return _derived(found, purpose, length)


def add_key(data: Path) -> str:
    """Add a key, which seals from now on; returns its id."""
    name = str(int(newest_key(data)) + 1)
    descriptor = os.open(data / FILE, os.O_WRONLY | os.O_APPEND)
    try:
        os.write(descriptor, _line(name).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return name


def _read(data: Path) -> dict[str, bytes]:
    path = data / FILE
    try:
        stat = path.stat()
    except FileNotFoundError:
        return {}
    return _parsed(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _parsed(path: Path, _changed: int, _size: int) -> dict[str, bytes]:
    pairs = (line.split() for line in path.read_text(encoding="ascii").splitlines() if line.strip())
    return {name: bytes.fromhex(key) for name, key in pairs}


@lru_cache(maxsize=32)
def _derived(key: bytes, purpose: str, length: int) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=length, salt=None, info=f"luodi:field:{purpose}".encode())
    return derive.derive(key)


def _keep_first(path: Path) -> None:
    """Write whole or not at all; whoever comes first wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(_line("1"))
            opened.flush()
            os.fsync(opened.fileno())
        os.link(scratch, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(scratch)


def _line(name: str) -> str:
    return f"{name} {secrets.token_hex(_BYTES)}\n"
