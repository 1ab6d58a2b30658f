"""A promise at the desk in a browser, narrow and wide: reported with a photo, sent back, reported, done, verified, public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from luodi.desk.first_hour.staged import stage
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.clocks.now import held_at
from luodi.kernel.commitments import actions as promises
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.sealing import seal
from tests.desk.promise_desk import hired
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.desk_pictures import photo
from tests.journeys.site import Site, served
from tests.kernel.sheets import workbook
from tests.portal.town import Town, on, with_promises

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screens"
WIDTHS = (390, 1440)
PASSWORD = "松湾路上的第三棵老树"
# log-in, unit, role
PEOPLE = (
    ("chengguan", "区城市管理局", "reporter"),
    ("minzheng", "区民政局", "reporter"),
    ("zhujian", "区住房城乡建设局", "reporter"),
    ("shenji", "区审计局", "verifier"),
    ("ducha", "区政府督查室", "office"),
)

REFUSED = re.compile(r"status of 4(09|22)")

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@pytest.fixture(scope="module")
def site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """The small town, with somebody at each of five desks."""

    def build() -> Town:
        town = with_promises()
        for login, unit, role in PEOPLE:
            account = hired(town.units[unit], role, login=login)
            accounts.set_password(account, PASSWORD, by=SYSTEM)
        with held_at(on(9, 21)):
            promises.object_to(town.promises["背街小巷"].id, "枫桥街那一段还在挖，没有完工。")
        seal()
        return town

    with served(database_template, django_db_blocker, tmp_path_factory.mktemp("desk"), build) as made:
        yield made


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        # while the driver's loop runs, this thread has a connection of its own; it may be open to an earlier file's district
        connection.close()
        yield made
        connection.close()


@pytest.fixture(scope="module")
def sessions() -> dict[str, Any]:
    """The cookies of those who have come in, by log-in name."""
    return {}


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    """Two photos and a paper on somebody's disk."""
    (tmp_path / "现场.jpg").write_bytes(photo())
    (tmp_path / "复拍.jpg").write_bytes(photo(shade=70))
    (tmp_path / "验收单.txt").write_text("全部验收合格", encoding="utf-8")
    return [str(tmp_path / name) for name in ("现场.jpg", "复拍.jpg", "验收单.txt")]


