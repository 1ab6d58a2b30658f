"""Style sheets, scripts and icons, gathered into DATA/static; again only where one of them has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

MARK = ".gathered"


def gather(data: Path) -> bool:
    """Whether anything had to be gathered."""
    told = _fingerprint()
    mark = data / "static" / MARK
    if mark.is_file() and mark.read_text(encoding="ascii") == told:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True, clear=mark.exists())
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(told, encoding="ascii")
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
