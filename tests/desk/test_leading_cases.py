"""The leader's screen over cases: open and overdue by unit, ages, what was let off by name, rates with both their sides."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luodi.desk.leading.cases import _open
from luodi.kernel.cases import actions
from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.models import Case
from luodi.kernel.clocks.now import now
from tests.areas.case_town import CaseTown, at, found
from tests.areas.test_mediation import settled
from tests.desk.case_desk import AUDIT, HOUSING, LEADER, OFFICE, WATER, browser, many, text_of
from tests.desk.test_leading_screen import SCREEN, figures_on, total_of

pytestmark = pytest.mark.django_db
EXTENDED = f"{SCREEN}/extended"


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def slip(
    town: CaseTown, number: int, answer_by: str = "2026-09-30", title: str = "督办：管网改造逾期"
) -> Case:
    """A slip to the housing bureau, assigned to it."""
    case = town.slip(subject=f"c{number:013d}", title=title, answer_by=answer_by)
    return town.move(case, "assign", OFFICE)


def of_the_water_bureau(town: CaseTown, case: Case) -> Case:
    actions.reassign(
        case,
        by=town.actors[OFFICE],
        unit=town.units[WATER],
        post=town.posts[WATER],
        reason="水务归水利局办",
    )
    return case


def shown(page: Any) -> Any:
    return page.context["cases"]


def test_where_there_never_was_a_case_it_says_how_one_begins(town: CaseTown) -> None:
    with at(9, 22):
        page = browser(town, LEADER).get(SCREEN)
    assert shown(page).is_empty
    assert "还没有立过事项" in text_of(page)


def test_units_stand_worst_first_and_every_number_is_as_long_as_its_list(town: CaseTown) -> None:
    with at(5, 6):
        of_the_water_bureau(town, slip(town, 1, "2026-12-10"))
    with at(8, 3):
        for number in (2, 3):
            slip(town, number, "2026-09-10")
    with at(9, 15):
        of_the_water_bureau(town, slip(town, 4, "2026-09-18"))
        slip(town, 5)
    with at(9, 22):
        leader = browser(town, LEADER)
        page = leader.get(SCREEN)
        found_there = figures_on(page)
        wrong = [(href, number) for href, number in found_there if total_of(leader, href) != number]
    assert wrong == []
    cases = shown(page)
    assert [(line.name, line.overdue, line.open, line.oldest) for line in cases.units] == [
        (HOUSING, 2, 3, 50),
        (WATER, 1, 2, 139),
    ]
    assert (cases.open, cases.overdue) == (5, 3)
    assert [each.count for each in cases.ages] == [1, 2, 2]
    assert {("/desk/cases", 5), ("/desk/cases?light=red", 3)} <= set(found_there)
    text = text_of(page)
    for words in ("5件事项没办结", "3件超期", "立了91天以上", "立了31至90天", "立了30天以内", "139天"):
        assert words in text, words


def test_what_was_let_off_is_named(town: CaseTown) -> None:
    with at(9, 1):
        town.move(slip(town, 1, title="强压下去的"), "terminate", LEADER, reason="另行立项")
        longer = slip(town, 2, title="放宽了的")
        slip(town, 3, title="照原样的")
    with at(9, 2):
        town.move(longer, "extend", OFFICE, reason="厂家补检", until="2026-10-20")
    with at(9, 22):
        leader = browser(town, LEADER)
        page = leader.get(SCREEN)
        forced, more = shown(page).forced, shown(page).extended
        assert [title for _, title, _ in forced.rows] == ["强压下去的"]
        assert [title for _, title, _ in more.rows] == ["放宽了的"]
        assert (forced.href, forced.total, more.total) == ("/desk/cases?ended=forced", 1, 1)
        assert (total_of(leader, forced.href), total_of(leader, EXTENDED)) == (1, 1)
        listed = text_of(leader.get(EXTENDED))
        assert "放宽了的" in listed
        assert f"/desk/cases/{longer.id}" in listed
        assert "照原样的" not in listed
        town.move(longer, "report", HOUSING, answer="都办了")
        assert total_of(leader, EXTENDED) == 1, "it was let off, whatever became of it, until it ends"
        town.move(longer, "terminate", LEADER, reason="另行立项")
        assert total_of(leader, EXTENDED) == 0


def test_an_extension_is_not_counted_before_it_was_granted(town: CaseTown) -> None:
    with at(9, 1):
        slip(town, 1)
    with at(9, 22):
        assert "没有准过延期的" in text_of(browser(town, LEADER).get(EXTENDED))


def test_rates_stand_raw_and_adjusted_beside_what_was_left_out(town: CaseTown) -> None:
    with at(9, 1):
        done, back, late = (slip(town, number, "2026-09-10") for number in (1, 2, 3))
        forced = slip(town, 4, "2026-09-10")
    with at(9, 8):
        for case in (done, back):
            town.move(case, "report", HOUSING, answer="都办了")
        town.move(done, "check", AUDIT, finding="属实")
        town.move(back, "refute", AUDIT, finding="没有办")
        town.move(forced, "terminate", LEADER, reason="另行立项")
    with at(9, 22):
        settled(town)
        rates = {rate.name: rate for rate in shown(browser(town, LEADER).get(SCREEN)).told.rates}
    assert late.state == "assigned"
    told = rates["按期反馈率"]
    assert (told.raw, told.adjusted, told.excluded) == ("2/4", "1/3", "1/4，强行了结1件")
    assert rates["办结率"].raw == "0/4"
    assert rates["履行率"].raw == "0/1", "due on 20 September, found kept by nobody"


def test_with_enough_to_count_a_rate_is_a_percentage_with_both_its_sides(town: CaseTown) -> None:
    with at(9, 1):
        cases = [slip(town, number, "2026-09-10") for number in range(1, 33)]
    with at(9, 8):
        for case in cases[:8]:
            town.move(case, "report", HOUSING, answer="都办了")
    with at(9, 22):
        rates = {rate.name: rate for rate in shown(browser(town, LEADER).get(SCREEN)).told.rates}
    assert rates["按期反馈率"].raw == "25.0%（8/32）"
    assert rates["按期反馈率"].adjusted == "0.0%（0/32）"


def test_a_unit_sees_nothing_of_it_and_many_cases_ask_no_more_questions(town: CaseTown) -> None:
    with at(9, 1):
        slip(town, 1)
    with at(9, 22):
        assert browser(town, HOUSING).get(EXTENDED).status_code == 403
        leader = browser(town, LEADER)
        few = asked_for(leader)
        many(town, 600, dt.date(2026, 9, 22), unit=WATER)
        assert asked_for(leader) == few
        page = leader.get(SCREEN)
    assert shown(page).open == 601


def asked_for(client: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(SCREEN).status_code == 200
    return len(asked)


def test_a_leader_of_some_units_reads_the_same_numbers_from_their_cases(town: CaseTown) -> None:
    with at(8, 3):
        slip(town, 1, "2026-09-10")
        of_the_water_bureau(town, slip(town, 2, "2026-09-10"))
    with at(9, 15):
        slip(town, 3, "2026-12-10")
    with at(9, 22):
        whole, _ = _open(visible_to(town.actors[LEADER]), now(), is_whole=True)
        part, ages = _open(visible_to(town.actors[LEADER]), now(), is_whole=False)
    assert whole == part
    assert [(line.name, line.overdue, line.open) for line in part] == [(HOUSING, 1, 2), (WATER, 1, 1)]
    assert [each.count for each in ages] == [0, 2, 1]
