"""One project's year in a browser: a sentence, a file, months by link, a bottleneck two levels up, another leader, production.

The clock is moved on between the scenes and the tick is made by hand, as the worker would; the office sits at a wide window,
whoever fills in, signs or stands at the site holds a phone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from luodi.areas.projects.models import LeaderAssignment, ProjectFile
from luodi.areas.projects.report_models import MonthlyReport
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.cases import actions as cases
from luodi.kernel.cases.models import Case
from luodi.kernel.clocks import now as clock
from luodi.kernel.clocks.now import SHANGHAI
from luodi.kernel.documents import actions as documents
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.sealing import seal
from tests.areas.projects.project_town import ProjectTown, at, found, photo
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.site import Site, served

PASSWORD = "松湾路上的第三棵老树"
LEDGER = "/desk/projects"
NAME = "岚谷冷链物流中心"
PAPER = (
    "2026年区政府工作报告\n\n2026-03-01  来源：区政府办公室\n\n二、2026年工作\n\n"
    "2026年12月底前建成岚谷冷链物流中心。\n\n奋力建设“四个青岚”。\n"
)
PHONE, OFFICE = 390, 1440
REFUSED = re.compile(r"status of 4(09|10|22)")
# what each month brought, in 万元, and how much stands at its end
MONTHS = (
    (3, 300, 4),
    (4, 900, 14),
    (5, 1_500, 30),
    (6, 400, 34),
    (7, 2_600, 60),
    (8, 2_300, 82),
    (9, 1_600, 96),
)
PLAN = {"m3": "400", "m4": "1000", "m5": "1500", "m6": "1600", "m7": "2000", "m8": "2000", "m9": "1500"}

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@pytest.fixture(scope="module")
def site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """A town with its posts and one report of its government; no project yet."""

    def build() -> ProjectTown:
        town = found()
        with at(3, 1):
            documents.intake(PAPER.encode(), by=town.actors["综合科"])
        for actor in town.actors.values():
            accounts.set_password(Account.objects.get(pk=actor.account), PASSWORD, by=SYSTEM)
        return town

    with served(database_template, django_db_blocker, tmp_path_factory.mktemp("year"), build) as made:
        yield made


@pytest.fixture
def page(site: Site) -> Iterator[Any]:
    """One page in one browser; it is made as wide as whoever acts has it."""
    with chromium() as browser:
        connection.close()
        with page_of(browser, OFFICE) as made:
            yield made
        connection.close()


class Year:
    """The page, whoever sits at it, and the day on which that is."""

    def __init__(self, page: Any, site: Site) -> None:
        self.page, self.site, self.width = page, site, OFFICE

    def day(self, month: int, day: int) -> None:
        """It is that morning; what turned by then has turned."""
        clock.start_from(dt.datetime(2026, month, day, 9, tzinfo=SHANGHAI), dt.datetime.now(dt.UTC))
        cases.tick()

    def sits(self, post: str, width: int) -> None:
        """Somebody else comes in, at a window of that width."""
        self.leaves(width)
        self.page.goto(f"{self.site.url}/desk/login")
        self.page.fill("#login", f"login{list(self.site.made.posts).index(post) + 1}")
        self.page.fill("#password", PASSWORD)
        with self.page.expect_navigation():
            self.page.press("#password", "Enter")

    def leaves(self, width: int) -> None:
        """Nobody is logged in; the window is that wide."""
        self.page.context.clear_cookies()
        self.page.set_viewport_size({"width": width, "height": 900})
        self.width = width

    def go(self, address: str, *, look: bool = True) -> None:
        """Open an address and look at it."""
        self.page.goto(self.site.url + address)
        if look:
            self.look()

    def press(self, words: str, *, look: bool = True) -> None:
        """Press a button or follow a link of the main part, and look at where it leads."""
        there = self.page.locator("main a:visible, main button:visible").filter(has_text=words)
        assert there.count(), f"{words} is not on {self.page.url}: {self.words()}"
        with self.page.expect_navigation():
            there.first.click()
        if look:
            self.look()

    def look(self) -> None:
        """What axe, the policy, the window's edge and a finger find fault with."""
        faults = [*axe_findings(self.page), *(each for each in self.page.faults if not REFUSED.search(each))]
        self.page.faults.clear()
        if overflow(self.page) > 0:
            faults.append(f"wider than the window by {overflow(self.page)} px")
        if self.width == PHONE:
            faults += small_targets(self.page)
        assert faults == [], self.page.url

    def words(self) -> str:
        """What the main part says."""
        return str(self.page.inner_text("main"))

    def sees(self, *words: str) -> None:
        """All of these stand there."""
        for each in words:
            assert each in self.words(), f"{each} is not on {self.page.url}: {self.words()}"


def test_a_year_from_a_sentence_to_production(page: Any, site: Site) -> None:
    year = Year(page, site)
    file = taken_in(year)
    planned_and_begun(year, file)
    for month, done, percent in MONTHS[:3]:
        month_by_link(year, file, month, done, percent, look=month == 3)
    case = stuck_and_lifted(year, file)
    handed_over(year, file)
    solved(year, file, case)
    for month, done, percent in MONTHS[3:]:
        month_by_link(year, file, month, done, percent, look=False)
    produces(year, file)
    told_to_everybody(year, file)


