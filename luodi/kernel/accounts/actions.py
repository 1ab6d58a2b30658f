"""Every change of accounts and roles: one function, one change, one event. Passwords, codes and tokens are in none of them."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import get_hasher, identify_hasher, make_password

from luodi.kernel.accounts import authority, second_factor
from luodi.kernel.accounts.models import (
    Account,
    Credential,
    Grant,
    OuterIdentity,
    RecoveryCode,
    Session,
    Ticket,
    Token,
)
from luodi.kernel.accounts.tokens import hash_of, hash_of_code, new_recovery_codes, new_token
from luodi.kernel.clocks.now import now, today
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import holds
from luodi.kernel.register.models import Person, Post, Unit

INVITATION_LASTS = dt.timedelta(days=7)
RESET_LASTS = dt.timedelta(hours=24)
SESSION_LASTS = dt.timedelta(hours=12)
# records of who came in are kept six months at least: 网络安全法第二十一条第三项
SESSIONS_ARE_KEPT = dt.timedelta(days=190)


def create_account(person: Person, *, login: str, by: Actor) -> Account:
    """Give a person a log-in; nobody can use it before a password is set or an invitation accepted."""
    row = Account(person=person, login=authority.login_name(login))
    with action("account.created", by=by, subject=row.id) as act:
        authority.require_administrator(by)
        if Account.objects.filter(login=row.login).exists():
            raise Refusal("login-taken", f"登录名“{row.login}”已有人用。请换一个。")
        if Account.objects.filter(person=person).exists():
            raise Refusal("account-exists", "这个人已经有账号了，一人一个。忘了密码请发重设链接。")
        act.create(row)
        Credential.objects.create(account=row)
    return row


def close_account(account: Account, *, by: Actor) -> Account:
    """Shut an account: every session ends, and what opened it is destroyed. The account stays named in its events."""
    with action("account.closed", by=by, subject=account.id) as act:
        authority.require_administrator_of(by, account)
        authority.require_not_shared(by)
        act.change(account, is_active=False, acts_as=None)
        authority.require_administrator_left()
        Credential.objects.filter(account=account).update(password="", second_factor="", last_step=0)
        RecoveryCode.objects.filter(account=account).delete()
        OuterIdentity.objects.filter(account=account).delete()
        Token.objects.filter(account=account).delete()
        _void(account)
    return account


def reopen_account(account: Account, *, by: Actor) -> Account:
    """Let a shut account in again; it needs a new invitation."""
    with action("account.reopened", by=by, subject=account.id) as act:
        authority.require_administrator_of(by, account)
        return act.change(account, is_active=True)


def set_password(account: Account, raw: str, *, by: Actor, old: str | None = None) -> Account:
    """Set the password; ends every session. Whoever changes their own proves the ``old`` one first."""
    with action("account.password_set", by=by, subject=account.id):
        authority.require_own(by, account)
        authority.require_not_shared(by)
        credential = _locked(account)
        if by.account and credential.password and not credential.opens(old or ""):
            raise Refusal("old-password-wrong", "原来的密码不对，新密码没有存。请再输一次原来的密码。")
        _keep_password(credential, raw)
    return account


def invite(account: Account, *, by: Actor) -> str:
    """A token for a link by which its person sets the first password, within 7 days. Given out once, kept as a hash."""
    return _issue(account, "invite", INVITATION_LASTS, by)


def issue_reset(account: Account, *, by: Actor) -> str:
    """A token for a link by which its person sets a new password, within 24 hours. Given out once, kept as a hash."""
    return _issue(account, "reset", RESET_LASTS, by)


def issue_binding(account: Account, *, by: Actor) -> str:
    """A token for a link by which its person ties an outer log-in to the account, within 24 hours."""
    return _issue(account, "bind", RESET_LASTS, by)


def bind_outer(token: str, *, issuer: str, subject: str) -> Account:
    """Use a link: from now on whoever ``issuer`` calls ``subject`` comes in as its account. Raises ``Refusal``.

    ``subject`` was proven by a token that the issuer signed; the account is the link's, never one found by name or mail.
    """
    account = account_of_token(token, ("bind",))
    by = Actor(account=account.id)
    with action("account.outer_bound", by=by, subject=account.id, data={"issuer": issuer}):
        _locked(account)
        used = Ticket.objects.filter(token_hash=hash_of(token), used_at__isnull=True, expires_at__gt=now())
        if used.update(used_at=now()) != 1:
            raise _LINK_SPENT
        if OuterIdentity.objects.filter(account=account).exists():
            raise Refusal("outer-bound", "这个账号已经绑定了统一登录。要换，请系统管理员先解除原来的绑定。")
        if OuterIdentity.objects.filter(issuer=issuer, subject=subject).exists():
            raise Refusal("outer-taken", "您的统一登录已经绑定了别的账号，一人一个。请系统管理员核对。")
        OuterIdentity.objects.create(account=account, issuer=issuer, subject=subject, bound_at=now())
    return account


def unbind_outer(account: Account, *, by: Actor) -> None:
    """The outer log-in opens this account no more; every session of it ends."""
    with action("account.outer_unbound", by=by, subject=account.id):
        authority.require_administrator_of(by, account)
        authority.require_not_shared(by)
        OuterIdentity.objects.filter(account=account).delete()
        _end_sessions(account)


def accept(token: str, raw: str) -> Account:
    """Use a link: set the password of its account. Works once and in time. Raises ``Refusal`` otherwise."""
    account = account_of_token(token)
    with action(
        "account.password_set", by=Actor(account=account.id), subject=account.id, data={"by": "link"}
    ):
        credential = _locked(account)
        used = Ticket.objects.filter(token_hash=hash_of(token), used_at__isnull=True, expires_at__gt=now())
        if used.update(used_at=now()) != 1:
            raise _LINK_SPENT
        _keep_password(credential, raw)
    return account


def account_of_token(token: str, kinds: tuple[str, ...] = ("invite", "reset")) -> Account:
    """The account that a link of these kinds opens; raises ``Refusal`` for one that is unknown, used, too old or another."""
    asked = Ticket.objects.filter(token_hash=hash_of(token), kind__in=kinds)
    ticket = asked.select_related("account").first()
    if (
        ticket is None
        or ticket.used_at is not None
        or ticket.expires_at <= now()
        or not ticket.account.is_active
    ):
        raise _LINK_SPENT
    return ticket.account


def account_of_outer(issuer: str, subject: str) -> Account:
    """The open account tied to an outer identity. Raises ``Refusal`` ``outer-unknown``, also for a closed account."""
    found = OuterIdentity.objects.filter(issuer=issuer, subject=subject, account__is_active=True)
    identity = found.select_related("account").first()
    if identity is None:
        raise Refusal(
            "outer-unknown",
            "统一登录认得您，可是还没有和这里的账号绑定。请本单位的系统管理员给您发一个绑定链接，打开后再登录一次。",
        )
    return identity.account


def grant(
    post: Post, role: str, *, by: Actor, scope: Unit | None = None, until: dt.date | None = None
) -> Grant:
    """Give a role to a post, over a unit and what stands below it, or over the whole district."""
    if role not in dict(Grant.ROLES):
        raise Refusal(
            "role-unknown", f"角色得到“{role}”，可用{'、'.join(dict(Grant.ROLES).values())}。请选其中一个。"
        )
    row = Grant(post=post, role=role, scope=scope, since=today(), until=until)
    with action("grant.given", by=by, subject=row.id) as act:
        authority.require_reach(by, row)
        if until is not None and until < row.since:
            raise Refusal("days-reversed", f"角色到{until}为止，早于今天{row.since}。请改止日。")
        same = Grant.objects.filter(post=post, role=role, scope=scope).exclude(until__lt=today())
        if same.exists():
            raise Refusal("grant-exists", f"“{post.title}”已有这个角色，不用再给。")
        return act.create(row)


def revoke(granted: Grant, *, by: Actor) -> Grant:
    """Take a role back, from today on; that it was held until yesterday stays to be seen."""
    with action("grant.revoked", by=by, subject=granted.id) as act:
        authority.require_reach(by, granted)
        act.change(granted, until=today() - dt.timedelta(days=1))
        if granted.role == "administrator" and granted.scope_id is None:
            authority.require_administrator_left()
    return granted


def choose_post(account: Account, post: Post) -> Account:
    """Act as another of the own posts from now on."""
    with action("account.post_chosen", by=Actor(account.id, post.id), subject=account.id) as act:
        if not holds(account.person_id, post):
            raise Refusal(
                "post-not-held", f"您今天不在“{post.title}”任职，不能以它的名义办事。请选自己的岗位。"
            )
        return act.change(account, acts_as=post)


def turn_second_factor_on(account: Account, *, secret: str, code: str, by: Actor) -> list[str]:
    """Ask for a second factor from now on. ``code`` proves that the device knows ``secret``. Returns recovery codes."""
    with action("second_factor.turned_on", by=by, subject=account.id):
        authority.require_own(by, account)
        authority.require_not_shared(by)
        credential = _locked(account)
        if credential.second_factor:
            raise Refusal("second-factor-on", "手机验证已经开着。要换手机，请先关掉再开。")
        credential.last_step = second_factor.require_matching_step(secret, code, 0)
        credential.second_factor = second_factor.sealed(secret, account)
        credential.save(update_fields=["second_factor", "last_step"])
        return _renew_recovery_codes(account)


def turn_second_factor_off(account: Account, *, code: str, by: Actor) -> None:
    """Ask for it no more; ``code`` proves that whoever asks has the device or a recovery code."""
    with action("second_factor.turned_off", by=by, subject=account.id):
        authority.require_own(by, account)
        authority.require_not_shared(by)
        credential = _locked(account)
        if not credential.second_factor:
            raise Refusal("second-factor-off", "手机验证本来就没有开。")
        second_factor.use_up(credential, code)
        _clear_second_factor(credential)


def remove_second_factor(account: Account, *, by: Actor) -> None:
    """An administrator helps somebody who lost device and recovery codes; every session of the account ends."""
    with action("second_factor.removed", by=by, subject=account.id):
        authority.require_administrator_of(by, account)
        authority.require_not_shared(by)
        _clear_second_factor(_locked(account))
        _end_sessions(account)


def begin_session(
    account: Account, *, address: str = "", device: str = "", code: str = "", way: str = "password"
) -> Session:
    """Let an account in that proved itself (``way``: ``password``, ``outer``; ``public`` in the demonstration).

    Uses up ``code`` where a second factor is on. Raises ``Refusal``.
    """
    row = Session(account=account, began_at=now(), expires_at=now() + SESSION_LASTS, way=way)
    row.address, row.device = address[:45], device[:200]
    with action("session.began", by=Actor(account=account.id), subject=account.id):
        credential = _locked(account)
        if not Account.objects.filter(id=account.id, is_active=True).exists():
            raise Refusal("account-closed", "这个账号已经停用。请找系统管理员。")
        if credential.second_factor:
            second_factor.use_up(credential, code)
        row.save(force_insert=True)
    return row


def upgrade_password_hash(account: Account, raw: str) -> bool:
    """Hash a proven password anew where the site's way of hashing has changed. Returns whether it did."""
    credential = Credential.objects.get(account=account)
    hasher = identify_hasher(credential.password)
    if not hasher.must_update(credential.password) and hasher.algorithm == get_hasher().algorithm:
        return False
    with action("account.password_rehashed", by=Actor(account=account.id), subject=account.id):
        Credential.objects.filter(account=account, password=credential.password).update(
            password=make_password(raw)
        )
    return True