@dataclass
class Hand:
    """Whoever sits at the browser; every page looked at is measured."""

    page: Any
    url: str
    width: int
    sessions: dict[str, Any]

    def come_in(self, login: str) -> None:
        """Log in as somebody, or go on with the session of whoever did before."""
        self.page.context.clear_cookies()
        if login in self.sessions:
            self.page.context.add_cookies(self.sessions[login])
            return
        self.page.goto(f"{self.url}/desk/login")
        self.page.fill("#login", login)
        self.page.fill("#password", PASSWORD)
        with self.page.expect_navigation():
            self.page.press("#password", "Enter")
        self.sessions[login] = self.page.context.cookies()

    def go(self, address: str) -> None:
        """Open an address and look at it."""
        self.page.goto(self.url + address)
        self.look()

    def press(self, words: str) -> None:
        """Press a button or follow a link of the page's main part, and look at where it leads."""
        found = self.page.locator("main a:visible, main button:visible").filter(has_text=words)
        assert found.count(), f"{words} is not on {self.page.url}: {self.words()}"
        with self.page.expect_navigation():
            found.first.click()
        self.look()

    def look(self) -> None:
        """What axe, the policy, the window's edge and a finger find fault with."""
        # the browser calls a refusal in words a failed resource
        said = [fault for fault in self.page.faults if not REFUSED.search(fault)]
        faults = [*axe_findings(self.page), *said]
        self.page.faults.clear()
        if overflow(self.page) > 0:
            faults.append(f"wider than the window by {overflow(self.page)} px")
        if self.width == 390:
            faults += small_targets(self.page)
        assert faults == [], self.page.url

    def attach(self, path: str) -> None:
        """Choose a file: on a phone as a photo taken there; wait until all of it has come."""
        field = "#photo" if self.width == 390 and path.endswith(".jpg") else "#evidence"
        self.page.set_input_files(field, path)
        self.page.wait_for_selector("[data-state='whole']")

    def words(self) -> str:
        """What the main part says."""
        return str(self.page.inner_text("main"))

    def picture(self, name: str) -> None:
        """For the documentation."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{self.width}.png", full_page=True)


@pytest.fixture(params=WIDTHS)
def hand(
    request: pytest.FixtureRequest, site: Site, browser: Any, sessions: dict[str, Any]
) -> Iterator[Hand]:
    """A hand at a narrow and at a wide window."""
    with page_of(browser, request.param) as page:
        yield Hand(page, site.url, request.param, sessions)


def test_from_a_report_with_a_photo_to_the_public_board(site: Site, hand: Hand, pictures: list[str]) -> None:
    narrow = hand.width == 390
    row = site.made.promises["社区食堂" if narrow else "停车泊位3000"]
    login, some, whole = ("minzheng", "4", "5") if narrow else ("chengguan", "2000", "3000")
    # reported, with a photo
    hand.come_in(login)
    hand.go("/desk/promises")
    hand.press(row.title)
    hand.press("报进展")
    hand.page.fill("#number", some)
    hand.page.fill("#note", "施工单位正在收尾")
    hand.attach(pictures[0])
    hand.look()
    hand.press("报进展")
    assert "已上报" in hand.words()
    assert hand.page.locator(".ld-shots img").evaluate("image => image.complete && image.naturalWidth > 0")
    # sent back by another unit
    hand.come_in("shenji")
    hand.go("/desk/promises?todo=verify")
    hand.press(row.title)
    hand.press("退回")
    hand.page.fill("#reason", "照片拍的是另一处，请到现场重拍")
    hand.press("退回")
    assert "退回去了" in hand.words()
    # reported again, then done
    hand.come_in(login)
    hand.go("/desk/promises?todo=back")
    hand.press(row.title)
    hand.press("报进展")
    assert "照片拍的是另一处" in hand.words()
    hand.page.fill("#number", some)
    hand.attach(pictures[1])
    hand.press("报进展")
    hand.press("报完成")
    hand.page.fill("#number", whole)
    hand.attach(pictures[2])
    hand.press("报完成")
    assert "等没有办这件事的单位核实" in hand.words()
    # verified
    hand.come_in("shenji")
    hand.go(f"/desk/promises/{row.id}")
    hand.press("核实")
    hand.page.fill("#number", whole)
    hand.press("核实，办成了")
    assert "已核实兑现" in hand.words()
    # the public sees it
    hand.page.context.clear_cookies()
    hand.page.goto(f"{site.url}/?state=kept")
    assert row.title in hand.words()
    hand.page.goto(f"{site.url}/c/{row.id}")
    assert "已核实兑现" in hand.words()
    assert "请到现场重拍" not in hand.words()


def test_somebody_was_quicker_and_nothing_typed_is_lost(site: Site, hand: Hand) -> None:
    row = site.made.promises["环湖绿道"]
    hand.come_in("chengguan")
    hand.go(f"/desk/promises/{row.id}/report")
    hand.page.fill("#number", "18" if hand.width == 390 else "19")
    hand.page.fill("#note", "北段路基完成")
    other, quicker = site.made.by("区城市管理局"), "17.2" if hand.width == 390 else "18.5"
    with held_at(on(9, 22)):
        promises.report_progress(row, by=other, as_of=on(9, 22).date(), number=quicker, unit="公里")
    hand.press("报进展")
    assert "刚被别人改过" in hand.words()
    assert "说明北段路基完成" in hand.words()
    hand.press("看新的样子")
    assert hand.page.input_value("#note") == "北段路基完成"
    hand.press("报进展")
    assert "已上报" in hand.words()


def test_what_does_not_fit_is_said_at_its_field(site: Site, hand: Hand) -> None:
    row = site.made.promises["背街小巷"]
    hand.come_in("zhujian")
    hand.go(f"/desk/promises/{row.id}/report")
    hand.page.fill("#number", "十八")
    hand.press("报进展")
    assert hand.page.input_value("#number") == "十八"
    assert hand.page.get_attribute("#number", "aria-invalid") == "true"
    hand.page.click(".ld-faults a")
    assert hand.page.evaluate("document.activeElement.id || location.hash") in ("number", "#number")


def test_every_page_of_promises_is_looked_at(site: Site, hand: Hand) -> None:
    row, town = site.made.promises["背街小巷"], site.made
    hand.come_in("zhujian")
    for name, address in {
        "my-promises": "/desk/promises?whose=all",
        "promise-at-the-desk": f"/desk/promises/{row.id}",
        "report-form": f"/desk/promises/{row.id}/report",
        "": f"/desk/promises/{row.id}/done",
        " ": "/desk/promises?todo=back",
        "  ": "/desk/promises?q=水上巴士",
        "   ": "/desk/promises/print",
        "    ": "/desk/promises/month",
    }.items():
        hand.go(address)
        if name.strip():
            hand.picture(name)
    hand.come_in("shenji")
    for act in ("", "/verify", "/send-back"):
        hand.go(f"/desk/promises/{row.id}{act}")
    hand.go(f"/desk/promises/{town.promises['东湖中学'].id}/reopen")
    hand.come_in("ducha")
    for act in ("", "/target", "/correct", "/carry-over", "/merge", "/silence", "/drop"):
        hand.go(f"/desk/promises/{row.id}{act}")
    hand.go(f"/desk/promises/{row.id}/target?paper={town.later.id}")
    hand.go(f"/desk/promises/{row.id}/target?paper={town.later.id}&whole=1")
    hand.go("/desk/promises/wrong")
    hand.press("答复")


def test_the_month_s_sheet_from_choosing_columns_to_entering(site: Site, hand: Hand, tmp_path: Path) -> None:
    number = "15" if hand.width == 390 else "16"
    day = "2026-09-21" if hand.width == 390 else "2026-09-22"
    rows = [
        ("任务", "责任单位", "目前完成", "进展情况"),
        ("8月底前完成城区12条背街小巷、18.6公里排水管网改造。", "住建局", number, "管网铺完"),
        ("8月底前完成城区另外的小巷", "住建局", "八", None),
        ("6月底前，全区173个行政村快递服务点全部覆盖。", "商务局", 170, None),
    ]
    sheet = tmp_path / "进展.xlsx"
    sheet.write_bytes(workbook([(f"{hand.width}的表",), *rows], title="进展"))
    hand.come_in("zhujian")
    hand.go("/desk/promises/month")
    hand.page.set_input_files("#sheet", str(sheet))
    hand.page.fill("#as_of", day)
    hand.press("读这张表")
    if hand.page.url.endswith("/columns"):
        hand.press("看每行改成什么")
    assert "1行可以录，1行有问题" in hand.words()
    assert "别的单位的" in hand.words()
    hand.picture("month-sheet")
    hand.press("录入这1行")
    assert "一共录了1件进展" in hand.words()


def test_how_far_a_long_entering_is(site: Site, hand: Hand) -> None:
    """The page between two turns; its script's next turn is answered with nothing, so that it stays."""
    hand.come_in("zhujian")
    account = Account.objects.get(login="zhujian").id
    held = stage(b"x", "9月进展.csv", "progress", account)
    held.columns, held.planned, held.taken, held.speed = {}, 9_000, 3_600, 450.0
    held.keep()
    hand.page.route("**/enter", lambda route: route.fulfill(status=204))
    hand.go(f"/desk/promises/month/{held.token}?on=1")
    assert "录了3600行，还有5400行" in hand.words().replace(",", "")
    assert "每秒大约450行，还要大约12秒" in hand.words()
    hand.page.locator("progress").wait_for()
    held.drop()


