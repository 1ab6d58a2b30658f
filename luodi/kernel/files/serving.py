"""How a kept file goes out: as what it is only where no browser could run it, else as a download of plain bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from luodi.kernel.files.media import UNKNOWN
from luodi.kernel.files.models import KeptFile
from luodi.kernel.files.store import Damaged, path_of

SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf")
_SUFFIXES = {
    "text/html": "html",
    "text/plain": "txt",
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "application/ofd": "ofd",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


@dataclass(frozen=True, slots=True)
class Served:
    """Where the bytes lie and with which headers they go out."""

    path: Path
    size: int
    headers: dict[str, str]


def serve(kept: KeptFile, *, name: str = "") -> Served:
    """What answers a request for ``kept``; whether this person may have it was asked before (``access.py``).

    The file's own name may be personal: outside it is called by ``name`` or by its id. Text goes out as a download too,
    since a page kept as it was may hold scripts. Raises ``Damaged`` where the bytes are gone.
    """
    path = path_of(Path(settings.DATA), kept.sha256)
    if not path.is_file():
        raise Damaged(f"kept file {kept.sha256} is missing")
    shown = kept.media_type in SHOWN
    called = name or f"{kept.id}.{_SUFFIXES.get(kept.media_type, 'bin')}"
    return Served(
        path,
        kept.size,
        {
            "Content-Type": kept.media_type if shown else UNKNOWN,
            "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(called, safe='')}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": f"{'public' if kept.is_public else 'private'}, max-age=31536000, immutable",
            "ETag": f'"{kept.sha256}"',
        },
    )
