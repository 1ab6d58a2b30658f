"""Bytes sealed for one place in the database: worthless in a stolen file or back-up, since keys stay outside both.

AES-256-GCM or, where ``FIELD_CIPHER`` says so, SM4-GCM (GB/T 32907), under a key with an id. Bound to its place, the key and the
cipher: moved elsewhere it does not open. As ASCII: ``sealed:KEY:CIPHER:BASE64`` (12 bytes nonce, the sealed bytes, 16 bytes tag).
"""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES, SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from luodi.kernel.privacy.field_keys import derived_key, newest_key
from luodi.kernel.privacy.sealing import SealBroken

CIPHERS = {"aes-256-gcm": (AES, 32), "sm4-gcm": (SM4, 16)}
USUAL = "aes-256-gcm"
MARK = "sealed:"
_NONCE, _TAG = 12, 16


def sealed_value(plain: bytes, place: str) -> str:
    """``plain`` sealed for one place (``table.row.field``) under the newest key."""
    name = cipher_that_seals()
    data: Path = settings.DATA
    key, nonce = newest_key(data), secrets.token_bytes(_NONCE)
    work = _cipher(data, key, name, GCM(nonce)).encryptor()
    work.authenticate_additional_data(_bound(key, name, place))
    raw = work.update(plain) + work.finalize()
    return f"{MARK}{key}:{name}:{base64.b64encode(nonce + raw + work.tag).decode()}"


def opened_value(sealed: str, place: str) -> bytes:
    """What was sealed for that place. Raises ``SealBroken``, ``KeyMissing``."""
    try:
        _, key, name, text = sealed.split(":")
        raw = base64.b64decode(text, validate=True)
        nonce, body, tag = raw[:_NONCE], raw[_NONCE:-_TAG], raw[-_TAG:]
        mode = GCM(nonce, tag)
    except ValueError as cause:
        raise SealBroken(f"what is sealed at {place} is spoilt") from cause
    if name not in CIPHERS:
        raise SealBroken(f"what is sealed at {place} names no cipher")
    try:
        work = _cipher(settings.DATA, key, name, mode).decryptor()
        work.authenticate_additional_data(_bound(key, name, place))
        return work.update(body) + work.finalize()
    except InvalidTag as cause:
        raise SealBroken(f"what is sealed at {place} does not open") from cause


def key_of(sealed: str) -> tuple[str, str]:
    """The id of the key and the name of the cipher under which it lies."""
    _, key, name, _ = sealed.split(":")
    return key, name


def cipher_that_seals() -> str:
    """The one that is set. Raises ``ImproperlyConfigured`` where it is none."""
    name = str(getattr(settings, "FIELD_CIPHER", USUAL))
    if name not in CIPHERS:
        raise ImproperlyConfigured(f"FIELD_CIPHER is {name!r}; it may be {' or '.join(CIPHERS)}")
    return name


def _bound(key: str, name: str, place: str) -> bytes:
    return f"{key}:{name}:{place}".encode()


def _cipher(data: Path, key: str, name: str, mode: GCM) -> Cipher[GCM]:
    algorithm, length = CIPHERS[name]
    return Cipher(algorithm(derived_key(data, key, name, length)), mode)
