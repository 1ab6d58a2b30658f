"""Cases in a browser, narrow and wide: a slip from its order to its evaluation, a dispute from application to 履行完毕."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, Duty
from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.ledger.sealing import seal
from luodi.kernel.register.models import Post
from tests.desk.promise_desk import hired
from tests.journeys.browser import CHROMIUM, chromium, page_of
from tests.journeys.desk_pictures import photo
from tests.journeys.site import Site, served
from tests.journeys.test_promises_at_the_desk import PASSWORD, WIDTHS, Hand
from tests.portal.town import Town, on, with_promises

# log-in, unit, role
PEOPLE = (
    ("ducha", "区政府督查室", "office"),
    ("zhujian", "区住房城乡建设局", "reporter"),
    ("shangwu", "区商务局", "reporter"),
    ("minzheng", "区民政局", "reporter"),
    ("shenji", "区审计局", "verifier"),
    ("quzhang", "区人民政府", "leader"),
)
PARTIES = "甲某与乙某因楼上漏水起争执"

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


class CaseHand(Hand):
    """Whoever sits at the browser, at the forms of cases."""

    def attach(self, path: str) -> None:
        """Choose a file: on a phone as a photo taken there; wait until all of it has come."""
        field = "#a-evidence-photo" if self.width == 390 and path.endswith(".jpg") else "#a-evidence"
        self.page.set_input_files(field, path)
        self.page.wait_for_selector("[data-state='whole']")

    def choose(self, field: str, words: str) -> None:
        """Choose an entry of a list by its words."""
        self.page.select_option(field, label=words)

    def open_all(self) -> None:
        """Every fold of the page opened and looked at."""
        self.page.evaluate("document.querySelectorAll('main details').forEach(e => { e.open = true; })")
        self.look()


@pytest.fixture(scope="module")
def site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """The small town with its promises, with somebody at each of six desks."""

    def build() -> Town:
        town = with_promises()
        for login, unit, role in PEOPLE:
            account = hired(town.units[unit], role, login=login)
            accounts.set_password(account, PASSWORD, by=SYSTEM)
        seal()
        return town

    with served(database_template, django_db_blocker, tmp_path_factory.mktemp("cases"), build) as made:
        yield made


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        connection.close()
        yield made
        connection.close()


@pytest.fixture(scope="module")
def sessions() -> dict[str, Any]:
    """The cookies of those who have come in, by log-in name."""
    return {}


@pytest.fixture(params=WIDTHS)
def hand(
    request: pytest.FixtureRequest, site: Site, browser: Any, sessions: dict[str, Any]
) -> Iterator[CaseHand]:
    """A hand at a narrow and at a wide window."""
    with page_of(browser, request.param) as page:
        yield CaseHand(page, site.url, request.param, sessions)


@pytest.fixture
def picture(tmp_path: Path) -> str:
    """A photo on somebody's phone."""
    (tmp_path / "现场.jpg").write_bytes(photo())
    return str(tmp_path / "现场.jpg")


def post_of(site: Site, login: str) -> Actor:
    """Who that person is to an act made beside the browser."""
    post = Post.objects.get(appointments__person__account__login=login)
    account = post.appointments.get().person.account
    return Actor(account=account.id, post=post.id)


