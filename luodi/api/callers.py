"""Who asks: anybody, or the bearer of a key. A browser's log-in counts for nothing here, so no other site can use it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from luodi.kernel.accounts.acts.tokening import note_used
from luodi.kernel.accounts.addresses import client_address
from luodi.kernel.accounts.bearers import Bearer, bearer_of
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Caller:
    """``bearer`` is empty for whoever came without a key; ``is_wrong`` for a key that is not good."""

    bearer: Bearer | None
    is_wrong: bool
    counted_as: str

    def require_good(self) -> None:
        """Refuse a key that is not good, even where none is needed: whoever sends one wants to be known."""
        if self.is_wrong:
            raise Refusal("key-bad", "密钥不对、过期或已作废，或您已不在那个岗位。请在“我的登录”里另做一把。")

    def acting(self, scope: str) -> Actor:
        """Who acts. Raises ``Refusal``: ``key-bad``, ``key-needed``, ``scope-missing``."""
        self.require_good()
        if self.bearer is None:
            raise Refusal(
                "key-needed", "要带密钥才能用。请在“我的登录”里做一把，放在 Authorization: Bearer 后面。"
            )
        if not self.bearer.token.has_scope(scope):
            raise Refusal("scope-missing", f"这把密钥没有“{scope}”这项用途。请另做一把，勾上这一项。")
        return self.bearer.actor

    def seeing(self) -> Actor | None:
        """As whom it may read more than the public; ``None`` for everybody else. Raises ``Refusal`` (``key-bad``)."""
        self.require_good()
        has_scope = self.bearer is not None and self.bearer.token.has_scope("read")
        return self.bearer.actor if self.bearer is not None and has_scope else None


def caller_of(request: HttpRequest) -> Caller:
    """Who asks; looked up once a request. Keys count only where the desk is served, too."""
    known: Caller | None = getattr(request, "luodi_caller", None)
    if known is None:
        given = request.headers.get("Authorization", "")
        scheme, _, raw = given.partition(" ")
        serves_staff = "desk" in settings.CONFIGURATION.surfaces
        is_key = scheme.lower() == "bearer" and serves_staff
        bearer = bearer_of(raw.strip(), "api") if is_key else None
        if bearer is not None:
            note_used(bearer.token)
        counted_as = f"key {bearer.token.id}" if bearer else f"address {client_address(request)}"
        known = Caller(bearer, bool(given) and bearer is None, counted_as)
        request.luodi_caller = known  # type: ignore[attr-defined]
    return known
