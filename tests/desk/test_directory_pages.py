"""The register at the desk, through the front door: what is seen, by whom, found by which name, in how many questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Person, Post, Unit
from tests.desk.directory_world import DAY, World, crowd, staffed
from tests.portal.town import TODAY, founded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with held_at(TODAY):
        yield


@pytest.fixture
def world() -> World:
    return staffed(founded())


def text_of(response: Any) -> str:
    return str(response.content.decode())


def words_of(response: Any) -> str:
    """What is read on the page, without tags and runs of space."""
    body = text_of(response).partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", body))


def test_the_tree_says_who_holds_which_post_today_and_which_stand_empty(world: World) -> None:
    page = world.inside("guanli").get("/desk/directory")
    words = words_of(page)
    assert "9个单位" in words
    assert "11个岗位" in words
    assert "6个今天没有人" in words
    assert "jiaoyu本人" in words
    lines = [(line.name, line.depth) for line in page.context["lines"]]
    assert lines[:2] == [("区人民政府", 0), ("区政府督查室", 1)]
    assert lines[-1] == ("区审计局", 0)
    empty = world.inside("guanli").get("/desk/directory?show=vacant").context["lines"]
    assert "区教育局" not in [line.name for line in empty]
    assert all(not post.held for line in empty for post in line.posts)


@pytest.mark.parametrize("login", ["quzhang", "jiaoyu", "shangwu"])
def test_only_administrators_and_the_office_come_in(world: World, login: str) -> None:
    unit, post, person = world.town.units["区教育局"], world.posts["jiaoyu"], world.people["jiaoyu"]
    for path in (
        "",
        f"/units/{unit.id}",
        f"/posts/{post.id}",
        f"/people/{person.id}",
        "/people",
        "/hand-overs",
        "/duplicates",
        "/units.csv",
        "/units/new",
    ):
        assert world.inside(login).get(f"/desk/directory{path}").status_code == 403, path
        assert world.inside("guanli").get(f"/desk/directory{path}").status_code == 200, path
        assert world.inside("ducha").get(f"/desk/directory{path}").status_code == 200, path
        assert Client().get(f"/desk/directory{path}")["Location"].startswith("/desk/login"), path


def test_a_unit_is_found_by_the_name_it_had_and_the_page_says_until_when(world: World) -> None:
    unit = world.town.units["区商务局"]
    register.rename_unit(unit, name="区商务和投资促进局", on=DAY, by=SYSTEM)
    client = world.inside("ducha")
    found = client.post("/desk/directory", {"q": "商务局"})
    assert [line.id for line in found.context["lines"]] == [unit.id]
    assert "也叫“区商务局”" in words_of(found)
    page = words_of(client.get(f"/desk/directory/units/{unit.id}"))
    assert "“区商务局” 曾用名，到2026年9月21日" in page
    assert "改名：从“区商务局”改为“区商务和投资促进局”，2026-09-22起" in page


def test_no_address_ever_holds_the_name_of_a_person(world: World) -> None:
    client = world.inside("guanli")
    found = client.post("/desk/directory", {"q": "jiaoyu本人"})
    assert [person.id for person in found.context["people"]] == [world.people["jiaoyu"].id]
    listed = client.post("/desk/directory/people", {"q": "jiaoyu本人"})
    assert listed.context["total"] == 1
    # a name in the address is not searched for, so that nobody makes a habit of it
    assert client.get("/desk/directory?q=jiaoyu本人").context["people"] == []
    for page in (found, listed, client.get("/desk/directory"), client.get("/desk/directory/people")):
        assert not re.search(r'(href|action)="[^"]*本人', text_of(page))
    suggested = client.post("/desk/directory/suggest", {"of": "person", "q": "jiao"}).json()
    assert suggested == {"names": ["jiaoyu本人"]}
    assert client.get("/desk/directory/suggest?of=person&q=jiao").status_code == 405


def test_names_are_suggested_of_units_and_posts_too(world: World) -> None:
    client = world.inside("guanli")
    units = client.post("/desk/directory/suggest", {"of": "unit", "q": "教育"}).json()["names"]
    posts = client.post("/desk/directory/suggest", {"of": "post", "q": "教育"}).json()["names"]
    assert (units, posts) == (["区教育局"], ["区教育局区教育局局长"])
    assert client.post("/desk/directory/suggest", {"of": "unit", "q": ""}).json()["names"] == []


def keeper_of_education(world: World) -> Client:
    """An office whose reach is one bureau."""
    post = world.posts["jiaoyu"]
    accounts.grant(post, "office", scope=world.town.units["区教育局"], by=SYSTEM)
    return world.inside("jiaoyu")


def test_out_of_reach_one_sees_posts_but_neither_names_nor_forms(world: World) -> None:
    client = keeper_of_education(world)
    words = words_of(client.get("/desk/directory"))
    assert "jiaoyu本人" in words
    assert "shangwu本人" not in words
    assert "有人任职" in words
    far, near = world.town.units["区商务局"], world.town.units["区教育局"]
    assert "只能看" in words_of(client.get(f"/desk/directory/units/{far.id}"))
    assert "改名" in words_of(client.get(f"/desk/directory/units/{near.id}"))
    assert client.get(f"/desk/directory/people/{world.people['shangwu'].id}").status_code == 404
    assert client.post("/desk/directory", {"q": "shangwu"}).context["people"] == []
    refused = client.post(f"/desk/directory/units/{far.id}/rename", {"name": "区贸易局", "on": str(DAY)})
    assert (refused.status_code, Unit.objects.get(id=far.id).name) == (409, "区商务局")
    moved = client.post(f"/desk/directory/units/{near.id}/move", {"above": "区商务局"})
    assert (moved.status_code, Unit.objects.get(id=near.id).parent_id) == (422, near.parent_id)
    assert client.post("/desk/directory/units/new", {"name": "区新局", "kind": "other"}).status_code == 422


def test_numbers_are_masked_until_somebody_says_why_and_that_is_written_down(world: World) -> None:
    from luodi.kernel.ledger.models import Event

    client, person = world.inside("ducha"), world.people["jiaoyu"]
    page = f"/desk/directory/people/{person.id}"
    for shown in (client.get(page), client.get("/desk/directory/people")):
        assert "138****1234" in text_of(shown)
        assert "13800001234" not in text_of(shown)
    without = client.post(f"{page}/show/phone", {"reason": ""})
    assert (without.status_code, "13800001234" in text_of(without)) == (422, False)
    assert "看全号码要写明用途" in words_of(without)
    opened = client.post(f"{page}/show/phone", {"reason": "通知开会"})
    assert "13800001234" in text_of(opened)
    event = Event.objects.get(kind="person.unmasked")
    assert (event.subject, event.account) == (person.id, world.accounts["ducha"].id)
    again = client.get(page)
    assert "13800001234" not in text_of(again)
    assert "看了全号码" in words_of(again)
    assert client.post(f"{page}/show/name", {"reason": "看看"}).status_code == 404


def test_what_is_not_there_is_not_there(world: World) -> None:
    client = world.inside("guanli")
    for path in (
        "units/u0",
        "posts/o0",
        "people/n0",
        "hand-overs/a0",
        "pairs/u0/u1",
        "units.json",
        "rows.csv",
    ):
        assert client.get(f"/desk/directory/{path}").status_code == 404, path
    unit = world.town.units["区教育局"]
    for path in (f"units/{unit.id}/explode", f"posts/{world.posts['jiaoyu'].id}/explode", "roles/g0/take"):
        assert client.post(f"/desk/directory/{path}").status_code == 404, path


def test_an_empty_register_leads_to_the_sheets(client: Client) -> None:
    unit = register.create_unit(name="区政府", by=SYSTEM)
    post = register.create_post(title="管理员", unit=unit, by=SYSTEM)
    person = register.enter_person(name="某甲", by=SYSTEM)
    register.appoint(person, post, since=DAY, by=SYSTEM)
    account = accounts.create_account(person, login="first", by=SYSTEM)
    accounts.grant(post, "administrator", by=SYSTEM)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert "没有撤销过单位" in words_of(client.get("/desk/directory?show=closed"))
    assert 'href="/desk/first-hour"' in text_of(client.get("/desk/directory"))


def test_with_two_thousand_units_no_page_asks_more_questions(world: World) -> None:
    made = crowd(world.town.units["区人民政府"])
    post = Post.objects.filter(unit=made[0]).order_by("-is_leader").first()
    assert post is not None
    client = world.inside("guanli")
    most = {
        "": 28,
        "?page=20": 28,
        "?show=vacant": 29,
        "/people": 16,
        "/duplicates": 17,
        "/hand-overs": 11,
        f"/units/{made[0].id}": 32,
        f"/posts/{post.id}": 27,
        f"/people/{Person.objects.get(name='某0').id}": 20,
    }
    taken = {}
    for path in most:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/desk/directory{path}").status_code == 200
        taken[path] = len(asked)
    assert {path: count for path, count in taken.items() if count > most[path]} == {}
    found = client.post("/desk/directory", {"q": "测试单位"})
    assert len(found.context["lines"]) == 60
    assert "名称写得再全一些" in words_of(found)