def end_session(session: Session, *, by: Actor) -> None:
    """End one session: the device it was on must log in again."""
    with action("session.ended", by=by, subject=session.account_id):
        authority.require_own(by, session.account)
        Session.objects.filter(id=session.id, ended_at__isnull=True).update(ended_at=now())


def end_other_sessions(account: Account, *, keep: str, by: Actor) -> int:
    """End every session of an account but the one named; returns how many."""
    with action("session.ended_others", by=by, subject=account.id):
        authority.require_own(by, account)
        return _end_sessions(account, keep=keep)


def end_sessions_of(account: Account, *, by: Actor) -> int:
    """An administrator ends every session of somebody whose phone was lost; returns how many."""
    with action("session.ended_by_administrator", by=by, subject=account.id):
        authority.require_administrator_of(by, account)
        authority.require_not_shared(by)
        return _end_sessions(account)


def renew_recovery_codes(account: Account, *, code: str, by: Actor) -> list[str]:
    """New recovery codes; the old ones work no more."""
    with action("second_factor.codes_renewed", by=by, subject=account.id):
        authority.require_own(by, account)
        authority.require_not_shared(by)
        second_factor.use_up(_locked(account), code)
        return _renew_recovery_codes(account)


def forget_sessions(account: Account, *, by: Actor) -> int:
    """Forget where and when an account came in; returns how many sessions. For erasing a person."""
    with action("session.forgotten", by=by, subject=account.id):
        authority.require_administrator_of(by, account)
        count, _ = Session.objects.filter(account=account).delete()
    return count


