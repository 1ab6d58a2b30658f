"""How whoever gets a link reaches these pages: for what is given out, not followed here and now."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def public_address(request: HttpRequest) -> str:
    """Scheme and host without a slash at the end: as set (``LUODI_PUBLIC_URL``), else as this request came.

    Behind a proxy that encrypts, the request itself came by an address that does not: a key given out with it would travel open.
    """
    return settings.CONFIGURATION.public_url or request.build_absolute_uri("/").rstrip("/")
