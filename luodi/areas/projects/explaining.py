"""What of a project is to be explained at the end of a month: what lights ask, what is strange in figures. Only reads."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from luodi.areas.projects.lookups import ProjectStanding
from luodi.areas.projects.models import Explanation
from luodi.kernel.clocks.deadline import midnight

# rules whose light a reason may excuse, by what that reason is about
_EXCUSABLE = {"projects.light.start": "start", "projects.light.statistics": "statistics"}
STATES: dict[bool | None, tuple[str, str]] = {
    None: (gettext_noop("等项目办看"), "warn"),
    True: (gettext_noop("项目办认可"), "good"),
    False: (gettext_noop("项目办没有认可，要重新说明"), "bad"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """One matter to be explained; ``words`` say what was found."""

    matter: str
    label: str
    words: str


def wanted(standing: ProjectStanding) -> list[Due]:
    """What of a month is to be explained: lights that are not green, and figures beyond what is usual."""
    found = {"figures": "；".join(standing.explain)} if standing.explain else {}
    for light in standing.lights:
        matter = _EXCUSABLE.get(light.rule.partition("@")[0])
        if matter is not None and light.colour != "green":
            found[matter] = light.words
    return [Due(matter, label, found[matter]) for matter, label in Explanation.MATTERS if matter in found]


def state_of(accepted: bool | None) -> tuple[str, str]:
    """How an explanation stands, as msgid and tone."""
    return STATES[accepted]


@dataclass(frozen=True, slots=True)
class Said:
    """An explanation as it stood at the end of a day."""

    row: Explanation
    accepted: bool | None


def said_by(files: Sequence[str], month: dt.date, day: dt.date) -> dict[str, list[Said]]:
    """What was explained of a month up to the end of a day, as judged by then; refused ones are left out. One query."""
    end = midnight(day + dt.timedelta(days=1))
    found: dict[str, list[Said]] = defaultdict(list)
    rows = Explanation.objects.filter(file__in=list(files), month=month, at__lt=end)
    for row in rows.select_related("post__unit").order_by("id"):
        is_judged = row.judged_at is not None and row.judged_at < end
        if not (is_judged and row.accepted is False):
            found[row.file_id].append(Said(row, row.accepted if is_judged else None))
    return found
