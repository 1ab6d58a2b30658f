"""``intake``, ``verify``, ``backup``, ``restore``, ``doctor``: what each does, says and answers."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tarfile
from pathlib import Path

import pytest

from tests.command_line.districts import district
from tests.command_line.front_door import PAGES
from tests.command_line.served import free_port, served


def test_pages_are_taken_in_once(empty: Path) -> None:
    pages = sorted(PAGES.glob("a0*.txt"))
    taken = district("intake", *pages, "--data", empty)
    assert (taken.code, taken.out) == (0, b""), taken.err
    assert f"新收 {len(pages)} 份" in taken.err
    again = district("intake", PAGES / pages[0].name, "--data", empty)
    assert "新收 0 份，1 份早已收过" in again.err
    assert district("verify", "--data", empty).code == 0


def test_what_cannot_be_taken_in_is_told_and_the_rest_goes_on(empty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "handed-in"
    folder.mkdir()
    (folder / "1.bin").write_bytes(b"\x7fELF\x00\x01\x02")
    shutil.copy(PAGES / "a08-livelihood-2024.txt", folder / "2.txt")
    (folder / "3.txt").write_bytes(b"")
    taken = district("intake", folder, tmp_path / "none.txt", "--data", empty)
    assert taken.code == 1
    assert "新收 1 份" in taken.err
    for told in ("1.bin", "3.txt", "none.txt", "拒收 3 个"):
        assert told in taken.err
    assert taken.err.count("(binary)") == 1


def test_pages_are_taken_in_while_it_serves(demonstration: Path, tmp_path: Path) -> None:
    page = tmp_path / "new.txt"
    page.write_text(
        "青岚区发布消息\n发布时间:2026-09-20\n\n　　今年底前新建口袋公园5个。\n", encoding="utf-8"
    )
    with served(demonstration, "--port", str(free_port())) as up:
        assert district("intake", page, "--data", demonstration).code == 0
        assert district("verify", "--data", demonstration).code == 0
        assert up.get() == 200


def test_a_changed_row_is_found_and_named(demonstration: Path) -> None:
    key = change(demonstration, "luodi_commitments_target", "number = '999'", "number = '145'")
    found = district("verify", "--data", demonstration)
    assert found.code == 1
    assert f"luodi_commitments_target {key}" in found.text
    assert "number" in found.text


def test_a_missing_trigger_stops_the_start_and_is_mended(demonstration: Path) -> None:
    opened = sqlite3.connect(demonstration / "luodi.sqlite3")
    opened.execute("DROP TRIGGER luodi_ledger_event_no_delete")
    opened.commit()
    opened.close()
    refused = district("prepare", "--data", demonstration)
    assert (refused.code, "(triggers-missing)" in refused.err) == (3, True)
    assert district("verify", "--data", demonstration).code == 1
    assert district("doctor", "--data", demonstration).code == 1
    assert district("doctor", "--mend", "--data", demonstration).code == 0
    assert district("verify", "--data", demonstration).code == 0


def test_a_proof_is_checked_offline(demonstration: Path, tmp_path: Path) -> None:
    with served(demonstration, "--port", str(free_port())) as up:
        proof = tmp_path / "proof.json"
        proof.write_bytes(fetch(f"{up.address}proof/{an_event(demonstration)}.json"))
        key = tmp_path / "key"
        key.write_bytes(fetch(f"{up.address}log/key"))
    holds = district("verify", proof, "--key", key, "--data", tmp_path / "nowhere")
    assert (holds.code, holds.text.startswith("证明成立")) == (0, True), holds.err
    for position in (20, 200, len(proof.read_bytes()) // 2):
        raw = bytearray(proof.read_bytes())
        raw[position] ^= 1
        proof_changed = tmp_path / "changed.json"
        proof_changed.write_bytes(bytes(raw))
        assert district("verify", proof_changed, "--key", key).code == 1
    unpinned = district("verify", proof, "--data", tmp_path / "nowhere")
    assert (unpinned.code, "(no-key)" in unpinned.err) == (3, True)


def test_an_earlier_checkpoint_holds_the_log_to_it(demonstration: Path, tmp_path: Path) -> None:
    kept = tmp_path / "checkpoint"
    shutil.copy(demonstration / "log" / "checkpoint", kept)
    page = tmp_path / "new.txt"
    page.write_text("青岚区发布消息\n\n　　今年底前新建口袋公园5个。\n", encoding="utf-8")
    assert district("intake", page, "--data", demonstration).code == 0
    assert district("verify", "--since", kept, "--data", demonstration).code == 0
    lines = kept.read_text(encoding="utf-8").split("\n")
    kept.write_text("\n".join([lines[0], lines[1], lines[2][::-1], *lines[3:]]), encoding="utf-8")
    assert district("verify", "--since", kept, "--data", demonstration).code == 1


def test_a_back_up_made_while_it_serves_comes_back_whole(demonstration: Path, tmp_path: Path) -> None:
    backup = tmp_path / "district.luodi"
    with served(demonstration, "--port", str(free_port())):
        made = district("backup", backup, "--data", demonstration)
    assert made.code == 0, made.err
    assert backup.stat().st_mode & 0o077 == 0
    assert district("backup", backup, "--data", demonstration).code == 3, "an existing one is not overwritten"
    new = tmp_path / "new"
    new.mkdir()
    shutil.copytree(demonstration / "keys", new / "keys")
    restored = district("restore", backup, "--data", new)
    assert (restored.code, restored.out) == (0, b""), restored.err
    assert counts(new) == counts(demonstration)
    assert b"keys" not in backup.read_bytes()


def test_a_restore_puts_aside_what_was_there(demonstration: Path, tmp_path: Path) -> None:
    backup = tmp_path / "district.luodi"
    assert district("backup", backup, "--data", demonstration).code == 0
    change(demonstration, "luodi_commitments_target", "number = '999'", "number = '145'")
    assert district("verify", "--data", demonstration).code == 1
    restored = district("restore", backup, "--data", demonstration)
    assert restored.code == 0, restored.err
    assert (demonstration / "before-restore-1" / "luodi.sqlite3").exists()
    assert district("verify", "--data", demonstration).code == 0


def test_sheets_laid_by_are_in_no_back_up_and_do_not_outlive_a_restore(empty: Path, tmp_path: Path) -> None:
    laid_by = empty / "staged" / ("0" * 32)
    laid_by.mkdir(parents=True)
    (laid_by / "raw").write_bytes("乙某某".encode())
    backup = tmp_path / "district.luodi"
    assert district("backup", backup, "--data", empty).code == 0
    with tarfile.open(backup) as tar:
        assert not [name for name in tar.getnames() if "staged" in name]
    assert district("restore", backup, "--data", empty).code == 0
    assert (empty / "before-restore-1").exists()
    assert not list(empty.rglob("staged"))


@pytest.mark.parametrize("harm", ["cut", "flipped", "other"])
def test_a_damaged_back_up_changes_nothing(demonstration: Path, tmp_path: Path, harm: str) -> None:
    backup = tmp_path / "district.luodi"
    assert district("backup", backup, "--data", demonstration).code == 0
    raw = bytearray(backup.read_bytes())
    if harm == "cut":
        raw = raw[: len(raw) // 2]
    elif harm == "flipped":
        raw[len(raw) // 2] ^= 0xFF
    else:
        raw = bytearray(b"not a back-up at all")
    backup.write_bytes(bytes(raw))
    before = (demonstration / "luodi.sqlite3").read_bytes()
    refused = district("restore", backup, "--data", demonstration)
    assert refused.code == 3
    assert "(backup-damaged)" in refused.err
    assert (demonstration / "luodi.sqlite3").read_bytes() == before
    assert not (demonstration / "before-restore-1").exists()


def test_the_doctor_finds_what_is_not_well(demonstration: Path) -> None:
    assert district("doctor", "--data", demonstration).code == 0
    (demonstration / "keys" / "log.key").chmod(0o644)
    (demonstration / "files" / "00").mkdir(exist_ok=True)
    (demonstration / "files" / "00" / ("0" * 64)).write_bytes(b"left over")
    found = district("doctor", "--data", demonstration)
    assert found.code == 1
    assert "别人也能读" in found.text
    assert "1个没有登记提到" in found.text


def change(data: Path, table: str, to: str, where: str) -> str:
    """As an opponent would: one row, by SQL. Its key."""
    opened = sqlite3.connect(data / "luodi.sqlite3")
    try:
        key = str(opened.execute(f"SELECT id FROM {table} WHERE {where}").fetchone()[0])
        opened.execute(f"UPDATE {table} SET {to} WHERE id = ?", [key])
        opened.commit()
    finally:
        opened.close()
    return key


def an_event(data: Path) -> str:
    opened = sqlite3.connect(data / "luodi.sqlite3")
    try:
        return str(
            opened.execute("SELECT id FROM luodi_ledger_event WHERE kind = 'commitment.adopted'").fetchone()[
                0
            ]
        )
    finally:
        opened.close()


def counts(data: Path) -> dict[str, int]:
    opened = sqlite3.connect(data / "luodi.sqlite3")
    try:
        tables = [row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [t for t in tables if t.startswith("luodi_") and "search" not in t]
        return {t: opened.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables}
    finally:
        opened.close()


def fetch(address: str) -> bytes:
    import urllib.request

    with urllib.request.urlopen(address, timeout=20) as answer:
        raw = answer.read()
    if address.endswith(".json"):
        json.loads(raw)
    return bytes(raw)
