"""Whether an ID token is believed: signed by a key that the provider publishes, for us, now, for this very log-in.

OpenID Connect Core 1.0, §3.1.3.7. Only signatures that need the provider's own secret count: no ``none``, and no HMAC, whose
secret we hold as well. The machine's own clock counts here, not the district's: the provider knows no other.
"""

from __future__ import annotations

import hmac
from typing import Any

import jwt

from luodi.kernel.accounts.provider import Provider, ProviderFault

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_LEEWAY = 60  # seconds by which two clocks may differ
_NEEDED = ("iss", "sub", "aud", "exp", "iat", "nonce")
_LONGEST_SUBJECT = 255


def subject_of(token: str, provider: Provider, *, nonce: str) -> str:
    """The subject that the token proves. Raises ``ProviderFault`` for a token that is not believed."""
    try:
        named = jwt.get_unverified_header(token)
        key = jwt.PyJWK.from_dict(provider.key(named.get("kid")), named.get("alg"))
        told: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=list(ALGORITHMS),
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=_LEEWAY,
            options={"require": list(_NEEDED)},
        )
    except (jwt.PyJWTError, ValueError, TypeError, NotImplementedError) as fault:
        raise ProviderFault(f"the ID token is not believed: {type(fault).__name__}") from fault
    if not hmac.compare_digest(str(told["nonce"]).encode(), nonce.encode()):
        raise ProviderFault("the ID token is not believed: it belongs to another log-in")
    several = isinstance(told["aud"], list) and len(told["aud"]) > 1
    if (several or "azp" in told) and told.get("azp") != provider.client_id:
        raise ProviderFault("the ID token is not believed: it was made for another client")
    subject = told["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise ProviderFault("the ID token is not believed: its subject is empty or too long")
    return subject
