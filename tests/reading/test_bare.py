"""Numbers with and without a unit, each with its kind: what ``bin/luodi figures --bare`` answers."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.reading.bare import Bare, bare_as_dict, find_bare
from luodi.reading.figures.find import find_figures
from luodi.reading.numbers.signs import plain
from tests.command_line.test_lines import answers

CASES = json.loads((Path(__file__).parent / "cases" / "bare.json").read_text("utf-8"))
KEYS = {"start", "end", "number", "unit", "kind", "approx", "stop"}
SIGNS = st.text(alphabet="0123456789.:/%第分之百千万亿一二三十负-年月日个元米 人，", max_size=40)


def written(text: str, bare: Bare) -> str:
    """A number in the notation of the case file."""
    stop = f"({bare.stop_name})" if bare.stop_name else ""
    parts = (text[bare.start : bare.stop], "=", bare.number, bare.unit, bare.kind, bare.approx, stop)
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"] or "empty")
def test_every_number_is_told_with_its_kind(case: dict[str, Any]) -> None:
    assert [written(case["text"], bare) for bare in find_bare(case["text"])] == case["numbers"]


@given(SIGNS)
def test_numbers_are_in_order_apart_and_hold_all_figures(text: str) -> None:
    found = find_bare(text)
    assert all(one.stop <= other.start for one, other in pairwise(found))
    assert all(0 <= bare.start < bare.stop <= len(text) for bare in found)
    starts = {bare.start: bare.stop for bare in found}
    assert all(starts.get(figure.start, 0) >= figure.stop for figure in find_figures(plain(text)))
    assert all(set(bare_as_dict(bare)) == KEYS for bare in found)


def test_the_command_lists_them_on_request_only() -> None:
    assert answers("figures", stdin="位居第三，得分92.5") == [[]]
    (numbers,) = answers("figures", "--bare", stdin="位居第三，得分92.5")
    assert [(n["number"], n["kind"]) for n in numbers] == [("3", "ordinal"), ("92.5", "number")]
