"""One-time tokens and recovery codes: random enough that a plain hash of them tells nothing."""

from __future__ import annotations

import hashlib
import re
import secrets

from luodi.kernel.ids import ALPHABET

RECOVERY_CODES = 10
_RECOVERY_SIGNS = 12


def new_token() -> str:
    """256 random bits for an address."""
    return secrets.token_urlsafe(32)


def new_recovery_codes() -> list[str]:
    """Ten codes of 60 random bits, in groups to be copied by hand: ``abcd-efgh-jkmn``."""
    return [
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(_RECOVERY_SIGNS // 4))
        for _ in range(RECOVERY_CODES)
    ]


def looks_like_recovery_code(text: str) -> bool:
    """Whether ``text`` has the length of a recovery code, however it was typed."""
    return len(_bare(text)) == _RECOVERY_SIGNS


def hash_of(token: str) -> str:
    """SHA-256 of a token, in hexadecimal."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def hash_of_code(account: str, code: str) -> str:
    """SHA-256 of a recovery code of one account, without case, spaces and hyphens."""
    return hashlib.sha256(f"{account}:{_bare(code)}".encode(errors="replace")).hexdigest()


def _bare(text: str) -> str:
    return re.sub(r"[\s-]", "", text).lower()
