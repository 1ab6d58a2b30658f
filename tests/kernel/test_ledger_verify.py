"""Verify: silent where nothing was done, and exact where something was."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.ledger.keys import PRIVATE, verifier_key
from luodi.kernel.ledger.models import Checkpoint, Event
from luodi.kernel.ledger.notes import SignerKey
from luodi.kernel.ledger.sealing import seal
from luodi.kernel.ledger.verify import Finding, verify
from tests.database import unguarded
from tests.kernel.ledger_world import rows_of_every_kind

pytestmark = pytest.mark.django_db


def wrong(data: Path, **options: object) -> list[Finding]:
    return [finding for finding in verify(data, **options) if finding.is_wrong]  # type: ignore[arg-type]


def test_an_untouched_district_is_sound(data_folder: Path) -> None:
    assert verify(data_folder) == []
    rows_of_every_kind(data_folder, 2)
    seal(data_folder)
    rows_of_every_kind(data_folder, 1)
    seal(data_folder)
    assert verify(data_folder) == []


def test_events_not_yet_sealed_are_listed_as_such(data_folder: Path) -> None:
    with action("day.begun", by=SYSTEM, subject="") as act:
        pass
    (finding,) = verify(data_folder)
    assert (finding.code, finding.name, finding.is_wrong) == ("not-sealed", f"event {act.event.id}", False)


def test_the_log_must_still_begin_with_a_checkpoint_kept_elsewhere(data_folder: Path) -> None:
    rows_of_every_kind(data_folder)
    first = seal(data_folder)
    rows_of_every_kind(data_folder)
    second = seal(data_folder)
    assert first is not None
    assert second is not None
    assert verify(data_folder, since=first.note) == []
    assert verify(data_folder, since=second.note) == []
    signer = SignerKey.parse((data_folder / PRIVATE).read_text())
    other = signer.sign_checkpoint(first.size, bytes(32), 0)
    assert [f.code for f in wrong(data_folder, since=other)] == ["log-rewritten"]
    longer = signer.sign_checkpoint(second.size + 1, bytes(32), 0)
    assert [f.code for f in wrong(data_folder, since=longer)] == ["log-cut"]
    assert [
        f.code
        for f in wrong(data_folder, since=SignerKey(signer.name, bytes(32)).sign_checkpoint(1, bytes(32), 0))
    ] == ["checkpoint-note"]
    assert [f.code for f in wrong(data_folder, since="天下太平\n")] == ["checkpoint-note"]


def test_a_log_cut_back_is_betrayed_by_what_was_published(data_folder: Path) -> None:
    rows_of_every_kind(data_folder)
    seal(data_folder)
    kept = {path: path.read_bytes() for path in (data_folder / "log").rglob("*") if path.is_file()}
    size = Checkpoint.objects.get().size
    signer = SignerKey.parse((data_folder / PRIVATE).read_text())
    (data_folder / "log/checkpoint").write_text(
        signer.sign_checkpoint(size + 5, bytes(32), 0), encoding="utf-8"
    )
    assert [f.code for f in wrong(data_folder)] == ["log-cut"]
    for path, raw in kept.items():
        path.write_bytes(raw)
    assert wrong(data_folder) == []


def test_a_lost_or_foreign_key_is_told(data_folder: Path) -> None:
    rows_of_every_kind(data_folder)
    seal(data_folder)
    pinned = verifier_key(data_folder)
    text = (data_folder / PRIVATE).read_text()
    (data_folder / PRIVATE).unlink()
    assert {f.code for f in wrong(data_folder)} == {"key-missing"}
    assert not (data_folder / PRIVATE).exists()
    assert wrong(data_folder, key=pinned) == []
    (data_folder / PRIVATE).write_text(str(SignerKey(pinned.name, bytes(32))))
    assert {f.code for f in wrong(data_folder)} >= {"checkpoint-note", "log-file"}
    (data_folder / PRIVATE).write_text("空")
    assert {f.code for f in wrong(data_folder)} >= {"key-changed"}
    (data_folder / PRIVATE).write_text(text)
    assert wrong(data_folder) == []


@pytest.mark.parametrize("path", ["checkpoint", "key", "tile/0/*", "tile/entries/*"])
def test_a_published_file_that_differs_is_named(data_folder: Path, path: str) -> None:
    rows_of_every_kind(data_folder)
    seal(data_folder)
    (file,) = list((data_folder / "log").glob(path + "/*" if "tile" in path else path))
    raw = file.read_bytes()
    file.write_bytes(raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:])
    found = wrong(data_folder)
    assert found
    assert all(f.name.startswith("log/") for f in found), found
    file.unlink()
    assert path == "key" or wrong(data_folder)


def test_kept_files_that_nobody_named_are_no_fault(data_folder: Path) -> None:
    rows_of_every_kind(data_folder)
    seal(data_folder)
    from tests.kernel.ledger_world import keep

    digest = keep(data_folder, b"stopped before the event")
    assert verify(data_folder) == []
    (data_folder / "files" / digest[:2] / digest).write_bytes(b"changed")
    assert [f.name for f in verify(data_folder)] == [f"files/{digest[:2]}/{digest}"]


def test_four_times_the_events_take_no_more_memory(data_folder: Path) -> None:
    _much(250)
    seal(data_folder)
    verify(data_folder)
    small = _peak(data_folder)
    _much(750)
    seal(data_folder)
    assert _peak(data_folder) < small + 3_000_000


def _much(events: int) -> None:
    """Fifteen kilobytes an event."""
    for _ in range(events):
        with action("day.begun", by=SYSTEM, subject="", data={"much": "字" * 5_000}):
            pass


def _peak(data: Path) -> int:
    tracemalloc.start()
    try:
        assert verify(data) == []
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.only_on("sqlite")  # elsewhere a column cannot hold what is not of its type
def test_unreadable_rows_do_not_stop_the_reading(data_folder: Path) -> None:
    rows_of_every_kind(data_folder, 2)
    seal(data_folder)
    from django.db import connection

    event = Event.objects.order_by("id").first()
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER luodi_ledger_event_no_update")
        cursor.execute(
            "UPDATE luodi_ledger_event SET payload = CAST(X'FFFE41' AS TEXT) WHERE id = %s", [event.id]
        )
    found = wrong(data_folder)
    assert [f.name for f in found if f.code == "event-unreadable"] == [f"event {event.id}"]
