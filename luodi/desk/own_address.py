"""How whoever gets a link from the desk reaches it: for links that are given out, not followed here and now."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def own_address(request: HttpRequest, path: str) -> str:
    """The whole address of ``path``: as set (``LUODI_PUBLIC_URL``), else as this request came.

    Behind a proxy that encrypts, the request itself came by an address that does not: a key given out with it would travel open.
    """
    base: str = settings.CONFIGURATION.public_url
    return f"{base}{path}" if base else request.build_absolute_uri(path)
