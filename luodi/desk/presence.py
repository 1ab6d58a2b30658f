"""Who is at the desk in this request; templates ask it for what stands in the header."""

from __future__ import annotations

from functools import cached_property

from django.http import HttpRequest

from luodi.desk.navigation import Entry, entries_for
from luodi.kernel.accounts.access import Role, account_of, actor_for, actor_of, roles_of
from luodi.kernel.accounts.models import Account
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.lookups import posts_of
from luodi.kernel.register.models import Post
from luodi.pages.promise_words import post_name


class Presence:
    """Asked lazily, and each question once a request."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def account(self) -> Account | None:
        """The account that has come in."""
        return account_of(self._request)

    @cached_property
    def actor(self) -> Actor:
        """Who acts. Raises ``Refusal`` where nobody has come in."""
        if self.account is not None and not hasattr(self._request, "luodi_actor"):
            # asked once: a session that ends meanwhile ends with the next request
            self._request.luodi_actor = actor_for(self.account, self.posts)  # type: ignore[attr-defined]
        return actor_of(self._request)

    @cached_property
    def posts(self) -> list[Post]:
        """The posts held today."""
        return posts_of(self.account.person_id) if self.account else []

    @cached_property
    def post(self) -> Post | None:
        """The post as which the account acts."""
        return (
            next((post for post in self.posts if post.id == self.actor.post), None) if self.account else None
        )

    @cached_property
    def post_words(self) -> str:
        """The post acted as, with its unit named once."""
        return post_name(self.post)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles of the post acted as, with their reach."""
        return roles_of(self.actor) if self.account else frozenset()

    def has_role(self, *wanted: str) -> bool:
        """Whether the post acted as has one of these roles anywhere."""
        return any(role in wanted for role, _ in self.roles)

    @cached_property
    def entries(self) -> list[Entry]:
        """What stands in the main navigation."""
        return entries_for(self.post is not None, self.has_role) if self.account else []


def presence_of(request: HttpRequest) -> Presence:
    """Who is at the desk in this request, as the desk's gate set it.

    Raises ``AttributeError`` outside the desk: only addresses behind the gate may ask.
    """
    presence: Presence = request.desk  # type: ignore[attr-defined]
    return presence
