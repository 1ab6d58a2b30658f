"""The log as static files: tiles that never change, the newest checkpoint, the key that checks it (C2SP tlog-tiles)."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.kernel.ledger.keys import verifier_key

# tile/<level>/<index>, index in groups of three digits, all but the last with x; .p/<width> for one not yet full
_TILE = re.compile(r"tile/(?:[0-9]{1,2}|entries)/(?:x[0-9]{3}/){0,6}[0-9]{3}(?:\.p/[0-9]{1,3})?")
_FOR_EVER = "public, max-age=31536000, immutable"
_TEXT = "text/plain; charset=utf-8"
_BRIEFLY = "public, max-age=5, must-revalidate"


@require_safe
def log_file(_request: HttpRequest, path: str) -> HttpResponse:
    """``/log/checkpoint``, ``/log/key``, ``/log/tile/…``. Anything else, and what was not sealed yet, is 404."""
    if path == "key":
        return _with_headers(f"{verifier_key(Path(settings.DATA))}\n".encode(), _TEXT, _BRIEFLY)
    if path == "checkpoint":
        return _answer(_folder() / path, _TEXT, _BRIEFLY)
    if _TILE.fullmatch(path) is None:
        raise Http404(gettext("日志里没有这个文件。"))
    return _answer(_folder() / path, "application/octet-stream", _FOR_EVER)


def _folder() -> Path:
    return Path(settings.DATA) / "log"


def _answer(path: Path, media_type: str, caching: str) -> HttpResponse:
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise Http404(gettext("日志里没有这个文件，或者它还没有封存。")) from None
    return _with_headers(raw, media_type, caching)


def _with_headers(raw: bytes, media_type: str, caching: str) -> HttpResponse:
    response = HttpResponse(raw, content_type=media_type)
    response.headers["Cache-Control"] = caching
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
