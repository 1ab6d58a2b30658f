"""Sentences and clauses of a block, with their positions; nothing is copied out before it is needed."""

from __future__ import annotations

import re
from typing import NamedTuple

# what ends a sentence takes the closing quotes and brackets behind it along
_SENTENCE_END = re.compile(r"[。！？!?；;…]+[”’」』）)》\"]*|\n+")
_CLAUSE_END = re.compile(r"[，,：:]+|——+|\s{2,}|[\t　|]+")
_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "‘": "’", "「": "」", "【": "】", "『": "』"}
_OPENERS = re.compile(r"[（(《“‘「【『]")
# a bracket or quote longer than this holds sentences of its own and is cut like running text
_LONGEST_ASIDE = 60
_LONGEST_NAME = 24


class Clause(NamedTuple):
    """``text[start:stop]`` between two commas; ``first`` and ``last`` tell its place in the sentence."""

    start: int
    stop: int
    first: bool
    last: bool


class Sentence(NamedTuple):
    """``text[start:stop]``, its end mark left out of the clauses but not of the sentence."""

    start: int
    stop: int
    clauses: tuple[Clause, ...]


def find_sentences(text: str, start: int = 0, stop: int | None = None) -> list[Sentence]:
    """The sentences of ``text[start:stop]``, in order, covering all of it but the space between.

    Commas inside short brackets and quoted names do not cut: 《…》 and （…） belong to the clause they stand in.
    """
    stop = len(text) if stop is None else stop
    asides = _asides(text, start, stop)
    sentences = []
    at = start
    for end in [*_cuts(_SENTENCE_END, text, start, stop, asides), (stop, stop)]:
        clauses = _clauses(text, at, end[0], asides)
        if clauses:
            sentences.append(Sentence(clauses[0].start, max(end[1], clauses[-1].stop), clauses))
        at = end[1]
    return sentences


def _clauses(text: str, start: int, stop: int, asides: list[tuple[int, int]]) -> tuple[Clause, ...]:
    spans = []
    at = start
    for end in [*_cuts(_CLAUSE_END, text, start, stop, asides), (stop, stop)]:
        low, high = at, end[0]
        while low < high and (text[low].isspace() or text[low] in "”’」』）)·•●■◆▲—-"):
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        if low < high:
            spans.append((low, high))
        at = end[1]
    last = len(spans) - 1
    return tuple([Clause(low, high, i == 0, i == last) for i, (low, high) in enumerate(spans)])


def _cuts(
    pattern: re.Pattern[str], text: str, start: int, stop: int, asides: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    nth = 0
    for match in pattern.finditer(text, start, stop):
        low, high = match.span()
        while nth < len(asides) and asides[nth][1] <= low:
            nth += 1
        if nth < len(asides) and asides[nth][0] < low and text[low] != "\n":
            continue
        if text[low] in ",:" and _between_digits(text, low):
            continue
        found.append((low, high))
    return found


def _between_digits(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def _asides(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Spans of outermost short brackets and quotes that hold no sentence end of their own."""
    found: list[tuple[int, int]] = []
    at = start
    while True:
        match = _OPENERS.search(text, at, stop)
        if match is None:
            return found
        low = match.start()
        mark = text[low]
        limit = _LONGEST_ASIDE if mark in "（(《【" else _LONGEST_NAME
        high = text.find(_PAIRS[mark], low + 1, min(stop, low + limit + 1))
        if (
            high < 0
            or (mark not in "（(《【" and _SENTENCE_END.search(text, low, high))
            or "\n" in text[low:high]
        ):
            at = low + 1
            continue
        found.append((low, high + 1))
        at = high + 1
