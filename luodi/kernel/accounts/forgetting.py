"""Erasing what is kept of a person who has left (Personal Information Protection Law, art. 47), log-in included.

Several acts, each its own event: the account is shut, what is kept of its sessions and wrong passwords goes, and the personal
fields of person and account are erased in rows and events. What they did in office stays, under the post and the bare ids.
"""

from __future__ import annotations

from pathlib import Path

from axes.models import AccessAttempt

from luodi.kernel.accounts import actions
from luodi.kernel.accounts.models import Account, OuterIdentity, Session, Token
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.ledger.erasure import erase
from luodi.kernel.ledger.sweeping import rewrite
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import posts_of
from luodi.kernel.register.models import Person


def forget_person(person: Person, *, by: Actor, reason: str, data: Path | None = None) -> None:
    """Erase everything personal kept of ``person``; ``reason`` is a code. Refused for somebody still in office."""
    if posts_of(person):
        raise Refusal("still-in-office", "这个人还在岗，资料不能删。请先办离任，名下的事交接清楚再删。")
    rows: list[Person | Account] = [person]
    account = Account.objects.filter(person=person).first()
    if account is not None:
        login = account.login
        if account.is_active:
            actions.close_account(account, by=by)
        actions.forget_sessions(account, by=by)
        AccessAttempt.objects.filter(username__iexact=login).delete()
        rows.append(account)
    # the rows' traces elsewhere, as in the search index, go with them; then the database is swept
    erase(rows, by=by, subject=person.id, reason=reason, values={"erased_on": today()}, data=data)


def is_account(row: str) -> bool:
    """Whether the erased row is an account: then wrong passwords and sessions were deleted along with it."""
    return Account.objects.filter(pk=row).exists()


def purge() -> None:
    """Let the deleted rows of sessions, keys, outer log-ins and wrong passwords stand on no page any more."""
    kept = (Session, Token, OuterIdentity, AccessAttempt)
    rewrite(*(model._meta.db_table for model in kept))
