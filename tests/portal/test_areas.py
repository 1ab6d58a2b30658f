"""The seam by which areas have public pages: addresses below their own, no letter twice, names only of what is public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client

from luodi.areas.projects.actions import open_file
from luodi.areas.projects.models import ProjectFile
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Unit
from luodi.portal import areas
from luodi.portal.areas import (
    PublicArea,
    announce_public,
    announced_public,
    area_patterns,
    figure_of,
    has_page,
)
from luodi.portal.event_words import words_of
from luodi.portal.field_words import label, value_words
from luodi.portal.names import address_of
from tests.portal.town import TODAY, with_promises


@pytest.fixture
def own() -> Iterator[PublicArea]:
    """What is announced, put back afterwards."""
    held = dict(areas._ANNOUNCED)
    yield held["projects"]
    areas._ANNOUNCED.clear()
    areas._ANNOUNCED.update(held)


def test_the_same_area_again_is_the_same(own: PublicArea) -> None:
    announce_public(own)
    assert announced_public() == (own,)


def test_a_name_and_a_letter_belong_to_one_area(own: PublicArea) -> None:
    with pytest.raises(ValueError, match="/projects"):
        announce_public(replace(own, word="别的"))
    with pytest.raises(ValueError, match="another area"):
        announce_public(replace(own, name="parcels", letters="pr"))


def test_an_address_outside_an_area_is_refused(own: PublicArea) -> None:
    areas._ANNOUNCED["parcels"] = replace(own, name="parcels")
    with pytest.raises(ValueError, match="not below /parcels"):
        area_patterns()


def test_words_pages_and_figures_come_from_the_area(own: PublicArea) -> None:
    assert words_of("project.month_filled") == "填了月报"
    assert words_of("nothing.known") == "nothing.known"
    assert label("physical_percent") == "形象进度（%）"
    assert value_words(ProjectFile, "levels", "provincial city") == "省重点、市重点"
    assert value_words(ProjectFile, "levels", "county") == "county"
    assert value_words(ProjectFile, "goal", "provincial city") == "provincial city"
    assert has_page("j0000000000000")
    assert not has_page("u0000000000000")
    assert address_of("p0000000000000") == "/g/p0000000000000"
    assert figure_of("monthlyreport", {"physical_percent": 62}) == "62%"
    assert figure_of("monthlyreport", {"month": "2026-08-01"}) == ""
    assert figure_of("unit", {"physical_percent": 62}) == ""


@pytest.mark.django_db
def test_a_promise_and_the_project_that_delivers_it_lead_to_each_other(data_folder: object) -> None:
    town = with_promises()
    promise, unit = town.promises["环湖绿道"], town.units["区城市管理局"]
    with held_at(TODAY):
        row = register.create_project(name="环湖绿道贯通工程", by=SYSTEM, owner_unit=unit, code="2603-1")
        hidden = register.create_project(name="还在谋划的绿道", by=SYSTEM, owner_unit=unit, code="2603-2")
        office = Actor(account=an_office(unit), post=town.posts["区城市管理局"].id)
        for project, levels, stage in ((row, ("district",), "preparing"), (hidden, (), "conceived")):
            open_file(project, by=office, lead_unit=unit, responsible_unit=unit, levels=levels, stage=stage)
            register.link("delivers", project.id, promise.id, by=SYSTEM)
        page = Client().get(f"/c/{promise.id}").content.decode()
        back = Client().get(f"/g/{row.id}").content.decode()
    assert f'href="/g/{row.id}"' in page
    assert "还在谋划的绿道" not in page
    assert f'href="/c/{promise.id}"' in back
    assert 'data-figure="32公里"' in back, "promised, as on the promise's own page"


def an_office(unit: Unit) -> str:
    """An account of somebody who holds the unit's leading post and runs the office."""
    person = register.enter_person(name="某某", by=SYSTEM)
    post = unit.posts.get(is_leader=True)
    register.appoint(person, post, since=TODAY.date(), by=SYSTEM)
    accounts.grant(post, "office", by=SYSTEM)
    return accounts.create_account(person, login="xiangmu", by=SYSTEM).id
