"""Sensitive fields lie sealed in the database: bound to their place, under keys with ids, in the cipher that was set."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection

from luodi.areas.mediation.models import Dispute
from luodi.areas.supervision.models import Slip
from luodi.kernel.cases.faults import FaultyPlaybook
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.registry import register
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.erasure import erase
from luodi.kernel.ledger.verify import verify
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.privacy.field_keys import FILE, KeyMissing, add_key, newest_key
from luodi.kernel.privacy.sealed_field import Sealed, opened_text, sealed_text
from luodi.kernel.privacy.sealed_value import CIPHERS
from luodi.kernel.privacy.sealing import SealBroken
from tests.areas.case_town import CaseTown, at, found
from tests.areas.test_mediation import MEDIATORS, PARTIES, dispute
from tests.database import unguarded
from tests.kernel.small_kinds import PERMIT, known

PLACE = "luodi_mediation_dispute.z0000000000000.parties"


@pytest.fixture
def town(data_folder: object, db: None) -> CaseTown:
    return found()


@pytest.fixture
def details(town: CaseTown) -> Dispute:
    with at(8, 20):
        return Dispute.objects.get(case=dispute(town))


def stored(row: Dispute) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT parties FROM luodi_mediation_dispute WHERE id = %s", [row.id])
        return str(cursor.fetchone()[0])


def put(row: Dispute, text: str) -> None:
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE luodi_mediation_dispute SET parties = %s WHERE id = %s", [text, row.id])


@pytest.mark.parametrize("cipher", CIPHERS)
@pytest.mark.parametrize("plain", ["", "甲某与乙某", "𠮷野家\n\u200b：", "sealed:1:x:y", "长" * 2_000])
def test_what_is_sealed_opens_in_its_place_and_in_no_other(
    data_folder: Path, settings: Any, cipher: str, plain: str
) -> None:
    settings.FIELD_CIPHER = cipher
    sealed = sealed_text(plain, PLACE)
    assert sealed.startswith(f"sealed:{newest_key(data_folder)}:{cipher}:")
    assert opened_text(sealed, PLACE) == plain
    for place in (PLACE.replace("z0", "z1"), PLACE.replace("parties", "sort"), PLACE.replace("dispute", "x")):
        with pytest.raises(SealBroken):
            opened_text(sealed, place)


def test_the_database_holds_nothing_readable_and_the_row_reads_as_ever(
    details: Dispute, data_folder: Path
) -> None:
    text = stored(details)
    assert text.startswith(f"sealed:{newest_key(data_folder)}:aes-256-gcm:")
    assert "甲某" not in text
    assert details.parties == PARTIES
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_the_file_itself_holds_no_readable_byte_of_the_column(committed_database: Path) -> None:
    town = found()
    with at(8, 20):
        details = Dispute.objects.get(case=dispute(town))
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"])
        rows = other.execute("SELECT * FROM luodi_mediation_dispute").fetchall()
        other.close()
        assert PARTIES not in repr(rows)
    assert details.parties == PARTIES
    assert [str(finding) for finding in verify(committed_database) if finding.is_wrong] == []


def test_a_value_moved_to_another_row_does_not_open_and_verify_names_it(
    town: CaseTown, details: Dispute
) -> None:
    with at(8, 20):
        other = Dispute.objects.get(case=dispute(town))
    put(other, stored(details))
    with pytest.raises(SealBroken):
        _ = Dispute.objects.get(pk=other.pk).parties
    wrong = [finding for finding in verify() if finding.is_wrong]
    assert [(finding.code, other.id in finding.name) for finding in wrong] == [("row-unreadable", True)]


def test_a_row_from_before_is_read_as_it_is_and_sealed_when_it_is_written(
    town: CaseTown, details: Dispute
) -> None:
    put(details, PARTIES)
    again = Dispute.objects.get(pk=details.pk)
    assert again.parties == PARTIES
    assert [finding for finding in verify() if finding.is_wrong] == []
    with unguarded():
        again.save()
    assert stored(details).startswith("sealed:")


def test_a_new_key_seals_and_the_older_still_opens(details: Dispute, data_folder: Path) -> None:
    before, first = stored(details), newest_key(data_folder)
    second = add_key(data_folder)
    assert second == newest_key(data_folder) != first
    again = Dispute.objects.get(pk=details.pk)
    assert again.parties == PARTIES
    with unguarded():
        again.save()
    assert (before.split(":")[1], stored(details).split(":")[1]) == (first, second)
    assert Dispute.objects.get(pk=details.pk).parties == PARTIES
    assert (data_folder / FILE).stat().st_mode & 0o077 == 0


def test_without_the_key_it_says_which_one_is_missing(details: Dispute, data_folder: Path) -> None:
    key = newest_key(data_folder)
    (data_folder / FILE).write_text("")
    with pytest.raises(KeyMissing, match=key):
        _ = details.parties


def test_a_cipher_that_is_none_is_refused(data_folder: object, settings: Any) -> None:
    settings.FIELD_CIPHER = "rot13"
    with pytest.raises(ImproperlyConfigured, match="sm4-gcm"):
        sealed_text("x", PLACE)


def test_the_database_is_asked_only_whether_there_is_one(details: Dispute) -> None:
    assert Dispute.objects.filter(parties__isnull=False).get() == details
    for lookup in ("parties", "parties__contains"):
        with pytest.raises(FieldError):
            Dispute.objects.filter(**{lookup: PARTIES}).exists()
    assert isinstance(Dispute.objects.values_list("parties", flat=True).get(), Sealed)
    with pytest.raises(TypeError, match="save the row"), unguarded():
        Dispute.objects.update(parties="甲")


def test_it_is_erased_like_any_other(town: CaseTown, details: Dispute) -> None:
    erase([details], by=SYSTEM, subject=details.case_id, reason="asked", kind="dispute.erased")
    assert Dispute.objects.get(pk=details.pk).parties is None
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_a_move_that_writes_other_fields_leaves_it_as_it_stands(town: CaseTown, details: Dispute) -> None:
    before = stored(details)
    case = Case.objects.get(pk=details.case_id)
    with at(8, 20):
        town.move(case, "agree", MEDIATORS)
        town.move(case, "meet", MEDIATORS, note="双方到场")
        town.move(
            case, "settle", MEDIATORS, form="oral", effective_on="2026-08-20",
            agreed=[{"who": "甲某", "does": "付款", "due": "2026-09-01"}],
        )  # fmt: skip
    assert stored(details) == before
    assert Dispute.objects.get(pk=details.pk).form == "oral"
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_a_row_that_is_copied_whole_is_copied_as_it_stands(details: Dispute) -> None:
    before, row = stored(details), Dispute.objects.get(pk=details.pk)
    fields = Dispute._meta.local_concrete_fields
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM luodi_mediation_dispute WHERE id = %s", [details.id])
        Dispute._base_manager._insert([row], fields=fields, raw=True)
    assert stored(details) == before
    assert Dispute.objects.get(pk=details.pk).parties == PARTIES


def test_details_whose_sensitive_texts_would_lie_open_are_refused() -> None:
    class Bare:
        _meta = Slip._meta
        PRIVACY = Privacy(sensitive=("order_paper",))

    with known(PERMIT), pytest.raises(FaultyPlaybook, match=r"order_paper.*SealedTextField"):
        register([replace(PERMIT, kind="bare")], Bare)  # type: ignore[arg-type]
