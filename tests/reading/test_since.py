"""What the gate prints of gains and losses is what happened between two runs."""

from __future__ import annotations

from typing import Any

import pytest

from luodi.command_line.report import Page, page_of
from luodi.reading.gold import as_gold
from luodi.reading.reader import read
from tests.reading import since
from tests.reading.labelled import own, unseen

TEXT = "青岚区2026年重点工作\n发布时间：2026-03-05\n　　今年，全区新建口袋公园5个。\n　　去年，全区新增就业5800人。\n"


def run(label: dict[str, Any], text: str = TEXT) -> dict[str, list[Page]]:
    return {since.SEEN: [page_of(label, read(text.encode(), "a1-notice"), "a1-notice")]}


@pytest.fixture
def label() -> dict[str, Any]:
    return as_gold(read(TEXT.encode(), "a1-notice"), "a1-notice")


def test_the_same_run_is_told_as_the_same(label: dict[str, Any]) -> None:
    sets = run(label)
    assert list(since.changes(since.state(sets), sets)) == ["since the recorded run: the same"]


def test_a_lost_sentence_is_named_with_its_rule_and_genre_and_found_again_is_gained(
    label: dict[str, Any],
) -> None:
    whole, poorer = run(label), run(label, TEXT.replace("新建口袋公园5个", "新新新新新新新新"))
    lost = "\n".join(since.changes(since.state(whole), poorer))
    assert "lost: 1" in lost
    assert "口袋公园" in lost
    assert "gained" not in lost
    assert "set own: statements -" in lost
    assert "genre notice: statements -" in lost
    assert "right -1, wrong +0" in lost
    gained = "\n".join(since.changes(since.state(poorer), whole))
    assert "gained: 1" in gained
    assert "lost" not in gained
    assert "right +1, wrong +0" in gained


def test_a_new_set_is_told_as_new_and_one_that_is_absent_not_at_all(label: dict[str, Any]) -> None:
    sets = run(label)
    told = list(
        since.changes({**since.state(sets), "sets": {"real": since.state(sets)["sets"]["own"]}}, sets)
    )
    assert told[1:] == ["  set own: new"]


def test_the_recorded_run_is_of_the_pages_that_are_there_and_holds_no_text() -> None:
    found = since.recorded()
    seen = {page.stem for page in own()} - unseen()
    assert set(found["missed"]) <= seen
    assert len(found["missed"]) > len(seen) // 2
    assert {"own", "unseen"} <= set(found["sets"])
    places = [place for each in found["missed"].values() for place in each]
    assert all(part.isdigit() for place in places for part in place.split("-"))
