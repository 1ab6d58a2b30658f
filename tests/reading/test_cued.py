"""A cue answers the same whether or not the page was searched for its words first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.reading import cued
from luodi.reading.necessary import necessary_words
from luodi.reading.statements import worth
from luodi.reading.statements.rules import RULES

PAGES = "\n".join(rule.example for rule in RULES)
STRETCHES = st.tuples(st.integers(0, len(PAGES)), st.integers(1, 40))


@given(STRETCHES)
def test_a_cue_that_may_not_match_does_not(stretch: tuple[int, int]) -> None:
    start, stop = stretch[0], min(stretch[0] + stretch[1], len(PAGES))
    page = cued.CuedText(PAGES * (1 + 20_000 // len(PAGES)))
    held = page.within(start, stop)
    assert held != cued._EVERY_CUE, "the page was not searched"
    assert worth.cues.DONE in cued._CUES
    assert [
        cue.pattern.pattern
        for cue in cued._CUES
        if not held & cue.bit and cue.pattern.search(page.text[start:stop])
    ] == []


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("已(?:经|建成)|喜?获(?=奖)", {"已经", "已建成", "获", "喜获"}),
        ("(?:推进|加快)[^，]{0,9}建设", {"建设"}),
        (r"\d+个", {"个"}),
        (r"\d+|公园", None),
        ("(?:新建)?[^，]*", None),
        ("(?<!不)将(?!军)", {"将"}),
    ],
)
def test_the_words_without_which_a_pattern_can_not_match(pattern: str, words: set[str] | None) -> None:
    assert re.compile(pattern)
    assert necessary_words(pattern) == words
