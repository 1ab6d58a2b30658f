"""The public pages in a browser, narrow and wide: what is seen, what is measured, pictures for the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luodi.kernel.ledger.sealing import seal
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.site import Site, served
from tests.portal.town import founded, statement_in, with_promises

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screens"
WIDTHS = (390, 1440)

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@pytest.fixture(scope="module")
def site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """The district with its promises."""

    def build() -> Any:
        town = with_promises()
        seal()
        town.sentence = statement_in(town.interview, "背街小巷").id
        return town

    with served(database_template, django_db_blocker, tmp_path_factory.mktemp("site"), build) as made:
        yield made


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        yield made


def addresses(town: Any) -> dict[str, str]:
    """The pages by name."""
    promise = town.promises["背街小巷"]
    return {
        "board": "/",
        "list": "/?state=overdue",
        "promise": f"/c/{promise.id}",
        "document": f"/d/{town.interview.id}",
        "sentence": f"/d/{town.interview.id}?s={town.sentence}",
        "kept": f"/d/{town.interview.id}?view=kept&s={town.sentence}",
        "documents": "/d/",
        "unit": f"/g/{town.units['区教育局'].id}",
        "register": "/g/",
        "search": "/search?q=公交",
        "empty": "/search?q=水上巴士",
        "about": "/about",
        "data": "/data/",
        "wrong": f"/wrong/{promise.id}",
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_fits_and_breaks_no_policy(site: Site, browser: Any, width: int) -> None:
    found: dict[str, list[str]] = {}
    for dark in (False, True):
        with page_of(browser, width, dark=dark) as page:
            for name, address in addresses(site.made).items():
                answer = page.goto(site.url + address)
                assert answer.status == 200, f"{name}: {answer.status}"
                faults = [*axe_findings(page), *page.faults]
                page.faults.clear()
                if width == 390:
                    faults += [f"wider than the window by {overflow(page)} px"] if overflow(page) > 0 else []
                    faults += small_targets(page)
                if faults:
                    found[f"{name}{' dark' if dark else ''}"] = faults
    assert found == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_are_taken(site: Site, browser: Any, width: int) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with page_of(browser, width) as page:
        shown = {"promise": "promise", "document": "sentence", "document-kept": "kept", "empty": "empty"}
        for name, address in shown.items():
            page.goto(site.url + addresses(site.made)[address])
            page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
        assert page.faults == []


def test_the_source_switches_without_script(site: Site, browser: Any) -> None:
    with page_of(browser, 390, script=False) as page:
        page.goto(site.url + f"/c/{site.made.promises['夜班公交'].id}")
        repaired, kept = page.locator('[data-view="repaired"]'), page.locator('[data-view="kept"]')
        assert repaired.is_visible()
        assert not kept.is_visible()
        page.locator(".ld-src > label").nth(1).click()
        assert kept.is_visible()
        assert not repaired.is_visible()


def test_larger_type_and_english_by_switch(site: Site, browser: Any) -> None:
    with page_of(browser, 390) as page:
        page.goto(site.url + "/look?size=large&next=/")
        assert page.locator("html").get_attribute("data-size") == "large"
        assert overflow(page) == 0
        page.goto(site.url + "/lang?to=en&next=/")
        assert page.locator("html").get_attribute("lang") == "en"
        assert overflow(page) == 0


def test_on_paper_there_is_no_navigation_and_nothing_is_dark(site: Site, browser: Any) -> None:
    with page_of(browser, 794, dark=True) as page:
        page.goto(site.url + addresses(site.made)["promise"])
        page.emulate_media(media="print")
        for name in (".ld-nav", ".ld-tools", ".ld-menu", ".ld-acts", ".ld-src > label"):
            assert not page.locator(name).first.is_visible(), name
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"


def test_the_keyboard_alone_reaches_the_source_switch(site: Site, browser: Any) -> None:
    with page_of(browser, 1440) as page:
        page.goto(site.url + addresses(site.made)["promise"])
        page.keyboard.press("Tab")
        assert page.locator(".ld-skip").evaluate("e => e === document.activeElement")
        page.locator('input[value="repaired"]').focus()
        page.keyboard.press("ArrowRight")
        assert page.locator('[data-view="kept"]').is_visible()


def test_an_empty_district(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path: Path, browser: Any
) -> None:
    def build() -> None:
        founded(kind="real")

    with served(database_template, django_db_blocker, tmp_path, build) as empty:
        for width in WIDTHS:
            with page_of(browser, width) as page:
                page.goto(empty.url + "/")
                assert axe_findings(page) == []
                page.screenshot(path=PICTURES / f"empty-district-{width}.png", full_page=True)
                assert page.faults == []
