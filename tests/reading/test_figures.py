"""What the reading of quantities promises, case by case and as laws."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from luodi.reading.figures import Figure, find_figures

CASES = [
    (path.stem, case)
    for path in sorted(Path(__file__).with_name("cases").glob("figures*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]
MEANINGS = ("about", "at_least", "at_most", "more_than", "increase", "decrease", "low", "high")


def written(text: str, figure: Figure) -> str:
    """A figure in the notation of the case files: what is quoted = number unit meanings."""
    meant = [m for m in (figure.approx, figure.change, figure.end_of_range) if m]
    number = format(figure.number.normalize(), "f")
    return f"{text[figure.start : figure.stop]} = {' '.join([number, figure.unit, *meant])}"


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{g}:{c['text'][:24]}" for g, c in CASES])
def test_every_labelled_quantity_is_read_as_labelled(group, case):
    assert [written(case["text"], f) for f in find_figures(case["text"])] == case["figures"]


def test_there_are_many_cases_and_their_notation_is_sound():
    assert len(CASES) >= 250
    for _, case in CASES:
        for figure in case["figures"]:
            quote, _, rest = figure.partition(" = ")
            number, _unit, *meant = rest.split(" ")
            assert quote in case["text"]
            assert Decimal(number).is_finite()
            assert set(meant) <= set(MEANINGS)
