"""What became of matters that were opened as cases, told as data: who opened each, when, and every move after that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class CaseMove:
    """A move of a case: on which day, by which unit's post, and what was answered."""

    day: dt.date
    by: str
    move: str
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseTold:
    """A case from its beginning; units are named by their keys.

    ``about``: page and sentence of the promise it is about; ``project``: the name of the project it holds up.
    """

    name: str
    kind: str
    title: str
    doer: str
    begun: CaseMove
    moves: tuple[CaseMove, ...]
    verifier: str = ""
    place: str = ""
    about: tuple[str, str] | None = None
    project: str = ""


@dataclass(frozen=True, slots=True)
class CaseTurn:
    """One thing done in a case: the move that begins it, or a later one."""

    told: CaseTold
    move: CaseMove

    @property
    def begins(self) -> bool:
        """Whether there is no case before it."""
        return self.move is self.told.begun


def told_cases(parts: Iterable[Mapping[str, Any]]) -> tuple[CaseTold, ...]:
    """The cases of all files."""
    return tuple(_told(each) for part in parts for each in part.get("case", ()))


def turns_of(told: CaseTold) -> Iterator[CaseTurn]:
    """The beginning, then every move in the order in which they are told."""
    for move in (told.begun, *told.moves):
        yield CaseTurn(told, move)


def _told(each: Mapping[str, Any]) -> CaseTold:
    given = dict(each)
    begun, *moves = (_move(line) for line in given.pop("moves"))
    about = given.pop("about", None)
    return CaseTold(**given, begun=begun, moves=tuple(moves), about=tuple(about) if about else None)


def _move(line: Mapping[str, Any]) -> CaseMove:
    answers = {name: value for name, value in line.items() if name not in ("day", "by", "move")}
    return CaseMove(dt.date.fromisoformat(line["day"]), line["by"], line["move"], answers)
