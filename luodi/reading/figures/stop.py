"""One reason for refusing a numeral, and how such reasons enter their list."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from luodi.reading.figures.candidates import Candidate
from luodi.reading.figures.labels import Labels

Question = Callable[[Candidate, Labels], bool]


class Stop(NamedTuple):
    """A reason for refusal: its name, what it means, a text in which it speaks, and the question asked."""

    name: str
    meaning: str
    example: str
    refuses: Question


def entering(stops: list[Stop]) -> Callable[[str, str], Callable[[Question], Question]]:
    """A decorator maker that enters questions into ``stops`` in the order they are written."""

    def stop(meaning: str, example: str) -> Callable[[Question], Question]:
        def enter(question: Question) -> Question:
            stops.append(Stop(question.__name__, meaning, example, question))
            return question

        return enter

    return stop


def before(c: Candidate, offset: int) -> str:
    """The character ``offset`` before the series begins; empty before the text."""
    at = c.head - offset
    return c.text[at] if at >= 0 else ""
