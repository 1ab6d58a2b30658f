"""The hours of a working day at which an office is open."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from luodi.kernel.clocks.now import SHANGHAI

_HOURS = re.compile(r"^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$")
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Spans in minutes after midnight, in order, half-open, at least one. Raises ``ValueError`` where they are not."""

    spans: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        flat = [minute for span in self.spans for minute in span]
        if not flat or flat != sorted(set(flat)) or flat[0] < 0 or flat[-1] > _DAY:
            raise ValueError(f"office hours must follow each other within a day: {self.spans}")

    def on(self, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
        """The open spans of one day as instants."""
        start = dt.datetime.combine(day, dt.time.min, SHANGHAI)
        return [(start + dt.timedelta(minutes=a), start + dt.timedelta(minutes=b)) for a, b in self.spans]


# a default that a district replaces with its own table
USUAL = OfficeHours(((8 * 60 + 30, 12 * 60), (13 * 60 + 30, 17 * 60 + 30)))


def parse(text: str) -> OfficeHours:
    """``08:30-12:00,13:30-17:30``. Raises ``ValueError`` for anything else.

    >>> parse("08:30-12:00,13:30-17:30") == USUAL
    True
    """
    spans = []
    for part in text.split(","):
        found = _HOURS.match(part.strip())
        if found is None or int(found[2]) > 59 or int(found[4]) > 59:
            raise ValueError(f"{part!r} is no span of hours such as 08:30-12:00")
        spans.append((int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])))
    return OfficeHours(tuple(spans))