def test_a_slip_from_a_late_promise_to_its_evaluation(site: Site, hand: CaseHand, picture: str) -> None:
    narrow = hand.width == 390
    row, login = (
        (site.made.promises["背街小巷"], "zhujian")
        if narrow
        else (site.made.promises["快递服务点"], "shangwu")
    )
    # ordered
    hand.come_in("ducha")
    hand.go(f"/desk/cases/new?subject={row.id}")
    hand.press("督办单")
    assert row.title in hand.words()
    hand.choose("#verifier_unit", "区审计局")
    hand.choose("#a-ordered_by", "区人民政府区长")
    hand.page.fill("#a-order_paper", "区政府第12次常务会议纪要")
    hand.page.fill("#a-matter", "到期没有报完成，查明原因")
    hand.page.fill("#a-answer_by", "2026-09-30")
    hand.press("立项")
    assert "立好了" in hand.words()
    case = Case.objects.get(pk=hand.page.url.rsplit("/", 1)[1])
    hand.press("交办")
    assert "通知单将发给承办单位" in hand.words()
    hand.press("交办")
    # answered from the phone, with a photo
    hand.come_in(login)
    hand.go(f"/desk/cases/{case.id}")
    assert "还剩8天" in hand.words()
    hand.press("反馈")
    hand.page.fill("#a-answer", "改造完成13.4公里，其余路段十月中旬完工")
    hand.attach(picture)
    hand.look()
    hand.picture("case-move")
    hand.press("反馈")
    assert "现在等区审计局核查反馈属不属实" in hand.words()
    assert hand.page.locator(".ld-shots img").evaluate("image => image.complete && image.naturalWidth > 0")
    # checked by another unit
    hand.come_in("shenji")
    hand.go(f"/desk/cases/{case.id}")
    hand.picture("case")
    hand.open_all()
    assert "累计10个工作日" in hand.words()
    hand.press("核查属实")
    hand.page.fill("#a-finding", "现场核对，数字属实")
    hand.press("核查属实")
    # concluded and evaluated
    hand.come_in("ducha")
    hand.go(f"/desk/cases/{case.id}")
    hand.press("作结论")
    hand.page.fill("#a-conclusion", "反馈属实，继续按期推进")
    hand.press("作结论")
    assert "要等“申请复核的期限”过了再做" in hand.words()
    # the unit does not contest it, so nobody waits for the thirty days
    hand.come_in(login)
    hand.go(f"/desk/cases/{case.id}")
    hand.press("认可结论")
    hand.press("认可结论")
    hand.come_in("ducha")
    hand.go(f"/desk/cases/{case.id}")
    hand.press("评价")
    hand.choose("#a-grade", "好")
    hand.press("评价")
    assert "了结：评价完成，算作“办成”" in hand.words()
    case.refresh_from_db()
    assert case.outcome == "done"
    hand.go(f"/desk/cases/{case.id}/print")
    assert "督办单" in hand.words()


def test_a_dispute_from_application_to_performance(site: Site, hand: CaseHand) -> None:
    hand.come_in("minzheng")
    hand.go("/desk/cases/new")
    hand.press("纠纷调解：当事人申请")
    hand.page.fill("#title", f"相邻用房漏水（{hand.width}）")
    hand.choose("#unit", "区民政局")
    hand.choose("#verifier_unit", "区审计局")
    hand.page.fill("#a-parties", PARTIES)
    hand.choose("#a-sort", "邻里")
    hand.choose("#a-risk", "低")
    hand.press("当事人申请")
    assert PARTIES in hand.words()
    case = Case.objects.get(pk=hand.page.url.rsplit("/", 1)[1])
    hand.press("双方同意，受理")
    hand.press("开调解会")
    hand.page.fill("#a-note", "双方到场，愿意各让一步")
    hand.press("开调解会")
    # the agreement, row by row; five more rows come without asking the server
    hand.press("达成协议")
    hand.choose("#a-form", "书面")
    hand.page.fill("#a-effective_on", "2026-09-22")
    hand.page.click("text=再加几行")
    assert hand.page.locator("[name=a-agreed-who]").count() == 10
    for number, (does, amount) in enumerate((("付清修缮款", "12000.5"), ("拆除隔墙", "")), 1):
        hand.page.fill(f"#a-agreed-who-{number}", "甲某")
        hand.page.fill(f"#a-agreed-does-{number}", does)
        hand.page.fill(f"#a-agreed-amount-{number}", amount)
        hand.page.fill(f"#a-agreed-due-{number}", f"2026-10-{number:02}")
    hand.look()
    hand.press("达成协议")
    assert "12,000.50元" in hand.words()
    hand.press("不申请确认，进入履行")
    # looked after by another unit, one by one
    hand.come_in("shenji")
    hand.go(f"/desk/cases/{case.id}")
    for duty in Duty.objects.filter(case=case).order_by("due_on"):
        hand.press("这一项做到了")
        hand.page.select_option("#a-duty", value=duty.id)
        hand.page.fill("#a-on", "2026-09-22")
        hand.press("这一项做到了")
    hand.press("全部履行，归档")
    assert "了结：履行完毕，算作“办成”" in hand.words()
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("performed", "done")


def test_what_was_refused_and_who_was_quicker_are_said_on_the_same_form(
    site: Site, hand: CaseHand, picture: str
) -> None:
    row = site.made.promises["东湖中学" if hand.width == 390 else "夜班公交"]
    case = actions.open_case(
        "supervision",
        by=post_of(site, "ducha"),
        title=f"督办：{row.title}",
        unit=site.made.units["区住房城乡建设局"],
        verifier_unit=site.made.units["区审计局"],
        answers={
            "subject": row.id,
            "ordered_by": site.made.posts["区人民政府"].id,
            "order_paper": "区政府第12次常务会议纪要",
            "matter": "查明原因",
            "answer_by": "2026-09-30",
        },
    )
    actions.move(case, "assign", by=post_of(site, "ducha"))
    hand.come_in("zhujian")
    hand.go(f"/desk/cases/{case.id}/report")
    hand.page.evaluate("document.querySelector('#a-answer').required = false")
    hand.attach(picture)
    hand.press("反馈")
    assert hand.page.get_attribute("#a-answer", "aria-invalid") == "true"
    hand.page.wait_for_selector("[data-state='whole']")
    hand.page.fill("#a-answer", "改造完成13.4公里")
    with held_at(on(9, 22, 12)):
        actions.move(
            case, "extend", by=post_of(site, "ducha"), answers={"reason": "等停水", "until": "2026-10-20"}
        )
    hand.press("反馈")
    assert "这件事被别人动过" in hand.words()
    assert "准予延期" in hand.words()
    assert hand.page.input_value("#a-answer") == "改造完成13.4公里"
    hand.press("反馈")
    assert "现在等区审计局核查" in hand.words()


