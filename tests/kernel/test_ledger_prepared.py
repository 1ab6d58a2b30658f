"""Queries built once: the rows are those that the ORM gives, with what they join and annotate, for any values."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.prepared import Prepared
from luodi.kernel.register import actions as register
from luodi.kernel.register.lookups import posts_of
from luodi.kernel.register.models import Appointment, Post

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def posts() -> list[Post]:
    """Two posts of two units; somebody holds both, one only till April."""
    person = register.enter_person(name="林岚", by=SYSTEM)
    made = []
    for name, until in (("区水务局", None), ("石桥镇", dt.date(2026, 3, 31))):
        unit = register.create_unit(name=name, by=SYSTEM)
        post = register.create_post(title="局长", unit=unit, by=SYSTEM)
        register.appoint(person, post, since=DAY, until=until, by=SYSTEM)
        made.append(post)
    return made


def test_what_it_joins_is_at_hand(posts: list[Post], connection_here: Any) -> None:
    asks = Prepared(lambda key: Post.objects.select_related("unit__parent").filter(pk=key), str)
    for post in (*posts, *posts):
        with CaptureQueriesContext(connection_here) as asked:
            found = asks.first(post.id)
            assert found is not None
            assert (found, found.unit.name, found.unit.parent) == (post, post.unit.name, None)
        assert len(asked) == 1


def test_what_is_left_out_is_fetched_when_asked_for(posts: list[Post], connection_here: Any) -> None:
    asks = Prepared(lambda key: Post.objects.select_related("unit").defer("unit__name").filter(pk=key), str)
    found = asks.rows(posts[0].id)[0]
    assert found.unit.get_deferred_fields() == {"name"}
    with CaptureQueriesContext(connection_here) as asked:
        assert found.unit.name == "区水务局"
    assert len(asked) == 1


def test_what_it_annotates_stands_beside_what_it_joins(posts: list[Post]) -> None:
    asks = Prepared(
        lambda key: Post.objects.select_related("unit").annotate(of=F("unit__name")).filter(unit=key), str
    )
    found = asks.rows(posts[1].unit.id)
    assert [(post, post.of, post.unit) for post in found] == [(posts[1], "石桥镇", posts[1].unit)]


def test_a_day_may_stand_in_several_places(posts: list[Post]) -> None:
    person = Appointment.objects.first().person
    held = {day: [post.id for post in posts_of(person, day)] for day in (DAY, dt.date(2026, 4, 1))}
    assert held == {DAY: [post.id for post in posts], dt.date(2026, 4, 1): [posts[0].id]}
    assert posts_of(person, dt.date(2026, 3, 1)) == []


@pytest.fixture
def connection_here() -> Any:
    from django.db import connection

    return connection
