"""Codes of the second factor: time-based one-time passwords (RFC 6238 over RFC 4226), SHA-1, 6 digits, steps of 30 seconds.

These are the parameters that every authenticator application understands. Pure: the caller says what time it is.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from urllib.parse import quote

STEP_SECONDS = 30
DIGITS = 6
# a clock may be off by one step either way (RFC 6238 §5.2)
DRIFT = 1


def new_secret() -> str:
    """160 random bits in base 32, as RFC 4226 §4 recommends."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of one time step (RFC 4226 §5.3).

    >>> code_at(base64.b32encode(b"12345678901234567890").decode(), 59 // 30, digits=8)
    '94287082'
    """
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[-1] & 15
    number = struct.unpack(">I", mac[offset : offset + 4])[0] & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: str, code: str, seconds: float, after: int = 0) -> int | None:
    """The time step whose code ``code`` is, near ``seconds`` since 1970 and later than the step ``after``; else ``None``.

    ``after`` is the last step used: a code that was seen over somebody's shoulder does not work again.
    """
    now = int(seconds) // STEP_SECONDS
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > after and hmac.compare_digest(
            code_at(secret, step).encode(), code.encode(errors="replace")
        ):
            return step
    return None


def address(secret: str, login: str, issuer: str) -> str:
    """The address an authenticator application reads from the QR code."""
    return f"otpauth://totp/{quote(issuer)}:{quote(login)}?secret={secret}&issuer={quote(issuer)}"
