"""Who has how much and for how long: from the counters what the rows give, and every number as long as its list."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest

from luodi.desk.cases import load_counts
from luodi.kernel.cases import actions, tallies
from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.models import Case
from luodi.kernel.clocks.now import now
from tests.areas.case_town import CaseTown, at, found
from tests.desk.case_desk import HOUSING, LEADER, OFFICE, WATER, browser, many, text_of

pytestmark = pytest.mark.django_db
LOAD = "/desk/cases/load"
SEPTEMBER_22 = dt.date(2026, 9, 22)


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def opened(town: CaseTown, month: int, day: int, subject: int, answer_by: str = "2026-12-10") -> Case:
    """A slip to the housing bureau, handed out on its day."""
    with at(month, day):
        return town.move(town.slip(subject=f"c{subject:013d}", answer_by=answer_by), "assign", OFFICE)


def given_to_water(town: CaseTown, case: Case, month: int, day: int) -> None:
    with at(month, day, 11):
        unit, post = town.units[WATER], town.posts[WATER]
        actions.reassign(case, by=town.actors[OFFICE], unit=unit, post=post, reason="水务归水利局办")


def a_year(town: CaseTown) -> None:
    """Four of the housing bureau, one of them late; one of the water bureau; one that is closed; three on one subject."""
    opened(town, 2, 2, 1)
    opened(town, 5, 6, 2, "2026-09-10")
    with at(6, 1):
        town.move(opened(town, 6, 1, 3), "terminate", LEADER, reason="另行立项")
    with at(7, 1):
        town.move(opened(town, 7, 1, 3), "terminate", LEADER, reason="另行立项")
    opened(town, 8, 3, 3)
    opened(town, 9, 15, 4)
    given_to_water(town, opened(town, 9, 16, 5), 9, 17)


def told(town: CaseTown, *, is_whole: bool) -> Any:
    found_here, moment = visible_to(town.actors[LEADER]), now()
    recurs = load_counts.recurs_on(SEPTEMBER_22)
    return (
        load_counts.unit_loads(found_here, moment, is_whole=is_whole),
        load_counts.again_by_subject(found_here, SEPTEMBER_22, recurs, is_whole=is_whole),
        load_counts.again_by_unit(found_here, SEPTEMBER_22, recurs, is_whole=is_whole),
    )


def test_the_counters_tell_what_the_rows_tell(town: CaseTown) -> None:
    a_year(town)
    with at(9, 22):
        from_counters, from_rows = told(town, is_whole=True), told(town, is_whole=False)
    assert from_counters == from_rows
    loads, subjects, units = from_counters
    assert [(load.name, load.open, load.overdue, load.median, load.oldest) for load in loads] == [
        (
            HOUSING,
            4,
            1,
            50,
            232,
        ),  # 232, 139, 50 and 7 days: of an even number the younger of the two in the middle
        (WATER, 1, 0, 6, 6),
    ]
    assert [(each.ident, each.times, each.last_on) for each in subjects] == [
        ("c0000000000003", 3, dt.date(2026, 8, 3))
    ]
    assert [(each.name, each.times, each.last_on) for each in units] == [(HOUSING, 6, dt.date(2026, 9, 15))]


def test_every_number_is_as_long_as_its_list(town: CaseTown) -> None:
    a_year(town)
    with at(9, 22):
        office = browser(town, OFFICE)
        page = text_of(office.get(LOAD))
        links = re.findall(r'<a (?:class="ld-bad" )?href="(/desk/cases\?[^"]*)">(\d+)</a>', page)
        assert len(links) == 4, "open and overdue of two units, and what recurs at one"
        for href, number in links:
            listed = office.get(unescape(href)).context["total"]
            assert listed == int(number), href


def test_a_case_of_more_than_a_year_ago_is_none_of_what_recurs(town: CaseTown) -> None:
    for subject in (1, 2):
        opened(town, 9, 1, subject)
    days = load_counts.recurs_on(SEPTEMBER_22).days
    last = dt.date(2026, 9, 1) + dt.timedelta(days=days - 1)
    for day, times in ((last, [2]), (last + dt.timedelta(days=1), [])):
        recurs = load_counts.recurs_on(day)
        found_here = visible_to(town.actors[LEADER])
        for is_whole in (True, False):
            units = load_counts.again_by_unit(found_here, day, recurs, is_whole=is_whole)
            assert [each.times for each in units] == times, (day, is_whole)


def test_the_middle_of_any_ages_is_the_same_from_both(town: CaseTown) -> None:
    opened(town, 9, 1, 1)
    for number in (1, 1, 3, 2):
        many(town, number, SEPTEMBER_22 - dt.timedelta(days=number * 7))
        whole = tallies.ages_by_unit()
        ages, _ = load_counts._counted(visible_to(town.actors[LEADER]), now())
        assert whole == ages
