"""One restored character, and how a run of them becomes recorded edits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from luodi.reading.edits import Certainty, Edit

LOST = "\ufffd"
# What may stand in a figure or a date: never written unless the bytes say so.
NUMERIC = frozenset("0123456789.%０１２３４５６７８９．％〇零一二三四五六七八九十百千万亿两半")


class Restored(NamedTuple):
    """``char`` (simplified) as read from ``source[start:stop]``; neighbours share bytes, so spans may overlap.

    ``raw`` is what stood in the page before it was broken: the traditional form.
    """

    char: str
    raw: str
    start: int
    stop: int
    certainty: Certainty = "exact"


def run_edits(
    run: Sequence[Restored], start: int, stop: int, rule: str, alternatives: Sequence[Sequence[Restored]] = ()
) -> list[Edit]:
    """The edits that replace ``source[start:stop]`` by ``run``: one for each stretch of equal certainty.

    ``alternatives`` are other readings of the same source; what they put in a guessed stretch becomes its candidates.
    """
    settled = [_without_numbers(char) for char in run]
    edits = []
    at = start
    stretches = [list(chars) for _, chars in groupby(settled, key=lambda char: char.certainty)]
    for number, chars in enumerate(stretches):
        end = stop if number == len(stretches) - 1 else max(at, min(chars[-1].stop, stop))
        candidates: tuple[str, ...] = ()
        if chars[0].certainty != "exact":
            candidates = _candidates(chars[0].start, chars[-1].stop, (run, *alternatives))
        edits.append(
            Edit(
                at,
                end,
                "".join(char.char for char in chars),
                rule if chars[0].certainty == "exact" else f"{rule}_{chars[0].certainty}",
                chars[0].certainty,
                candidates,
                tuple((char.start, char.stop) for char in chars),
            )
        )
        at = end
    return edits


def _without_numbers(char: Restored) -> Restored:
    if char.certainty == "guessed" and char.char in NUMERIC:
        return Restored(LOST, LOST, char.start, char.stop, "lost")
    return char


def _candidates(start: int, stop: int, readings: Sequence[Sequence[Restored]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for reading in readings:
        text = "".join(char.char for char in reading if char.start >= start and char.stop <= stop)
        if text.strip(LOST):
            found[text] = None
    return tuple(found)[:8]
