"""The leader's screen where there are cases, in a browser: judged on a phone and a desk, on one page of paper at the worst."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.cases import actions
from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.register import actions as register
from tests.desk.directory_world import DAY, World, crowd, staffed
from tests.journeys.browser import CHROMIUM, chromium, page_of
from tests.journeys.site import Site, served
from tests.journeys.test_directory import A_PAGE, LONG, PASSWORD, WIDTHS, come_in, judged
from tests.portal.town import on, with_promises

STAFF: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "quzhang": ("区人民政府", "", ("leader",)),
    "ducha": ("区政府督查室", "督查科科长", ("office",)),
}
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@pytest.fixture(scope="module")
def worst(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """Units and titles as long as they may be, most of them late, some let off, some closed by force."""

    def build() -> World:
        town = with_promises()
        with held_at(on(1, 6)):
            world = staffed(town, STAFF)
        accounts.set_password(world.accounts["quzhang"], PASSWORD, by=SYSTEM)
        office, leader = (
            Actor(account=world.accounts[login].id, post=world.posts[login].id)
            for login in ("ducha", "quzhang")
        )
        for unit in world.town.units.values():
            register.rename_unit(unit, name=(unit.name + LONG)[:60], on=DAY, by=SYSTEM)
        crowd(world.town.units["区人民政府"], units=40, promises=600)
        doers = [unit for name, unit in world.town.units.items() if name.endswith("局")]
        for number in range(4 * len(doers)):
            with held_at(on(8, 3)):
                case = actions.open_case(
                    "supervision",
                    by=office,
                    title=f"督办第{number}件：{LONG * 4}",
                    unit=doers[number % len(doers)],
                    answers={
                        "subject": f"c{number:013d}",
                        "ordered_by": world.posts["quzhang"].id,
                        "order_paper": LONG,
                        "matter": "说清楚",
                        "answer_by": "2026-09-01",
                    },
                )
                actions.move(case, "assign", by=office)
            with held_at(on(8, 10)):
                if number % 4 == 1:
                    answers = {"reason": "补检", "until": "2026-12-01"}
                    actions.move(case, "extend", by=office, answers=answers)
                if number % 4 == 2:
                    actions.move(case, "terminate", by=leader, answers={"reason": "另行立项"})
        return world

    with served(database_template, django_db_blocker, tmp_path_factory.mktemp("worst"), build) as made:
        yield made


@pytest.fixture(scope="module")
def browser(worst: Site) -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        yield made


@pytest.mark.parametrize("width", WIDTHS)
def test_numbers_lead_to_their_cases(worst: Site, browser: Any, width: int) -> None:
    with page_of(browser, width) as page:
        come_in(page, worst, "quzhang")
        page.goto(f"{worst.url}/desk/leader")
        assert judged(page, width) == []
        page.locator(".ld-letoff a.ld-fig").nth(1).click()
        page.wait_for_url("**/desk/leader/extended")
        assert "准过延期" in page.inner_text("h1")
        assert judged(page, width) == []
        page.locator("tbody th a").first.click()
        page.wait_for_url("**/desk/cases/k*")
        assert "督办第" in page.inner_text("h1")


def test_the_screen_with_cases_is_still_one_page_of_a4(worst: Site, browser: Any) -> None:
    with page_of(browser, 1440) as page:
        come_in(page, worst, "quzhang")
        page.goto(f"{worst.url}/desk/leader")
        assert len(A_PAGE.findall(page.pdf(format="A4", prefer_css_page_size=True))) == 1
        page.emulate_media(media="print")
        for words in ("件事项没办结", "强行了结的", "准过延期", "办到的比率"):
            assert words in page.inner_text("main"), words
        assert page.faults == []
