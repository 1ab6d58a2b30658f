"""A post goes from one person to another: both see the list, both sign, and nothing is without an owner in between."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.clocks.now import held_at
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.ledger.models import Event
from luodi.kernel.register import lookups
from luodi.kernel.register.models import Appointment
from tests.desk.directory_world import DAY, World, staffed
from tests.desk.test_directory_pages import words_of
from tests.portal.town import TODAY, with_promises

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
ONE = dt.timedelta(days=1)
STAFF: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "guanli": ("区政府督查室", "系统管理员", ("administrator",)),
    "gives": ("区城市管理局", "", ()),
    "takes": ("区民政局", "科员", ()),
    "other": ("区商务局", "", ("office",)),
    "stranger": ("区教育局", "", ()),
}


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with held_at(TODAY):
        yield


@pytest.fixture
def world() -> World:
    return staffed(with_promises(), STAFF)


def begin(world: World, **given: str) -> Any:
    values = {"person": "takes本人", "on": str(DAY + ONE), **given}
    return world.inside("guanli").post(f"/desk/directory/posts/{world.posts['gives'].id}/hand-over", values)


@pytest.fixture
def later(world: World) -> Appointment:
    assert begin(world).status_code == 302
    return lookups.unsigned_hand_overs()[0]


def open_of(world: World) -> set[str]:
    found = Commitment.objects.filter(leader_post=world.posts["gives"], state__in=("open", "claimed"))
    return set(found.values_list("id", flat=True))


def test_both_see_the_same_list_and_each_signs_one_side_once(world: World, later: Appointment) -> None:
    page = f"/desk/directory/hand-overs/{later.id}"
    gives, takes = world.inside("gives"), world.inside("takes")
    for client in (gives, takes):
        assert f'href="{page}"' in client.get("/desk/").content.decode()
        shown = client.get(page)
        assert {row.id for row in shown.context["rows"]} == open_of(world)
        assert len(open_of(world)) >= 2
    assert "签：已交清" in words_of(gives.get(page))
    assert "签：已接清" in words_of(takes.get(page))
    assert gives.post(f"{page}/sign").status_code == 302
    assert gives.post(f"{page}/sign").status_code == 409
    assert takes.post(f"{page}/sign").status_code == 302
    assert lookups.unsigned_hand_overs() == []
    for kind in ("hand_over.given", "hand_over.taken"):
        event = Event.objects.get(kind=kind)
        assert set(json.loads(event.closed)["data"]["listed"]) == open_of(world)
    signed = words_of(takes.get(page))
    assert "2026年9月22日签：已交清" in signed
    assert "签的时候清单上" in signed


def test_nobody_else_signs_or_looks(world: World, later: Appointment) -> None:
    page = f"/desk/directory/hand-overs/{later.id}"
    assert world.inside("stranger").get(page).status_code == 404
    assert world.inside("stranger").post(f"{page}/sign").status_code == 404
    assert Client().get(page)["Location"].startswith("/desk/login")
    keeper = world.inside("guanli")
    assert "别人不能代签" in words_of(keeper.get(page))
    assert keeper.post(f"{page}/sign").status_code == 409
    assert len(lookups.unsigned_hand_overs()) == 1


def test_at_no_day_is_the_post_without_somebody(world: World, later: Appointment) -> None:
    post = world.posts["gives"]
    assert [person.name for person in lookups.holders(post, DAY)] == ["gives本人"]
    assert [person.name for person in lookups.holders(post, DAY + ONE)] == ["takes本人"]
    page = words_of(world.inside("guanli").get(f"/desk/directory/posts/{post.id}"))
    assert "将要任职" in page
    assert "两方都没签" in page


def test_whoever_signs_at_the_first_page_signs_over_the_list_too(world: World, later: Appointment) -> None:
    assert world.inside("gives").post(f"/desk/hand-over/{later.id}").status_code == 302
    event = Event.objects.get(kind="hand_over.given")
    assert set(json.loads(event.closed)["data"]["listed"]) == open_of(world)


def test_hand_overs_that_wait_are_listed_and_those_signed_are_kept(world: World, later: Appointment) -> None:
    keeper = world.inside("guanli")
    assert "1份交接没签齐" in words_of(keeper.get("/desk/directory"))
    assert [row.id for row in keeper.get("/desk/directory/hand-overs").context["rows"]] == [later.id]
    for login in ("gives", "takes"):
        world.inside(login).post(f"/desk/directory/hand-overs/{later.id}/sign")
    assert keeper.get("/desk/directory/hand-overs").context["rows"] == []
    assert "交接都签齐了" in words_of(keeper.get("/desk/directory/hand-overs"))
    assert [row.id for row in keeper.get("/desk/directory/hand-overs?show=all").context["rows"]] == [later.id]


def test_a_hand_over_to_nobody_or_to_oneself_is_refused_at_the_field(world: World) -> None:
    for given, field, words in (
        ({"person": ""}, "person", "没有填"),
        ({"person": "gives本人"}, "person", "不能交接给本人"),
        ({"on": ""}, "on", "没有填"),
        ({"on": "2026-01-05"}, "until", "止日早于起日"),
    ):
        answer = begin(world, **given)
        assert answer.status_code == 422
        form = next(form for form in answer.context["forms"] if form.name == "hand-over")
        told = {each.name: each.fault for each in form.fields if each.fault}
        assert words in told.get(field, form.fault), given
    assert lookups.unsigned_hand_overs() == []


def test_an_empty_post_is_not_handed_over_and_the_form_says_why(world: World) -> None:
    post = world.town.posts["区审计局"]
    keeper = world.inside("guanli")
    assert "没有交出的一方" in words_of(keeper.get(f"/desk/directory/posts/{post.id}"))
    answer = keeper.post(
        f"/desk/directory/posts/{post.id}/hand-over", {"person": "takes本人", "on": str(DAY)}
    )
    assert answer.status_code == 422
