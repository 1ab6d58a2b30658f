"""Who has reported a month and who has not: a page of the projects that owe it, with the links that were given out for it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from luodi.areas.projects.access import links_for
from luodi.areas.projects.lookups import due_day
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.report_models import ReportingLink
from luodi.areas.projects.standing_models import REPORTS, MonthStanding
from luodi.kernel.ledger.action import Actor


@dataclass(frozen=True, slots=True)
class Owed:
    """One project's month. ``state`` is that of its newest version, empty where nothing came; ``days`` late, 0 within time.

    ``links``: those that are still good, by their side.
    """

    file: ProjectFile
    month: dt.date
    state: str
    days: int
    links: dict[str, ReportingLink] = field(default_factory=dict)

    @property
    def is_late(self) -> bool:
        """Whether its day is over and not both have signed."""
        return self.days > 0 and self.state != "signed"


def owed(found: Sequence[MonthStanding], month: dt.date, day: dt.date, actor: Actor) -> list[Owed]:
    """These projects with the links for their month. One query, and one for the rule."""
    links: dict[str, dict[str, ReportingLink]] = defaultdict(dict)
    given = links_for(actor).filter(file__in=[row.file_id for row in found], month=month, revoked_at=None)
    for link in given.order_by("made_at"):
        links[link.file_id][link.side] = link
    late = max((day - due_day(month)).days, 0)
    states = ("", *REPORTS[1:])  # nothing came
    return [Owed(row.file, month, states[row.owes - 1], late, links[row.file_id]) for row in found]
