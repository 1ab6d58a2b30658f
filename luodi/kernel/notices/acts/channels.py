"""Where else somebody wants to be told: set, switched, removed. Address and secret are sealed and stand in no event."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from luodi.kernel.accounts import authority
from luodi.kernel.accounts.models import Account
from luodi.kernel.clocks.now import now
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.notices.models import Channel
from luodi.kernel.notices.outgoing import Limits, why_not
from luodi.kernel.privacy.sealing import open_text, seal_text
from luodi.kernel.refusal import Refusal

PURPOSE = "notice channel"
_LONGEST = 500
_WRONG = {
    "address-wrong": "地址写得不对。请从机器人的设置里整个复制过来，以 https:// 开头。",
    "not-encrypted": "地址要以 https:// 开头，没有加密的不用。",
    "host-not-named": "这台主机不在可以往外发的名单里，没有存。请系统管理员在 LUODI_NOTICE_HOSTS 里加上它。",
}


def limits() -> Limits:
    """Where calls may go, by the settings."""
    return Limits(tuple(settings.NOTICE_HOSTS), bool(settings.NOTICE_PRIVATE))


def set_channel(
    account: Account, kind: str, *, address: str, secret: str = "", by: Actor
) -> tuple[Channel, str]:
    """Be told over this channel from now on; the channel, and the secret where one was made for it, given out this once.

    Raises ``Refusal``: ``not-own-account``, ``shared-account``, ``channel-kind``, ``channel-address``, ``mail-off``.
    """
    given, hidden = address.strip(), secret.strip()
    if kind not in dict(Channel.KINDS):
        raise Refusal("channel-kind", f"没有“{kind}”这种通知方式。")
    _require_good(kind, given)
    if len(hidden) > _LONGEST:
        raise Refusal("channel-address", f"密钥最多{_LONGEST}字。")
    made = secrets.token_urlsafe(32) if kind == "webhook" and not hidden else ""
    with action("channel.set", by=by, subject=account.id, data={"kind": kind}):
        authority.require_own(by, account)
        authority.require_not_shared(by)
        row = Channel.objects.filter(account=account, kind=kind).first() or Channel(
            account=account, kind=kind
        )
        mark = f"{account.id}:{kind}"
        row.address = seal_text(given, purpose=PURPOSE, row=mark)
        row.secret = seal_text(made or hidden, purpose=PURPOSE, row=mark) if made or hidden else ""
        row.is_on, row.set_at, row.fails, row.fault = True, now(), 0, ""
        row.save()
    return row, made


def remove_channel(channel: Channel, *, by: Actor) -> None:
    """Be told over it no more; what waits to be sent over it is not sent. Raises ``Refusal`` (``not-own-account``)."""
    with action("channel.removed", by=by, subject=channel.account_id, data={"kind": channel.kind}):
        authority.require_own(by, channel.account)
        Channel.objects.filter(pk=channel.pk).delete()


def opened(channel: Channel) -> tuple[str, str]:
    """Address and secret. Raises ``SealBroken``."""
    mark = f"{channel.account_id}:{channel.kind}"
    secret = open_text(channel.secret, purpose=PURPOSE, row=mark) if channel.secret else ""
    return open_text(channel.address, purpose=PURPOSE, row=mark), secret


def _require_good(kind: str, address: str) -> None:
    if not address or len(address) > _LONGEST:
        raise Refusal("channel-address", f"地址有{len(address)}字，应为1至{_LONGEST}字。")
    if kind == "mail":
        if not settings.CONFIGURATION.smtp_url:
            raise Refusal("mail-off", "这里没有设发信的服务器，发不了邮件。设法见说明“通知”。")
        try:
            validate_email(address)
        except ValidationError:
            raise Refusal("channel-address", "这不像一个邮箱地址。请写成 名字@单位.cn 这样。") from None
        return
    if code := why_not(address, limits()):
        raise Refusal("channel-address", _WRONG[code])
