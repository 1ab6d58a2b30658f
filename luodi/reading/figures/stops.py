"""The stop list: numerals with a unit that are no quantities, each refusal with its name and reason.

Ordered small questions; the first that says yes refuses the candidate. When in doubt a question says no: a number that
is kept can be seen and rejected by a person, one that is dropped cannot.
"""

from __future__ import annotations

from functools import lru_cache

from luodi.reading.figures.candidates import Candidate
from luodi.reading.figures.labels import Labels
from luodi.reading.figures.stop import Stop
from luodi.reading.figures.stops_of_chinese import CHINESE_STOPS
from luodi.reading.figures.stops_of_names import NAME_STOPS
from luodi.reading.figures.stops_of_times import TIME_STOPS

STOPS = [*NAME_STOPS, *CHINESE_STOPS, *TIME_STOPS]


@lru_cache(maxsize=1024)
def _asked(chinese: bool, span: bool, unit: str) -> tuple[Stop, ...]:
    """The questions worth asking of a kind of numeral: 15个 is not asked whether it is a slogan or a time."""
    stops = [*NAME_STOPS, *(CHINESE_STOPS if chinese else ()), *(TIME_STOPS if span else ())]
    return tuple(stop for stop in stops if stop.of is None or unit in stop.of)


def stop_of(candidate: Candidate, labels: Labels) -> Stop | None:
    """The first stop that refuses ``candidate``, or None."""
    for stop in _asked(candidate.numeral.chinese, candidate.unit.kind == "span", candidate.unit.base):
        if stop.refuses(candidate, labels):
            return stop
    return None
