"""How a program knows that a call is ours, and that nobody sends an old one again. Pure.

``Luodi-Signature: v1=`` and HMAC-SHA256 in hexadecimal over the time in ``Luodi-Timestamp`` (seconds since 1970), a point and
the body. Whoever receives it refuses what is older than the window, and an id (``Luodi-Delivery``) that was seen before.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote_plus

WINDOW = 300  # seconds
TIMESTAMP, SIGNATURE, DELIVERY = "Luodi-Timestamp", "Luodi-Signature", "Luodi-Delivery"


def headers_of(secret: str, body: bytes, delivery: str, at: int) -> dict[str, str]:
    """The headers of one call.

    >>> headers_of("s", b"{}", "d1", 1)["Luodi-Signature"][:11]
    'v1=b253639b'
    """
    return {TIMESTAMP: str(at), DELIVERY: delivery, SIGNATURE: f"v1={_mac(secret, body, str(at))}"}


def is_ours(secret: str, body: bytes, headers: Mapping[str, str], at: float) -> bool:
    """Whether a call with these headers is signed with ``secret`` and recent: what a receiver checks."""
    given = headers.get(TIMESTAMP, "")
    if not (given.isascii() and given.isdigit()) or abs(at - int(given)) > WINDOW:
        return False
    return hmac.compare_digest(
        headers.get(SIGNATURE, "").encode(), f"v1={_mac(secret, body, given)}".encode()
    )


def dingtalk_sign(secret: str, milliseconds: int) -> str:
    """钉钉: base 64 of HMAC-SHA256 over time and secret, keyed with the secret, for the address."""
    told = f"{milliseconds}\n{secret}".encode()
    return quote_plus(base64.b64encode(hmac.new(secret.encode(), told, hashlib.sha256).digest()))


def feishu_sign(secret: str, seconds: int) -> str:
    """飞书: base 64 of HMAC-SHA256 over nothing, keyed with time and secret."""
    return base64.b64encode(hmac.new(f"{seconds}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()


def _mac(secret: str, body: bytes, at: str) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
