"""The demonstration district: every figure of every public page walks back; the board as the documentation shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luodi.kernel.ledger.sealing import seal
from luodi.website.demonstration.log_ins import PASSWORD
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.site import Site, served
from tests.portal.crawler import Crawler

# who looks at which page of the desk, its picture's name and how much of a long page is shown
AT_THE_DESK = (
    ("fagai", "/desk/projects/meeting", "meeting", 2_400),
    ("quzhang", "/desk/projects/leading", "project-leading", 0),
    ("fagai", "/desk/projects/said", "projects-said", 2_000),
)
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screens"


@pytest.fixture(scope="module")
def site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """Three invented years."""
    from luodi.website.demonstration.load import load

    def build() -> Any:
        made = load(lambda _: None)
        seal()
        return made

    with served(
        database_template, django_db_blocker, tmp_path_factory.mktemp("demonstration"), build
    ) as made:
        yield made


def test_every_figure_of_the_demonstration_walks_back(site: Site, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        pages, followed, lost = Crawler().walk("/")
    assert pages > 800
    assert followed > 4_000
    assert lost == []


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")
def test_the_board_is_pictured(site: Site) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for width in (390, 1440):
            with page_of(browser, width) as page:
                page.goto(site.url + "/")
                assert axe_findings(page) == []
                assert overflow(page) == 0
                page.screenshot(path=PICTURES / f"board-{width}.png", full_page=True)
                assert page.faults == []


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")
def test_the_meeting_its_leader_and_what_papers_said_are_pictured(site: Site) -> None:
    with chromium() as browser:
        for width, dark in ((390, False), (1440, False), (1440, True)):
            with page_of(browser, width, dark=dark) as page:
                for login, address, name, height in AT_THE_DESK:
                    page.context.clear_cookies()
                    page.goto(f"{site.url}/desk/login")
                    page.fill("#login", login)
                    page.fill("#password", PASSWORD)
                    with page.expect_navigation():
                        page.press("#password", "Enter")
                    page.goto(site.url + address)
                    assert axe_findings(page) == [], address
                    assert overflow(page) == 0, address
                    assert small_targets(page) == [] or width != 390, address
                    if not dark:
                        clip = {"clip": {"x": 0, "y": 0, "width": width, "height": height}} if height else {}
                        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True, **clip)
                assert page.faults == []
