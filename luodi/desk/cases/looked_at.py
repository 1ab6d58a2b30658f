"""Who had what is masked shown, when and why: told to those before whom it stands open, so that no record is kept in vain."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.desk.cases.details_shown import asks_by_name
from luodi.desk.cases.history import moment_words
from luodi.desk.cases.one_case import OneCase
from luodi.kernel.cases.lookups import looks_at
from luodi.kernel.register.models import Post
from luodi.pages.promise_words import post_name


@dataclass(frozen=True, slots=True)
class LookShown:
    """One look in words."""

    at: str
    by: str
    what: str
    why: str


def looks_of(one: OneCase) -> list[LookShown]:
    """The latest looks, newest first; none for whoever would have to ask for the same fields. At most three queries."""
    holds = one.details is not None and bool(one.details.PRIVACY.sensitive)
    if not (holds or one.duties) or not one.reads_sensitive:
        return []
    found = looks_at(one.row)
    posts = Post.objects.filter(pk__in={look.post for look in found}).select_related("unit") if found else ()
    named = {post.id: post_name(post) for post in posts}
    asks = asks_by_name(one.playbook)
    duties = {duty.id for duty in one.duties}
    return [
        LookShown(
            at=moment_words(look.at),
            by=named.get(look.post, ""),
            what=asks[look.field].label
            if look.row not in duties and look.field in asks
            else gettext("约定的事"),
            why=look.reason or gettext("用途已经删去"),
        )
        for look in found
    ]
