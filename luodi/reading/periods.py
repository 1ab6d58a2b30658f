"""Stretches of time named in running text, as closed intervals of days with a precision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Precision = Literal["day", "decade", "month", "quarter", "half", "year", "plan"]


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``since`` to ``until``, both included, that ``text[start:stop]`` names.

    Either end is ``None`` where the text leaves it open (到2025年 has only an end) or where the year cannot be told.
    ``relation`` says how the words bind it: ``within`` (今年), ``by`` (年底前, 到2025年), ``since`` (今年以来),
    ``from`` (自2021年起). ``rule`` names what found it.
    """

    start: int
    stop: int
    since: dt.date | None
    until: dt.date | None
    precision: Precision
    relation: Literal["within", "by", "since", "from"]
    rule: str


def find_periods(text: str, on: dt.date | None) -> list[Period]:
    """The periods of ``text``, in order, not overlapping; relative ones are resolved against the day ``on``.

    Where ``on`` is ``None`` and the year is needed, both ends are ``None``.
    """
    raise NotImplementedError
