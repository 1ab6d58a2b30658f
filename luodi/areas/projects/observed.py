"""What the register holds of one project, month by month, as the finding of doubts reads it. Pure; money in 分."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from luodi.areas.projects.plan import Plan
from luodi.kernel.files.likeness import Likeness


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo given with a report: its likeness, when its camera says it was taken, how far from the site."""

    likeness: Likeness
    taken_on: dt.date | None = None
    metres: int | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """One month's report. ``done`` and ``paid`` are of the month, ``physical`` is 形象进度 in percent at its end."""

    month: dt.date
    done: int
    paid: int
    physical: int
    shots: tuple[Shot, ...] = ()


@dataclass(frozen=True, slots=True)
class Observed:
    """One project. ``site`` is east and north in metres from any fixed point; ``kin``: projects it is openly linked to.

    ``stages`` are the days on which it entered a stage; ``standstills`` days on which a visitor found nobody at work.
    ``done_before`` and ``paid_before`` lie before the first of ``months``.
    """

    id: str
    name: str
    owner: str
    site: tuple[int, int]
    total: int
    months: tuple[Month, ...]
    plans: tuple[Plan, ...] = ()
    stages: tuple[tuple[dt.date, str], ...] = ()
    standstills: tuple[dt.date, ...] = ()
    kin: frozenset[str] = frozenset()
    done_before: int = 0
    paid_before: int = 0

    @property
    def done(self) -> int:
        """All that was reported done since the start."""
        return self.done_before + sum(each.done for each in self.months)

    @property
    def paid(self) -> int:
        """All that was paid since the start."""
        return self.paid_before + sum(each.paid for each in self.months)

    def entered(self, stage: str) -> dt.date | None:
        """The first day on which it stood in a stage."""
        return next((day for day, name in self.stages if name == stage), None)
