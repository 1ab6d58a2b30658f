"""Which patterns may match in which clause: one pass over the page for the necessary words of all of them.

A clause is asked some forty questions, and nearly all are answered by a word that is not there. ``CuedText`` finds the
words of every ``Cue`` at once and tells of any stretch which cues it may hold; a cue is then only tried where it may. What
a cue answers is the same with and without: the words are worked out from its pattern.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import Protocol

from ahocorasick_rs import AhoCorasick

from luodi.reading.necessary import necessary_words

# the pass costs 30 ms to prepare: as much as reading these many characters without it
_WORTH_PREPARING = 20_000
_EVERY_CUE = -1
_CUES: list[Cue] = []


class Words(Protocol):
    """A stretch of text and the bits of the cues it may hold."""

    @property
    def words(self) -> str:
        """The stretch itself."""

    @property
    def cues(self) -> int:
        """One bit a cue."""


class Cue:
    """A pattern asked of stretches of text. To be made where modules are loaded, never later."""

    __slots__ = ("bit", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        self.bit = 1 << len(_CUES)
        _CUES.append(self)

    def search(self, view: Words) -> re.Match[str] | None:
        """As ``re`` searches."""
        return self.pattern.search(view.words) if view.cues & self.bit else None

    def match(self, view: Words) -> re.Match[str] | None:
        """As ``re`` matches: from the beginning."""
        return self.pattern.match(view.words) if view.cues & self.bit else None


class CuedText:
    """A text and where the necessary words stand in it."""

    __slots__ = ("_bits", "_ends", "_open", "_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._open = _EVERY_CUE
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._bits: list[int] = []
        if _reading.is_worth_preparing(len(text)):
            automaton, bits, self._open = _prepared()
            for word, start, stop in automaton.find_matches_as_indexes(text, overlapping=True):
                self._starts.append(start)
                self._ends.append(stop)  # they come in the order in which they end
                self._bits.append(bits[word])

    def within(self, start: int, stop: int) -> int:
        """The bits of the cues that may match inside ``text[start:stop]``."""
        found = self._open
        if found == _EVERY_CUE:
            return found
        starts, ends, bits = self._starts, self._ends, self._bits
        low = bisect_right(ends, start)
        for at in range(low, bisect_right(ends, stop, low)):
            if starts[at] >= start:
                found |= bits[at]
        return found


class _Reading:
    """How much this process has read: a command that reads one short page does not prepare for many."""

    def __init__(self) -> None:
        self._characters = 0

    def is_worth_preparing(self, more: int) -> bool:
        self._characters += more
        return self._characters > _WORTH_PREPARING


_reading = _Reading()


@cache
def _prepared() -> tuple[AhoCorasick, list[int], int]:
    """The automaton, the bits of each of its words, and the bits of cues that have no necessary words."""
    of_word: dict[str, int] = {}
    always = _EVERY_CUE << len(_CUES)
    for cue in _CUES:
        words = necessary_words(cue.pattern.pattern)
        if words is None:
            always |= cue.bit
        for word in words or ():
            of_word[word] = of_word.get(word, 0) | cue.bit
    return AhoCorasick(list(of_word)), list(of_word.values()), always
