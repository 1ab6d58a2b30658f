"""When and where a photo was taken, as the camera wrote it (Exif 2.32, tags of JEITA CP-3451). A camera can be set wrong.

The place is rounded on purpose to a thousandth of a degree, about a hundred metres: enough to see whether a photo was taken at
the site, too little to find somebody's door. Nothing else of what a camera writes is read.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from luodi.kernel.clocks.now import SHANGHAI, UTC

DETAILS, PLACE = 0x8769, 0x8825  # where the two tables lie
_TAKEN, _TAKEN_OFFSET = 0x9003, 0x9011
_NORTH_REF, _NORTH, _EAST_REF, _EAST = 1, 2, 3, 4
_MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_FIRST_YEAR = 1990  # before it no camera wrote this
MILLI = 1_000


@dataclass(frozen=True, slots=True)
class Taken:
    """``east`` and ``north`` in thousandths of a degree, both or neither."""

    at: dt.datetime | None = None
    east: int | None = None
    north: int | None = None


def taken(details: Mapping[int, Any], place: Mapping[int, Any]) -> Taken:
    """What the two tables of a photo tell; whatever makes no sense is left out."""
    east, north = _degrees(place, _EAST, _EAST_REF, "EW", 180), _degrees(place, _NORTH, _NORTH_REF, "NS", 90)
    if (
        east is None or north is None or (east, north) == (0, 0)
    ):  # cameras write zeros where they know nothing
        east = north = None
    return Taken(_moment(details), east, north)


def _moment(details: Mapping[int, Any]) -> dt.datetime | None:
    """The moment in UTC; a camera that tells no offset is believed to be set to the district's time."""
    found = _MOMENT.match(_text(details.get(_TAKEN)))
    if found is None:
        return None
    zone: dt.tzinfo = SHANGHAI
    if offset := _OFFSET.match(_text(details.get(_TAKEN_OFFSET))):
        minutes = int(offset[2]) * 60 + int(offset[3])
        if minutes <= 14 * 60:
            zone = dt.timezone(dt.timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    try:
        at = dt.datetime(*(int(part) for part in found.groups()), tzinfo=zone)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
    return at.astimezone(UTC) if at.year >= _FIRST_YEAR else None


def _degrees(place: Mapping[int, Any], tag: int, side: int, letters: str, most: int) -> int | None:
    given = place.get(tag)
    letter = _text(place.get(side)).strip().upper()
    if not isinstance(given, tuple | list) or not 1 <= len(given) <= 3 or letter not in tuple(letters):
        return None
    try:
        parts = [float(part) for part in given]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    whole: float = sum(part / 60**power for power, part in enumerate(parts))
    if not math.isfinite(whole) or not 0 <= whole <= most:
        return None
    return round((whole if letter == letters[0] else -whole) * MILLI)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("ascii", errors="replace")
    return value if isinstance(value, str) else ""
