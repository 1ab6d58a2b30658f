"""Erasing a person: nothing of them is left anywhere in the database's files, and every proof still holds."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from luodi.kernel.ledger import erasure
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.ledger.keys import verifier_key
from luodi.kernel.ledger.models import Event, Secret
from luodi.kernel.ledger.personal import opened
from luodi.kernel.ledger.proofs import check, proof_of
from luodi.kernel.ledger.sealing import seal
from luodi.kernel.ledger.sweeping import sweep
from luodi.kernel.ledger.verify import verify
from luodi.kernel.register.models import Person, Place

NAME, PHONE = "欧阳某某甲", "13912345678"


def enter(name: str, phone: str) -> Person:
    person = Person(name=name, phone=phone)
    with action("person.entered", by=SYSTEM, subject=person.id) as act:
        act.create(person)
        act.personal_data["told"] = f"{name}来电"
    with action("person.corrected", by=SYSTEM, subject=person.id) as act:
        act.change(person, phone=f"{phone[:-1]}9")
        act.personal_data["was"] = phone
    return person


def traces(data: Path, *words: str) -> list[str]:
    """Files below ``data`` that hold one of the words, as text or in the hexadecimal of their bytes."""
    found = []
    for path in sorted(p for p in data.rglob("*") if p.is_file()):
        raw = path.read_bytes()
        found += [f"{path.name}: {w}" for w in words if w.encode() in raw or w.encode().hex().encode() in raw]
    return found


def test_of_an_erased_person_no_file_holds_a_trace(committed_database: Path) -> None:
    person, other = enter(NAME, PHONE), enter("另一人", "13887654321")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    seal(committed_database)
    if connection.vendor == "sqlite":
        assert traces(committed_database, NAME), "the test could not see a trace if there were one"
    keys = {pk: bytes(key) for pk, key in Secret.objects.filter(row=person.id).values_list("id", "key")}
    event = erasure.erase([person], by=SYSTEM, subject=person.id, reason="request")
    seal(committed_database)
    assert sweep()
    person.refresh_from_db()
    assert (person.name, person.phone) == (None, None)
    assert traces(committed_database, NAME, PHONE, f"{PHONE[:-1]}9") == []
    if connection.vendor == "sqlite":
        raw = b"".join(p.read_bytes() for p in committed_database.glob("luodi.sqlite3*"))
        assert not [pk for pk, key in keys.items() if key in raw]
    assert all(opened(secret) is None for secret in Secret.objects.filter(row=person.id))
    assert other.name in (opened(Secret.objects.filter(row=other.id).first())[0]).decode()
    assert [f for f in verify(committed_database) if f.is_wrong] == []
    pinned = verifier_key(committed_database)
    assert all(check(proof_of(pk), pinned).holds for pk in Event.objects.values_list("id", flat=True))
    assert event.kind == "person.erased"


def test_other_people_in_the_same_event_keep_their_data(committed_database: Path) -> None:
    with action("people.entered", by=SYSTEM, subject="") as act:
        first, second = act.create_all([Person(name=NAME), Person(name="另一人")])
    erasure.erase([first], by=SYSTEM, subject=first.id, reason="request")
    assert Secret.objects.get(row=second.id).key is not None
    assert Secret.objects.get(row=first.id).key is None
    assert [f for f in verify(committed_database) if f.is_wrong] == []


@pytest.mark.only_on("sqlite")  # a copy of a file stands for the back-up here
def test_a_restore_erases_again(committed_database: Path, tmp_path: Path) -> None:
    person = enter(NAME, PHONE)
    seal(committed_database)
    backup = tmp_path / "backup.sqlite3"
    there = committed_database / "luodi.sqlite3"
    with sqlite3.connect(there) as source, sqlite3.connect(backup) as target:
        source.backup(target)
    source.close()
    target.close()
    erasure.erase(
        [person], by=SYSTEM, subject=person.id, reason="request", values={"erased_on": person.erased_on}
    )
    listed = erasure.erased(committed_database)
    assert [line["row"] for line in listed] == [person.id]
    connection.close()
    for ending in ("-wal", "-shm"):
        Path(f"{there}{ending}").unlink(missing_ok=True)
    shutil.copyfile(backup, there)
    assert Person.objects.get().name == NAME
    assert erasure.erase_again(erasure.erased(committed_database), committed_database) == 1
    assert erasure.erase_again(erasure.erased(committed_database), committed_database) == 0
    sweep()
    backup.unlink()
    assert traces(committed_database, NAME, PHONE) == []
    assert [f for f in verify(committed_database) if f.is_wrong] == []


@pytest.mark.django_db
def test_the_list_holds_ids_alone_and_stands_in_the_events_too(data_folder: Path) -> None:
    person = enter(NAME, PHONE)
    erasure.erase([person], by=SYSTEM, subject=person.id, reason="request")
    lines = erasure.erased(data_folder)
    assert [(line["table"], line["row"]) for line in lines] == [("luodi_register_person", person.id)]
    assert NAME not in json.dumps(lines, ensure_ascii=False)


@pytest.mark.django_db
def test_what_holds_nothing_personal_is_not_erased() -> None:
    with action("place.entered", by=SYSTEM, subject="") as act:
        place = act.create(Place(name="石桥镇", level="township"))
    with pytest.raises(ValueError, match="nothing personal"):
        erasure.erase([place], by=SYSTEM, subject=place.id, reason="request")
    with pytest.raises(ValueError, match="code"):
        erasure.erase([], by=SYSTEM, subject="", reason="因为他打电话来")
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_what_was_emptied_without_an_act_is_found(data_folder: Path) -> None:
    person = enter(NAME, PHONE)
    seal(data_folder)
    from tests.database import unguarded

    with unguarded():
        Secret.objects.filter(row=person.id).update(key=None, cipher=None)
    assert {f.code for f in verify(data_folder) if f.is_wrong} == {"secret-emptied"}


@pytest.mark.django_db
def test_a_person_entered_anew_after_erasure_is_no_fault(data_folder: Path) -> None:
    person = enter(NAME, PHONE)
    erasure.erase([person], by=SYSTEM, subject=person.id, reason="request")
    with action("person.entered_again", by=SYSTEM, subject=person.id) as act:
        act.change(person, name="某丙")
    seal(data_folder)
    assert [f for f in verify(data_folder) if f.is_wrong] == []
