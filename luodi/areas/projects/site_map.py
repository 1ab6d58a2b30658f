"""A map of sites without tiles: dots by longitude and latitude, names of towns above their sites, a bar for distances. Pure.

Degrees become kilometres by the latitude of the middle, which is exact enough for a district. Dots that would cover each other
are moved apart by a few px. Shape and number say what a colour says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 480
_EDGE = 46.0  # px left free on every side
_FOOT = 44  # px below the sites, for bar and arrow
_APART = 19.0  # px between the middles of two dots, at least
_ROUNDS = 40
_KM_A_DEGREE = 111.32
_BARS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
_LEAST_KM = 1.0  # a single site does not fill the map


@dataclass(frozen=True, slots=True)
class Site:
    """A site to be drawn: ``number`` as in the list beside the map, ``colour`` of its light, ``town`` where it lies."""

    number: int
    east: float
    north: float
    colour: str = "none"
    town: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """Where a site is drawn; ``shape`` is a path around it, ``text_x`` and ``text_y`` where its number stands."""

    number: int
    colour: str
    shape: str
    text_x: str
    text_y: str


@dataclass(frozen=True, slots=True)
class TownName:
    """The name of a town amid its sites."""

    name: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class SiteMap:
    """Everything to be drawn; ``bar`` is the length of the bar in px, ``kilometres`` what it stands for."""

    dots: tuple[Dot, ...]
    towns: tuple[TownName, ...]
    bar: str
    kilometres: str
    view: str = f"0 0 {WIDTH} {HEIGHT}"


def point_of(text: str) -> tuple[float, float] | None:
    """Longitude and latitude as a file keeps them; ``None`` where there are none.

    >>> point_of("117.58,34.77"), point_of("")
    ((117.58, 34.77), None)
    """
    east, comma, north = text.partition(",")
    return (float(east), float(north)) if comma else None


def site_map(sites: Sequence[Site]) -> SiteMap | None:
    """The map of some sites; ``None`` where there is none."""
    if not sites:
        return None
    middle = (_mean(site.east for site in sites), _mean(site.north for site in sites))
    wide = _KM_A_DEGREE * math.cos(math.radians(middle[1]))
    flat = [((s.east - middle[0]) * wide, (middle[1] - s.north) * _KM_A_DEGREE) for s in sites]
    scale = _scale(flat)
    left, top = (
        _shift([x * scale for x, _ in flat], WIDTH),
        _shift([y * scale for _, y in flat], HEIGHT - _FOOT),
    )
    exact = [(x * scale + left, y * scale + top) for x, y in flat]
    drawn = _moved_apart(exact)
    dots = tuple(_dot(site, *at) for site, at in zip(sites, drawn, strict=True))
    length = max((km for km in _BARS if km * scale <= WIDTH / 4), default=_BARS[0])
    return SiteMap(dots, _towns(sites, drawn), f"{length * scale:.1f}", f"{length:g}")


def _scale(flat: Sequence[tuple[float, float]]) -> float:
    """px a kilometre, so that all of it fits."""
    across = max(max(x for x, _ in flat) - min(x for x, _ in flat), _LEAST_KM)
    down = max(max(y for _, y in flat) - min(y for _, y in flat), _LEAST_KM)
    return min((WIDTH - 2 * _EDGE) / across, (HEIGHT - _FOOT - 2 * _EDGE) / down)


def _shift(along: Sequence[float], length: float) -> float:
    """What brings the middle of what is drawn to the middle of the sheet."""
    return length / 2 - (max(along) + min(along)) / 2


def _moved_apart(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points with a little room between them; the same points always move the same way."""
    at = [list(point) for point in points]
    for _ in range(_ROUNDS):
        pairs = _too_near(at)
        if not pairs:
            break
        for one, other in pairs:
            across, down = at[one][0] - at[other][0], at[one][1] - at[other][1]
            between = math.hypot(across, down)
            if between < 0.01:
                across, down, between = math.cos(one), math.sin(one), 1.0
            push = max(0.0, _APART - between) / 2 / between
            for place, sign in ((one, 1), (other, -1)):
                at[place][0] = _inside(at[place][0] + sign * across * push, WIDTH)
                at[place][1] = _inside(at[place][1] + sign * down * push, HEIGHT - _FOOT)
    return [(x, y) for x, y in at]


def _too_near(at: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs that would cover each other; only neighbours in a grid are compared, however many points there are."""
    cells: dict[tuple[int, int], list[int]] = {}
    found = []
    for place, (x, y) in enumerate(at):
        column, line = int(x // _APART), int(y // _APART)
        for beside in ((column + c, line + n) for c in (-1, 0, 1) for n in (-1, 0, 1)):
            near = (o for o in cells.get(beside, ()) if math.dist(at[place], at[o]) < _APART - 0.5)
            found += [(place, other) for other in near]
        cells.setdefault((column, line), []).append(place)
    return found


def _inside(value: float, length: float) -> float:
    return min(max(value, 14.0), length - 14.0)


def _dot(site: Site, x: float, y: float) -> Dot:
    return Dot(
        site.number, site.colour, _SHAPES[site.colour].format(x=x, y=y), f"{x + 9:.1f}", f"{y + 4:.1f}"
    )


_CIRCLE = "M{x:.1f} {y:.1f}m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z"
_SHAPES = {
    "red": "M{x:.1f} {y:.1f}m-5.5 -5.5h11v11h-11z",
    "amber": "M{x:.1f} {y:.1f}m0 -7.5l7.5 13h-15z",
    "green": _CIRCLE,
    "none": _CIRCLE,
}


def _towns(sites: Sequence[Site], at: Sequence[tuple[float, float]]) -> tuple[TownName, ...]:
    names = dict.fromkeys(site.town for site in sites if site.town)
    found = []
    for name in names:
        points = [point for site, point in zip(sites, at, strict=True) if site.town == name]
        x, y = _mean(x for x, _ in points), min(y for _, y in points) - 16
        found.append(TownName(name, f"{_inside(x, WIDTH):.1f}", f"{_inside(y, HEIGHT):.1f}"))
    return tuple(found)


def _mean(values: Iterable[float]) -> float:
    given = list(values)
    return sum(given) / len(given)
