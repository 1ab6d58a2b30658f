"""Checks of the second factor against what is kept. A code that fits is used up by the caller in the same transaction."""

from __future__ import annotations

import time

from luodi.kernel.accounts import totp
from luodi.kernel.accounts.models import Account, Credential, RecoveryCode
from luodi.kernel.accounts.tokens import hash_of_code, looks_like_recovery_code
from luodi.kernel.clocks.now import now
from luodi.kernel.privacy.sealing import SealBroken, open_text, seal_text
from luodi.kernel.refusal import Refusal

PURPOSE = "second factor"


def is_on(account: Account) -> bool:
    """Whether the account asks for a second factor."""
    return Credential.objects.filter(account=account).exclude(second_factor="").exists()


def sealed(secret: str, account: Account) -> str:
    """The secret as it is kept."""
    return seal_text(secret, purpose=PURPOSE, row=account.id)


def require_matching_step(secret: str, code: str, after: int) -> int:
    """The time step of a code that fits. The machine's own clock counts here, not the district's: phones know no other."""
    step = totp.matching_step(secret, "".join(code.split()), time.time(), after)
    if step is None:
        raise Refusal(
            "code-wrong", "这个验证码不对，或已经用过。请等手机上换出下一个6位数再输；手机时间要准。"
        )
    return step


def use_up(credential: Credential, code: str) -> None:
    """Use a code of the device, or a recovery code, once. The credential's row must be locked. Raises ``Refusal``."""
    if looks_like_recovery_code(code):
        _use_recovery_code(credential, code)
        return
    try:
        secret = open_text(credential.second_factor, purpose=PURPOSE, row=credential.account_id)
    except SealBroken:
        raise Refusal(
            "second-factor-lost",
            "本机的密钥换过，手机验证码认不了。请输一个备用码，或请系统管理员取消手机验证。",
        ) from None
    credential.last_step = require_matching_step(secret, code, credential.last_step)
    credential.save(update_fields=["last_step"])


def _use_recovery_code(credential: Credential, code: str) -> None:
    hashed = hash_of_code(credential.account_id, code)
    unused = RecoveryCode.objects.filter(
        account=credential.account_id, code_hash=hashed, used_at__isnull=True
    )
    if unused.update(used_at=now()) != 1:
        raise Refusal("code-wrong", "这个备用码不对，或已经用过。每个备用码只能用一次，请换一个。")