def clear_old_sessions(*, by: Actor) -> int:
    """Forget sessions that began longer ago than they have to be kept; returns how many."""
    with action("session.cleared", by=by, subject="") as act:
        count, _ = Session.objects.filter(began_at__lt=now() - SESSIONS_ARE_KEPT).delete()
        act.data["count"] = count
    return count


_ISSUED = {
    "invite": "account.invited",
    "reset": "account.reset_issued",
    "bind": "account.binding_issued",
}
_LINK_SPENT = Refusal("link-spent", "这个链接已经用过、过期或不完整。请向系统管理员要一个新的。")


def _issue(account: Account, kind: str, lasts: dt.timedelta, by: Actor) -> str:
    token = new_token()
    with action(_ISSUED[kind], by=by, subject=account.id):
        authority.require_administrator_of(by, account)
        authority.require_not_shared(by)
        if not account.is_active:
            raise Refusal("account-closed", "这个账号已经停用。请先恢复它，再发链接。")
        Ticket.objects.filter(account=account, used_at__isnull=True).update(used_at=now())
        Ticket.objects.create(kind=kind, account=account, token_hash=hash_of(token), expires_at=now() + lasts)
    return token


def _locked(account: Account) -> Credential:
    return Credential.objects.select_for_update().get(account=account)


def _keep_password(credential: Credential, raw: str) -> None:
    authority.require_good_password(raw, credential.account)
    credential.password = make_password(raw)
    credential.save(update_fields=["password"])
    _void(credential.account)


def _void(account: Account) -> None:
    Ticket.objects.filter(account=account, used_at__isnull=True).update(used_at=now())
    _end_sessions(account)


def _end_sessions(account: Account, keep: str = "") -> int:
    return (
        Session.objects.filter(account=account, ended_at__isnull=True).exclude(id=keep).update(ended_at=now())
    )


def _clear_second_factor(credential: Credential) -> None:
    credential.second_factor = ""
    credential.save(update_fields=["second_factor"])
    RecoveryCode.objects.filter(account=credential.account_id).delete()


def _renew_recovery_codes(account: Account) -> list[str]:
    codes = new_recovery_codes()
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, code_hash=hash_of_code(account.id, code)) for code in codes
    )
    return codes
