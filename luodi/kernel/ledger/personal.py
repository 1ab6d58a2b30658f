"""Personal values under a key of their own: closed when an event is written, opened while they are not erased.

Each key lies in its row sealed under the district's (``privacy.sealed_value``, DATA/keys/fields.key): who has the database or a
back-up has neither. Erasing a row's key erases its values whatever keys the district has.
"""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from luodi.kernel.ledger.leaves import digest_of
from luodi.kernel.ledger.models import Event, Secret
from luodi.kernel.privacy.sealed_value import opened_value, sealed_value

_SALT = 16
_NONCE = 12


def close(event: Event, row: str, payload: bytes, suffix: str = "") -> tuple[Secret, str]:
    """An unsaved ``Secret`` over ``payload`` and the digest that stands for it in the event.

    The salt lies inside the cipher text: once that is gone, the digest tells nothing of what it was made from. AES-256-GCM,
    bound to the secret's own id: a cipher text moved to another row does not open.
    """
    secret = Secret(id=f"{event.id}.{row}{suffix}", event=event, row=row)
    key, salt, nonce = AESGCM.generate_key(256), secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    secret.key = sealed_key(key, secret.id)
    secret.cipher = nonce + AESGCM(key).encrypt(nonce, salt + payload, secret.id.encode())
    return secret, digest_of(salt, payload)


def opened(secret: Secret) -> tuple[bytes, str] | None:
    """The payload and its digest, or ``None`` where it was erased.

    ``KeyMissing``: the district's key is not here. ``InvalidTag`` or any other ``ValueError``: tampered with.
    """
    if secret.key is None and secret.cipher is None:
        return None
    if secret.key is None or secret.cipher is None:
        raise ValueError(f"secret {secret.id} lacks its key or its cipher text")
    cipher = bytes(secret.cipher)
    key = opened_value(bytes(secret.key).decode("ascii"), _place(secret.id))
    text = AESGCM(key).decrypt(cipher[:_NONCE], cipher[_NONCE:], secret.id.encode())
    return text[_SALT:], digest_of(text[:_SALT], text[_SALT:])


def sealed_key(key: bytes, secret: str) -> bytes:
    """The key of the secret of that id as its row holds it: ASCII."""
    return sealed_value(key, _place(secret)).encode("ascii")


def sealed_anew(key: bytes, secret: str) -> bytes:
    """A key as its row holds it, under the district's newest. Raises ``SealBroken``, ``KeyMissing``."""
    return sealed_key(opened_value(key.decode("ascii"), _place(secret)), secret)


def _place(secret: str) -> str:
    return f"{Secret._meta.db_table}.{secret}.key"
