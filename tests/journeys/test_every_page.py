"""Every page of the desk in a browser, narrow and wide, light and dark, with words that would run and a name of sixty signs.

The pages come from the permission matrix: an address without a visit here fails until it has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS
from tests.desk.promise_desk import ROLES, hired
from tests.desk.test_permission_matrix import desk_addresses
from tests.desk.whole_desk import LONG, Desk, furnished
from tests.desk.whole_desk_pages import ELSEWHERE, FILES, PUBLIC, VISITS, address_of
from tests.journeys.browser import (
    CHROMIUM,
    SMALLEST,
    axe_findings,
    chromium,
    overflow,
    page_of,
    small_targets,
)
from tests.journeys.site import Site, served

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")
HIGH = 900
_WHOLE = "() => document.documentElement.scrollHeight"
# where the long name is cut: part of it missing, or hidden by the edge of what holds it
_CUT = """name => {
    const found = [];
    for (const element of document.querySelectorAll("body *")) {
        const words = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join("");
        if (!words.includes(name.slice(0, 16)) || element.matches("option, script, title") || !element.checkVisibility())
            continue;
        if (!words.includes(name)) found.push("shortened: " + words.trim().slice(0, 60));
        for (let at = element; at !== document.body; at = at.parentElement) {
            const style = getComputedStyle(at);
            const hides = value => value === "hidden" || value === "clip";
            const small = at.clientWidth < 2 || at.clientHeight < 2;  // shown to readers of screens only
            if (small) break;
            if (at.scrollWidth > at.clientWidth + 1 && style.display !== "inline" && (at === element || hides(style.overflowX)))
                found.push(`${at.tagName}.${at.className} is ${at.scrollWidth} px wide in ${at.clientWidth}`);
            if (hides(style.overflowY) && at.scrollHeight > at.clientHeight + 1)
                found.push(`${at.tagName}.${at.className} is ${at.scrollHeight} px high in ${at.clientHeight}`);
        }
    }
    return found;
}"""
# a box to be ticked is as large as the words beside it
_BOXES = """least => [...document.querySelectorAll("label input[type=checkbox]")]
    .filter(box => box.checkVisibility() && box.closest("label").getBoundingClientRect().height >= least - 0.5)
    .map(box => box.name)"""
# of what axe knows, all that the dark can change
_CONTRAST = """async () => {
    const told = await axe.run(document, {runOnly: {type: "rule", values: ["color-contrast"]}, resultTypes: ["violations"]});
    return told.violations.flatMap(rule => rule.nodes.map(node => `${node.target} ${node.failureSummary}`));
}"""
_PLANTED = "() => document.querySelectorAll('plant-x, [onerror]').length"


@pytest.fixture(scope="module")
def site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """The district with one of everything."""
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS):
        throttle.forget()
    with served(database_template, django_db_blocker, tmp_path_factory.mktemp("desk"), furnished) as made:
        yield made


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        yield made


def cookies_of(client: Client, url: str) -> list[dict[str, str]]:
    """What makes a browser somebody's who has come in."""
    return [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}]


def judged(page: Any) -> list[str]:
    """What is wrong with a page that stands at 390 px in the light; then the same page wide and in the dark."""
    # as high as the page, so that what sticks to an edge covers nothing
    page.set_viewport_size({"width": 390, "height": max(HIGH, page.evaluate(_WHOLE))})
    boxes = [f"INPUT. {name} " for name in page.evaluate(_BOXES, SMALLEST)]
    small = [each for each in small_targets(page) if not each.startswith(tuple(boxes))]
    found = [f"390 light: {each}" for each in [*axe_findings(page), *small]]
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": HIGH})
        page.set_viewport_size({"width": width, "height": max(HIGH, page.evaluate(_WHOLE))})
        if (more := overflow(page)) > 0:
            found.append(f"wider than {width} px by {more}")
        found += [f"{width}: {each}" for each in page.evaluate(_CUT, LONG)]
    page.emulate_media(color_scheme="dark")
    found += [f"1440 dark: {each}" for each in page.evaluate(_CONTRAST)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": HIGH})
    if page.evaluate(_PLANTED):
        found.append("planted words became elements")
    found += page.faults
    page.faults.clear()
    return found


def test_every_address_has_a_visit_or_is_no_page(site: Site) -> None:
    desk: Desk = site.made
    known = {*VISITS, *FILES, *ELSEWHERE}
    assert known - set(desk_addresses()) == set()
    for other in ELSEWHERE.values():
        assert (Path(__file__).resolve().parents[2] / other).exists()
    client = Client()
    client.force_login(hired(desk.town.units["区民政局"], *ROLES))
    unseen = [
        name
        for name, address in desk_addresses().items()
        if name not in known and client.get(address).status_code not in (302, 405)
    ]
    assert unseen == [], "add a visit to tests/desk/whole_desk_pages.py"


def test_every_page_of_the_desk(site: Site, browser: Any) -> None:
    desk: Desk = site.made
    wrong: dict[str, list[str]] = {}
    seen = 0
    with page_of(browser, 390) as page:
        page.on("dialog", lambda asked: (page.faults.append(f"dialog: {asked.message}"), asked.dismiss()))
        for login in ("", *desk.accounts):
            page.context.clear_cookies()
            if login:
                page.context.add_cookies(cookies_of(desk.inside(login), site.url))
            for form in dict.fromkeys(form for v in VISITS.values() for who, form in v if who == login):
                answer = page.goto(site.url + address_of(form, desk))
                seen += 1
                found = judged(page) + ([f"answered {answer.status}"] if answer.status != 200 else [])
                if found:
                    wrong[f"{login} {form}"] = found
    assert seen > 90
    assert wrong == {}


def test_words_planted_at_the_desk_run_on_no_public_page(site: Site, browser: Any) -> None:
    desk: Desk = site.made
    wrong: dict[str, list[str]] = {}
    with page_of(browser, 390) as page:
        page.on("dialog", lambda asked: (page.faults.append(f"dialog: {asked.message}"), asked.dismiss()))
        for form in PUBLIC:
            if "/data/c" in form or form.endswith(("kept", ".atom")):
                continue
            page.goto(site.url + address_of(form, desk))
            found = [*page.evaluate(_CUT, LONG), *page.faults]
            found += ["planted words became elements"] if page.evaluate(_PLANTED) else []
            found += [f"wider than the window by {overflow(page)} px"] if overflow(page) > 0 else []
            page.faults.clear()
            if found:
                wrong[form] = found
    assert wrong == {}
