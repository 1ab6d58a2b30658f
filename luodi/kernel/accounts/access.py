"""Who is asking, as which post, with which roles. Nothing granted means nothing allowed; the system itself holds no role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, FilteredRelation, Q, QuerySet
from django.http import HttpRequest

from luodi.kernel.accounts.models import Account, Session
from luodi.kernel.clocks.now import now, today
from luodi.kernel.ledger.action import Actor, once
from luodi.kernel.ledger.prepared import Prepared
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import ancestors, appointments_on, descendants, posts_of
from luodi.kernel.register.models import Person, Post, Unit

SESSION_KEY = "luodi_session"  # where the browser's session names its ``Session`` row
Role = tuple[str, str | None]  # role, id of the unit it reaches (None: the whole district)


def account_of(request: HttpRequest) -> Account | None:
    """The account that came in with this request; ``None`` for anybody else, and where the session was ended."""
    user = getattr(request, "user", None)
    if not isinstance(user, Account) or not user.is_active:
        return None
    named = request.session.get(SESSION_KEY)
    if (
        named is not None
        and not Session.objects.filter(
            id=named, account=user, ended_at__isnull=True, expires_at__gt=now()
        ).exists()
    ):
        return None
    # the middleware gives a lazy stand-in; an action needs the row itself
    row: Account = getattr(user, "_wrapped", user)
    return row


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request, as the post chosen. Asked once a request. Raises ``Refusal`` where nobody has come in."""
    known: Actor | None = getattr(request, "luodi_actor", None)
    if known is None:
        account = account_of(request)
        if account is None:
            raise Refusal("not-logged-in", "您还没有登录，或登录已过期。请登录后再办。")
        known = actor_for(account)
        request.luodi_actor = known  # type: ignore[attr-defined]
    return known


def actor_for(account: Account, posts: Iterable[Post] | None = None) -> Actor:
    """The account as the post it chose; as its only post where it chose none; as no post where it holds none today.

    ``posts``: those held today, by whoever has asked already.
    """
    held = [post.id for post in (posts_of(account.person_id) if posts is None else posts)]
    if account.acts_as_id in held:
        return Actor(account=account.id, post=str(account.acts_as_id))
    return Actor(account=account.id, post=held[0] if len(held) == 1 else "")


def post_of(actor: Actor) -> Post | None:
    """The post as which ``actor`` acts."""
    return _acting(actor)[0]


def person_of(actor: Actor) -> Person | None:
    """The person behind ``actor``: for signatures, never for public pages."""
    return Person.objects.filter(account=actor.account).first() if actor.account else None


def roles_of(actor: Actor) -> frozenset[Role]:
    """The roles of the post as which ``actor`` acts; none where the person does not hold it today."""
    if not actor.account or not actor.post:
        return frozenset()
    return _acting(actor)[1]


def _post_acting(post: str, account: str, day: dt.date) -> QuerySet[Post]:
    """The post once for each role in force; whether the account's person holds it stands on each."""
    held = appointments_on(day).filter(post=post, person__account=account, person__account__is_active=True)
    in_force = Q(grants__since__lte=day) & (Q(grants__until=None) | Q(grants__until__gte=day))
    return (
        Post.objects.filter(id=post)
        .annotate(in_force=FilteredRelation("grants", condition=in_force), is_held=Exists(held))
        .annotate(role=F("in_force__role"), scope=F("in_force__scope"))
    )


_ACTING = Prepared(_post_acting, str, str, dt.date)


def _acting(actor: Actor) -> tuple[Post | None, frozenset[Role]]:
    """The post acted as, and its roles if the account's person holds it today; asked once an act, in one query."""
    if not actor.post:
        return None, frozenset()
    return once(("acting", actor), lambda: _asked_of(actor))


def _asked_of(actor: Actor) -> tuple[Post | None, frozenset[Role]]:
    found: list[Any] = _ACTING.rows(actor.post, actor.account, today())  # with what the query writes beside
    if not found:
        return None, frozenset()
    is_held = bool(actor.account) and found[0].is_held
    return found[0], frozenset((row.role, row.scope) for row in found if is_held and row.role)


def has_role(actor: Actor, *roles: str) -> bool:
    """Whether ``actor`` has one of ``roles`` anywhere: enough to open a screen, not to act on a unit's things."""
    return any(role in roles for role, _ in roles_of(actor))


def may(actor: Actor, role: str, unit: Unit | str | None = None) -> bool:
    """Whether ``actor`` has ``role`` over ``unit``; with no unit, over the whole district."""
    scopes = {scope for held, scope in roles_of(actor) if held == role}
    if not scopes or None in scopes:
        return bool(scopes)
    if unit is None:
        return False
    unit_id = unit if isinstance(unit, str) else unit.id
    return unit_id in scopes or not scopes.isdisjoint(ancestors(unit_id))


def units_within(actor: Actor, roles: Iterable[str]) -> set[str] | None:
    """Ids of the units over which ``actor`` has one of ``roles``; ``None`` for the whole district."""
    wanted = set(roles)
    scopes = {scope for held, scope in roles_of(actor) if held in wanted}
    if None in scopes:
        return None
    return {unit for scope in scopes if scope for unit in (scope, *descendants(scope))}


def visible_people(actor: Actor) -> QuerySet[Person]:
    """The people whose entries ``actor`` may read: all, those of the units administered, or those of the own unit."""
    units = units_within(actor, ("administrator", "office"))
    if units is None:
        return Person.objects.all()
    post = post_of(actor)
    if post is not None:
        units |= {post.unit_id}
    myself = Q(account=actor.account) if actor.account else Q(pk__in=[])
    beside = Q(id__in=appointments_on().filter(post__unit__in=units).values("person"))
    return Person.objects.filter(myself | beside)


def visible_accounts(actor: Actor) -> QuerySet[Account]:
    """The accounts that ``actor`` may read: those it may administer, and its own."""
    units = units_within(actor, ("administrator",))
    if units is None:
        return Account.objects.all()
    people = appointments_on().filter(post__unit__in=units).values("person")
    return Account.objects.filter(Q(id=actor.account) | Q(person__in=people))


def visible_sessions(actor: Actor) -> QuerySet[Session]:
    """The open sessions of the own account, the latest first."""
    mine = Session.objects.filter(account=actor.account, ended_at__isnull=True, expires_at__gt=now())
    return mine.order_by("-began_at", "-id")