def taken_in(year: Year) -> ProjectFile:
    """The office finds the name in the report, opens the project and refuses a slogan."""
    year.day(3, 2)
    year.sits("综合科", OFFICE)
    year.go(f"{LEDGER}/said")
    year.sees(NAME, "名称像工程")
    proposal = year.page.locator("li").filter(has_text=NAME).locator("a", has_text="立项").first
    with year.page.expect_navigation():
        proposal.click()
    year.look()
    assert year.page.input_value("#name") == NAME
    assert year.page.input_value("#end") == "2026-12-31"
    year.press("立项")
    year.sees("单位没有选")
    year.page.fill("#code", "2601-370001-04-01-100001")
    year.page.select_option("#stage", "preparing")
    year.page.select_option("#owner", label="青岚冷链有限公司")
    year.page.select_option("#lead", label="区工信局")
    year.page.select_option("#responsible", label="石桥镇")
    year.page.check("input[name=level][value=city]")
    year.page.fill("#total", "1.2亿")
    year.page.fill("#start", "2026-03-16")
    year.press("立项")
    year.sees("立了项目", NAME, "2026年12月底前建成岚谷冷链物流中心")
    return ProjectFile.objects.select_related("project").get()


def planned_and_begun(year: Year, file: ProjectFile) -> None:
    """A leader by post, a plan that adds up, then the works with permit and pictures."""
    year.press("定包联领导")
    year.page.select_option("#post", label="区政府副区长")
    year.press("定下")
    year.press("定计划")
    for name, amount in PLAN.items():
        year.page.fill(f"#{name}", amount)
    year.page.fill("#annual", "1.1亿")
    year.press("定下计划")
    year.sees("各月加起来是10,000.00万元")
    year.page.fill("#annual", "1亿")
    year.press("定下计划")
    year.day(3, 16)
    year.sits("综合科", OFFICE)
    year.go(f"{LEDGER}/{file.id}/stage")
    year.page.fill("#paper-permit", "青岚施许〔2026〕18号")
    year.press("凭据齐了，进")
    year.sees("还缺1样凭据", "平整场地不算")
    year.page.set_input_files(
        "[name=file-works]", {"name": "桩基.jpg", "mimeType": "image/jpeg", "buffer": photo(3)}
    )
    year.page.wait_for_selector("[data-state='whole']")
    year.press("凭据齐了，进")
    file.refresh_from_db()
    assert (file.stage, file.start_actual) == ("newly_started", dt.date(2026, 3, 16))


