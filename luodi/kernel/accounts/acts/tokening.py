"""Giving, using and taking back the keys of programs, calendars and screens on a wall. A key is in no event and no log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from luodi.kernel.accounts import authority
from luodi.kernel.accounts.models import Account, Token
from luodi.kernel.accounts.tokens import hash_of, new_token
from luodi.kernel.clocks.now import now, today
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import holds, is_demonstration
from luodi.kernel.register.models import Post

MOST = 20  # keys of one account that are good at the same time
LONGEST_NAME = 40
LASTS = (30, 90, 365)  # days that may be chosen
CALENDAR_LASTS = 365
DEMONSTRATION_LASTS = 1
PREFIX = "luodi_"  # by which a key that lies about is known for what it is


def make_token(
    account: Account, post: Post, *, name: str, scopes: Iterable[str], days: int, by: Actor
) -> tuple[Token, str]:
    """A key for a program, and the key's text, which is given out this once.

    Raises ``Refusal``: ``not-own-account``, ``post-not-held``, ``token-name``, ``token-scope``, ``token-days``, ``tokens-many``.
    """
    chosen = set(scopes)
    known = dict(Token.SCOPES)
    label = name.strip()
    if not 1 <= len(label) <= LONGEST_NAME:
        raise Refusal("token-name", f"名称有{len(label)}字，应为1至{LONGEST_NAME}字，写明给哪个程序用。")
    if not chosen or not chosen <= set(known):
        raise Refusal("token-scope", f"用途要从{'、'.join(known.values())}里选，至少一项。")
    ordered = " ".join(scope for scope in known if scope in chosen)
    return _make(account, post, "api", label, ordered, _lasting(days), by, PREFIX + new_token())


def make_calendar(account: Account, post: Post, *, by: Actor) -> tuple[Token, str]:
    """A key for the calendar of one post; an earlier one of the same post is no good any more.

    Raises ``Refusal``: ``not-own-account``, ``post-not-held``.
    """
    return _make(account, post, "calendar", "", "", CALENDAR_LASTS, by, new_token())


def make_screen(account: Account, post: Post, *, name: str, days: int, by: Actor) -> tuple[Token, str]:
    """A key for a screen that hangs somewhere; ``name`` says where. It shows, and does nothing.

    Raises ``Refusal``: ``not-own-account``, ``post-not-held``, ``screen-name``, ``token-days``, ``tokens-many``.
    """
    label = name.strip()
    if not 1 <= len(label) <= LONGEST_NAME:
        raise Refusal("screen-name", f"地点有{len(label)}字，应为1至{LONGEST_NAME}字，写明屏幕挂在哪里。")
    return _make(account, post, "screen", label, "", _lasting(days), by, new_token())


def revoke_token(token: Token, *, by: Actor) -> None:
    """The key opens nothing any more, from this instant on. Raises ``Refusal`` (``not-own-account``)."""
    with action("token.revoked", by=by, subject=token.account_id, data={"token": token.id}):
        authority.require_own(by, token.account)
        Token.objects.filter(pk=token.id, revoked_at=None).update(revoked_at=now())


def note_used(token: Token) -> None:
    """Keep the day on which a key was used: one event a day and key, as for every other way of coming in."""
    if token.used_on == today():
        return
    by = Actor(account=token.account_id, post=token.post_id)
    with action("token.used", by=by, subject=token.account_id, data={"token": token.id}):
        Token.objects.filter(pk=token.id).update(used_on=today())


def _lasting(days: int) -> int:
    if days not in LASTS:
        raise Refusal("token-days", f"有效天数得到{days}，可用{'、'.join(map(str, LASTS))}。")
    return DEMONSTRATION_LASTS if is_demonstration() else days


def _make(
    account: Account, post: Post, kind: str, name: str, scopes: str, days: int, by: Actor, raw: str
) -> tuple[Token, str]:
    at = now()
    row = Token(kind=kind, account=account, post=post, name=name, scopes=scopes, token_hash=hash_of(raw))
    row.made_at, row.expires_at = at, at + dt.timedelta(days=days)
    told = {"token": row.id, "kind": kind, "scopes": scopes, "days": days}
    with action("token.made", by=by, subject=account.id, data=told):
        authority.require_own(by, account)
        if not holds(account.person_id, post):
            raise Refusal("post-not-held", f"您今天不在“{post.title}”任职，不能给它做密钥。请选自己的岗位。")
        good = Token.objects.filter(account=account, revoked_at=None, expires_at__gt=at)
        if kind == "calendar":
            good.filter(kind=kind, post=post).update(revoked_at=at)
        elif good.filter(kind=kind).count() >= MOST:
            raise Refusal("tokens-many", f"有效的密钥已有{MOST}把，最多{MOST}把。请先作废不用的。")
        row.save(force_insert=True)
    return row, raw
