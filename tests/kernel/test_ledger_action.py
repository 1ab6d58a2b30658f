"""One change, one transaction, one event."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from luodi.kernel.ids import SHARED, new_id
from luodi.kernel.ledger.action import SYSTEM, Actor, action
from luodi.kernel.ledger.leaves import digest_of, leaf_hash
from luodi.kernel.ledger.models import Event, Secret, Unsealed
from luodi.kernel.register.models import Person, Place
from tests.database import WrittenOutside

pytestmark = pytest.mark.django_db


def test_rows_and_their_event_come_together() -> None:
    with action(
        "place.entered", by=Actor("w0000000000001", "o0000000000001"), subject="", data={"from": "sheet"}
    ) as act:
        place = act.create(Place(name="石桥镇", level="township"))
    event = Event.objects.get()
    assert json.loads(event.payload)["rows"] == {"luodi_register_place": {place.id: _image(place)}}
    assert json.loads(event.closed) == {"account": "w0000000000001", "data": {"from": "sheet"}, "rows": {}}
    assert event.digest == digest_of(bytes.fromhex(event.salt), event.payload.encode())
    assert event.hash == leaf_hash(event)
    assert Unsealed.objects.get().event_id == event.id


def _image(place: Place) -> dict[str, object]:
    return {"id": place.id, "name": "石桥镇", "code": "", "level": "township", "parent": None}


def test_when_anything_fails_nothing_remains() -> None:
    with pytest.raises(ZeroDivisionError), action("place.entered", by=SYSTEM, subject="") as act:
        act.create(Place(name="石桥镇", level="township")).name = str(1 // 0)
    assert not Event.objects.exists()
    assert not Place.objects.exists()


def test_what_is_personal_stands_in_no_event() -> None:
    person = Person(name="某甲", phone="13900000000")
    with action("person.entered", by=SYSTEM, subject=person.id) as act:
        act.create(person)
        act.personal_data["note"] = "左撇子"
    event = Event.objects.get()
    text = event.payload + event.closed
    assert "某甲" not in text
    assert "13900000000" not in text
    assert "左撇子" not in text
    assert set(json.loads(event.closed)["personal"]) == {person.id, f"{person.id}.data"}
    assert Secret.objects.count() == 2


def test_what_an_act_holds_of_a_person_goes_with_its_subject() -> None:
    with pytest.raises(ValueError, match="has none"), action("day.begun", by=SYSTEM, subject="") as act:
        act.personal_data["note"] = "左撇子"
    assert not Event.objects.exists()


def test_an_image_holds_what_stands_in_the_database_not_what_was_read_before() -> None:
    with action("place.entered", by=SYSTEM, subject="") as act:
        place = act.create(Place(name="石桥镇", level="township"))
    stale = Place.objects.get()
    with action("place.renamed", by=SYSTEM, subject=place.id) as act:
        act.change(place, name="新石桥镇")
    with action("place.coded", by=SYSTEM, subject=place.id) as act:
        act.change(stale, code="990101")
    image = json.loads(Event.objects.order_by("id").last().payload)["rows"]["luodi_register_place"][place.id]
    assert (image["name"], image["code"]) == ("新石桥镇", "990101")
    assert Place.objects.get().name == "新石桥镇"


def test_a_row_that_is_gone_cannot_be_changed() -> None:
    with pytest.raises(LookupError), action("place.renamed", by=SYSTEM, subject="") as act:
        act.change(Place(name="无", level="township"), name="有")


def test_later_events_have_later_ids_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    with action("day.begun", by=SYSTEM, subject=""):
        pass
    monkeypatch.setattr("luodi.kernel.ledger.action.new_id", lambda letter: f"{letter}0000000000001")
    with action("day.ended", by=SYSTEM, subject=""):
        pass
    assert list(Event.objects.order_by("id").values_list("kind", flat=True)) == ["day.begun", "day.ended"]


def test_an_act_within_an_act_is_refused() -> None:
    with action("day.begun", by=SYSTEM, subject=""):
        inner = action("day.ended", by=SYSTEM, subject="")
        with pytest.raises(RuntimeError, match="one change is one event"):
            inner.__enter__()


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("begun", ""),
        ("Day.begun", ""),
        ("day.begun", "石桥镇"),
        ("a.b" * 99, ""),
        ("day.begun", f"{SHARED}0000000000001"),
    ],
)
def test_an_act_says_what_it_is(kind: str, subject: str) -> None:
    with pytest.raises(ValueError), action(kind, by=SYSTEM, subject=subject):
        pass


def test_an_act_is_never_about_a_row_whose_letter_many_share() -> None:
    with pytest.raises(ValueError, match="share a letter"), action("day.begun", by=SYSTEM, subject="") as act:
        act.subject = new_id(SHARED)
    assert not Event.objects.exists()


def test_a_float_has_no_place_in_an_event() -> None:
    with pytest.raises(TypeError), action("day.begun", by=SYSTEM, subject="", data={"share": 0.5}):
        pass
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "write",
    [
        lambda: Place(name="石桥镇", level="township").save(),
        lambda: Place.objects.update(name="石桥镇"),
        lambda: Place.objects.bulk_create([Place(name="石桥镇", level="township")]),
        lambda: Place.objects.filter(pk="x")._raw_delete("default"),
    ],
)
def test_a_row_written_outside_an_act_fails_the_test_that_did_it(write: Callable[[], object]) -> None:
    with pytest.raises(WrittenOutside):
        write()
