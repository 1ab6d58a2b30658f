"""What the office, the doing unit and a reviewer write on a project, in a browser: narrow and wide, with and without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from luodi.areas.projects import actions
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from tests.areas.projects.project_town import at, found
from tests.areas.projects.test_quoting_page import BULLETIN
from tests.areas.projects.test_statistics_pages import as_sent
from tests.journeys.browser import CHROMIUM, chromium, overflow, page_of
from tests.journeys.site import Site, served
from tests.journeys.test_projects import LEDGER, MONTHS, PASSWORD, WIDTHS, Hand, Made, begun

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROW, WIDE = "环湖绿道贯通工程", "老城雨污分流"
SENTENCE = "完成投资1234.5万元。"

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@pytest.fixture(scope="module")
def site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """Two projects of each width's own, far ahead of their plans; a bulletin that names each."""

    def build() -> Made:
        town = found()
        files = {name: begun(town, name, (160, 170, 150, 180, 190), 100) for name in (NARROW, WIDE)}
        office = town.actors["综合科"]
        with at(9, 10):
            for name, file in files.items():
                actions.set_plan(
                    file, 2026, tuple(amount * 6 // 10 for amount in MONTHS), by=office, paper="会议纪要第9期", reason="征迁晚了",
                )  # fmt: skip
                documents.intake(BULLETIN.format(f"{name}{SENTENCE}").encode(), by=office)
                statement = StatementKey.objects.order_by("id").last()
                assert statement is not None
                register.link("named_in", file.project_id, statement.id, by=office)
        for actor in town.actors.values():
            accounts.set_password(Account.objects.get(pk=actor.account), PASSWORD, by=SYSTEM)
        return Made(town, files)

    with served(database_template, django_db_blocker, tmp_path_factory.mktemp("office"), build) as made:
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


@pytest.fixture(params=WIDTHS)
def hand(
    request: pytest.FixtureRequest, site: Site, browser: Any, sessions: dict[str, Any]
) -> Iterator[Hand]:
    """A hand at a narrow and at a wide window."""
    with page_of(browser, request.param) as page:
        yield Hand(page, site, request.param, sessions)


def own(hand: Hand) -> str:
    """The project of this width."""
    return f"{LEDGER}/{hand.site.made.files[NARROW if hand.width == 390 else WIDE].id}"


def test_strange_figures_are_explained_and_the_explanation_is_judged(hand: Hand) -> None:
    hand.come_in("填报员")
    hand.go(own(hand))
    hand.press("写说明")
    hand.page.fill("#text", "设备提前到货，货款一次付清")
    hand.press("写好了，交项目办")
    assert "怎么办没有填" in hand.words()
    assert hand.page.input_value("#text") == "设备提前到货，货款一次付清"
    hand.page.fill("#remedy", "核对总投资，报项目办更正")
    hand.page.fill("#until", "2026-10-15")
    hand.press("写好了，交项目办")
    assert "等项目办看" in hand.words()
    hand.come_in("综合科")
    hand.go(own(hand))
    hand.go(f"{LEDGER}/explanations")
    assert "份说明等着看" in hand.words()
    hand.picture("project-explanations", 900)
    hand.go(own(hand))
    hand.press("认可")
    assert "项目办认可" in hand.words()
    hand.picture("project-explained", 900)
    hand.come_in("填报员")
    hand.go("/desk/inbox")
    assert "办好说明里写的（数字超出常理）" in hand.words()
    hand.come_in("综合科")
    hand.go(own(hand))
    hand.press("核过，说明里写的办好了")
    assert "核过，办好了" in hand.words()


def test_another_unit_judges_the_delivery(hand: Hand) -> None:
    hand.come_in("核查科")
    hand.go(own(hand))
    hand.press("评把握程度")
    hand.page.check("input[value=doubtful]")
    hand.press("记下")
    assert "凭什么这样判断没有写明" in hand.words()
    hand.page.fill("#reason", "设备到了，安装队伍还没有进场")
    hand.press("记下")
    assert "黄：有问题，还来得及解决" in hand.words()


def test_statistics_come_from_the_bureaus_sheet_and_from_its_bulletin(hand: Hand) -> None:
    file = hand.site.made.files[NARROW if hand.width == 390 else WIDE]
    hand.come_in("综合科")
    hand.go(LEDGER)
    hand.press("录统计数")
    rows = as_sent([1, file.project.code, None, 1, 812.34, 5], [2, None, "某某民营仓库", 1, 7, 5])
    hand.page.set_input_files("#sheet", {"name": "投资表.xlsx", "mimeType": XLSX, "buffer": rows})
    hand.press("读这张表")
    assert hand.page.input_value("#as_of") == "2026-05-31"
    hand.press("看每行录成什么")
    assert "不在重点项目账上" in hand.words()
    hand.picture("project-statistics")
    hand.press("引用这1行")
    hand.go(f"{own(hand)}?month=2026-05")
    hand.page.click("text=统计数的出处")
    hand.look()
    assert "812.34万元" in hand.words()
    hand.press("从文件里引用统计数")
    assert "就是1234.50万元" in hand.words()
    hand.page.check("input[name=figure]")
    hand.page.fill("#as_of", "2026-05-31")
    hand.press("照原文引用")
    hand.page.click("text=统计数的出处")
    assert "后来另引了新的，这一条留着" in hand.words()


def test_a_library_is_entered_and_facts_are_put_right(hand: Hand) -> None:
    hand.come_in("综合科")
    hand.go(own(hand))
    hand.press("登记入库")
    hand.page.check("input[value=provincial]")
    hand.press("登记")
    assert "入库的依据没有填" in hand.words()
    hand.page.fill("#paper", "省重点项目名单第31号")
    hand.press("登记")
    assert "省重点项目名单第31号" in hand.words()
    hand.press("登记退库")
    hand.page.check("input[value=provincial]")
    hand.page.fill("#reason", "投资方退出，不再列入")
    hand.picture("project-library-left", 900)
    hand.press("登记退库")
    assert "退库的依据没有填" in hand.words()
    hand.page.fill("#paper", "省重点项目调整通知第7号")
    hand.press("登记退库")
    assert "原因：投资方退出，不再列入，依据：省重点项目调整通知第7号" in hand.words()
    hand.press("更正资料")
    hand.page.fill("#total_investment", "2.5亿")
    hand.page.fill("#reason", "概算批复以后更正")
    hand.press("更正")
    assert "更正总投资要依据的文件" in hand.words()
    hand.page.set_input_files(
        "#attached",
        {"name": "概算批复第6号.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 estimate"},
    )
    hand.page.wait_for_selector("[data-state='whole']")
    hand.picture("project-correct")
    hand.press("更正")
    assert "25,000.00万元" in hand.words()
    assert hand.page.locator("#corrections ~ ul s").count() == 1
    assert hand.page.locator("#corrections ~ ul a", has_text="概算批复第6号.pdf").count() == 1


def test_all_is_done_without_script(site: Site, browser: Any, sessions: dict[str, Any]) -> None:
    with page_of(browser, 390, script=False) as page:
        hand = Hand(page, site, 390, sessions)
        hand.come_in("核查科")
        page.goto(f"{site.url}{own(hand)}/confidence")
        assert overflow(page) <= 0
        page.check("input[value=unlikely]")
        page.fill("#reason", "连续两个月没有人施工，工期已经不够")
        page.click("main button[type=submit]")
        assert "红：照现在这样建不成" in hand.words()
        hand.come_in("综合科")
        for rest in ("/correct", "/library", "/library/leave", "/quote"):
            page.goto(f"{site.url}{own(hand)}{rest}")
            assert overflow(page) <= 0, rest
