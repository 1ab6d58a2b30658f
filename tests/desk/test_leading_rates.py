"""Rates of this year: every figure as long as its list; of very many cases as they were reckoned by night, and saying so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from luodi.desk.leading import rate_pages
from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Reckoned
from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.ledger.models import Event
from luodi.website import worker
from tests.areas.case_town import CaseTown, at, found
from tests.areas.test_mediation import settled
from tests.desk.case_desk import AUDIT, HOUSING, LEADER, browser, text_of
from tests.desk.test_leading_cases import slip
from tests.desk.test_leading_screen import SCREEN, figures_on, total_of

pytestmark = pytest.mark.django_db
RATES = f"{SCREEN}/rates"
ON_TIME = f"{RATES}/cases?kind=supervision&measure=on_time"


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


@pytest.fixture
def very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many cases that nobody waits for their rates."""
    monkeypatch.setattr("luodi.kernel.cases.tallies.AT_ONCE", 1)


def a_month(town: CaseTown) -> None:
    """Four slips due: one done and checked, one sent back, one late, one closed by force; and a dispute with its duties."""
    with at(9, 1):
        done, back, _, forced = (slip(town, number, "2026-09-10") for number in (1, 2, 3, 4))
    with at(9, 8):
        for case in (done, back):
            town.move(case, "report", HOUSING, answer="都办了")
        town.move(done, "check", AUDIT, finding="属实")
        town.move(back, "refute", AUDIT, finding="没有办")
        town.move(forced, "terminate", LEADER, reason="另行立项")
    with at(9, 21):
        settled(town)


def rates_on(page: Any) -> dict[str, str]:
    told = page.context["told"] if "told" in page.context else page.context["cases"].told
    return {rate.name: f"{rate.raw} {rate.adjusted} {rate.excluded}" for rate in told.rates}


def test_every_figure_of_a_rate_is_as_long_as_its_list(town: CaseTown) -> None:
    a_month(town)
    with at(9, 22):
        leader = browser(town, LEADER)
        figures = [each for each in figures_on(leader.get(RATES)) if "rates/cases" in each[0]]
        assert len(figures) >= 6, figures
        assert [(href, number) for href, number in figures if total_of(leader, href) != number] == []
        listed = text_of(leader.get(f"{ON_TIME}&part=excluded"))
        assert listed.count("督办：管网改造逾期") == 1
        duties = leader.get(f"{RATES}/cases?kind=mediation&measure=performed&part=among")
        assert duties.context["total"] == len(duties.context["rows"]) == 1


def test_a_list_goes_on_behind_its_last_row(town: CaseTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_pages, "A_PAGE", 2)
    with at(9, 1):
        for number in range(1, 6):
            slip(town, number, "2026-09-10")
    with at(9, 22):
        leader, address, seen = browser(town, LEADER), f"{ON_TIME}&part=among", []
        while address:
            page = leader.get(address)
            assert page.context["total"] == 5
            seen += [href for href, _, _ in page.context["rows"]]
            address = f"{RATES}/cases{page.context['following']}" if page.context["following"] else ""
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    "query",
    ["", "?kind=supervision", "?kind=supervision&measure=on_time&part=none", "?kind=x&measure=on_time&part=among",
     "?kind=supervision&measure=on_time&part=among&until=2026-13-01",
     "?kind=supervision&measure=on_time&part=among&until=2027-01-01"],
)  # fmt: skip
def test_what_is_no_figure_has_no_list(town: CaseTown, query: str) -> None:
    with at(9, 22):
        assert browser(town, LEADER).get(f"{RATES}/cases{query}").status_code == 404


@pytest.mark.usefixtures("very_many")
def test_before_anything_was_reckoned_the_rates_are_counted_on_their_own_page(town: CaseTown) -> None:
    a_month(town)
    with at(9, 22):
        leader = browser(town, LEADER)
        page = leader.get(SCREEN)
        assert rates_on(page) == {}
        assert f'href="{RATES}"' in text_of(page)
        assert rates_on(leader.get(RATES))["按期反馈率"] == "2/4 1/3 1/4，强行了结1件"
        assert browser(town, HOUSING).get(RATES).status_code == 403


@pytest.mark.usefixtures("very_many")
def test_what_was_reckoned_says_its_days_and_stays_till_the_next_night(town: CaseTown) -> None:
    a_month(town)
    with at(9, 22, 1):
        assert actions.reckon_rates() > 0
        assert actions.reckon_rates() == 0, "once a day"
    reckoned = Event.objects.filter(kind="cases.reckoned")
    assert reckoned.count() == 1
    with at(9, 22):
        slip(town, 9, "2026-09-22")
        leader = browser(town, LEADER)
        page = leader.get(SCREEN)
        assert rates_on(page)["按期反馈率"] == "2/4 1/3 1/4，强行了结1件"
        text = text_of(page)
        for words in ("至9月21日，", "算的"):
            assert words in text, words
        figures = [each for each in figures_on(page) if "rates/cases" in each[0]]
        assert all("until=2026-09-21" in href for href, _ in figures)
        assert [each for each in figures if total_of(leader, each[0]) != each[1]] == []
    with at(9, 23, 1):
        actions.reckon_rates()
    with at(9, 23):
        assert rates_on(browser(town, LEADER).get(SCREEN))["按期反馈率"].startswith("2/5")
    assert Reckoned.objects.values_list("until", flat=True).distinct().count() == 2


def test_of_few_cases_nothing_is_reckoned(town: CaseTown) -> None:
    a_month(town)
    with at(9, 22):
        assert actions.reckon_rates() == 0


@pytest.mark.usefixtures("very_many")
def test_whoever_sees_a_part_is_not_told_the_whole(town: CaseTown) -> None:
    from luodi.kernel.cases.rate_access import newest_for

    a_month(town)
    with at(9, 22):
        actions.reckon_rates()
        assert newest_for(town.actors[LEADER]).exists()
        assert not newest_for(town.actors[HOUSING]).exists()


@pytest.mark.usefixtures("very_many")
def test_on_new_years_day_the_year_before_is_told(town: CaseTown) -> None:
    a_month(town)
    with held_at(dt.datetime(2027, 1, 1, 0, 1, tzinfo=SHANGHAI)):
        actions.reckon_rates()
    told = {(row.since, row.until) for row in Reckoned.objects.all()}
    assert told == {(dt.date(2026, 1, 1), dt.date(2026, 12, 31))}


def test_the_worker_reckons_until_it_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def once() -> int:
        made.append(1)
        worker._ended.set()
        return 1

    monkeypatch.setattr("luodi.kernel.cases.actions.reckon_rates", once)
    try:
        worker._reckon_rates()
    finally:
        worker._ended.clear()
    assert made == [1]