def test_without_script_every_step_works(site: Site, browser: Any, pictures: list[str]) -> None:
    row = site.made.promises["快递服务点"]
    account = hired(site.made.units["区商务局"], "reporter", login="shangwu")
    accounts.set_password(account, PASSWORD, by=SYSTEM)
    with page_of(browser, 390, script=False) as page:
        page.goto(f"{site.url}/desk/login")
        page.fill("#login", "shangwu")
        page.fill("#password", PASSWORD)
        with page.expect_navigation():
            page.press("#password", "Enter")
        page.goto(f"{site.url}/desk/promises/{row.id}")
        with page.expect_navigation():
            page.click("text=报进展")
        page.fill("#number", "172")
        page.set_input_files("#photo", pictures[0])
        with page.expect_navigation():
            page.click("main form[data-ld-once] button[type=submit]")
        assert "已上报172个" in page.inner_text("main")
        page.goto(f"{site.url}/desk/promises?todo=any&q=快递")
        page.click("summary >> text=挑着看")
        assert page.locator("#f-q").input_value() == "快递"


def test_the_keys_go_along_the_list_and_can_be_switched_off(
    site: Site, browser: Any, sessions: dict[str, Any]
) -> None:
    with page_of(browser, 1440) as page:
        hand = Hand(page, site.url, 1440, sessions)
        hand.come_in("ducha")
        hand.go("/desk/promises")
        titles = page.locator("[data-ld-task]")
        page.keyboard.press("j")
        page.keyboard.press("j")
        assert titles.nth(1).evaluate("e => e === document.activeElement")
        page.keyboard.press("k")
        assert titles.nth(0).evaluate("e => e === document.activeElement")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "f-q"
        page.keyboard.type("jk")
        assert page.input_value("#f-q") == "jk"
        page.click("[data-ld-keys-off]")
        page.reload()
        page.keyboard.press("j")
        assert not titles.nth(0).evaluate("e => e === document.activeElement")


def test_a_button_pressed_twice_sends_once(site: Site, browser: Any, sessions: dict[str, Any]) -> None:
    row = site.made.promises["背街小巷"]
    with page_of(browser, 390) as page:
        hand = Hand(page, site.url, 390, sessions)
        hand.come_in("zhujian")
        hand.go(f"/desk/promises/{row.id}/report")
        sent: list[str] = []
        page.on("request", lambda made: sent.append(made.url) if made.method == "POST" else None)
        page.fill("#number", "16.5")
        with page.expect_navigation():
            page.evaluate(
                "() => { const b = document.querySelector('form[data-ld-once] button[type=submit]'); b.click(); b.click(); }"
            )
        assert [url for url in sent if url.endswith("/report")] == [
            f"{site.url}/desk/promises/{row.id}/report"
        ]
        assert "已上报16.5公里" in hand.words()
