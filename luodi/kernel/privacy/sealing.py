"""Text sealed under the installation's key: readable here, worthless in a stolen back-up, since keys stay outside back-ups.

AES-256-GCM under a key derived (HKDF-SHA256, RFC 5869) from the key of the site; bound to a purpose and to the row it belongs
to, so that sealed text moved to another row does not open.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from luodi.kernel.privacy.field_keys import KeyMissing


class SealBroken(ValueError):  # noqa: N818 (what was found, not what went wrong in the program)
    """Sealed text does not open: it was changed or moved, or the key of this installation is another."""


def why_shut(fault: KeyMissing | SealBroken) -> str:
    """What a person is told of something sealed that does not open: why, and who can do what."""
    if isinstance(fault, KeyMissing):
        return f"这一项加密存着，密钥 {fault.key} 不在这台机器上，打不开。请系统管理员取回：bin/luodi keys --take-in。"
    return "这一项加密存着，内容被改过或挪过，打不开。请系统管理员核验：bin/luodi verify。"


def seal_text(plain: str, *, purpose: str, row: str) -> str:
    """``plain`` sealed for one row, as ASCII."""
    nonce = secrets.token_bytes(12)
    return base64.b64encode(
        nonce + AESGCM(_key(purpose)).encrypt(nonce, plain.encode(), row.encode())
    ).decode()


def open_text(sealed: str, *, purpose: str, row: str) -> str:
    """What was sealed. Raises ``SealBroken``."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        return AESGCM(_key(purpose)).decrypt(raw[:12], raw[12:], row.encode()).decode()
    except (InvalidTag, ValueError) as cause:
        raise SealBroken(f"the sealed {purpose} of {row} does not open") from cause


def _key(purpose: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"luodi:{purpose}".encode())
    return derive.derive(settings.SECRET_KEY.encode())
