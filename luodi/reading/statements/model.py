"""What a statement is: one checkable promise, result or state, with everything read off its words."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from luodi.reading.figures.find import Figure
from luodi.reading.periods.find import Precision

Kind = Literal["commitment", "result", "status"]
Force = Literal["pledged", "under_way", "expected", "urged", "achieved", "standing"]


class Due(NamedTuple):
    """The days a statement speaks of: for a commitment when it is to be done, else the period covered.

    ``text[start:stop]`` are the words it was read from, which may stand before the statement (a heading, a question).
    """

    since: dt.date | None
    until: dt.date
    precision: Precision
    rule: str
    start: int
    stop: int


class Statement(NamedTuple):
    """One statement at ``text[start:stop]`` of the repaired text.

    ``owner`` is the shortest text naming who is to do it; ``object`` the thing delivered; ``project`` its name, if it is
    a named one. ``rule``, ``kind_rule`` and ``owner_rule`` name what decided; ``score`` (0 to 1) how sure the reader is
    that this is checkable. ``damaged`` is set where a guessed or lost character stands inside.
    """

    start: int
    stop: int
    kind: Kind
    force: Force
    figures: tuple[Figure, ...]
    due: Due | None
    owner: str | None
    object: str
    project: str | None
    rule: str
    kind_rule: str
    owner_rule: str | None
    score: float
    damaged: bool = False


class Decision(NamedTuple):
    """Why a clause became a statement, joined the one before, or was left: for ``--explain``."""

    start: int
    stop: int
    outcome: Literal["statement", "joined", "left"]
    rule: str
