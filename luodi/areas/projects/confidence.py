"""Delivery confidence: will it be there in time? Given by a reviewer who is not the owner, with a reason. Pure.

After the delivery confidence assessments of the British GMPP: three colours, a reason, a date; the owner's own optimism does not
count, and an assessment grows old.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Rating = Literal["likely", "doubtful", "unlikely"]
RATINGS: dict[Rating, str] = {
    "likely": "绿：看来能按期建成",
    "doubtful": "黄：有问题，还来得及解决",
    "unlikely": "红：照现在这样建不成",
}
SHORTEST_REASON = 8
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Assessment:
    """One judgement, as of a day, by a unit."""

    rating: Rating
    reason: str
    on: dt.date
    unit: str


def fault(
    rating: str, reason: str, reviewer: str, owners: Iterable[str], in_line: Callable[[str, str], bool]
) -> tuple[str, str] | None:
    """Why a judgement may not be taken, as code and words; ``None`` where it may.

    ``in_line`` tells whether two units are one or stand above each other; ``owners`` are all units that do the project.
    """
    if rating not in RATINGS:
        allowed = "、".join(words.split("：")[0] for words in RATINGS.values())
        return "choice-unknown", f"把握程度得到“{rating}”，可以是{allowed}。请选一个。"
    words = reason.strip()
    if not SHORTEST_REASON <= len(words) <= LONGEST_REASON:
        return (
            "reason-missing",
            f"理由有{len(words)}字，应为{SHORTEST_REASON}至{LONGEST_REASON}字。请写明凭什么这样判断。",
        )
    if any(in_line(reviewer, owner) for owner in owners):
        return (
            "not-independent",
            "把握程度要由不办这个项目的单位来评。您的单位就是承办单位，或是它的上下级。",
        )
    return None


def latest(given: Iterable[Assessment], day: dt.date) -> Assessment | None:
    """The newest judgement up to a day; ``None`` where nobody judged."""
    held = [each for each in given if each.on <= day]
    return max(held, key=lambda each: each.on, default=None)


def is_stale(assessment: Assessment, day: dt.date, lasts: int) -> bool:
    """Whether a judgement is older than ``lasts`` days and is shown as old."""
    return (day - assessment.on).days > lasts
