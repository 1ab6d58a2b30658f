"""The demonstration district: every figure of every public page walks back; the board as the documentation shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luodi.kernel.ledger.sealing import seal
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of
from tests.journeys.site import Site, served
from tests.portal.crawler import Crawler

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
