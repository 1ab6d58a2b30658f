"""The code without which nobody founds a district: made on the machine, shown where the program was started."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings

_FILE = Path("keys", "first-hour.code")


def setup_code() -> str:
    """The code; made where there is none. Whoever starts the program is shown the address with it."""
    path = Path(settings.DATA) / _FILE
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(code := secrets.token_urlsafe(18))
    return code


def founding_address() -> str:
    """Where the first hour begins, below the site's own address."""
    return f"/desk/first-hour/found?code={setup_code()}"


def is_setup_code(given: str) -> bool:
    """Whether ``given`` is the code; takes as long either way."""
    return secrets.compare_digest(given.encode("utf-8"), setup_code().encode("ascii"))


def spend_setup_code() -> None:
    """The district is founded: the code opens nothing any more."""
    (Path(settings.DATA) / _FILE).unlink(missing_ok=True)
