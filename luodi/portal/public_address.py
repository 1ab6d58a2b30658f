"""How the public reaches these pages: for links in exports, feeds and proofs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def public_address(request: HttpRequest) -> str:
    """Scheme and host without a slash at the end: as set (``LUODI_PUBLIC_URL``), else as this request came."""
    return settings.CONFIGURATION.public_url or request.build_absolute_uri("/").rstrip("/")
