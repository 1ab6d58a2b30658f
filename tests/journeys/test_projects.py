"""Key projects at the desk in a browser, narrow and wide: the ledger, one project, the wall on a phone and hung up."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from luodi.areas.projects import actions
from luodi.areas.projects.acts.filing import Shown
from luodi.areas.projects.models import ProjectFile
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.ledger.action import SYSTEM
from tests.areas.projects.project_town import WAN, ProjectTown, at, found, photo
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.site import Site, served

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screens"
WIDTHS = (390, 1440)
PASSWORD = "松湾路上的第三棵老树"
LEDGER = "/desk/projects"
MONTHS = tuple(amount * WAN for amount in (0, 0, 600, 1_200, 1_600, 1_600, 1_400, 1_200, 1_200, 800, 400, 0))
# name, what of the plan each month from April to August brought, in percent, and of what size the plan is
PROJECTS = (
    ("城北第二污水处理厂扩建", (55, 40, 45, 35, 30), 100),
    ("环湖绿道贯通工程", (70, 52, 50, 44, 40), 160),
    ("老城雨污分流", (90, 70, 75, 60, 66), 90),
    ("区人民医院新院区", (95, 90, 70, 72, 80), 240),
    ("岚谷冷链物流中心", (100, 96, 102, 98, 90), 130),
    ("智能农机装备生产线", (104, 110, 98, 101, 99), 180),
    ("再生水回用管网", (120, 100, 130, 115, 104), 70),
)
LOWERED, LAGGING = "老城雨污分流", "城北第二污水处理厂扩建"
REFUSED = re.compile(r"status of 4(09|10|22)")

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@dataclass
class Made:
    """The district and its projects by name."""

    town: ProjectTown
    files: dict[str, ProjectFile]


def begun(town: ProjectTown, name: str, shares: tuple[int, ...], size: int) -> ProjectFile:
    """A project begun in March that told five months, each signed twice; its plan is on the books."""
    planned = tuple(amount * size // 100 for amount in MONTHS)
    with at(3, 20):
        file = town.started(
            project=town.project(name),
            goal="当年建成主体工程",
            total_investment=sum(planned) * 2,
            done_before=0,
        )
        actions.set_plan(file, 2026, planned, by=town.actors["综合科"])
    with at(4, 10):
        actions.enter_library(
            file,
            "statistical",
            by=town.actors["综合科"],
            since=dt.date(2026, 4, 10),
            paper="联网直报平台回执",
        )
    for place, share in enumerate(shares):
        month = dt.date(2026, 4 + place, 1)
        done = planned[month.month - 1] * share // 100
        with at(month.month + 1, 3):
            town.reported(file, month, done, 8 * (place + 1), paid=done * 7 // 10)
    return file


@pytest.fixture(scope="module")
def site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """Seven projects under way, one of them with a lowered plan, one with all that a page can tell; one not begun."""

    def build() -> Made:
        town = found()
        files = {name: begun(town, name, shares, size) for name, shares, size in PROJECTS}
        office, lagging = town.actors["综合科"], files[LAGGING]
        with at(4, 1):
            town.file(project=town.project("竹溪镇光伏组件二期"))
            for place, file in enumerate(files.values()):
                post = town.posts["区长" if place % 3 else "副区长"]
                actions.assign_leader(file, post, by=office, since=dt.date(2026, 4, 1))
        with at(9, 10):
            lower = tuple(amount * 63 // 100 for amount in MONTHS)
            actions.set_plan(
                files[LOWERED],
                2026,
                lower,
                by=office,
                paper="区政府第21次常务会议纪要",
                reason="征迁晚了四个月",
            )
            actions.import_statistics(
                lagging,
                dt.date(2026, 7, 1),
                380 * WAN,
                by=office,
                as_of=dt.date(2026, 7, 31),
                paper="七月投资统计月报",
            )
            actions.record_visit(
                lagging,
                by=town.actors["副区长"],
                made_on=dt.date(2026, 9, 9),
                is_working=False,
                found="只有门卫在",
            )
            actions.find_bottleneck(
                lagging, by=office, title="临时用电批不下来", matter="报了两次没有批", blocking="building"
            )
            actions.move_stage(
                files["再生水回用管网"], "completed_works", by=office, on=dt.date(2026, 9, 8),
                shown={"acceptance": Shown("竣验2026-3号")},
            )  # fmt: skip
        for actor in town.actors.values():
            accounts.set_password(Account.objects.get(pk=actor.account), PASSWORD, by=SYSTEM)
        return Made(town, files)

    with served(database_template, django_db_blocker, tmp_path_factory.mktemp("projects"), build) as made:
        yield made


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        connection.close()  # it may be open to an earlier file's district
        yield made
        connection.close()


@pytest.fixture(scope="module")
def sessions() -> dict[str, Any]:
    """The cookies of those who have come in, by post."""
    return {}


@dataclass
class Hand:
    """Whoever sits at the browser; every page looked at is measured."""

    page: Any
    site: Site
    width: int
    sessions: dict[str, Any]

    def come_in(self, post: str) -> None:
        """Log in as whoever holds a post, or go on with the session of before."""
        self.page.context.clear_cookies()
        if post in self.sessions:
            self.page.context.add_cookies(self.sessions[post])
            return
        place = list(self.site.made.town.posts).index(post) + 1
        self.page.goto(f"{self.site.url}/desk/login")
        self.page.fill("#login", f"login{place}")
        self.page.fill("#password", PASSWORD)
        with self.page.expect_navigation():
            self.page.press("#password", "Enter")
        self.sessions[post] = self.page.context.cookies()

    def go(self, address: str) -> None:
        """Open an address and look at it."""
        self.page.goto(self.site.url + address)
        self.look()

    def press(self, words: str) -> None:
        """Press a button or follow a link of the page's main part, and look at where it leads."""
        there = self.page.locator("main a:visible, main button:visible").filter(has_text=words)
        assert there.count(), f"{words} is not on {self.page.url}: {self.words()}"
        with self.page.expect_navigation():
            there.first.click()
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

    def words(self) -> str:
        """What the main part says."""
        return str(self.page.inner_text("main"))

    def picture(self, name: str, height: int = 0) -> None:
        """For the documentation; of a long page only its first ``height`` pixels."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        clip = {"clip": {"x": 0, "y": 0, "width": self.width, "height": height}} if height else {}
        self.page.screenshot(path=PICTURES / f"{name}-{self.width}.png", full_page=True, **clip)


@pytest.fixture(params=WIDTHS)
def hand(
    request: pytest.FixtureRequest, site: Site, browser: Any, sessions: dict[str, Any]
) -> Iterator[Hand]:
    """A hand at a narrow and at a wide window."""
    with page_of(browser, request.param) as page:
        yield Hand(page, site, request.param, sessions)


def test_from_the_ledger_to_the_project_that_lags(hand: Hand) -> None:
    hand.come_in("综合科")
    hand.go(LEDGER)
    assert "8个重点项目" in hand.words()
    assert hand.page.locator("tbody th a").first.inner_text() == LAGGING
    hand.picture("projects")
    hand.page.click("text=挑着看")
    hand.page.select_option("#f-light", "red")
    hand.press("只看这些")
    assert LAGGING in hand.words()
    assert "智能农机装备生产线" not in hand.words()
    hand.press(LAGGING)
    for words in ("临时用电批不下来", "只有门卫在", "竣工验收记录", "年各月：计划和完成"):
        assert words in hand.words(), words
    hand.picture("project")
    hand.go(f"{LEDGER}?q=没有这个")
    assert "没有同时合上这些条件的项目" in hand.words()


def test_a_lowered_plan_is_seen_beside_the_first(hand: Hand) -> None:
    hand.come_in("区长")
    hand.go(f"{LEDGER}/{hand.site.made.files[LOWERED].id}")
    assert "征迁晚了四个月" in hand.words()
    assert hand.page.locator("rect.ld-f-first").count() == sum(1 for amount in MONTHS if amount)
    hand.come_in("综合科")
    hand.go(f"{LEDGER}/{hand.site.made.files[LOWERED].id}")
    assert "秋后调低计划" in hand.words()


def test_the_wall_is_read_in_the_hand_and_hung_up(hand: Hand) -> None:
    hand.come_in("综合科")
    hand.go(f"{LEDGER}/wall")
    assert hand.page.locator(".ld-wall tbody tr").count() == 8
    assert hand.page.locator(".ld-wall .ld-months svg[role=img]").first.bounding_box()["height"] > 15
    hand.picture("wall")
    hand.press("上大屏")
    assert "停住" in hand.words()
    hand.press("停住")
    assert "上大屏" in hand.words()


def test_a_month_is_filled_in_by_one_and_signed_by_another(hand: Hand) -> None:
    name = "环湖绿道贯通工程" if hand.width == 390 else "区人民医院新院区"
    own = f"{LEDGER}/{hand.site.made.files[name].id}"
    hand.come_in("填报员")
    hand.go(own)
    hand.press("填月报")
    hand.page.fill("#percent", "48")
    hand.page.select_option("#month", "2026-09")
    hand.page.fill("#as_of", "2026-09-20")
    hand.press("报给负责人签字")
    assert "本月完成投资没有填" in hand.words()
    assert hand.page.input_value("#percent") == "48"
    hand.page.fill("#done", "820")
    hand.press("报给负责人签字")
    assert "单位负责人签字以后算数" in hand.words()
    hand.come_in("总经理")
    hand.go(own)
    hand.press("签字")
    assert "已签，这个月的数从现在起算数" in hand.words()


def test_all_is_readable_in_the_dark_in_large_letters_and_without_script(
    site: Site, browser: Any, sessions: dict[str, Any]
) -> None:
    for width in WIDTHS:
        with page_of(browser, width, dark=True) as page:
            hand = Hand(page, site, width, sessions)
            hand.come_in("综合科")
            page.goto(f"{site.url}/look?size=large&next={LEDGER}")
            hand.look()
            for address in (f"{LEDGER}/wall", f"{LEDGER}/{site.made.files[LOWERED].id}"):
                hand.go(address)
    with page_of(browser, 390, script=False) as page:
        hand = Hand(page, site, 390, sessions)
        hand.come_in("综合科")
        page.goto(f"{site.url}{LEDGER}/wall?live=1")
        assert LAGGING in hand.words()
        assert overflow(page) <= 0


def test_a_month_comes_by_link_from_a_phone_and_is_signed_by_link(hand: Hand) -> None:
    name = "智能农机装备生产线" if hand.width == 390 else "岚谷冷链物流中心"
    own = f"{LEDGER}/{hand.site.made.files[name].id}"
    hand.come_in("综合科")
    hand.go(f"{LEDGER}/late?month=2026-09")
    hand.go(own)
    hand.press("填报链接")
    links = {}
    for side, contact, words in (
        ("filler", "综合部经办", "做一个填报链接"),
        ("head", "总经理", "做一个签字链接"),
    ):
        hand.page.select_option(f"#{side}-month", "2026-09")
        hand.page.fill(f"#{side}-contact", contact)
        hand.press(words)
        links[side] = re.search(r"/desk/projects/open/\S+", hand.page.input_value("#link"))[0]
        hand.press("发给本人了")
    hand.page.context.clear_cookies()
    hand.go(links["filler"])
    assert "/open/" not in hand.page.url
    hand.picture("project-by-link")
    hand.page.fill("#percent", "61")
    hand.page.set_input_files(
        "#photo", {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo(hand.width)}
    )
    hand.press("报给负责人签字")
    assert "本月完成投资没有填" in hand.words()
    assert "“现场.jpg”已经传好" in hand.words()
    hand.page.fill("#done", "910")
    hand.page.fill("#as_of", "2026-09-20")
    hand.page.fill("#shot_on", "2026-09-19")
    hand.page.fill("#shot_at", "117.580,34.770")
    hand.press("报给负责人签字")
    assert "等单位负责人签字" in hand.words()
    hand.go(links["head"])
    assert hand.page.locator("figure img").count() == 1
    hand.press("签字")
    assert "两方都签了" in hand.words()
    hand.go(links["filler"].replace("open/", "open/x"))
    assert "链接打不开" in hand.words()


def test_a_meeting_is_prepared_and_what_it_decided_is_entered(hand: Hand) -> None:
    hand.come_in("综合科")
    hand.go(f"{LEDGER}/meeting")
    assert LAGGING in hand.words()
    hand.press("会后：记下定的事")
    hand.page.fill("#meeting", f"9月调度会{hand.width}")
    hand.page.fill("#what-1", "批下临时用电")
    hand.press("存下，都交办")
    assert "没有选由哪个单位办" in hand.words()
    hand.page.select_option("#unit-1", label="区工信局")
    hand.page.select_option("#about-1", label=f"{LAGGING}（整个项目）")
    hand.page.fill("#due-1", "2026-10-10")
    hand.press("存下，都交办")
    assert "1件都交办了" in hand.words()
    assert "批下临时用电" in hand.words()


def test_a_leader_sees_what_to_clear_and_goes_there(hand: Hand) -> None:
    hand.come_in("副区长")
    hand.go(f"{LEDGER}/leading")
    assert LAGGING in hand.words()
    hand.press("记一次到现场")
    hand.page.fill("#found", "吊车在，人不在")
    hand.press("记下")
    assert "有没有人施工没有选" in hand.words()
    hand.page.check("input[name=working][value=no]")
    hand.press("记下")
    assert "吊车在，人不在" in hand.words()
    hand.come_in("综合科")
    hand.go(f"{LEDGER}/{hand.site.made.files[LOWERED].id}")
    hand.press("换包联领导")
    hand.press("定下")
    assert "岗位没有选" in hand.words()
