"""To whom a notice goes: posts, units, whoever holds a role; and over which channels it reaches the people there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from luodi.kernel.accounts.models import Grant
from luodi.kernel.clocks.now import today
from luodi.kernel.notices.models import Channel, Notice
from luodi.kernel.register.lookups import ancestors, appointments_on, on_day
from luodi.kernel.register.models import Post

MOST_POSTS = 20


def posts_with(role: str, unit: str) -> list[Post]:
    """The posts that hold a role over a unit, those nearest to it first; at most twenty, so that nobody floods a district."""
    above = [unit, *ancestors(unit)]
    held = Grant.objects.filter(on_day(today()), Q(scope=None) | Q(scope__in=above), role=role)
    rows = held.filter(post__closed_on=None).select_related("post").order_by("id")
    nearness = {ident: place for place, ident in enumerate(above)}
    ordered = sorted(rows, key=lambda grant: nearness.get(grant.scope_id or "", len(above)))
    return list({grant.post_id: grant.post for grant in ordered}.values())[:MOST_POSTS]


def channels_for(notices: Iterable[Notice]) -> list[tuple[Notice, Channel]]:
    """Every notice with every channel that is on, of everybody who holds its post today, or any post of its unit.

    One query where nobody has set a channel, two otherwise.
    """
    given = list(notices)
    posts = {notice.post_id for notice in given if notice.post_id}
    units = {notice.unit_id for notice in given if not notice.post_id}
    wanted = Channel.objects.filter(is_on=True, account__is_active=True)
    held = appointments_on().filter(Q(post__in=posts) | Q(post__unit__in=units))
    people: dict[str, list[Channel]] = defaultdict(list)
    for channel in wanted.filter(account__person__in=held.values("person")).select_related("account"):
        people[channel.account.person_id].append(channel)
    if not people:
        return []
    reached: dict[str, list[Channel]] = defaultdict(list)
    for person, post, unit in held.filter(person__in=list(people)).values_list(
        "person", "post", "post__unit"
    ):
        reached[post] += people[person]
        reached[unit] += people[person]
    found: dict[tuple[str, int], tuple[Notice, Channel]] = {}
    for notice in given:
        for channel in reached[notice.post_id or notice.unit_id]:
            found[notice.id, channel.pk] = (notice, channel)
    return list(found.values())
