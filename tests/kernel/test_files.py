"""Bytes are kept whole, by their hash, before any row speaks of them."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.files import checks, store
from luodi.kernel.files.access import public, visible_to
from luodi.kernel.files.keeping import kept_file, plain_name
from luodi.kernel.files.media import UNKNOWN, media_type_of
from luodi.kernel.files.models import KeptFile
from luodi.kernel.files.serving import serve
from luodi.kernel.ids import new_id
from luodi.kernel.ledger.action import SYSTEM, Actor, action
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from tests.kernel.pictures import as_png, scene

PNG = as_png(scene(1, 40, 30))


def kept(raw: bytes, name: str = "", **given: Any) -> KeptFile:
    with action("test.kept", by=SYSTEM, subject="") as act:
        return kept_file(act, raw, name, **given)


def zipped(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr(name, "x")
    return made.getvalue()


def test_bytes_lie_under_their_own_hash(tmp_path: Path) -> None:
    sha = store.keep(tmp_path, b"abc")
    assert sha == hashlib.sha256(b"abc").hexdigest()
    assert store.path_of(tmp_path, sha) == tmp_path / "files" / "ba" / sha
    assert store.read(tmp_path, sha) == b"abc"
    assert [p.name for p in (tmp_path / "files" / "ba").iterdir()] == [sha]


def test_the_same_bytes_are_written_once(tmp_path: Path) -> None:
    sha = store.keep(tmp_path, b"abc")
    before = store.path_of(tmp_path, sha).stat()
    assert store.keep(tmp_path, b"abc") == sha
    assert store.path_of(tmp_path, sha).stat().st_ino == before.st_ino


def test_a_damaged_file_is_noticed_and_healed_by_its_own_bytes(tmp_path: Path) -> None:
    sha = store.keep(tmp_path, b"abc")
    path = store.path_of(tmp_path, sha)
    path.unlink()
    with pytest.raises(store.Damaged, match="missing"):
        store.read(tmp_path, sha)
    path.write_bytes(b"abd")
    with pytest.raises(store.Damaged, match="other bytes"):
        store.read(tmp_path, sha)
    store.keep(tmp_path, b"abc")
    assert store.read(tmp_path, sha) == b"abc"


@pytest.mark.parametrize("sha", ["", "../../etc/passwd", "AB" * 32, "g" * 64, "a" * 63, "a" * 64 + "\n"])
def test_only_a_hash_is_a_path(tmp_path: Path, sha: str) -> None:
    with pytest.raises(ValueError, match="is no SHA-256"):
        store.path_of(tmp_path, sha)


def test_nothing_empty_and_nothing_enormous_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refusal) as empty:
        store.keep(tmp_path, b"")
    assert empty.value.code == "empty-file"
    monkeypatch.setattr(store, "LARGEST", 10)
    with pytest.raises(Refusal, match=r"11字节.*10字节"):
        store.keep(tmp_path, b"x" * 11)
    assert not (tmp_path / "files").exists()


@pytest.mark.parametrize("call", ["fsync", "replace", "write"])
def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if call == "write":
        monkeypatch.setattr(Path, "open", full)
    else:
        store.keep(tmp_path, b"so that the folders are there")
        monkeypatch.setattr(os, call, full)
    with pytest.raises(Refusal) as refused:
        store.keep(tmp_path, b"abc")
    monkeypatch.undo()
    assert refused.value.code == "disk-full"
    assert not list((tmp_path / "files").glob("ba/*"))


def test_the_rename_comes_after_the_bytes_are_on_disk_and_the_folder_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(descriptor: int) -> None:
        target = os.readlink(f"/proc/self/fd/{descriptor}")
        seen.append("folder" if os.path.isdir(target) else "file")
        fsync(descriptor)

    def noted_replace(source: Any, target: Any) -> None:
        seen.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    store.keep(tmp_path, b"abc")
    assert seen[-3:] == ["file", "rename", "folder"]


@pytest.mark.parametrize(
    ("raw", "media_type"),
    [
        ("年底前完成。".encode(), "text/plain"),
        ("年底前完成。".encode("gb18030"), "text/plain"),
        ("\ufeff年底".encode("utf-16-le"), "text/plain"),
        (b"BMW and MZ", "text/plain"),
        ("<!DOCTYPE HTML><title>页</title>".encode(), "text/html"),
        ("<P>文字</P>".encode(), "text/html"),
        (b"<svg onload=alert(1)>", "image/svg+xml"),
        (b"%PDF-1.7\n", "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"MZ\x90\0\x03", "application/x-executable"),
        (b"\x7fELF\x02\x01", "application/x-executable"),
        (
            zipped("word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (zipped("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (zipped("OFD.xml"), "application/ofd"),
        (zipped("a.txt"), "application/zip"),
        (b"PK\x03\x04 broken", UNKNOWN),
        (b"\0\1\2\3", UNKNOWN),
    ],
)
def test_what_a_file_is_stands_in_its_bytes(raw: bytes, media_type: str) -> None:
    assert media_type_of(raw) == media_type


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"RIFF", b"MZ", b"\xff\xfe", b"<svg"]))
def test_any_bytes_have_a_type(raw: bytes, head: bytes) -> None:
    assert "/" in media_type_of(head + raw)


@pytest.mark.django_db
def test_a_row_tells_of_the_file_and_its_name_is_personal(data_folder: Path) -> None:
    row = kept(PNG, "C:\\照片\\王某某家门口.png")
    assert (row.media_type, row.name, row.is_public) == ("image/png", "王某某家门口.png", False)
    assert row.size == len(PNG)
    assert store.read(data_folder, row.sha256) == PNG
    event = Event.objects.get()
    assert "王某某" not in event.payload + event.closed


@pytest.mark.django_db
def test_the_same_bytes_have_one_row_which_may_become_public_and_not_the_reverse(data_folder: Path) -> None:
    first = kept(PNG, "a.png")
    assert not public().exists()
    second = kept(PNG, "b.png", is_public=True)
    third = kept(PNG, "c.png")
    assert first.id == second.id == third.id
    held = KeptFile.objects.get(name__isnull=False)
    assert held.is_public
    assert held.name == "a.png"
    assert not KeptFile.objects.filter(is_public=False).exists()


@pytest.mark.django_db
def test_a_program_is_not_taken_in(data_folder: Path) -> None:
    with pytest.raises(Refusal, match=r"“进度\.pdf”是可执行程序"):
        kept(b"MZ\x90\0\x03\0", "进度.pdf")
    assert not KeptFile.objects.exists()
    assert not (data_folder / "files").exists()


@pytest.mark.django_db
def test_evidence_is_for_staff_and_public_files_for_all(data_folder: Path) -> None:
    inner, outer = kept(PNG), kept(b"public text", is_public=True)
    assert set(visible_to(Actor())) == {outer}
    assert {inner, outer} < set(visible_to(Actor(account=new_id("w"))))


@pytest.mark.django_db
def test_losses_and_leftovers_are_told_apart(data_folder: Path) -> None:
    fine, gone, other = kept(b"fine"), kept(b"gone"), kept(b"other")
    store.path_of(data_folder, gone.sha256).unlink()
    store.path_of(data_folder, other.sha256).chmod(0o600)
    store.path_of(data_folder, other.sha256).write_bytes(b"ohter")
    orphan = store.keep(data_folder, b"kept just before a stop")
    (data_folder / "files" / orphan[:2] / f"{store.UNFINISHED}1").write_bytes(b"half")
    assert {(f.what, f.file, f.is_loss) for f in checks.losses(data_folder)} == {
        ("missing", gone.id, True),
        ("differs", other.id, True),
    }
    left = list(checks.leftovers(data_folder))
    assert {f.what for f in left} == {"orphan", "unfinished"}
    assert fine.sha256 not in {f.path.name for f in left}
    assert not any(f.is_loss for f in left)


@pytest.mark.django_db
def test_a_failed_act_leaves_an_orphan_and_no_row(data_folder: Path) -> None:
    def stopped() -> None:
        with action("test.kept", by=SYSTEM, subject="") as act:
            kept_file(act, b"abc")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stopped()
    assert not KeptFile.objects.exists()
    assert [f.what for f in checks.leftovers(data_folder)] == ["orphan"]
    assert kept(b"abc").sha256
    assert not list(checks.leftovers(data_folder))


@pytest.mark.django_db
def test_only_what_no_browser_runs_is_shown_in_place(data_folder: Path) -> None:
    page = serve(kept(b"<script>alert(1)</script>", "x.html"))
    assert page.headers["Content-Type"] == UNKNOWN
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in page.headers["Content-Security-Policy"]
    picture = kept(PNG, "王某某.png", is_public=True)
    shown = serve(picture)
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Content-Disposition"] == f"inline; filename*=UTF-8''{picture.id}.jpg"
    assert shown.path.read_bytes().startswith(b"\xff\xd8\xff")
    assert serve(picture, name='截图"1\r\n.png').headers["Content-Disposition"].isascii()
    shown.path.unlink()
    with pytest.raises(store.Damaged):
        serve(picture)


@given(st.text(max_size=300))
def test_a_name_has_no_folder_and_hides_nothing(name: str) -> None:
    plain = plain_name(name)
    assert len(plain) <= 200
    assert not set(plain) & set("/\\\0\r\n\u202e")
