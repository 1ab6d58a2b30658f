"""The log-ins that a demonstration offers to everybody, by one click. A real district has none, whatever the settings say."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from luodi.kernel.accounts.models import Account, Grant
from luodi.kernel.register.lookups import is_demonstration


@dataclass(frozen=True, slots=True)
class PublicLogIn:
    """``who`` says as whom one comes in, ``role`` in a word, ``can`` what one may try there."""

    account: Account
    who: str
    role: str
    can: str


def public_log_ins() -> list[PublicLogIn]:
    """Those named in ``PUBLIC_LOG_INS`` that are open, in that order; none outside a demonstration."""
    if not is_demonstration():
        return []
    told = settings.PUBLIC_LOG_INS
    found = {
        account.login: account
        for account in Account.objects.filter(login__in=[each.name for each in told], is_active=True)
    }
    words = dict(Grant.ROLES)
    return [
        PublicLogIn(found[each.name], each.who, words[each.role], each.can)
        for each in told
        if each.name in found
    ]
