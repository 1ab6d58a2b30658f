"""What the forms of a post do. A new person is entered and appointed together or not at all."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext

from luodi.desk.directory.act_form import AtField
from luodi.desk.directory.reach import Reach
from luodi.desk.directory.typed import (
    Values,
    day_in,
    day_or_none,
    person_in,
    post_in,
    text_in,
    unit_in,
)
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Grant
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions
from luodi.kernel.register.lookups import appointments_on
from luodi.kernel.register.models import Appointment, Person, Post
from luodi.pages import days

Act = Callable[[Post, Values, Reach], str]


def current(post: Post) -> Appointment | None:
    """The appointment of whoever would hand the post over; ``None`` where not exactly one holds it."""
    held = list(appointments_on().filter(post=post).select_related("person")[:2])
    return held[0] if len(held) == 1 and post.is_sole else None


def hand_over(post: Post, values: Values, reach: Reach) -> str:
    """Begin a hand-over; both sign afterwards."""
    leaving = current(post)
    if leaving is None:
        raise Refusal("nobody-leaves", gettext("这个岗位今天没有可以交出的人，没有办。请直接任命。"))
    day = day_in(values, "on", gettext("接任的日子"))
    taking = _person(values, reach, gettext("接任的人"))
    actions.hand_over(leaving, to=taking, on=day, by=reach.actor)
    return gettext("交接办了：%(day)s起由%(name)s负责。现在等两个人登录签字。") % {
        "day": days.words(day), "name": taking.name,
    }  # fmt: skip


def appoint(post: Post, values: Values, reach: Reach) -> str:
    """Let somebody hold the post."""
    since, until = day_in(values, "since", gettext("起日")), day_or_none(values, "until", gettext("止日"))
    person = _person(values, reach, gettext("任命的人"))
    actions.appoint(person, post, since=since, until=until, by=reach.actor)
    return gettext("%(name)s从%(day)s起任“%(post)s”。") % {
        "name": person.name, "day": days.words(since), "post": post.title,
    }  # fmt: skip


def role(post: Post, values: Values, reach: Reach) -> str:
    """Give it a role."""
    scope, until = unit_in(values, "scope", gettext("单位")), day_or_none(values, "until", gettext("止日"))
    code = text_in(values, "role")
    accounts.grant(post, code, scope=scope, until=until, by=reach.actor)
    return gettext("“%(post)s”有了角色“%(role)s”。") % {"post": post.title, "role": dict(Grant.ROLES)[code]}


def rename(post: Post, values: Values, reach: Reach) -> str:
    """Give it its new title."""
    old = post.title
    try:
        actions.rename_post(post, title=values.get("title", ""), by=reach.actor)
    except Refusal as refusal:
        raise AtField("title", refusal.code, refusal.message) from refusal
    return gettext("“%(old)s”改叫“%(new)s”。") % {"old": old, "new": post.title}


def close(post: Post, values: Values, reach: Reach) -> str:
    """Close it after a day."""
    day, into = day_in(values, "on", gettext("最后一天")), post_in(values, "into", gettext("承接岗位"))
    actions.close_post(post, on=day, into=into, by=reach.actor)
    return gettext("“%(post)s”%(day)s起撤销。") % {"post": post.title, "day": days.words(day + actions.DAY)}


def end(appointment: Appointment, values: Values, reach: Reach) -> str:
    """End an appointment after a day."""
    day = day_in(values, "until", gettext("最后一天"))
    actions.end_appointment(appointment, until=day, by=reach.actor)
    return gettext("任职到%(day)s为止。") % {"day": days.words(day)}


def _person(values: Values, reach: Reach, what: str) -> Person:
    """Somebody entered before, or somebody new with the numbers given."""
    if "is_new" not in values:
        return person_in(values, "person", what, reach.actor)
    try:
        return actions.enter_person(
            name=text_in(values, "person"),
            phone=text_in(values, "phone"),
            identity_number=text_in(values, "identity_number"),
            by=reach.actor,
        )
    except Refusal as refusal:
        if refusal.code.startswith("name-"):
            raise AtField("person", refusal.code, refusal.message) from refusal
        raise


ACTS: dict[str, Act] = {
    "hand-over": hand_over,
    "appoint": appoint,
    "role": role,
    "rename": rename,
    "close": close,
}
