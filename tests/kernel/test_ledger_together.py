"""Many acts in one transaction: each with its own event, one taken back without the others, all with what fails later."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.action import SYSTEM, Actor, action
from luodi.kernel.ledger.leaves import leaf_hash
from luodi.kernel.ledger.models import Event, Secret, Unsealed
from luodi.kernel.ledger.together import together
from luodi.kernel.register.models import Person, Place

pytestmark = pytest.mark.django_db
CLERK = Actor("w0000000000001", "o0000000000001")


def test_each_act_has_an_event_of_its_own_in_order() -> None:
    with together(by=CLERK) as acts:
        for name in ("石桥镇", "松湾街道"):
            with acts.one("place.entered", subject="", data={"from": name}) as act:
                act.create(Place(name=name, level="township"))
    events = list(Event.objects.order_by("id"))
    places = {place.id: place.name for place in Place.objects.all()}
    assert sorted(places.values()) == sorted(("石桥镇", "松湾街道"))
    assert [json.loads(event.closed)["data"] for event in events] == [
        {"from": "石桥镇"},
        {"from": "松湾街道"},
    ]
    written = [json.loads(event.payload)["rows"]["luodi_register_place"] for event in events]
    assert [row["name"] for rows in written for row in rows.values()] == ["石桥镇", "松湾街道"]
    assert {event.account for event in events} == {CLERK.account}
    assert all(event.hash == leaf_hash(event) for event in events)
    assert Unsealed.objects.count() == 2


def test_an_act_that_fails_leaves_the_others_and_what_fails_later_leaves_none() -> None:
    with together(by=SYSTEM) as acts:
        with acts.one("place.entered", subject="") as act:
            act.create(Place(name="石桥镇", level="township"))
        with pytest.raises(ZeroDivisionError), acts.one("place.entered", subject="") as act:
            act.create(Place(name="留不下", level="township")).name = str(1 // 0)
        with acts.one("place.entered", subject="") as act:
            act.create(Place(name="松湾街道", level="township"))
    assert set(Place.objects.values_list("name", flat=True)) == {"石桥镇", "松湾街道"}
    assert Event.objects.count() == 2
    with pytest.raises(ZeroDivisionError):
        _enter_and_fail("也留不下")
    assert (Place.objects.count(), Event.objects.count()) == (2, 2)


def _enter_and_fail(name: str) -> None:
    with together(by=SYSTEM) as acts:
        with acts.one("place.entered", subject="") as act:
            act.create(Place(name=name, level="township"))
        acts.write()
        assert Place.objects.filter(name=name).exists()
        raise ZeroDivisionError


def test_an_event_sorts_after_every_one_there_is_even_with_a_clock_set_back() -> None:
    with action("place.entered", by=SYSTEM, subject="") as act:
        act.create(Place(name="石桥镇", level="township"))
    newest = Event.objects.get().id
    with held_at(dt.datetime(2020, 1, 1, tzinfo=dt.UTC)), together(by=SYSTEM) as acts:
        for name in "甲乙丙":
            with acts.one("place.entered", subject="") as act:
                act.create(Place(name=name, level="township"))
    assert all(event.id > newest for event in Event.objects.exclude(pk=newest))
    assert Event.objects.count() == 4


def test_what_is_of_a_person_stands_in_no_event() -> None:
    with together(by=SYSTEM) as acts:
        for name in ("某甲", "某乙"):
            person = Person(name=name, phone="13900000000")
            with acts.one("person.entered", subject=person.id) as act:
                act.create(person)
    text = "".join(event.payload + event.closed for event in Event.objects.all())
    assert "某甲" not in text
    assert "13900000000" not in text
    assert Secret.objects.count() == 2


def test_rows_there_are_need_an_act_of_their_own_and_acts_do_not_nest() -> None:
    with action("place.entered", by=SYSTEM, subject="") as act:
        place = act.create(Place(name="石桥镇", level="township"))
    with together(by=SYSTEM) as acts:
        with (
            acts.one("place.renamed", subject="") as one,
            pytest.raises(RuntimeError, match="only make rows"),
        ):
            one.change(place, name="新名")
        with pytest.raises(RuntimeError, match="only make rows"):
            acts.create(Place(name="无主", level="township"))
        with (
            pytest.raises(RuntimeError, match="one change is one event"),
            action("a.b", by=SYSTEM, subject=""),
        ):
            pass
        with pytest.raises(RuntimeError, match="inside"), together(by=SYSTEM):
            pass
        with pytest.raises(ValueError, match="noun"), acts.one("anything", subject=""):
            pass
