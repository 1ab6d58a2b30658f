"""Somebody leaves: the posts end with the day, what they own goes to whoever takes over, the account is shut.

Two acts, each its own event, both or neither. Nothing is left ownerless: a post that owns anything needs a successor, and the
posts that nobody holds afterwards are told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from luodi.kernel.accounts import actions, authority
from luodi.kernel.accounts.models import Account
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.register.belongings import belongings
from luodi.kernel.register.lookups import holders
from luodi.kernel.register.models import Appointment, Person, Post


@dataclass(frozen=True, slots=True)
class Held:
    """A post that somebody gives up. ``owned`` counts what is in its name; ``others`` hold it too and go on."""

    post: Post
    owned: int
    others: tuple[Person, ...]

    @property
    def needs_successor(self) -> bool:
        """Whether something would be nobody's."""
        return bool(self.owned) and not self.others


@dataclass(frozen=True, slots=True)
class Left:
    """What came of it. ``empty`` are posts that nobody holds from the next day on; they own nothing."""

    handed_over: tuple[tuple[Post, Person], ...]
    empty: tuple[Post, ...]


def posts_given_up(person: Person, until: dt.date) -> list[Held]:
    """What somebody holds after ``until`` unless they leave, and who holds it beside them then."""
    following = until + dt.timedelta(days=1)
    running = Appointment.objects.filter(person=person).exclude(until__lte=until).select_related("post__unit")
    posts = {appointment.post_id: appointment.post for appointment in running.order_by("since", "id")}
    return [
        Held(
            post,
            sum(belongings(post).values()),
            tuple(each for each in holders(post, following) if each.id != person.id),
        )
        for post in posts.values()
    ]


def leave_service(
    account: Account, *, until: dt.date, by: Actor, successors: Mapping[str, Person] | None = None
) -> Left:
    """Let the person of ``account`` leave after the day ``until``, today at the latest.

    ``successors`` by post id. Raises ``Refusal``: ``leaves-later``, ``post-left-empty``, ``last-administrator``, those of
    ``authority`` and of ``register.actions.leave``; then nothing at all has changed.
    """
    authority.require_administrator_of(by, account)
    authority.require_not_shared(by)
    if until > today():
        raise Refusal(
            "leaves-later",
            f"离任日填的是{until}，还没有到。最晚填今天；以后才走的，先在“单位和人”里约好交接，到那天再来办。",
        )
    taking = dict(successors or {})
    with transaction.atomic():
        held = posts_given_up(account.person, until)
        register.leave(account.person, until=until, by=by, successors=taking)
        actions.close_account(account, by=by)
    return Left(
        tuple((each.post, taking[each.post.id]) for each in held if each.post.id in taking),
        tuple(each.post for each in held if each.post.id not in taking and not each.others),
    )
