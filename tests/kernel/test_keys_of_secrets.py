"""The keys of what is kept of people lie sealed under the district's, which is in no database and no back-up."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from luodi.areas.mediation.models import Dispute
from luodi.kernel.ledger import erasure, guards, resealing, sweeping
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.ledger.bare_keys import seal_bare_keys
from luodi.kernel.ledger.models import Event, Secret
from luodi.kernel.ledger.personal import opened, sealed_key
from luodi.kernel.ledger.verify import verify
from luodi.kernel.privacy import field_keys
from luodi.kernel.privacy.field_keys import FILE, KeysSpoilt, add_key, key_ids, newest_key, take_in
from luodi.kernel.privacy.showing import SHUT, shown
from luodi.kernel.register.models import Person
from luodi.website.examining import examine
from tests.areas.case_town import at, found
from tests.areas.test_mediation import PARTIES, dispute
from tests.database import unguarded

NAME = "欧阳某某甲"


def enter(name: str = NAME) -> Person:
    person = Person(name=name, phone="13912345678")
    with action("person.entered", by=SYSTEM, subject=person.id) as act:
        act.create(person)
        act.personal_data["told"] = f"{name}来电"
    return person


def wrong(data: Path) -> list[tuple[str, str]]:
    return [(finding.code, finding.name) for finding in verify(data) if finding.is_wrong]


def bare_key_of(secret: Secret) -> bytes:
    """The key itself, as it lay in the row before."""
    from luodi.kernel.privacy.sealed_value import opened_value

    return opened_value(bytes(secret.key).decode(), f"luodi_ledger_secret.{secret.id}.key")


def lay_bare() -> dict[str, bytes]:
    """Put the rows as an older version had them, triggers and all; the keys by secret."""
    keys = {secret.id: bare_key_of(secret) for secret in Secret.objects.exclude(key=None)}
    with unguarded(), connection.cursor() as cursor:
        name = "luodi_ledger_secret_no_update"
        cursor.execute(
            f"DROP TRIGGER {name}{'' if connection.vendor == 'sqlite' else ' ON luodi_ledger_secret'}"
        )
        for pk, key in keys.items():
            cursor.execute("UPDATE luodi_ledger_secret SET key = %s WHERE id = %s", [key, pk])
    return keys


def migrate(data: Path) -> int:
    """What starting on older data does."""
    with unguarded():
        return seal_bare_keys(connection, data)


def test_who_has_the_database_alone_opens_nothing(committed_database: Path) -> None:
    person = enter()
    for secret in Secret.objects.filter(row=person.id):
        key, cipher = bytes(secret.key), bytes(secret.cipher)
        assert bare_key_of(secret) not in key
        assert key.startswith(b"sealed:" + newest_key(committed_database).encode() + b":aes-256-gcm:")
        assert NAME.encode() not in cipher
        assert NAME in opened(secret)[0].decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM luodi_register_person WHERE id = %s", [person.id])
        (phone,) = cursor.fetchone()
    assert phone.startswith(f"sealed:{newest_key(committed_database)}:aes-256-gcm:")
    assert Person.objects.get(pk=person.id).phone == "13912345678"
    assert wrong(committed_database) == []


def test_a_number_moved_to_another_person_or_field_does_not_open(committed_database: Path) -> None:
    one, other = enter("甲"), enter("乙")
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM luodi_register_person WHERE id = %s", [one.id])
        (phone,) = cursor.fetchone()
        cursor.execute(
            "UPDATE luodi_register_person SET phone = NULL, identity_number = %s WHERE id = %s",
            [phone, one.id],
        )
        cursor.execute("UPDATE luodi_register_person SET phone = %s WHERE id = %s", [phone, other.id])
    assert shown(Person.objects.get(pk=one.id), "identity_number", "staff") == SHUT
    assert shown(Person.objects.get(pk=other.id), "phone", "staff") == SHUT
    assert {name.split()[-1] for _, name in wrong(committed_database)} == {one.id, other.id}


def test_a_key_moved_to_another_secret_does_not_open(committed_database: Path) -> None:
    one, other = enter("甲"), enter("乙")
    first, second = (Secret.objects.get(row=who.id, id__endswith=".data") for who in (one, other))
    with unguarded():
        Secret.objects.filter(pk=second.pk).update(key=bytes(first.key))
    assert wrong(committed_database) == [("secret-changed", f"secret {second.pk}")]


def test_what_lay_bare_is_sealed_on_the_way_up_and_nothing_else_changes(committed_database: Path) -> None:
    person, gone = enter(), enter("另一人")
    erasure.erase([gone], by=SYSTEM, subject=gone.id, reason="request")
    before = {secret.pk: opened(secret) for secret in Secret.objects.all()}
    keys = lay_bare()
    # as it stands it does not open: a bare key is none of ours
    assert {code for code, _ in wrong(committed_database)} == {"trigger", "secret-changed"}
    (committed_database / sweeping.DUE).unlink(missing_ok=True)
    assert migrate(committed_database) == len(keys) >= 2
    assert {secret.pk: opened(secret) for secret in Secret.objects.all()} == before
    assert guards.missing(connection) == []
    assert wrong(committed_database) == []
    assert (committed_database / sweeping.DUE).exists()
    assert sweeping.sweep_if_due(committed_database)
    if connection.vendor == "sqlite":
        raw = b"".join(path.read_bytes() for path in committed_database.glob("luodi.sqlite3*"))
        assert not [pk for pk, key in keys.items() if key in raw]
    assert Secret.objects.filter(row=person.id).exclude(key=None).count() == 2


def test_the_step_may_be_taken_twice_and_makes_no_key_where_nothing_is(committed_database: Path) -> None:
    assert migrate(committed_database) == 0
    assert not (committed_database / FILE).exists()
    enter()
    kept = list(Secret.objects.order_by("pk").values_list("pk", "key"))
    assert migrate(committed_database) == 0
    assert list(Secret.objects.order_by("pk").values_list("pk", "key")) == kept


def test_erasing_erases_whatever_keys_there_are(committed_database: Path) -> None:
    person = enter()
    add_key(committed_database)
    resealing.reseal(committed_database, by=SYSTEM)
    erasure.erase([person], by=SYSTEM, subject=person.id, reason="request")
    assert all(opened(secret) is None for secret in Secret.objects.filter(row=person.id))
    assert resealing.reseal(committed_database, by=SYSTEM).done == 0
    assert wrong(committed_database) == []


def test_all_is_sealed_anew_and_says_the_same(committed_database: Path) -> None:
    town = found()
    with at(8, 20):
        details = Dispute.objects.get(case=dispute(town))
    enter()
    before = {secret.pk: opened(secret) for secret in Secret.objects.all()}
    first, second = newest_key(committed_database), add_key(committed_database)
    assert resealing.in_use() == {first: len(before) + 2}
    heard: list[int] = []
    result = resealing.reseal(committed_database, by=SYSTEM, told=heard.append)
    assert (result.done, result.broken, result.missing) == (len(before) + 2, 0, {})
    assert heard[-1] == result.done
    assert resealing.in_use() == {second: len(before) + 2}
    assert resealing.waiting(committed_database) == 0
    assert {secret.pk: opened(secret) for secret in Secret.objects.filter(pk__in=before)} == before
    assert Dispute.objects.get(pk=details.pk).parties == PARTIES
    events = Event.objects.filter(kind="field_key.resealed")
    assert events.count() == 3  # one a column
    assert resealing.reseal(committed_database, by=SYSTEM).done == 0
    assert events.count() == 3
    assert wrong(committed_database) == []


def test_another_cipher_is_taken_up_by_sealing_anew(committed_database: Path, settings: Any) -> None:
    person = enter()
    settings.FIELD_CIPHER = "sm4-gcm"
    assert resealing.waiting(committed_database) == 3
    assert resealing.reseal(committed_database, by=SYSTEM).done == 3
    for secret in Secret.objects.filter(row=person.id):
        assert b":sm4-gcm:" in bytes(secret.key)
        assert NAME in opened(secret)[0].decode()
    assert wrong(committed_database) == []


def test_a_place_that_does_not_open_is_counted_and_the_others_go_on(committed_database: Path) -> None:
    one, other = enter("甲"), enter("乙")
    with unguarded():
        Secret.objects.filter(row=one.id).update(key=sealed_key(AESGCM.generate_key(256), "another"))
    add_key(committed_database)
    result = resealing.reseal(committed_database, by=SYSTEM)
    assert (result.done, result.broken) == (4, 2)
    assert "乙" in opened(Secret.objects.get(row=other.id, id__endswith=".data"))[0].decode()


def test_where_the_key_is_not_here_it_is_named_once_and_nothing_is_blamed(committed_database: Path) -> None:
    person = enter()
    kept = (committed_database / FILE).read_text()
    old = newest_key(committed_database)
    (committed_database / FILE).unlink()
    new = newest_key(committed_database)  # as a start without it would make one
    assert new != old
    assert wrong(committed_database) == [("field-key-missing", "keys/fields.key")]
    lines = [str(line) for line in examine(committed_database)]
    assert [line for line in lines if old in line and line.startswith("不好")]
    assert resealing.reseal(committed_database, by=SYSTEM).missing == {old: 3}
    assert take_in(committed_database, kept) == [old]
    assert key_ids(committed_database) == [old, new]
    assert newest_key(committed_database) == new
    assert wrong(committed_database) == []
    assert not [line for line in map(str, examine(committed_database)) if old in line]
    assert NAME in opened(Secret.objects.get(row=person.id, id__endswith=".data"))[0].decode()


def test_what_was_erased_elsewhere_is_erased_again_without_its_key(committed_database: Path) -> None:
    town = found()
    with at(8, 20):
        details = Dispute.objects.get(case=dispute(town))
    (committed_database / FILE).unlink()
    line = {"table": "luodi_mediation_dispute", "row": details.id}
    assert erasure.erase_again([line], committed_database) == 1
    assert Dispute.objects.get(pk=details.pk).parties is None
    assert not Secret.objects.filter(row=details.id).exclude(key=None).exists()


@pytest.mark.parametrize(
    "kept", ["", "no key at all\n", "1 abc\n", f"0123456789 {'0' * 64}\n", "1 " + "Z" * 64]
)
def test_a_kept_copy_that_is_none_changes_nothing(data_folder: Path, kept: str) -> None:
    newest_key(data_folder)
    before = (data_folder / FILE).read_bytes()
    with pytest.raises(KeysSpoilt):
        take_in(data_folder, kept)
    assert (data_folder / FILE).read_bytes() == before


def test_one_id_for_two_keys_is_refused(data_folder: Path) -> None:
    key = newest_key(data_folder)
    with pytest.raises(KeysSpoilt, match=key):
        take_in(data_folder, f"{key} {'0' * 64}\n")


def test_many_at_once_add_keys_and_none_is_lost(data_folder: Path) -> None:
    threads = [threading.Thread(target=add_key, args=(data_folder,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(key_ids(data_folder)) == 13
    assert (data_folder / FILE).stat().st_mode & 0o777 == 0o600
    assert os.listdir(data_folder / "keys") == ["fields.key"]


def test_a_write_that_fails_leaves_the_keys_as_they_were(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest_key(data_folder)
    before = (data_folder / FILE).read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(field_keys.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        add_key(data_folder)
    monkeypatch.undo()
    assert (data_folder / FILE).read_bytes() == before
    assert os.listdir(data_folder / "keys") == ["fields.key"]


@pytest.mark.usefixtures("db")
def test_a_bare_key_never_comes_back(data_folder: Path) -> None:
    from django.db import DatabaseError, transaction

    enter()
    for key in (b"0" * 32, None):
        with unguarded(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Secret.objects.update(key=key)
