"""``keys``: what it lists, adds, seals anew and takes in, on a whole district; and what is said where a key was left behind."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from tests.command_line.districts import district

FILE = Path("keys", "fields.key")


def ids(data: Path) -> list[str]:
    return [line.split()[0] for line in (data / FILE).read_text().splitlines()]


def heads(data: Path) -> set[bytes]:
    """How the keys of secrets and the parties of disputes begin, up to the id."""
    opened = sqlite3.connect(data / "luodi.sqlite3")
    try:
        keys = opened.execute("SELECT key FROM luodi_ledger_secret WHERE key IS NOT NULL").fetchall()
        fields = opened.execute("SELECT parties FROM luodi_mediation_dispute WHERE parties IS NOT NULL")
        return {key[:15] for (key,) in keys} | {text[:15].encode() for (text,) in fields.fetchall()}
    finally:
        opened.close()


def test_a_key_is_added_and_all_is_sealed_anew(demonstration: Path) -> None:
    (first,) = ids(demonstration)
    listed = district("keys", "--data", demonstration)
    assert (listed.code, listed.text.split("\t")[0], listed.text.count("\n")) == (0, first, 1)
    assert heads(demonstration) == {f"sealed:{first}".encode()}
    added = district("keys", "--add", "--data", demonstration)
    assert (added.code, "另存一份" in added.err) == (0, True)
    assert ids(demonstration)[0] == first
    (_, second) = ids(demonstration)
    assert f"{second}\t0\t加密用它" in added.text
    assert district("keys", "--reseal", "--data", demonstration).code == 0
    assert heads(demonstration) == {f"sealed:{second}".encode()}
    assert f"{first}\t0\t只用来打开" in district("keys", "--data", demonstration).text
    again = district("keys", "--reseal", "--data", demonstration)
    assert (again.code, "换好了 0 处" in again.err) == (0, True)
    assert district("verify", "--data", demonstration).code == 0
    assert district("doctor", "--data", demonstration).code == 0


def test_a_restore_without_the_keys_says_which_and_they_are_taken_in(
    demonstration: Path, tmp_path: Path
) -> None:
    backup, new = tmp_path / "district.luodi", tmp_path / "new"
    assert district("backup", backup, "--data", demonstration).code == 0
    (first,) = ids(demonstration)
    (new / "keys").mkdir(parents=True)
    shutil.copy(
        demonstration / "keys" / "log.key", new / "keys" / "log.key"
    )  # of two keys one was left behind
    restored = district("restore", backup, "--data", new)
    assert restored.code == 1
    assert first in restored.text
    assert "(field-key-missing)" in restored.text
    assert "(secret-changed)" not in restored.text
    assert "(row-unreadable)" not in restored.text
    listed = district("keys", "--data", new)
    assert (listed.code, f"{first}\t" in listed.text, "不在这里" in listed.text) == (1, True, True)
    assert district("doctor", "--data", new).code == 1
    assert district("keys", "--add", "--data", new).code == 1  # works on, and still says what is missing
    taken = district("keys", "--take-in", demonstration / FILE, "--data", new)
    assert (taken.code, "取回 1 把" in taken.err) == (0, True)
    assert district("verify", "--data", new).code == 0
    assert district("keys", "--take-in", demonstration / FILE, "--data", new).err.count("这里都有") == 1


def test_what_is_no_kept_copy_is_refused(demonstration: Path, tmp_path: Path) -> None:
    before = (demonstration / FILE).read_bytes()
    bent = tmp_path / "bent"
    bent.write_bytes("乱写 一行\n".encode())
    refused = district("keys", "--take-in", bent, "--data", demonstration)
    assert (refused.code, "(keys-spoilt)" in refused.err) == (3, True)
    gone = district("keys", "--take-in", tmp_path / "none", "--data", demonstration)
    assert (gone.code, "(unreadable)" in gone.err) == (3, True)
    assert (demonstration / FILE).read_bytes() == before
    assert district("keys", "--add", "--reseal", "--data", demonstration).code == 2
