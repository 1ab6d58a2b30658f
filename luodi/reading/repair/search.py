"""Damaged runs that the bytes leave open: a beam of readings, the likeliest taken and marked as guessed.

What is open: a byte pair in a user-defined area vanished without trace; a pair that is no character became one ``?``;
a lead byte swallowed a digit, sign or space, which is gone for good; what ！ or ？ was cut from was not a full stop.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter

from luodi.reading.repair.language import simple
from luodi.reading.repair.restored import Restored
from luodi.reading.repair.steps import (
    Gap,
    Link,
    Reading,
    across,
    gaps_before,
    in_step,
    openings,
    out_of_step,
)

_BEAM = 40
_ALIKE = 3  # readings kept that agree on what is pending and on the last character
_MAY_GUESS = 4  # the best few of a place may suppose bytes that are not there
_LOOK_AHEAD = 10  # symbols read in step behind a run before the choice is made
_LONGEST = 200
# Readings that may be tried in one document: a page annotated from end to end needs some four a character, so the
# first number alone serves 25,000 of them; past the ceiling a mark that is not forced stays as it came.
_READINGS = 100_000
_READINGS_A_CHARACTER = 1
_SURE = 5.0  # natural logarithm by which a reading without guesses must beat the next to count as exact
_WORTH_NAMING = 10.0  # and by which a reading may be behind and still be named as a candidate


@dataclass(frozen=True, slots=True)
class Found:
    """The run ends at ``stop`` and reads ``run``; ``others`` are the readings it was preferred to."""

    stop: int
    run: list[Restored]
    others: list[list[Restored]]


class Search:
    """Reads damaged runs of one text; a ceiling on the readings tried keeps time linear in its length."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = _READINGS + _READINGS_A_CHARACTER * len(text)

    def run_at(self, at: int, before: str) -> Found | None:
        """The run that begins with the ``?`` at ``at``, or None where that is a question mark or nobody can tell."""
        if self._left <= 0:
            return None
        ranked = self._explore(at, before)
        if not ranked or ranked[0].run is None:
            return None
        best = ranked[0]
        run = _characters(best.run)
        others = [(best.score - other.score, _characters(other.run)) for other in ranked[1:]]
        rivals = [other for behind, other in others if behind < _SURE]
        text = [char.char for char in run]
        if any([char.char for char in rival] != text for rival in rivals):
            run = _doubt(run, rivals)
        known = [other for behind, other in others if behind < _WORTH_NAMING]
        return Found(best.end, _settle_opening(run, rivals), known)

    def _explore(self, at: int, before: str) -> list[Reading]:
        """Readings in step at the place where the best one has been so for long enough, best first."""
        text = self._text
        waiting: dict[int, list[Reading]] = {}
        for stop, reading in openings(text, at, before):
            self._left -= 1
            waiting.setdefault(stop, []).append(reading)
        for place in range(at + 1, min(len(text), at + _LONGEST)):
            here = waiting.pop(place, None)
            if here is None:
                continue
            ranked = _best(here)
            top = ranked[0]
            if not waiting and top.pending is None and (top.plain >= _LOOK_AHEAD or text[place] == "\n"):
                return [reading for reading in ranked if reading.pending is None]
            self._advance(place, ranked, waiting)
        return _best([reading for group in waiting.values() for reading in group if reading.pending is None])

    def _advance(self, place: int, ranked: list[Reading], waiting: dict[int, list[Reading]]) -> None:
        again: list[Gap] = []
        for rank, reading in enumerate(ranked):
            if reading.pending is None:
                self._left -= 1
                stop, grown = in_step(self._text, place, reading)
                waiting.setdefault(stop, []).append(grown)
                continue
            for stop, grown in out_of_step(self._text, place, reading, rank < _MAY_GUESS):
                self._left -= 1
                waiting.setdefault(stop, []).append(grown)
            if rank < _MAY_GUESS:
                again += gaps_before(self._text, place, reading)
        self._left -= len(again)
        for reading in [across(gap, place) for gap in _best_gaps(again)]:
            for stop, grown in out_of_step(self._text, place, reading, False):
                self._left -= 1
                waiting.setdefault(stop, []).append(grown)


_SCORE = itemgetter(0)  # of readings and of gaps alike


def _best(readings: list[Reading]) -> list[Reading]:
    """The likeliest readings, only a few of those with the same future."""
    kept: list[Reading] = []
    alike: dict[tuple[int | None, str], int] = {}
    for reading in sorted(readings, key=_SCORE, reverse=True):
        future = (reading.pending, reading.last)
        seen = alike.get(future, 0)
        if seen < _ALIKE:
            alike[future] = seen + 1
            kept.append(reading)
            if len(kept) == _BEAM:
                break
    return kept


def _best_gaps(gaps: list[Gap]) -> list[Gap]:
    """The same choice among readings not made yet: most are never wanted."""
    kept: list[Gap] = []
    alike: dict[tuple[int, str], int] = {}
    for gap in sorted(gaps, key=_SCORE, reverse=True):
        future = (gap[1], gap[2])
        seen = alike.get(future, 0)
        if seen < _ALIKE:
            alike[future] = seen + 1
            kept.append(gap)
            if len(kept) == _BEAM:
                break
    return kept


def _characters(link: Link | None) -> list[Restored]:
    run = []
    while link is not None:
        char, start, stop, certainty, link = link
        run.append(Restored(simple(char), char, start, stop, certainty))
    run.reverse()
    return run


def _settle_opening(run: list[Restored], rivals: list[list[Restored]]) -> list[Restored]:
    """What ！ or ？ was cut from is a guess, and then all that leans on it, unless it is the full
    stop it nearly always is and nothing else in the run is open."""
    if not run or run[0].certainty != "guessed":
        return run
    open_at = [at for at, char in enumerate(run) if char.certainty != "exact"]
    if open_at == [0] and not rivals and run[0].char == "。":
        return [run[0]._replace(certainty="exact"), *run[1:]]
    return [
        char._replace(certainty="guessed") if char.certainty == "exact" and at < open_at[-1] else char
        for at, char in enumerate(run)
    ]


def _doubt(run: list[Restored], rivals: list[list[Restored]]) -> list[Restored]:
    """The run with every character guessed that some rival reads otherwise."""
    agreed = [{(char.char, char.start, char.stop) for char in rival} for rival in rivals]
    return [
        char._replace(certainty="guessed")
        if char.certainty == "exact"
        and any((char.char, char.start, char.stop) not in other for other in agreed)
        else char
        for char in run
    ]
