"""Many cases at the desk in a browser, narrow and wide: the inbox, the list, a bulk move, loads, rules and playbooks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from luodi.kernel.accounts import access
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case
from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.register import actions as register
from luodi.kernel.rules.actions import propose_rule
from tests.desk.promise_desk import hired
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.site import Site, served
from tests.portal.town import Town, founded, on

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screens"
WIDTHS = (390, 1440)
PASSWORD = "松湾路上的第三棵老树"
OFFICE, HOUSING, CITY, AUDIT, LEADER = (
    "区政府督查室", "区住房城乡建设局", "区城市管理局", "区审计局", "区人民政府",
)  # fmt: skip
PEOPLE = {
    "ducha": (OFFICE, ("office",)), "zhujian": (HOUSING, ("reporter",)), "chengguan": (CITY, ("reporter",)),
    "shenji": (AUDIT, ("verifier",)), "quzhang": (LEADER, ("leader",)),
}  # fmt: skip
# day of order, title, unit, due, moves of the office
SLIPS = (
    ((9, 1), "背街小巷排水管网改造逾期，说明原因和补救", "zhujian", "2026-09-10", ("assign",)),
    ((9, 8), "枫桥街12号楼加装电梯资料退了两次", "zhujian", "2026-09-21", ("assign",)),
    ((9, 10), "老城雨污分流施工围挡过久", "zhujian", "2026-09-22", ("assign",)),
    ((9, 14), "松湾路与枫桥街路口雨水井盖缺失", "zhujian", "2026-09-25", ("assign", "escalate")),
    ((9, 15), "东门里小区化粪池外溢反复", "zhujian", "2026-10-12", ("assign",)),
    ((9, 16), "区人民医院新院区临时用电不够", "zhujian", "2027-03-01", ("assign",)),
    ((9, 16), "环湖绿道南段征迁停了一个月", "chengguan", "2026-10-15", ()),
    ((9, 17), "云锦路夜间施工扰民", "chengguan", "2026-10-20", ()),
    ((9, 18), "青石镇垃圾中转站渗滤液外溢", "chengguan", "2026-10-22", ()),
)  # fmt: skip
OWN = """
[[rule]]
name = "supervision.check"
title = "收到反馈后核查，本区从快"
limit = 5
clock = "workday"
source_title = "青岚区督查办法"
article = "第六条"
evidence = "◐"
effective_from = 2026-10-01
"""
REFUSED = re.compile(r"status of 4(09|22)")

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@dataclass
class Made:
    """The district, who sits where, the slips by title."""

    town: Town
    people: dict[str, Account] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)

    def by(self, login: str) -> Actor:
        """Somebody as their post."""
        return access.actor_for(self.people[login])

    def slip(self, day: tuple[int, int], title: str, login: str, due: str, moves: tuple[str, ...]) -> None:
        """A slip, with some moves of the office made."""
        doer = self.people[login]
        with held_at(on(*day)):
            case = actions.open_case(
                "supervision", by=self.by("ducha"), title=title, unit=self.town.units[PEOPLE[login][0]],
                post=doer.acts_as, verifier_unit=self.town.units[AUDIT],
                answers={
                    "subject": f"c{len(self.cases):013d}", "ordered_by": self.town.posts[LEADER].id, "matter": title,
                    "order_paper": "区政府第12次常务会议纪要", "answer_by": due,
                },
            )  # fmt: skip
            for move in moves:
                actions.move(case, move, by=self.by("ducha"))
        self.cases[title] = case


@pytest.fixture(scope="module")
def site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """A district with slips on their way, a rule that waits for its signature, and somebody with a very long post."""

    def build() -> Made:
        made = Made(founded())
        with held_at(on(1, 6)):
            for login, (unit, roles) in PEOPLE.items():
                made.people[login] = hired(made.town.units[unit], *roles, login=login)
            made.people["gong"] = hired(made.town.units["区民政局"], "reporter", login="gong")
            long = register.create_unit(name="区政务服务中心和公共资源交易管理办公室", by=SYSTEM)
            made.people["chang"] = hired(long, "office", "reviewer", "administrator", "leader", login="chang")
            for account in made.people.values():
                accounts.set_password(account, PASSWORD, by=SYSTEM)
        for slip in SLIPS:
            made.slip(*slip)
        with held_at(on(9, 18)):
            step = actions.move(
                made.cases["东门里小区化粪池外溢反复"], "suspend", by=made.by("ducha"),
                answers={"reason": "等省厅批复", "until": "2026-10-30"},
            )  # fmt: skip
            actions.sign(step, by=made.by("quzhang"))
            propose_rule(OWN, by=made.by("ducha"))
        actions.tick()
        return made

    with served(database_template, django_db_blocker, tmp_path_factory.mktemp("lists"), build) as made:
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
    """The cookies of those who have come in, by log-in name."""
    return {}


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


def test_the_inbox_says_what_is_due_next_and_keeps_a_choice(hand: Hand) -> None:
    hand.come_in("zhujian")
    hand.go("/desk/inbox")
    assert "5件待办" in hand.words()
    assert "2件已超期" in hand.words()
    hand.picture("inbox")
    hand.go("/desk/inbox?light=red")
    hand.press("存下这个筛选")
    hand.press("存下")
    assert "名字有0字" in hand.words()
    hand.page.fill("#name", f"超期的{hand.width}")
    hand.press("存下")
    assert hand.page.locator(".ld-rail a", has_text=f"超期的{hand.width}").count() == 1
    hand.come_in("ducha")
    hand.go("/desk/inbox")
    hand.press("看停着表的")
    assert "东门里小区化粪池外溢反复" in hand.words()
    hand.come_in("gong")
    hand.go("/desk/inbox")
    assert "眼下没有等您办的" in hand.words()


def test_the_list_is_narrowed_and_its_rows_moved_together(hand: Hand) -> None:
    hand.come_in("ducha")
    hand.go("/desk/cases")
    assert "9件事项" in hand.words()
    hand.picture("cases")
    hand.go("/desk/cases?kind=supervision&state=initiated")
    ticks = hand.page.locator(".ld-tickbox input")
    # each window moves slips of its own
    ticks.nth(0).check()
    hand.press("选中的一起办")
    assert "1件督办单，一起做什么" in hand.words()
    hand.page.locator(".ld-moves label", has_text="交办").click()
    hand.press("下一步")
    assert "通知单将发给承办单位" in hand.words()
    hand.press("交办")
    assert "交办，办了1件" in hand.words()
    hand.page.reload()
    assert "交办，办了1件" in hand.words()
    hand.go("/desk/cases?kind=supervision&state=assigned")
    for number in range(3):
        hand.page.locator(".ld-tickbox input").nth(number).check()
    hand.press("选中的一起办")
    hand.page.locator(".ld-moves label", has_text="准予延期").click()
    hand.press("下一步")
    hand.page.fill("#a-reason", "汛期")
    hand.press("准予延期")
    assert "“延到哪天”没有填" in hand.words()
    assert hand.page.input_value("#a-reason") == "汛期"
    for address in (
        "/desk/cases?q=水上巴士",
        "/desk/cases?ended=closed",
        "/desk/cases/print",
        "/desk/cases/load",
    ):
        hand.go(address)
    assert "区住房城乡建设局" in hand.words()


def test_the_rules_are_read_written_and_signed(hand: Hand) -> None:
    hand.come_in("ducha")
    hand.go("/desk/rules")
    assert "青岚区督查办法第六条" in hand.words()
    assert "由领导签字，您现在的岗位不是。" in hand.words() or hand.width == 1440
    if hand.width == 1440:
        hand.picture("rules")
    hand.go("/desk/rules?on=2020-05-01")
    hand.go("/desk/rules/new?name=supervision.check&of=0")
    hand.page.fill("#limit", "三")
    hand.press("提出，等领导签字")
    assert "“依据的文件”没有填" in hand.words()
    assert hand.page.input_value("#limit") == "三"
    hand.come_in("quzhang")
    hand.go("/desk/rules")
    if hand.width == 390:
        hand.press("签字")
        assert "已签，有效" in hand.words()
    else:
        assert "已签，有效" in hand.words()


@pytest.mark.parametrize("kind", ["supervision", "mediation"])
def test_a_playbook_is_drawn_in_a_box_of_its_own_and_told_below(hand: Hand, kind: str) -> None:
    hand.come_in("zhujian")
    hand.go(f"/desk/playbooks/{kind}")
    box = hand.page.locator(".ld-drawing")
    if hand.width == 390:
        assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    assert box.evaluate("box => document.activeElement === box")
    assert hand.page.locator(".ld-drawing svg").bounding_box()["height"] > 300
    assert "每个状态能做什么" in hand.words()


def test_daily_words_keep_to_one_line_however_long_the_post_is_called(
    site: Site, browser: Any, sessions: dict[str, Any]
) -> None:
    with page_of(browser, 1440) as page:
        hand = Hand(page, site.url, 1440, sessions)
        hand.come_in("chang")
        hand.go("/desk/")
        assert "区政务服务中心和公共资源交易管理办公室" in page.inner_text(".ld-post")
        tops = page.eval_on_selector_all(
            ".ld-nav > a, .ld-navmore > summary", "all => all.map(each => each.getBoundingClientRect().top)"
        )
        assert len(tops) >= 8
        assert max(tops) - min(tops) < 5
        assert page.locator(".ld-mast").bounding_box()["height"] < 70
        page.click(".ld-navmore > summary")
        hand.look()
        with page.expect_navigation():
            page.click(".ld-navmore a >> text=规则")
        hand.look()
        assert page.inner_text(".ld-nav [aria-current]") == "规则"


def test_without_script_rows_are_chosen_and_moved(site: Site, browser: Any, sessions: dict[str, Any]) -> None:
    with page_of(browser, 390, script=False) as page:
        hand = Hand(page, site.url, 390, sessions)
        hand.come_in("ducha")
        page.goto(f"{site.url}/desk/cases?kind=supervision&state=initiated")
        page.locator(".ld-tickbox input").first.check()
        with page.expect_navigation():
            page.click("text=选中的一起办")
        page.locator(".ld-moves label", has_text="撤销立项").click()
        with page.expect_navigation():
            page.click("text=下一步")
        page.fill("#a-reason", "和另一张重复")
        with page.expect_navigation():
            page.click("main form[data-ld-once] button[type=submit]")
        assert "撤销立项，办了1件" in hand.words()


def test_in_the_dark_and_in_large_letters_all_can_be_read(
    site: Site, browser: Any, sessions: dict[str, Any]
) -> None:
    for width in WIDTHS:
        with page_of(browser, width, dark=True) as page:
            hand = Hand(page, site.url, width, sessions)
            hand.come_in("ducha")
            page.goto(f"{site.url}/look?size=large&next=/desk/cases")
            hand.look()
            for address in (
                "/desk/inbox?whose=unit",
                "/desk/cases?kind=supervision&state=assigned",
                "/desk/cases/load",
                "/desk/rules",
                "/desk/playbooks/supervision",
            ):
                hand.go(address)
