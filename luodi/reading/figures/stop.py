"""One reason for refusing a numeral, and how such reasons enter their list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from luodi.reading.figures.candidates import Candidate
from luodi.reading.figures.labels import Labels

Question = Callable[[Candidate, Labels], bool]


class Stop(NamedTuple):
    """A reason for refusal: its name, what it means, a text in which it speaks, and the question asked.

    ``of`` are the only units that the question is about; none where it is about all.
    """

    name: str
    meaning: str
    example: str
    refuses: Question
    of: frozenset[str] | None = None


class Entering(Protocol):
    """Enters a question into a list of stops: its meaning, an example, and of which units it is."""

    def __call__(
        self, meaning: str, example: str, *, of: Iterable[str] | None = None
    ) -> Callable[[Question], Question]:
        """A decorator."""


def entering(stops: list[Stop]) -> Entering:
    """A decorator maker that enters questions into ``stops`` in the order they are written."""

    def stop(
        meaning: str, example: str, *, of: Iterable[str] | None = None
    ) -> Callable[[Question], Question]:
        def enter(question: Question) -> Question:
            units = None if of is None else frozenset(of)
            stops.append(Stop(question.__name__, meaning, example, question, units))
            return question

        return enter

    return stop


def before(c: Candidate, offset: int) -> str:
    """The character ``offset`` before the series begins; empty before the text."""
    at = c.head - offset
    return c.text[at] if at >= 0 else ""
