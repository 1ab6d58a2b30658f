"""Drafts in a browser: a form about one thing is not offered what was typed about another, nor one person what another typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.browser import CHROMIUM, page_of
from tests.journeys.site import Site
from tests.journeys.test_cases import CaseHand, browser, sessions, site  # noqa: F401 (fixtures)

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")
DRAFTS = "() => Object.keys(localStorage).filter(key => key.startsWith('ld-draft:')).length"
FORM = "/desk/cases/new/supervision"


@pytest.fixture
def hand(site: Site, browser: Any, sessions: dict[str, Any]) -> Iterator[CaseHand]:  # noqa: F811
    """A hand at one machine, at which others sit down later."""
    with page_of(browser, 1440) as page:
        yield CaseHand(page, site.url, 1440, sessions)


def offered(hand: CaseHand, address: str) -> bool:
    """Whether the form of an address offers a draft."""
    hand.go(address)
    return bool(hand.page.locator(".ld-draft").count())


def typed(hand: CaseHand, words: str) -> None:
    """Written into the form, and kept on the device."""
    before = hand.page.evaluate(DRAFTS)
    hand.page.fill("#a-matter", words)
    hand.page.wait_for_function(f"() => ({DRAFTS})() > {before}")


def test_what_was_typed_about_one_promise_is_not_offered_for_another(site: Site, hand: CaseHand) -> None:  # noqa: F811
    first, second = (site.made.promises[name].id for name in ("背街小巷", "快递服务点"))
    hand.come_in("ducha")
    assert not offered(hand, f"{FORM}?subject={first}")
    typed(hand, "查明背街小巷为什么没有完成")
    assert not offered(hand, f"{FORM}?subject={second}")
    typed(hand, "查明快递服务点为什么没有完成")
    assert offered(hand, f"{FORM}?subject={first}")
    hand.page.click(".ld-draft >> text=用上")
    assert hand.page.input_value("#a-matter") == "查明背街小巷为什么没有完成"
    # sent without what is needed: the page comes back under another address, about the same promise
    hand.page.evaluate("document.querySelector('form[data-ld-draft]').noValidate = true")
    hand.press("立项")
    assert hand.page.locator(".ld-faults").count()
    assert hand.page.evaluate(DRAFTS) == 2
    assert not offered(hand, FORM)


def test_whoever_sits_down_next_at_the_same_machine_is_offered_nothing(site: Site, hand: CaseHand) -> None:  # noqa: F811
    address = f"{FORM}?subject={site.made.promises['背街小巷'].id}"
    hand.come_in("ducha")
    hand.go(address)
    typed(hand, "只有写的人看得到")
    hand.page.context.clear_cookies()  # the log-in ran out; nobody logged out
    hand.come_in("quzhang")
    assert not offered(hand, "/desk/cases/new")
    assert "只有写的人看得到" not in hand.page.content()
    hand.come_in("ducha")
    assert offered(hand, address)
    hand.page.click(".ld-draft >> text=用上")
    assert hand.page.input_value("#a-matter") == "只有写的人看得到"


def test_what_was_left_long_ago_goes_when_another_sits_down(site: Site, hand: CaseHand) -> None:  # noqa: F811
    address = f"{FORM}?subject={site.made.promises['背街小巷'].id}"
    hand.come_in("ducha")
    hand.go(address)
    typed(hand, "昨天写的")
    hand.page.context.clear_cookies()
    hand.come_in("quzhang")
    hand.go("/desk/cases/new")
    assert hand.page.evaluate(DRAFTS) == 1, "within half a day its owner may come back to it"
    hand.page.evaluate(
        "() => Object.keys(localStorage).filter(key => key.startsWith('ld-draft:')).forEach(key => localStorage.setItem(key,"
        " JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), saved: Date.now() - 13 * 3600 * 1000 })))"
    )
    hand.come_in("ducha")
    assert offered(hand, address), "its owner finds it a day later, where nobody else was"
    hand.come_in("quzhang")
    hand.go("/desk/cases/new")
    assert hand.page.evaluate(DRAFTS) == 0
