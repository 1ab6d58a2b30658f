"""Re-used photos are found: exactly, and by what they show; different photos are not taken for one."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.evidence.resemblance import MOST, matches_of, matches_of_upload
from luodi.kernel.evidence.taking import take
from luodi.kernel.files.likeness import BITS, SIDE, THRESHOLD, TRIMS, Likeness, fingerprint
from luodi.kernel.files.models import KeptFile
from luodi.kernel.files.pictures import likeness_of
from luodi.kernel.ledger.action import SYSTEM, action
from tests.kernel.pictures import CHANGES, as_jpeg, page, scene

CELLS = st.binary(min_size=SIDE * SIDE, max_size=SIDE * SIDE)
PRINTS = st.lists(st.integers(0, 2**BITS - 1), min_size=1, max_size=len(TRIMS)).map(
    lambda made: Likeness(tuple(made))
)


PICTURES = [scene(number, 400, 300) for number in range(40)]
HARDEST = ("trimmed by 5 % on one side", "trimmed by 3 % on two sides")


@pytest.mark.parametrize("change", CHANGES)
def test_a_copy_is_found_again(change: str) -> None:
    missed = [
        number
        for number, picture in enumerate(PICTURES)
        if not likeness_of(picture).is_like(likeness_of(CHANGES[change](picture)))
    ]
    assert len(missed) <= (2 if change in HARDEST else 0), missed


def test_different_photos_are_not_taken_for_one() -> None:
    known = [likeness_of(picture) for picture in PICTURES]
    nearest = min(one.distance(other) for one, other in itertools.combinations(known, 2))
    assert nearest > THRESHOLD


def test_different_sheets_of_writing_are_rarely_taken_for_one() -> None:
    known = [likeness_of(page(number)) for number in range(40)]
    pairs = list(itertools.combinations(known, 2))
    assert sum(one.is_like(other) for one, other in pairs) <= len(pairs) // 200


@given(CELLS, st.integers(1, 3), st.integers(0, 40))
def test_light_and_contrast_change_nothing(cells: bytes, times: int, more: int) -> None:
    """As long as nothing grows too bright to be told apart."""
    dim = bytes(cell // 4 for cell in cells)
    assert fingerprint(dim) == fingerprint(bytes(cell * times + more for cell in dim))


@given(CELLS, st.integers(0, SIDE * SIDE - 1), st.integers(0, 255))
def test_one_cell_moves_at_most_the_bits_that_ask_about_it(cells: bytes, at: int, value: int) -> None:
    other = cells[:at] + bytes([value]) + cells[at + 1 :]
    assert (fingerprint(cells) ^ fingerprint(other)).bit_count() <= 4


@given(st.binary(max_size=200).filter(lambda raw: len(raw) != SIDE * SIDE))
def test_another_number_of_cells_is_an_error(cells: bytes) -> None:
    with pytest.raises(ValueError, match="81 cells"):
        fingerprint(cells)


@given(PRINTS, PRINTS)
def test_a_distance_is_the_same_both_ways_and_none_to_itself(one: Likeness, other: Likeness) -> None:
    assert one.distance(other) == other.distance(one) <= BITS
    assert one.distance(one) == 0
    assert one.is_like(one)


@given(PRINTS)
def test_a_likeness_survives_being_written_down(made: Likeness) -> None:
    assert Likeness.from_text(made.as_text()) == made
    with pytest.raises(ValueError, match="multiple of 32"):
        Likeness.from_text(made.as_text() + "0")


def taken(raw: bytes, name: str = "现场.jpg") -> KeptFile:
    with action("test.kept", by=SYSTEM, subject="") as act:
        return take(act, raw, name)


@pytest.mark.django_db
def test_an_upload_is_matched_with_what_was_kept_the_same_file_first(data_folder: Path) -> None:
    picture, stranger = scene(11), scene(12)
    first = taken(as_jpeg(picture))
    second = taken(as_jpeg(CHANGES["sent on"](picture)), "转发.jpg")
    taken(as_jpeg(stranger))
    found = matches_of_upload(as_jpeg(picture), likeness_of(picture))
    assert [(match.file, match.is_same) for match in found] == [(first.id, True), (second.id, False)]
    assert 0 < found[1].distance <= THRESHOLD
    again = matches_of(second)
    assert [match.file for match in again] == [second.id, first.id]


@pytest.mark.django_db
def test_what_is_no_photo_is_matched_by_its_bytes_alone(data_folder: Path) -> None:
    first = taken("验收单".encode(), "验收单.txt")
    assert [match.file for match in matches_of_upload("验收单".encode(), None)] == [first.id]
    assert matches_of_upload("另一份".encode(), None) == []


@pytest.mark.django_db
def test_matches_are_bounded(data_folder: Path) -> None:
    picture = scene(13, 120, 90)
    for quality in range(40, 40 + MOST + 3):
        taken(as_jpeg(picture, quality))
    assert len(matches_of_upload(b"x", likeness_of(picture))) == MOST
