"""From where a request comes: the peer, unless the peer is a proxy that the district named."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address: the last of X-Forwarded-For that no trusted proxy added, else the peer's own."""
    trusted = tuple(getattr(settings, "TRUSTED_PROXIES", ()))
    peer = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while _is_one_of(peer, trusted) and forwarded:
        nearer = forwarded.pop()
        if not _is_address(nearer):
            break
        peer = nearer
    return peer


def blurred(address: str) -> str:
    """An address as it is shown to its owner: enough to know a place again, not enough for anybody else.

    >>> blurred("192.0.2.77"), blurred("2001:db8:1:2::3")
    ('192.0.*.*', '2001:db8:*')
    """
    if not _is_address(address):
        return ""
    if ":" in address:
        first, second, *_ = ipaddress.ip_address(address).exploded.split(":")
        return f"{first.lstrip('0') or '0'}:{second.lstrip('0') or '0'}:*"
    return ".".join([*address.split(".")[:2], "*", "*"])


def _is_one_of(address: str, trusted: Sequence[str]) -> bool:
    if not _is_address(address):
        return False
    return any(ipaddress.ip_address(address) in ipaddress.ip_network(net, strict=False) for net in trusted)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
