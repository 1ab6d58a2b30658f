"""A file on its way: in pieces, gone on with where it stopped, for its sender alone, bounded, and gone when nobody wants it."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.evidence import sending
from luodi.kernel.evidence.sending import OutOfStep, begin, every, sweep
from luodi.kernel.ids import new_id
from luodi.kernel.refusal import Refusal
from tests.kernel.pictures import as_jpeg, scene

ME, OTHER = new_id("w"), new_id("w")
PHOTO = as_jpeg(scene(1, 200, 150))


@pytest.fixture(autouse=True)
def _own_folder(data_folder: Path) -> None:
    """Nothing of one test is seen by the next."""


def refused(code: str) -> Any:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def sent(raw: bytes = PHOTO, name: str = "现场.jpg", account: str = ME) -> sending.Sending:
    held = begin(name, len(raw), account)
    for at in range(0, len(raw), 1_000):
        held.append(at, raw[at : at + 1_000])
    return held


def test_what_came_in_pieces_is_what_was_sent() -> None:
    held = sent()
    assert held.is_whole
    assert held.whole(hashlib.sha256(PHOTO).hexdigest()) == PHOTO
    assert held.judged().words == "照片"
    assert sending.sending(held.key, ME) == held


@given(st.lists(st.integers(1, 5_000), max_size=12))
def test_however_it_is_cut_it_comes_together_again(cuts: list[int]) -> None:
    shutil.rmtree(sending._root(), ignore_errors=True)
    held = begin("现场.jpg", len(PHOTO), ME)
    at = 0
    for cut in [*cuts, len(PHOTO)]:
        at = held.append(at, PHOTO[at : at + cut])
    assert held.whole() == PHOTO


def test_a_piece_that_does_not_fit_on_says_where_to_go_on() -> None:
    held = begin("现场.jpg", 100, ME)
    assert held.append(0, b"x" * 40) == 40
    for offset, piece in ((0, b"x" * 40), (39, b"x"), (41, b"x"), (40, b"x" * 61)):
        with pytest.raises(OutOfStep) as gap:
            held.append(offset, piece)
        assert gap.value.offset == 40
    assert held.offset == 40
    with pytest.raises(OutOfStep):
        held.whole()


def test_one_piece_sent_twice_at_once_is_taken_once() -> None:
    held = begin("现场.jpg", 800_000, ME)
    piece, outcomes = os.urandom(400_000), []

    def send() -> None:
        try:
            outcomes.append(held.append(0, piece))
        except OutOfStep as gap:
            outcomes.append(-gap.offset)

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [-400_000] * 5 + [400_000]
    assert (held.folder / "raw").read_bytes() == piece


def test_other_bytes_than_those_sent_are_destroyed() -> None:
    for wrong in ("0" * 64, "no hash"):
        held = sent()
        with refused("upload-damaged"):
            held.whole(wrong)
        with refused("upload-gone"):
            sending.sending(held.key, ME)


def test_what_may_not_be_evidence_is_refused_early_or_destroyed() -> None:
    with refused("type-refused"):
        begin("现场.mp4", 5, ME)
    held = sent(b"<!doctype html><script>", "现场.jpg")
    with refused("type-forged"):
        held.judged()
    assert list(every()) == []


@pytest.mark.parametrize("key", ["", "../../keys", "0" * 31, "G" * 32, "0" * 32])
def test_a_key_is_nothing_but_a_key(key: str) -> None:
    with refused("upload-gone"):
        sending.sending(key, ME)


def test_nobody_sees_what_somebody_else_sends() -> None:
    held = sent()
    with refused("upload-gone"):
        sending.sending(held.key, OTHER)
    with refused("upload-gone"):
        sending.sending(held.key, new_id("c"))
    for account in ("", "../w", "w1", "w" + "../" * 4 + "x"):
        with pytest.raises(ValueError, match="is no id"):
            sending.sending(held.key, account)


def test_an_account_keeps_a_bounded_number_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MOST", 3)
    held = [begin("现场.jpg", 10, ME) for _ in range(3)]
    with refused("uploads-too-many"):
        begin("现场.jpg", 10, ME)
    begin("现场.jpg", 10, OTHER)
    held[0].drop()
    begin("现场.jpg", 10, ME)
    monkeypatch.setattr(sending, "MOST", 100)
    monkeypatch.setattr(sending, "MOST_BYTES", 45)
    with refused("uploads-too-many"):
        begin("现场.jpg", 16, ME)
    monkeypatch.setattr(sending, "MOST_BYTES_OF_ALL", 45)
    with refused("uploads-full"):
        begin("现场.jpg", 15, OTHER)


def test_what_nobody_goes_on_with_for_a_day_is_destroyed() -> None:
    old, new = sent(), begin("现场.jpg", 10, ME)
    bare = old.folder.parent / "0123"
    bare.mkdir()
    for folder in (old.folder, bare):
        os.utime(folder, (time.time() - sending.LASTS - 5,) * 2)
    assert sweep() == 1
    assert [held.key for held in every()] == [new.key]
    assert not bare.exists()


def test_whoever_goes_on_is_not_swept_away() -> None:
    held = begin("现场.jpg", 10, ME)
    os.utime(held.folder, (time.time() - sending.LASTS - 5,) * 2)
    held.append(0, b"x")
    assert sweep() == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_in_words() -> None:
    held = begin("现场.jpg", 500, ME)
    (held.folder / "raw").unlink()
    (held.folder / "raw").symlink_to("/dev/full")
    with refused("disk-full"):
        held.append(0, b"x")


def test_an_enormous_piece_is_refused() -> None:
    held = begin("现场.jpg", 5_000_000, ME)
    with refused("piece-too-large"):
        held.append(0, b"x" * (sending.LARGEST_PIECE + 1))
    assert held.offset == 0


def test_only_its_owner_may_read_what_lies_by() -> None:
    held = sent()
    assert held.folder.stat().st_mode & 0o077 == 0
    assert (held.folder / "raw").stat().st_mode & 0o077 == 0
