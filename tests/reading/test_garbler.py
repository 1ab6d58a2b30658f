"""The garbler is a true model of the garbling, and the repair undoes what it does as far as that can be undone."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luodi.reading.repair.driver import repair
from tests.garbler import demonstration
from tests.garbler.law import invented_digits, is_faithful, permitted
from tests.garbler.process import garble, narrow
from tests.garbler.profiles import BARE, FULL, PROFILES, Profile
from tests.garbler.read_off import read_off
from tests.garbler.tables import readings_of, traditional_forms
from tests.garbler.writing import page, words

REPOSITORY = Path(__file__).resolve().parents[2]
CASES: list[dict[str, Any]] = json.loads(
    (REPOSITORY / "tests" / "garbler" / "cases.json").read_text(encoding="utf-8")
)
REAL_PAGES = REPOSITORY.parent / "shared" / "seeds"
PAGES = 60  # of fixed prose a profile, ~300 characters each
needs_real_pages = pytest.mark.skipif(
    not REAL_PAGES.is_dir(), reason="the real pages are not beside the repository"
)

MARKS = frozenset("，。、；！？")


def written(parts: list[str]) -> str:
    """The words in a row; no page has two marks in a row, and the repair takes a doubled comma for an added one."""
    kept = [
        part for part, before in zip(parts, ["", *parts], strict=False) if not {part[0], before[-1:]} <= MARKS
    ]
    return "".join(kept)


pieces = st.sampled_from(
    [word for place in words().values() for word in place] + ["7.5", "12", "300", "9", "2024年"]
)
prose = st.lists(pieces, min_size=1, max_size=120).map(written)
profiles = st.sampled_from(PROFILES)
dice = st.integers(min_value=0, max_value=999)


@pytest.mark.parametrize("case", CASES, ids=[case["promise"] for case in CASES])
def test_each_step_leaves_the_mark_real_pages_show(case: dict[str, Any]) -> None:
    options = {key: case[key] for key in ("comma_before", "cut", "uncut", "forms") if key in case}
    garbled = garble(case["clean"], notes=[(form, reading) for form, reading in case["notes"]], **options)
    assert garbled.text == case["garbled"]


@needs_real_pages
@pytest.mark.parametrize(("name", "added_later", "cuts_left_out"), [("003", "•", 0), ("004", "", 1)])
def test_a_real_page_comes_out_character_for_character(
    name: str, added_later: str, cuts_left_out: int
) -> None:
    """Restored and garbled again it is itself, but for signs outside the code page and one cut its site left out."""
    (path,) = REAL_PAGES.glob(f"{name}_*.txt")
    source = path.read_bytes().decode("utf-8")
    source = source.replace(added_later, "") if added_later else source
    site = read_off(repair(source))
    assert len(site.uncut) == cuts_left_out
    again = garble(site.clean, notes=site.notes, comma_before=site.comma_before, uncut=site.uncut)
    assert again.text == source


def test_the_table_maps_into_the_code_page_and_never_to_itself() -> None:
    for simplified, form in traditional_forms().items():
        assert simplified != form
        assert len(form.encode("gbk")) == 2
    assert all(reading.encode("gbk") for readings in readings_of().values() for reading in readings)


def test_a_character_outside_the_code_page_is_named() -> None:
    with pytest.raises(ValueError, match=r"U\+2022 at 2"):
        garble("今日•头条")


@given(prose, profiles, dice)
def test_every_clean_character_is_accounted_for(clean: str, profile: Profile, seed: int) -> None:
    garbled = profile.garble(clean, seed)
    assert len(garbled.fates) == len(garbled.spans) == len(garbled.note_ends) == len(clean)
    for (start, stop), note_end, fate, form in zip(
        garbled.spans, garbled.note_ends, garbled.fates, garbled.converted, strict=True
    ):
        assert 0 <= start <= stop <= note_end <= len(garbled.text)
        if fate == "kept":
            assert garbled.text[start:stop] == narrow(form)
    assert [span[0] for span in garbled.spans] == sorted(span[0] for span in garbled.spans)


@given(prose, profiles, dice)
def test_the_same_dice_make_the_same_page(clean: str, profile: Profile, seed: int) -> None:
    assert profile.garble(clean, seed) == profile.garble(clean, seed)


@given(prose, profiles, dice)
def test_the_law_permits_a_repair_that_knows_everything_but_digits(
    clean: str, profile: Profile, seed: int
) -> None:
    garbled = profile.garble(clean, seed)
    knowing = "".join(
        "�" if fate == "gone" and character in "0123456789" else character
        for character, fate in zip(clean, garbled.fates, strict=True)
    )
    assert is_faithful(garbled, knowing)


def test_the_law_forbids_an_invented_digit_even_if_it_is_the_right_one() -> None:
    garbled = garble("海口9月")
    assert permitted(garbled).fullmatch("海口�月")
    assert not permitted(garbled).fullmatch("海口9月")
    assert invented_digits(garbled, repair("海口9月")) == "9"


@given(prose, profiles, dice)
def test_a_lost_digit_is_never_invented(clean: str, profile: Profile, seed: int) -> None:
    garbled = profile.garble(clean, seed)
    assert invented_digits(garbled, repair(garbled.text)) == ""


# Where two signs of damage meet the bytes may be cut up in more than one way; such pages are counted below instead.
plain_pieces = pieces.filter(lambda word: not {"？", "！"} & set(word))
plain_prose = st.lists(plain_pieces, min_size=1, max_size=120).map(written)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(plain_prose, st.sampled_from([profile for profile in PROFILES if profile is not FULL]), dice)
def test_what_can_be_known_comes_back(clean: str, profile: Profile, seed: int) -> None:
    garbled = profile.garble(clean, seed)
    assert is_faithful(garbled, repair(garbled.text).text)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_of_fixed_pages_nearly_all_come_back_and_none_with_a_new_digit(profile: Profile) -> None:
    faithful = 0
    for seed in range(PAGES):
        garbled = profile.garble(page(Random(seed), 300), seed)
        repaired = repair(garbled.text)
        faithful += is_faithful(garbled, repaired.text)
        assert invented_digits(garbled, repaired) == ""
    assert faithful >= PAGES * (0.9 if profile is FULL else 0.95)


@pytest.mark.parametrize("choice", demonstration.CHOICES, ids=lambda choice: choice.name)
def test_the_garbled_demonstration_pages_are_the_ones_garbled(choice: demonstration.Choice) -> None:
    text, label = demonstration.produce(choice)
    assert (demonstration.FOLDER / "pages" / f"{choice.name}.txt").read_bytes().decode("utf-8") == text
    kept = (demonstration.FOLDER / "labels" / f"{choice.name}.json").read_text(encoding="utf-8")
    assert json.loads(kept) == label
    for statement in label["statements"]:
        assert (
            statement.get("quote", text[statement["start"] : statement["end"]])
            == (text[statement["start"] : statement["end"]])
        )
        for figure in statement["figures"]:
            assert statement["start"] <= figure["start"] < figure["end"] <= statement["end"]


def test_a_bare_site_writes_no_note() -> None:
    assert "(" not in BARE.garble("开发区工业项目", 1).text
