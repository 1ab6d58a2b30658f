"""Key projects in public in a browser, narrow and wide, light and dark: the list with its map, one project, on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from luodi.areas.projects import actions
from luodi.areas.projects.acts.reporting import Filled, PhotoGiven
from luodi.areas.projects.models import ProjectFile
from luodi.kernel.ledger.sealing import seal
from luodi.website.demonstration.pictures import site_picture
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.site import Site, served
from tests.journeys.test_projects import LAGGING, LOWERED, MONTHS, PICTURES, PROJECTS, WIDTHS, begun

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@dataclass
class Made:
    """The district and its projects by name."""

    town: ProjectTown
    files: dict[str, ProjectFile]

    def address(self, name: str) -> str:
        """The public page of a project."""
        return f"/g/{self.files[name].project_id}"


def build() -> Made:
    """Seven projects with their sites, one of which has a lowered plan and photos."""
    town = found()
    office = town.actors["综合科"]
    files = {name: begun(town, name, shares, size) for name, shares, size in PROJECTS}
    for place, file in enumerate(files.values()):
        with at(4, 11):
            actions.assign_leader(
                file, town.posts["区长" if place % 3 else "副区长"], by=office, since=dt.date(2026, 4, 1)
            )
            site = f"{117.50 + place * 0.013:.3f},{34.70 + place % 3 * 0.02:.3f}"
            actions.correct_file(
                file,
                by=office,
                site=site,
                completion_planned=dt.date(2026, 8 + place % 4, 28),
                reason="核对",
                paper="备案证明",
            )
    lowered = files[LOWERED]
    with at(9, 10):
        lower = tuple(amount * 63 // 100 for amount in MONTHS)
        actions.set_plan(lowered, 2026, lower, by=office, paper="第21次常务会议纪要", reason="征迁晚了四个月")
        shots = [
            PhotoGiven(
                site_picture(f"工地{n}", n / 4, dt.date(2026, 9, n), at=(117.5, 34.7)),
                "工地.jpg",
                is_public=True,
            )
            for n in (2, 3)
        ]
        filled = Filled(90 * WAN, 48, dt.date(2026, 9, 9), photos=shots)
        actions.fill(lowered, dt.date(2026, 9, 1), filled, by=town.actors["填报员"])
    with at(9, 11):
        actions.sign(lowered.reports.get(month=dt.date(2026, 9, 1)), by=town.actors["总经理"])
        actions.find_bottleneck(
            files[LAGGING], by=office, title="临时用电批不下来", matter="报了两次", blocking="building"
        )
    seal()
    return Made(town, files)


@pytest.fixture(scope="module")
def site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """The district."""
    with served(database_template, django_db_blocker, tmp_path_factory.mktemp("public"), build) as made:
        yield made


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        connection.close()  # it may be open to an earlier file's district
        yield made
        connection.close()


def faults_of(page: Any, width: int) -> list[str]:
    """What axe, the policy, the window's edge and a finger find fault with."""
    found = [*axe_findings(page), *page.faults]
    page.faults.clear()
    if overflow(page) > 0:
        found.append(f"wider than the window by {overflow(page)} px")
    return found + (small_targets(page) if width == 390 else [])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("dark", [False, True])
def test_every_page_is_accessible_and_fits(site: Site, browser: Any, width: int, dark: bool) -> None:
    wrong: dict[str, list[str]] = {}
    addresses = ("/projects", "/projects?light=red", "/projects?q=没有这个", site.made.address(LOWERED))
    with page_of(browser, width, dark=dark) as page:
        for address in addresses:
            assert page.goto(site.url + address).status == 200
            if faults := faults_of(page, width):
                wrong[address] = faults
    assert wrong == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_list_to_a_project_and_on_to_what_was_registered(
    site: Site, browser: Any, width: int
) -> None:
    with page_of(browser, width) as page:
        page.goto(f"{site.url}/projects")
        assert page.locator("tbody tr").count() == len(PROJECTS)
        assert page.locator(".ld-map path[class^=ld-m-]").count() >= len(PROJECTS)
        page.screenshot(path=PICTURES / f"projects-in-public-{width}.png", full_page=True)
        page.click(f"text={LOWERED}")
        words = page.inner_text("main")
        for said in ("说好的和做到的", "2026年计划第2版", "比上一版少三成以上", "2026年9月的月报", "包联"):
            assert said in words, said
        for image in page.locator("main img").all():
            image.scroll_into_view_if_needed()
            page.wait_for_function(
                "image => image.complete && image.naturalWidth > 0", arg=image.element_handle()
            )
        page.screenshot(path=PICTURES / f"project-in-public-{width}.png", full_page=True)
        page.click(".ld-figs .ld-val")
        assert "填了月报" in page.inner_text("h1")
        assert "48%" in page.inner_text("mark")
        assert page.faults == []


def test_it_is_read_without_script_and_chosen_by_a_plain_form(site: Site, browser: Any) -> None:
    with page_of(browser, 390, script=False) as page:
        page.goto(f"{site.url}/projects")
        page.click("text=挑着看")
        page.select_option("#f-light", "red")
        page.click("text=只看这些")
        assert "light=red" in page.url
        assert LAGGING in page.inner_text("main")
        assert "智能农机装备生产线" not in page.inner_text("main")


def test_on_paper_there_is_no_navigation_and_nothing_is_dark(site: Site, browser: Any) -> None:
    with page_of(browser, 794, dark=True) as page:
        page.goto(site.url + site.made.address(LOWERED))
        page.emulate_media(media="print")
        assert not page.locator(".ld-nav").is_visible()
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.locator(".ld-code").is_visible()


def test_a_district_without_projects(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path: Path, browser: Any
) -> None:
    with served(database_template, django_db_blocker, tmp_path, found) as empty:
        for width in WIDTHS:
            with page_of(browser, width) as page:
                page.goto(f"{empty.url}/projects")
                assert "还没有公开的重点项目" in page.inner_text("main")
                assert faults_of(page, width) == []
