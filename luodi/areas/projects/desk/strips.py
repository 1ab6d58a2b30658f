"""A project's year as a strip of twelve boxes, and as the larger drawing of its own page; both stand beside a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# the strip: 320 wide, 24 high, as in the design of the wall
_SLOT, _BOX, _FILL, _FOOT, _TALLEST = 320 / 12, 20.7, 15.7, 22.5, 20.0
_SHORT_PERCENT = 60  # a month below this share of its plan is drawn in red
# the drawing: percent of the width, px of the height
_GROUND, _HIGHEST = 160.0, 140.0


@dataclass(frozen=True, slots=True)
class Strip:
    """Three paths: planned boxes, months done, months done short of their plan."""

    planned: str
    done: str
    short: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of the drawing; ``x`` and ``width`` in percent, the others in px. ``tone`` names its look."""

    x: str
    width: str
    y: str
    height: str
    tone: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The bars of a year, and where the name of each month stands."""

    bars: tuple[Bar, ...]
    names: tuple[tuple[str, int], ...]


def strip(planned: Sequence[int], done: Mapping[int, int]) -> Strip:
    """Twelve months, each project by its own highest; a month without plan and report stays empty."""
    top = max([*planned, *done.values(), 1])
    paths: dict[str, list[str]] = {"planned": [], "done": [], "short": []}
    for month, plan in enumerate(planned, 1):
        left = (month - 1) * _SLOT
        if plan:
            paths["planned"].append(_path(left + 2.5, _BOX, plan * _TALLEST / top))
        if done.get(month):
            name = "short" if is_short(plan, done[month]) else "done"
            paths[name].append(_path(left + 5.0, _FILL, done[month] * _TALLEST / top))
    return Strip(*("".join(paths[name]) for name in ("planned", "done", "short")))


def is_short(planned: int, done: int) -> bool:
    """Whether a month brought less than six tenths of its plan."""
    return done * 100 < planned * _SHORT_PERCENT


def drawing(planned: Sequence[int], first: Sequence[int], done: Mapping[int, int]) -> Drawing:
    """The months of one project: the present plan as a box, the first one as a dashed box where it was another, done filled."""
    top = max([*planned, *first, *done.values(), 1])
    slot = 100 / 12
    bars = []
    for month, (plan, before) in enumerate(zip(planned, first, strict=True), 1):
        left = (month - 1) * slot
        if before != plan and before:
            bars.append(_bar(left + slot * 0.06, slot * 0.88, before * _HIGHEST / top, "first"))
        if plan:
            bars.append(_bar(left + slot * 0.12, slot * 0.76, plan * _HIGHEST / top, "plan"))
        if done.get(month):
            tone = "short" if is_short(plan, done[month]) else "done"
            bars.append(_bar(left + slot * 0.24, slot * 0.52, done[month] * _HIGHEST / top, tone))
    return Drawing(tuple(bars), tuple((f"{(month - 0.5) * slot:.2f}%", month) for month in range(1, 13)))


def _path(left: float, width: float, height: float) -> str:
    return f"M{left:.1f} {_FOOT}v-{height:.1f}h{width}v{height:.1f}z"


def _bar(left: float, width: float, height: float, tone: str) -> Bar:
    return Bar(f"{left:.2f}%", f"{width:.2f}%", f"{_GROUND - height:.1f}", f"{height:.1f}", tone)
