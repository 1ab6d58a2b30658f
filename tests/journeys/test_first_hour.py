"""An empty district's first hour in a browser, narrow and wide: from the first address to the first promise on the board."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from luodi.desk.first_hour.setup_code import founding_address
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.register.models import Unit
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.site import Site, served
from tests.kernel.sheets import workbook

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screens"
WIDTHS = (390, 1440)
PASSWORD = "松湾路上的第三棵老树"
LONG = "青岚区岚江两岸老旧片区城市更新与海绵城市示范工程建设暨历史文化街区保护利用工作领导小组办公室综合协调及督导检查专班办公室"
FIELDS = {
    "name": "青岚区",
    "code": "990199",
    "city": "云川市",
    "unit": "青岚区人民政府办公室",
    "post": "督查室主任",
    "person": "甲某",
    "login": "first",
    "password": PASSWORD,
    "again": PASSWORD,
}
PEOPLE = [
    ("单位名称", "单位简称", "上级单位", "职务", "姓名", "手机号", "登录名", "角色"),
    ("青岚区教育局", "教体局", "青岚区人民政府", "局长", "乙某某", "13800001234", "bureau", "填报员"),
    (LONG, None, "青岚区人民政府", "科员", "丙某某", None, "banshi", "填报员"),
    ("青岚区人民政府", None, None, None, None, None, None, None),
    ("青岚区审计局", None, None, "局长", "丁某某", "12", None, None),
]
# two rows of header, a merged heading and a merged task, days as offices write them
PROMISES = [
    ("青岚区2026年重点任务分解表", None, None, None, None, None),
    ("序号", "任务", "责任单位", None, "完成时限", "备注"),
    (None, None, "牵头单位", "配合单位", None, None),
    (1, "新建幼儿园10所", "教育局", "区住建局、各镇街", "三月底", None),
    (2, "修通环城路", "区交通局", None, 2026.3, None),
    (3, "整治老街", LONG, None, "12月底", None),
    (None, None, "教育局", None, "12月底", None),
    (4, "栽树", "区教育局", None, "尽快", None),
]
MERGES = ("A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3", "A1:F1", "A6:A7", "B6:B7")
# the browser calls a refusal in words a failed resource
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
    """Nothing but an empty data folder, and the address that its program shows."""
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)
    folder = tmp_path / "data"
    folder.mkdir()
    with (
        served(database_template, django_db_blocker, folder, founding_address) as made,
        django_db_blocker.unblock(),
    ):
        yield made


class Hand:
    """Whoever sits at the browser; each screen is measured when it is looked at."""

    def __init__(self, page: Any, site: Site, width: int) -> None:
        self.page, self.site, self.width = page, site, width

    def look(self) -> None:
        """What axe, the policy, the window's edge and a finger find fault with."""
        faults = [*axe_findings(self.page), *(small_targets(self.page) if self.width == 390 else ())]
        faults += [fault for fault in self.page.faults if not REFUSED.search(fault)]
        faults += [f"wider than the window by {overflow(self.page)} px"] if overflow(self.page) > 0 else []
        self.page.faults.clear()
        assert faults == [], self.page.url

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

    def words(self) -> str:
        """What the main part says."""
        return str(self.page.inner_text("main"))

    def give(self, field: str, name: str, raw: bytes) -> None:
        """Choose a sheet and send it."""
        self.page.set_input_files(f"#{field}", {"name": name, "mimeType": "application/zip", "buffer": raw})
        with self.page.expect_navigation():
            self.page.locator("form", has=self.page.locator(f"#{field}")).locator("button").click()
        self.look()

    def picture(self) -> None:
        """For the documentation."""
        self.page.screenshot(path=PICTURES / f"first-hour-{self.width}.png", full_page=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_address_on_the_screen_to_the_first_promise_on_the_board(
    site: Site, browser: Any, width: int, tmp_path: Path
) -> None:
    with page_of(browser, width) as page:
        hand = Hand(page, site, width)
        _found(hand)
        _register(hand)
        _invited(hand, browser, site)
        _promises(hand, tmp_path)
        hand.go("/")
        assert "新建幼儿园10所" in hand.words()
        assert "整治老街" in hand.words()
        hand.page.get_by_role("link", name="新建幼儿园10所").first.click()
        hand.page.wait_for_url("**/c/*")
        hand.look()
        assert "任务分解表!A4:" in hand.words()
    assert {row.lead_unit.name for row in Commitment.objects.all()} == {"青岚区教育局", "区交通局", LONG}


def _found(hand: Hand) -> None:
    """Founding: a slip is said and costs nothing that was typed; then the first log-in."""
    hand.go(site_address := str(hand.site.made))
    assert "code=" in site_address
    for name, value in {**FIELDS, "again": "别的"}.items():
        hand.page.fill(f"#{name}", value)
    hand.page.get_by_label("市辖区").check()
    hand.press("开通")
    assert "两次输的密码不一样" in hand.words()
    assert hand.page.input_value("#unit") == FIELDS["unit"]
    for name in ("password", "again"):
        hand.page.fill(f"#{name}", PASSWORD)
    hand.press("开通")
    assert "青岚区开通了" in hand.words()
    hand.page.fill("#login", "first")
    hand.page.fill("#password", PASSWORD)
    hand.press("登录")
    assert "青岚区：单位1个" in hand.words()


def _register(hand: Hand) -> None:
    """Units, posts and people from one sheet: the faulty row named, the good ones in."""
    hand.give("register-sheet", "单位.xlsx", workbook(PEOPLE, title="单位岗位人员"))
    assert "请核对各列是什么" in hand.words()
    hand.press("看每行录成什么")
    assert "3行可以录，1行有问题" in hand.words()
    assert "F5" in hand.words()
    hand.press("录入这3行")
    assert "新建了3个单位" in hand.words()
    assert Unit.objects.filter(name=LONG).exists()
    hand.press("录完了，清掉" if "录完了，清掉" in hand.words() else "不录了，清掉")


def _invited(hand: Hand, browser: Any, site: Site) -> None:
    """Everybody with a log-in gets a link of their own; whoever opens it chooses a password."""
    assert "有2个账号还没设密码" in hand.words()
    hand.press("生成邀请")
    links = re.findall(r"http://\S+/desk/link/\S+", hand.words())
    assert len(links) == 2
    with page_of(browser, hand.width) as other:
        guest = Hand(other, site, hand.width)
        other.goto(links[0])
        guest.look()
        for field in other.locator("input[type=password]").all():
            field.fill("青石桥边的另一棵老槐树")
        with other.expect_navigation():
            other.locator("main button[type=submit]").first.click()
        guest.look()
    hand.press("都交给本人了")
    assert "有1个账号还没设密码" in hand.words()


def _promises(hand: Hand, folder: Path) -> None:
    """The office's own sheet: columns, names that the register does not know, faults, the copy that comes back, entered."""
    hand.give("promises-sheet", "任务.xlsx", workbook(PROMISES, merges=MERGES))
    assert "青岚区2026年重点任务分解表" in hand.words()
    hand.press("看每行录成什么")
    assert "1件可以录，3件有问题" in hand.words()
    choices = hand.page.locator("select[name=unit]")
    assert [each.get_attribute("aria-label") for each in choices.all()] == [
        "“区住建局”是哪个单位",
        "“区交通局”是哪个单位",
    ]
    choices.nth(0).select_option("leave")
    choices.nth(1).select_option("new")
    hand.press("就按选的")
    assert "3件可以录，1件有问题" in hand.words()
    assert "“尽快”" in hand.words()
    hand.picture()
    with hand.page.expect_download() as told:
        hand.page.get_by_role("link", name="下载标出问题的表").click()
    copy = folder / "copy.xlsx"
    told.value.save_as(copy)
    sheet = load_workbook(io.BytesIO(copy.read_bytes())).active
    assert sheet is not None
    assert "尽快" in sheet["E8"].comment.text
    hand.press("录入这3行")
    assert "录入了3件任务" in hand.words()
