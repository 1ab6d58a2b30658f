"""One sentence from the page it stood on to the public board: taken in, reviewed, adopted, reported from a phone, sent back,
reported again, verified by another unit, and walked back to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS
from luodi.kernel.commitments.models import Commitment, Verification
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.sealing import seal
from tests.desk.intake_desk import work
from tests.desk.promise_desk import hired
from tests.desk.review_world import PASSWORD, World, built
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.desk_pictures import photo
from tests.journeys.site import Site, served

WIDTHS = (390, 1440)
PHONE = 390
SAID = "年内新建社区书屋9家（责任单位：区教育局）"
PAPER = f"""青岚区政府门户网站 >> 政务公开 >> 民生实事

青岚区2026年第二批民生实事

2026-09-21  来源：青岚区人民政府

各单位要按照年初计划逐项抓好落实，每个季度向区政府报告一次，年底前集中核实。

{SAID}。

年内修缮校园围墙26处（责任单位：区教育局）。
"""
# the browser calls a refusal in words a failed resource, such as that an upload has been handed in already
REFUSED = re.compile(r"status of 4(09|22)")

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        yield made


@pytest.fixture
def site(
    database_template: Any,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Site]:
    """The district, somebody who reports for the education bureau, and somebody of another unit who verifies."""
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)

    def build() -> World:
        world = built()
        for login, unit, role in (
            ("jiaoyu", "青岚区教育局", "reporter"),
            ("chengguan", "青岚区城市管理局", "verifier"),
        ):
            account = hired(world.units[unit], role, login=login)
            accounts.set_password(account, PASSWORD, by=SYSTEM)
        return world

    folder = tmp_path / "data"
    folder.mkdir()
    with served(database_template, django_db_blocker, folder, build) as made, django_db_blocker.unblock():
        yield made


class Hand:
    """Whoever sits at a browser; every page that is looked at is measured."""

    def __init__(self, page: Any, site: Site, width: int) -> None:
        self.page, self.site, self.width = page, site, width

    def look(self) -> None:
        """What axe, the policy, the window's edge and a finger find fault with."""
        self.page.wait_for_load_state("load")
        height = self.page.evaluate("() => document.documentElement.scrollHeight")
        # as high as the page, so that what sticks to its edge covers nothing
        self.page.set_viewport_size({"width": self.width, "height": max(900, height)})
        faults = [*axe_findings(self.page), *(said for said in self.page.faults if not REFUSED.search(said))]
        faults += small_targets(self.page) if self.width == PHONE else []
        faults += [f"wider than the window by {overflow(self.page)} px"] if overflow(self.page) > 0 else []
        self.page.faults.clear()
        self.page.set_viewport_size({"width": self.width, "height": 900})
        assert faults == [], f"{self.page.url} {self.words()}"

    def go(self, address: str) -> None:
        """Open an address and look at it."""
        self.page.goto(self.site.url + address)
        self.look()

    def press(self, words: str) -> None:
        """Press a button or follow a link, and look at where it leads."""
        found = self.page.locator("main a:visible, main button:visible").filter(has_text=words)
        assert found.count(), f"{words} is not on {self.page.url}: {self.words()}"
        with self.page.expect_navigation():
            found.first.click()
        self.look()

    def report(self, act: str, number: str, shade: int) -> None:
        """Report with a photo taken on the spot."""
        self.press(act)
        self.page.fill("#number", number)
        file = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo(shade=shade)}
        self.page.set_input_files("#photo", file)
        self.page.wait_for_selector("[data-state='whole']")
        self.press(act)

    def words(self) -> str:
        """What the main part says."""
        return str(self.page.inner_text("main"))


@contextmanager
def seated(browser: Any, site: Site, width: int, login: str) -> Iterator[Hand]:
    """Somebody who has come in at a window of this width."""
    with page_of(browser, width) as page:
        page.goto(f"{site.url}/desk/login")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        with page.expect_navigation():
            page.press("#password", "Enter")
        yield Hand(page, site, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_page_it_stood_on_to_the_board_and_back(site: Site, browser: Any, width: int) -> None:
    with seated(browser, site, width, "fuhe") as reviewer:
        _taken_in(reviewer)
        _adopted(reviewer, width)
    promise = Commitment.objects.get(title__contains="社区书屋")
    assert promise.lead_unit.name == "青岚区教育局"
    with (
        seated(browser, site, PHONE, "jiaoyu") as reporter,
        seated(browser, site, PHONE, "chengguan") as verifier,
    ):
        reporter.go("/desk/promises")
        reporter.press(promise.title)
        reporter.report("报进展", "4", 110)
        assert "已上报4家" in reporter.words()
        verifier.go("/desk/promises?todo=verify")
        verifier.press(promise.title)
        verifier.press("退回")
        verifier.page.fill("#reason", "照片拍的是另一处，请到现场重拍")
        verifier.press("退回")
        reporter.go("/desk/promises?todo=back")
        reporter.press(promise.title)
        assert "照片拍的是另一处" in reporter.words()
        reporter.report("报进展", "5", 70)
        reporter.report("报完成", "9", 140)
        assert "等没有办这件事的单位核实" in reporter.words()
        verifier.go(f"/desk/promises/{promise.id}")
        verifier.press("核实")
        verifier.page.fill("#number", "9")
        verifier.press("核实，办成了")
        assert "已核实兑现" in verifier.words()
    assert [row.verdict for row in Verification.objects.order_by("id")] == ["sent_back", "verified"]
    seal()
    with page_of(browser, width) as page:
        _walked_back(Hand(page, site, width), promise)


def _taken_in(hand: Hand) -> None:
    """The page is pasted and read; from its batch one goes on to the review."""
    hand.go("/desk/intake")
    hand.page.locator("summary").filter(has_text="粘贴一段文字").click()
    hand.page.fill("#text", PAPER)
    hand.press("收下")
    work()
    hand.page.reload()
    hand.page.locator("h1", has_text="收完了：新收1份").wait_for()
    hand.page.goto(hand.page.url.partition("?")[0] + "?show=taken")
    hand.press("去复核")


def _adopted(hand: Hand, width: int) -> None:
    """The sentence beside its source; unit and day are proposed, a person adopts, by button or by key."""
    statement = StatementKey.objects.get(quote__contains="社区书屋9家")
    if hand.page.get_attribute("#review", "data-statement") != statement.id:
        hand.page.goto(f"{hand.site.url}/desk/review/{statement.id}")
    hand.look()
    assert "青岚区教育局" in hand.page.input_value("[name='lead-0']")
    if width == PHONE:
        hand.page.locator("button:visible").filter(has_text="采纳").first.click()
    else:
        hand.page.keyboard.press("a")
    hand.page.wait_for_function(
        "before => { const part = document.querySelector('#review');"
        " return !part || part.dataset.statement !== before; }",
        arg=statement.id,
    )


def _walked_back(hand: Hand, promise: Commitment) -> None:
    """From the board to the promise, and from there to the sentence, lit in its source as it was kept."""
    hand.go("/?state=kept")
    hand.press(promise.title)
    assert "已核实兑现" in hand.words()
    assert "请到现场重拍" not in hand.words()
    link = hand.page.locator("main a[href^='/d/'][href*='s='], main a[href^='/s/']").first
    with hand.page.expect_navigation():
        link.click()
    hand.look()
    lit = "".join(hand.page.locator("mark:visible").all_inner_texts())
    assert "社区书屋9家" in lit
    statement = StatementKey.objects.get(quote__contains="社区书屋9家")
    assert statement.source.text[statement.start : statement.end] == statement.quote
