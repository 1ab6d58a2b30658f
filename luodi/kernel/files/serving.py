"""How a kept file goes out: as what it is only where no browser could run it, else as a download of plain bytes.

Of a photo goes out its copy, which holds nothing but what is seen; the photo itself never goes out by ``serve``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q

from luodi.kernel.files.active_pdf import is_active
from luodi.kernel.files.media import UNKNOWN
from luodi.kernel.files.models import KeptFile, Photo
from luodi.kernel.files.store import Damaged, path_of

POLICY = "default-src 'none'; sandbox"  # for what people sent: it may be looked at and may do nothing
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
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}


@dataclass(frozen=True, slots=True)
class Served:
    """Where the bytes lie and with which headers they go out."""

    path: Path
    size: int
    headers: dict[str, str]


def serve(kept: KeptFile, *, name: str = "", small: bool = False) -> Served:
    """What answers a request for ``kept``; whether this person may have it was asked before (``access.py``).

    The file's own name may be personal: outside it is called by ``name`` or by its id. Text goes out as a download too,
    since a page kept as it was may hold scripts. ``small``: of a photo a copy of at most 320 px. Raises ``Damaged`` where the
    bytes are gone, or where a picture has no copy that could go out.
    """
    sent, is_shown = _sent(kept, small)
    return _served(sent, kept, is_shown, name)


def serve_original(kept: KeptFile) -> Served:
    """The bytes as they were sent, with everything in them, as a download; for ``evidence.actions.open_original`` alone."""
    return _served(kept, kept, False, f"original-{kept.id}.{_SUFFIXES.get(kept.media_type, 'bin')}")


def is_shown_in_place(kept: KeptFile) -> bool:
    """Whether a browser shows it; else it is downloaded."""
    return _sent(kept, False)[1]


def _sent(kept: KeptFile, small: bool) -> tuple[KeptFile, bool]:
    """The row whose bytes go out instead of ``kept``, and whether a browser may show them."""
    if kept.media_type == "application/pdf":
        return kept, not _is_active(path_of(Path(settings.DATA), kept.sha256))
    if not kept.media_type.startswith("image/"):
        return kept, False
    photo = Photo.objects.filter(file=kept).select_related("shown", "small").first()
    if photo is not None:
        return (photo.small if small else photo.shown), True
    if Photo.objects.filter(Q(shown=kept) | Q(small=kept)).exists():
        return kept, True
    raise Damaged(f"kept picture {kept.id} has no copy that could go out")


@lru_cache(maxsize=1_024)
def _is_active(path: Path) -> bool:
    """Asked once: the bytes under a hash never change."""
    if not path.is_file():
        raise Damaged(f"kept file {path.name} is missing")
    return is_active(path.read_bytes())


def _served(sent: KeptFile, kept: KeptFile, is_shown: bool, name: str) -> Served:
    path = path_of(Path(settings.DATA), sent.sha256)
    if not path.is_file():
        raise Damaged(f"kept file {sent.sha256} is missing")
    called = name or f"{kept.id}.{_SUFFIXES.get(sent.media_type, 'bin')}"
    return Served(
        path,
        sent.size,
        {
            "Content-Type": sent.media_type if is_shown else UNKNOWN,
            "Content-Disposition": f"{'inline' if is_shown else 'attachment'}; filename*=UTF-8''{quote(called, safe='')}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": POLICY,
            "Cache-Control": f"{'public' if kept.is_public else 'private'}, max-age=31536000, immutable",
            "ETag": f'"{sent.sha256}"',
        },
    )
