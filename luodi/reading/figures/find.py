"""Quantities in running text: number, scale, unit, bound and direction of change.

``figure_candidates`` finds numerals with a unit, ``figure_stops`` refuses those that are names, dates and slogans,
``figure_rules`` names how the rest was read, ``figure_bounds`` and ``figure_changes`` say how they are meant.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from luodi.reading.figures.bounds import Approx, approx_of
from luodi.reading.figures.candidates import Candidate, candidates
from luodi.reading.figures.changes import Change, change_of
from luodi.reading.figures.labels import Labels
from luodi.reading.figures.rules import rule_of
from luodi.reading.figures.stops import stop_of

_BETWEEN_ENDS = re.compile(r" ?(?:—{1,2}|[-–―－~～〜]|至|到) ?")
_BETWEEN_LISTED = re.compile(r"(?:以上|左右|以内)? ?(?:、|和|与|及|以及) ?(?:力争|确保)?")
_SHARES = frozenset(("%", "‰", "百分点", "倍"))
_FROM = ("从", "由", "自", "从原来的", "由原来的")


class Figure(NamedTuple):
    """A quantity at ``text[start:stop]``, from its number to its unit, without 约 or 以上.

    ``number`` is exact and expanded (7.5亿袋 is 750000000); a percentage is the percent number, a written sign stays in
    it (-3.1%). ``unit`` is simplified Chinese without scale (亿元 is 元, ㎡ is 平方米). ``end_of_range`` is ``low`` or
    ``high`` for the two ends of a range (30—50个 gives two figures). ``rule`` names what found it.
    """

    start: int
    stop: int
    number: Decimal
    unit: str
    approx: Approx | None
    change: Change | None
    rule: str
    end_of_range: Literal["low", "high"] | None = None


class Refused(NamedTuple):
    """A numeral at ``text[start:stop]`` that has a unit and is no quantity; ``stop_name`` says why."""

    start: int
    stop: int
    stop_name: str


def find_figures(text: str, start: int = 0, stop: int | None = None) -> list[Figure]:
    """The quantities of ``text[start:stop]``, in order, not overlapping, placed in ``text``; nothing around it is looked at.

    Total: any string has an answer.
    """
    return survey(text[start:stop], start)[0]


def survey(text: str, begin: int = 0) -> tuple[list[Figure], list[Refused]]:
    """The quantities of ``text``, and the numerals that look like some and are none; places are counted from ``begin``."""
    figures: list[Figure] = []
    refused: list[Refused] = []
    labels: Labels | None = None
    for candidate in candidates(text):
        labels = labels or Labels(text)
        stop = stop_of(candidate, labels)
        if stop:
            refused.append(Refused(candidate.start + begin, candidate.stop + begin, stop.name))
            continue
        figure = _figure(candidate, begin)
        if figures:
            _join(text, begin, figures, figure)
        else:
            figures.append(figure)
    return figures, refused


def figure_as_dict(figure: Figure) -> dict[str, object]:
    """The figure as plain data; the number is a decimal string without exponent."""
    return {
        "start": figure.start,
        "end": figure.stop,
        "number": format(figure.number, "f"),
        "unit": figure.unit,
        "approx": figure.approx,
        "change": figure.change,
        "rule": figure.rule,
        "end_of_range": figure.end_of_range,
    }


def _figure(c: Candidate, begin: int) -> Figure:
    end: Literal["low", "high"] | None = "low" if c.place == "low" else "high" if c.place == "high" else None
    approx, change = approx_of(c), change_of(c)
    return Figure(c.start + begin, c.stop + begin, c.value, c.unit.base, approx, change, rule_of(c), end)


def _join(text: str, begin: int, figures: list[Figure], figure: Figure) -> None:
    """Append ``figure``, making a range (20%—30%) or a list (5%、6%和7%) with the one before where they touch."""
    before = figures[-1]
    alike = before.unit == figure.unit or (before.unit in _SHARES and figure.unit in _SHARES)
    if alike and figure.start - before.stop <= 6:
        between = text[before.stop - begin : figure.start - begin]
        rises = before.number < figure.number and before.end_of_range is None and figure.end_of_range is None
        at = before.start - begin
        led = text[max(0, at - 6) : at].endswith(_FROM)
        if rises and not led and before.unit == figure.unit and _BETWEEN_ENDS.fullmatch(between):
            approx, change = figure.approx or before.approx, before.change or figure.change
            low = before._replace(end_of_range="low", rule="range_end")
            figure = figure._replace(end_of_range="high", rule="range_end", approx=approx, change=change)
            figures[-1] = low._replace(approx=approx, change=change)
        elif figure.change is None and _BETWEEN_LISTED.fullmatch(between):
            figure = figure._replace(change=before.change)
    figures.append(figure)
