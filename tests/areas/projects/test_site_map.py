"""The map without tiles: what lies north stands higher, nothing covers anything, the bar tells distances."""

from __future__ import annotations

import math
import re

from hypothesis import given
from hypothesis import strategies as st

from luodi.areas.projects.site_map import HEIGHT, WIDTH, Dot, Site, point_of, site_map

_START = re.compile(r"M([-\d.]+) ([-\d.]+)")


def middle(dot: Dot) -> tuple[float, float]:
    found = _START.match(dot.shape)
    assert found is not None
    return float(found[1]), float(found[2])


def test_north_is_up_and_east_is_right() -> None:
    drawn = site_map([Site(1, 117.50, 34.70), Site(2, 117.60, 34.70), Site(3, 117.50, 34.80)])
    assert drawn is not None
    one, east, north = (middle(dot) for dot in drawn.dots)
    assert east[0] > one[0]
    assert abs(east[1] - one[1]) < 0.2
    assert north[1] < one[1]
    # a degree of longitude is shorter than one of latitude
    assert math.isclose(
        (east[0] - one[0]) / (one[1] - north[1]), math.cos(math.radians(34.733)), rel_tol=0.01
    )


def test_the_bar_is_as_long_as_it_says() -> None:
    drawn = site_map([Site(1, 117.0, 34.70), Site(2, 117.0, 34.79)])
    assert drawn is not None
    one, other = (middle(dot) for dot in drawn.dots)
    px_a_km = (one[1] - other[1]) / (0.09 * 111.32)
    assert drawn.kilometres == "5"
    assert math.isclose(float(drawn.bar) / px_a_km, 5, rel_tol=0.01)


def test_shapes_say_what_colours_say() -> None:
    sites = [
        Site(n, 117 + n / 50, 34.7, colour) for n, colour in enumerate(("red", "amber", "green", "none"))
    ]
    drawn = site_map(sites)
    assert drawn is not None
    assert [dot.colour for dot in drawn.dots] == ["red", "amber", "green", "none"]
    assert len({dot.shape.split("m", 1)[1] for dot in drawn.dots[:3]}) == 3


def test_no_site_no_map() -> None:
    assert site_map([]) is None
    assert point_of("") is None


def test_one_site_stands_in_the_middle() -> None:
    drawn = site_map([Site(7, 117.5, 34.7, "red", "槐汀镇")])
    assert drawn is not None
    assert middle(drawn.dots[0]) == (WIDTH / 2, (HEIGHT - 44) / 2), "above bar and arrow"
    assert [town.name for town in drawn.towns] == ["槐汀镇"]


@given(st.lists(st.tuples(st.floats(117, 117.4), st.floats(34.5, 34.8)), min_size=1, max_size=60))
def test_all_of_it_stays_on_the_sheet_and_is_the_same_each_time(points: list[tuple[float, float]]) -> None:
    sites = [Site(number, *point) for number, point in enumerate(points)]
    drawn = site_map(sites)
    assert drawn == site_map(sites)
    assert drawn is not None
    for dot in drawn.dots:
        x, y = middle(dot)
        assert 0 < x < WIDTH
        assert 0 < y < HEIGHT


def test_sites_at_one_place_do_not_cover_each_other() -> None:
    drawn = site_map([Site(number, 117.5, 34.7) for number in range(5)] + [Site(9, 117.6, 34.75)])
    assert drawn is not None
    places = [middle(dot) for dot in drawn.dots]
    apart = [math.dist(one, other) for n, one in enumerate(places) for other in places[:n]]
    assert min(apart) > 14
