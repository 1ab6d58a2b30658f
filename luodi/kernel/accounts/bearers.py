"""Who comes with a key instead of a log-in, and which keys an account sees of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from luodi.kernel.accounts.models import Token
from luodi.kernel.accounts.tokens import hash_of
from luodi.kernel.clocks.now import now
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.lookups import holds

LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Bearer:
    """A key that is good now, and who acts with it."""

    token: Token
    actor: Actor


def bearer_of(raw: str, kind: str) -> Bearer | None:
    """Whose key ``raw`` is; ``None`` where it is unknown, of another kind, taken back, too old, or its person left the post."""
    if not raw or len(raw) > LONGEST_KEY:
        return None
    found = Token.objects.filter(token_hash=hash_of(raw), kind=kind, revoked_at=None, expires_at__gt=now())
    token = found.select_related("account", "post__unit").first()
    if token is None or not token.account.is_active or not holds(token.account.person_id, token.post_id):
        return None
    return Bearer(token, Actor(account=token.account_id, post=token.post_id))


def tokens_of(actor: Actor, kind: str) -> QuerySet[Token]:
    """The keys of the own account that were not taken back, the newest first."""
    mine = Token.objects.filter(account=actor.account, kind=kind, revoked_at=None)
    return mine.select_related("post__unit").order_by("-made_at", "-id")
