"""Keys of an installation, made on first start in DATA/keys, readable by the owner only, outside back-ups."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FOLDER = "keys"


def secret_key(data: Path) -> str:
    """The key that signs sessions and forms; made where there is none."""
    return read_or_make(data, "web.key", lambda: secrets.token_urlsafe(48).encode()).decode()


def read_or_make(data: Path, name: str, make) -> bytes:  # type: ignore[no-untyped-def]
    """The bytes of DATA/keys/``name``; where missing, ``make()`` gives them and they are written with mode 0600."""
    folder = data / FOLDER
    path = folder / name
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    value: bytes = make()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(value)
        opened.flush()
        os.fsync(opened.fileno())
    return value