def test_a_pause_is_proposed_and_signed_by_the_leader(site: Site, hand: CaseHand) -> None:
    row = site.made.promises["环湖绿道" if hand.width == 390 else "社区食堂"]
    hand.come_in("ducha")
    case = actions.open_case(
        "supervision",
        by=post_of(site, "ducha"),
        title=f"督办：{row.title}",
        unit=site.made.units["区城市管理局"],
        answers={
            "subject": row.id,
            "ordered_by": site.made.posts["区人民政府"].id,
            "order_paper": "区政府第12次常务会议纪要",
            "matter": "查明原因",
            "answer_by": "2026-09-30",
        },
    )
    actions.move(case, "assign", by=post_of(site, "ducha"))
    hand.go(f"/desk/cases/{case.id}/suspend")
    hand.page.fill("#a-reason", "等停水抢修结束")
    hand.page.fill("#a-until", "2026-09-28")
    hand.press("停表")
    assert "等分管区城市管理局的领导签字" in hand.words()
    hand.open_all()
    hand.come_in("quzhang")
    hand.go(f"/desk/cases/{case.id}")
    hand.press("等分管")
    hand.press("签字同意")
    assert "停表中" in hand.words()
    hand.open_all()


def test_without_script_every_step_works(site: Site, browser: Any, picture: str) -> None:
    row = site.made.promises["停车泊位3000"]
    case = actions.open_case(
        "supervision",
        by=post_of(site, "ducha"),
        title=f"督办：{row.title}",
        unit=site.made.units["区住房城乡建设局"],
        answers={
            "subject": row.id,
            "ordered_by": site.made.posts["区人民政府"].id,
            "order_paper": "区政府第12次常务会议纪要",
            "matter": "查明原因",
            "answer_by": "2026-09-30",
        },
    )
    actions.move(case, "assign", by=post_of(site, "ducha"))
    with page_of(browser, 390, script=False) as page:
        page.goto(f"{site.url}/desk/login")
        page.fill("#login", "zhujian")
        page.fill("#password", PASSWORD)
        with page.expect_navigation():
            page.press("#password", "Enter")
        page.goto(f"{site.url}/desk/cases/{case.id}")
        with page.expect_navigation():
            page.click("main .btn-primary")
        page.fill("#a-answer", "建成2,000个")
        page.set_input_files("#a-evidence-photo", picture)
        with page.expect_navigation():
            page.click("main form[data-ld-once] button[type=submit]")
        assert "“反馈”记下了" in page.inner_text("main")
    case.refresh_from_db()
    assert case.state == "reported"


def test_every_other_form_of_a_case_is_looked_at(site: Site, hand: CaseHand) -> None:
    case = actions.open_case(
        "mediation",
        by=post_of(site, "ducha"),
        move="apply",
        title="相邻用房漏水",
        unit=site.made.units["区民政局"],
        verifier_unit=site.made.units["区审计局"],
        answers={"parties": PARTIES, "sort": "邻里", "risk": "low"},
    )
    hand.come_in("ducha")
    hand.go("/desk/cases/new")
    hand.go(f"/desk/cases/new/supervision?subject={site.made.promises['幼儿园学位'].id}")
    for name in ("merge", "hand_over"):
        hand.go(f"/desk/cases/{case.id}/{name}")
        assert hand.page.locator("main textarea").count() == 1
    hand.go(f"/desk/cases/{case.id}/print")
    hand.come_in("minzheng")
    hand.go(f"/desk/cases/{case.id}/warn")
    assert hand.page.locator("main textarea").count() == 1
    hand.come_in("quzhang")
    hand.go(f"/desk/cases/{case.id}")
    hand.open_all()
    assert PARTIES not in hand.words()
    hand.press("要看请写用途")
    hand.page.fill("#reason", "信访包案，核对当事人")
    hand.press("记下用途，查看")
    assert PARTIES in hand.words()