def month_by_link(year: Year, file: ProjectFile, month: int, done: int, percent: int, *, look: bool) -> None:
    """The office makes two links; on two phones one fills in, the other signs."""
    year.day(month + 1, 2)
    year.sits("综合科", OFFICE)
    year.go(f"{LEDGER}/{file.id}/links", look=look)
    links = {}
    for side, contact, words in (
        ("filler", "综合部经办", "做一个填报链接"),
        ("head", "总经理", "做一个签字链接"),
    ):
        year.page.select_option(f"#{side}-month", f"2026-{month:02}")
        year.page.fill(f"#{side}-contact", contact)
        year.press(words, look=look)
        links[side] = re.search(r"/desk/projects/open/\S+", year.page.input_value("#link"))[0]
        year.press("发给本人了", look=look)
    year.leaves(PHONE)
    year.go(links["filler"], look=look)
    year.page.fill("#done", str(done))
    year.page.fill("#paid", str(done * 7 // 10))
    year.page.fill("#percent", str(percent))
    year.press("报给负责人签字", look=look)
    year.sees("等单位负责人签字")
    year.go(links["head"], look=look)
    year.press("签字", look=look)
    year.sees("两方都签了")
    assert MonthlyReport.objects.get(file=file, month=dt.date(2026, month, 1)).state == "signed"


def stuck_and_lifted(year: Year, file: ProjectFile) -> Case:
    """The town registers from its phone what holds it up; nobody moves, and it climbs from the town to the district's leader."""
    year.day(6, 8)
    year.sits("项目员", PHONE)
    year.go(f"{LEDGER}/{file.id}")
    year.press("项目堵点")
    year.page.fill("#title", "临时用电容量不够")
    year.page.fill("#a-found_on", "2026-06-08")
    year.page.fill("#a-matter", "冷库压缩机要1600千伏安，现有800，报装退回两次。")
    year.page.select_option("#a-blocking", label="施工")
    year.press("登记堵点")
    case = Case.objects.get(kind="bottleneck")
    here = f"/desk/cases/{case.id}"
    year.sits("综合科", OFFICE)
    year.go(here)
    year.press("分类，写明诉求")
    year.page.select_option("#a-sort", label="水电气热")
    year.page.select_option("#a-asked_unit", label="石桥镇")
    year.page.fill("#a-asked_act", "接通1600千伏安临时用电")
    year.page.fill("#a-impact_wan", "1600")
    year.page.fill("#a-impact_people", "120")
    year.press("分类，写明诉求")
    year.press("交办")
    year.page.select_option("#a-unit", label="石桥镇")
    year.press("交办")
    levels = [Case.objects.get(pk=case.id).level]
    for late in range(9, 40):
        moment = dt.date(2026, 6, 1) + dt.timedelta(days=late)
        year.day(moment.month, moment.day)
        levels.append(Case.objects.get(pk=case.id).level)
        if levels[-1] == 3:
            break
    assert sorted(set(levels)) == [1, 2, 3], "up by one level at a time"
    assert levels == sorted(levels)
    lifts = Event.objects.filter(subject=case.id, kind="case.moved", post="").count()
    assert lifts == 2, "by rule, and by nobody's hand"
    year.sits("副区长", PHONE)
    year.go(f"{LEDGER}/leading")
    year.sees("临时用电容量不够", "接通1600千伏安临时用电", "最急的在前")
    return case


def handed_over(year: Year, file: ProjectFile) -> None:
    """The office ties another leader's post to it; either signs, what is stuck goes along."""
    year.day(7, 20)
    year.sits("综合科", OFFICE)
    year.go(f"{LEDGER}/{file.id}/leader")
    year.page.select_option("#post", label="区政府区长")
    year.press("定下")
    year.sees("交出的一方没有签", "接手的一方没有签")
    for post in ("副区长", "区长"):
        year.sits(post, PHONE)
        year.go(f"{LEDGER}/leading")
        year.press("签字")
    assert LeaderAssignment.objects.get(until=None).taken_on == dt.date(2026, 7, 20)
    year.sees("您包联1个项目", "临时用电容量不够")
    year.press("记一次到现场")
    year.page.check("input[name=working][value=yes]")
    year.page.fill("#found", "压缩机到货，等电")
    year.press("记下")
    year.sits("副区长", PHONE)
    year.go(f"{LEDGER}/leading")
    year.sees("您的岗位没有包联项目")


def solved(year: Year, file: ProjectFile, case: Case) -> None:
    """The town solves it and shows how; auditors look; the unit is told before the owner is asked."""
    here = f"/desk/cases/{case.id}"
    year.sits("镇长", PHONE)
    year.go(here)
    year.press("签收")
    if "定办法" not in year.words():
        year.go(here)
    year.press("定办法")
    year.page.fill("#a-plan", "供电所先接800，七月底前换箱变。")
    year.press("定办法")
    year.day(7, 29)
    year.sits("镇长", PHONE)
    year.go(here)
    year.press("上报解决")
    year.page.fill("#a-solution", "七月二十八号送电，1600千伏安。")
    year.page.set_input_files(
        "#a-evidence-photo", {"name": "送电.jpg", "mimeType": "image/jpeg", "buffer": photo(8)}
    )
    year.page.wait_for_selector("[data-state='whole']")
    year.press("上报解决")
    year.sits("核查科", PHONE)
    year.go(here)
    year.press("核实，确已解决")
    year.page.fill("#a-finding", "箱变已投，压缩机在转。")
    year.press("核实，确已解决")
    year.sits("综合科", OFFICE)
    year.go(here)
    year.press("告知责任单位销号")
    year.press("告知责任单位销号")
    year.go(here)
    year.press("记下企业的话，销号")
    year.page.select_option("#a-owner_says", label="解决了")
    year.press("记下企业的话，销号")
    assert Case.objects.get(pk=case.id).state == "closed"
    year.go(f"{LEDGER}/{file.id}")
    year.sees("没有您看得到的堵点")


def produces(year: Year, file: ProjectFile) -> None:
    """Completion with its record, production with its first invoice, and nothing without."""
    year.day(11, 20)
    year.sits("综合科", OFFICE)
    year.go(f"{LEDGER}/{file.id}/stage?to=completed_works")
    year.page.fill("#paper-acceptance", "竣工验收记录〔2026〕9号")
    year.press("凭据齐了，进")
    year.day(12, 10)
    year.sits("综合科", OFFICE)
    year.go(f"{LEDGER}/{file.id}")
    year.press("进下一个阶段")
    year.press("凭据齐了，进")
    year.sees("还缺1样凭据", "有一样就行")
    year.page.fill("#paper-output", "第一张发票00018号")
    year.press("凭据齐了，进")
    year.sees("进了“投产”")
    file.refresh_from_db()
    assert (file.stage, file.completion_actual) == ("in_production", dt.date(2026, 11, 20))


def told_to_everybody(year: Year, file: ProjectFile) -> None:
    """The public page tells it whole and leads back to the sentence; the sentence's document leads to the project."""
    seal()
    year.leaves(PHONE)
    year.go(f"/g/{file.project_id}")
    year.sees("投产", NAME, "区政府区长", "96%")
    assert "临时用电" not in year.words(), "what was stuck stays inside"
    year.press("2026年12月底前建成岚谷冷链物流中心")
    assert year.page.locator("mark.is-on").inner_text().startswith("2026年12月底前建成")
    year.sees("说到的重点项目")
    year.press(NAME)
    assert year.page.url.endswith(f"/g/{file.project_id}")
