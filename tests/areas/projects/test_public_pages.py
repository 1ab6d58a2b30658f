"""Key projects in public: what anybody may know of them, each figure with its event; and nothing of anybody."""

from __future__ import annotations

import csv
import datetime as dt
import io
from xml.etree import ElementTree

import pytest
from django.test import Client
from openpyxl import load_workbook

from luodi.areas.projects import actions
from luodi.areas.projects.acts.filing import Shown
from luodi.areas.projects.acts.reporting import Filled, PhotoGiven
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.public.promised import time_gone
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.sealing import seal
from luodi.kernel.register import actions as register
from tests.areas.projects.project_town import WAN, ProjectTown, at, found, photo
from tests.areas.projects.test_screens import APRIL, MAY, PLAN, running
from tests.desk.case_desk import counted
from tests.portal.crawler import Crawler

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
PLANTED = ("赵小满", "13800001234", "99010119900101001X", "鲁D12345")
PLANT = "，".join(PLANTED)


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


@pytest.fixture
def files(town: ProjectTown) -> dict[str, ProjectFile]:
    """On plan, far behind, being prepared, and an idea that is nobody's business yet."""
    made = {
        name: running(town, name, done) for name, done in (("岚谷冷链中心", 2_600), ("环湖绿道贯通", 300))
    }
    with at(6, 3):
        for file in made.values():
            actions.enter_library(
                file, "statistical", by=town.actors["综合科"], since=dt.date(2026, 4, 10), paper="直报回执"
            )
        made["竹溪光伏"] = town.file(
            project=town.project("竹溪光伏"), levels=("district",), start_planned=None
        )
        made["云岭酒庄"] = town.file(stage="reserved", project=town.project("云岭酒庄"))
    return made


def get(address: str, status: int = 200) -> str:
    with at(6, 15):
        answer = Client().get(address)
        assert answer.status_code == status, answer.content[:300]
        if getattr(answer, "streaming", False):
            return bytes(answer.getvalue()).decode("utf-8-sig")
        return str(answer.content.decode())


def own(file: ProjectFile) -> str:
    return f"/g/{file.project_id}"


def test_a_district_without_projects_says_so(town: ProjectTown) -> None:
    page = get("/projects")
    assert "还没有公开的重点项目" in page
    assert "序号" not in page
    assert list(ElementTree.fromstring(get("/projects.atom")).iter(f"{ATOM}entry")) == []
    assert len(get("/projects.csv").splitlines()) == 1


def test_the_list_tells_levels_once_the_worst_first_and_no_ideas(files: dict[str, ProjectFile]) -> None:
    page = get("/projects")
    assert page.index("环湖绿道贯通</a>") < page.index("岚谷冷链中心</a>") < page.index("竹溪光伏</a>")
    assert 'data-figure="3"' in page
    assert "省重点2个" in page
    assert "区重点1个" in page
    assert "市重点2个" not in page, "of two levels, counted at the higher"
    assert "云岭酒庄" not in page
    assert "银川市" in page


def test_no_amount_of_a_firm_is_told(files: dict[str, ProjectFile]) -> None:
    pages = [get("/projects"), *(get(own(file)) for file in files.values() if file.stage != "reserved")]
    for page in pages:
        for amount in ("30,000", "30000", "10,000", "600.00", "2,600", "6.0%", "44.0"):
            assert amount not in page, amount
    assert "1亿元至5亿元" in pages[1]


def test_promised_and_measured_stand_beside_each_other(
    town: ProjectTown, files: dict[str, ProjectFile]
) -> None:
    file = files["环湖绿道贯通"]
    with at(6, 10):
        actions.correct_file(
            file,
            by=town.actors["综合科"],
            reason="工期调整",
            paper="备案变更",
            completion_planned=dt.date(2026, 6, 10),
        )
    page = get(own(file))
    for words in (
        "2026年3月1日",
        "2026年3月20日",
        "晚了19天",
        "2026年6月10日",
        "过了5天",
        "工期走得比工程快",
    ):
        assert words in page, words
    assert 'data-figure="10%"' in page
    assert "业主月报" in page
    assert "截至5月28日" in page
    assert "没有经别的单位核实" in page
    assert time_gone(dt.date(2026, 3, 20), dt.date(2026, 6, 10), dt.date(2026, 5, 28)) == 84
    assert "工期过了84%" in page


def test_every_figure_leads_to_the_event_that_says_it(files: dict[str, ProjectFile]) -> None:
    seal()
    with at(6, 15):
        pages, followed, lost = Crawler().walk("/projects")
    assert pages > 20
    assert followed > 10
    # this district made no promise: its nought leads to none
    assert [each for each in lost if each != "/data/: 0 → /?list=1"] == []


def test_a_lowered_plan_is_told_without_its_amounts(town: ProjectTown, files: dict[str, ProjectFile]) -> None:
    file = files["环湖绿道贯通"]
    lower = tuple(amount * 6 // 10 for amount in PLAN)
    with at(6, 10):
        actions.set_plan(
            file, 2026, lower, by=town.actors["综合科"], paper="会议纪要第9期", reason="征迁没完成"
        )
    page = get(own(file))
    assert "2026年计划第2版" in page
    assert "比上一版少三成以上" in page
    assert "征迁没完成" not in page
    assert "会议纪要第9期" not in page


def test_leaders_are_posts_and_a_change_of_post_is_told(
    town: ProjectTown, files: dict[str, ProjectFile]
) -> None:
    file, office = files["岚谷冷链中心"], town.actors["综合科"]
    with at(6, 1):
        actions.assign_leader(file, town.posts["副区长"], by=office, since=dt.date(2026, 5, 1))
    with at(6, 12):
        actions.assign_leader(file, town.posts["区长"], by=office, since=dt.date(2026, 6, 12))
        actions.record_visit(
            file, by=town.actors["区长"], made_on=dt.date(2026, 6, 12), is_working=True, found=PLANT
        )
    page = get(own(file))
    assert "由区政府副区长包联" in page
    assert "区政府区长到现场" in page
    assert f'href="/g/{town.posts["区长"].id}"' in page
    assert "某某" not in page


def test_a_photo_is_shown_where_whoever_gave_it_said_so(
    town: ProjectTown, files: dict[str, ProjectFile]
) -> None:
    file, june = files["环湖绿道贯通"], dt.date(2026, 6, 1)
    shots = [
        PhotoGiven(photo(n), "工地.jpg", PLANT, dt.date(2026, 6, 3), "117.58,34.77", is_public=n == 1)
        for n in (1, 2)
    ]
    with at(6, 12):
        actions.fill(file, june, Filled(0, 12, dt.date(2026, 6, 10), photos=shots), by=town.actors["填报员"])
    assert "/f/" not in get(own(file)), "not signed yet"
    with at(6, 13):
        actions.sign(file.reports.get(month=june), by=town.actors["总经理"])
    page = get(own(file))
    seen, hidden = (
        KeptFile.objects.get(pk=each.kept_id) for each in file.reports.get(month=june).photos.order_by("id")
    )
    assert f'src="/f/{seen.id}"' in page
    assert hidden.id not in page
    assert "2026年6月的月报" in page
    served = Client().get(f"/f/{seen.id}")
    assert served.status_code == 200
    assert b"Exif" not in served.getvalue()
    assert Client().get(f"/f/{hidden.id}").status_code == 404


def test_a_choice_narrows_and_is_kept_in_the_file(town: ProjectTown, files: dict[str, ProjectFile]) -> None:
    for query, names in {
        "light=red": ["环湖绿道贯通"],
        "level=district": ["竹溪光伏"],
        "stage=newly_started": ["环湖绿道贯通", "岚谷冷链中心"],
        "q=冷链": ["岚谷冷链中心"],
        "stage=reserved": [],
        "light=nonsense&stage=nowhere&page=0&place=x": ["环湖绿道贯通", "岚谷冷链中心", "竹溪光伏"],
    }.items():
        lines = list(csv.DictReader(io.StringIO(get(f"/projects.csv?{query}"))))
        assert [line["项目"] for line in lines] == names, query
    line = next(csv.DictReader(io.StringIO(get("/projects.csv?light=red"))))
    assert line["形象进度（%）"] == "10"
    assert line["总投资"] == "1亿元至5亿元"
    assert line["网页"].endswith(own(files["环湖绿道贯通"]))
    assert "没有同时合上这些条件的项目" in get("/projects?q=没有这个")
    with at(6, 15):
        raw = bytes(Client().get("/projects.xlsx?light=red").getvalue())
    table = load_workbook(io.BytesIO(raw)).active
    assert [row[2].value for row in table.iter_rows(min_row=2)] == ["环湖绿道贯通"]


def test_a_project_has_one_address_and_ideas_have_none(files: dict[str, ProjectFile]) -> None:
    file = files["环湖绿道贯通"]
    assert Client().get(f"/g/{file.id}").headers["Location"] == own(file)
    get(own(files["云岭酒庄"]), 404)
    get(f"/projects/{files['云岭酒庄'].project_id}/code.svg", 404)
    get("/g/j0000000000000", 404)


def test_each_page_has_a_code_of_its_own(files: dict[str, ProjectFile]) -> None:
    import segno

    codes = {
        name: get(f"/projects/{files[name].project_id}/code.svg") for name in ("环湖绿道贯通", "竹溪光伏")
    }
    assert len(set(codes.values())) == 2
    file = files["环湖绿道贯通"]
    drawn = io.BytesIO()
    segno.make(f"http://testserver{own(file)}", error="m", micro=False).save(
        drawn, kind="svg", scale=5, border=4, xmldecl=False, svgclass=None, lineclass=None, light="#fff"
    )
    assert codes["环湖绿道贯通"] == drawn.getvalue().decode()
    assert f'src="/projects/{file.project_id}/code.svg"' in get(own(file))


def test_the_feed_tells_names_and_kinds(files: dict[str, ProjectFile]) -> None:
    root = ElementTree.fromstring(get("/projects.atom"))
    titles = [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]
    assert titles[0] == "竹溪光伏：重点项目入账"
    assert "环湖绿道贯通：单位负责人签了月报" in titles
    assert not any("云岭酒庄" in str(title) for title in titles)


def test_bottlenecks_are_counted_and_not_told(town: ProjectTown, files: dict[str, ProjectFile]) -> None:
    with at(6, 12):
        actions.find_bottleneck(
            files["环湖绿道贯通"],
            by=town.actors["综合科"],
            title="临时用电",
            matter=PLANT,
            blocking="building",
        )
    page = get("/projects")
    assert "2026年登记1个，销号0个，挂账0个。" in page
    assert "临时用电" not in page + get(own(files["环湖绿道贯通"]))


def test_projects_that_follow_one_another_show_each_other(files: dict[str, ProjectFile]) -> None:
    one, other = files["环湖绿道贯通"], files["岚谷冷链中心"]
    with at(6, 5):
        register.link("follows", one.project_id, other.project_id, by=SYSTEM)
        register.link("follows", one.project_id, files["云岭酒庄"].project_id, by=SYSTEM)
    assert f'href="{own(other)}"' in get(own(one))
    assert f'href="{own(one)}"' in get(own(other))
    assert "云岭酒庄" not in get(own(one))


def test_pages_ask_as_little_of_many_projects_as_of_few(
    town: ProjectTown, files: dict[str, ProjectFile]
) -> None:
    def asked_of(address: str) -> int:
        with at(6, 15), counted() as number:
            answer = Client().get(address)
            if getattr(answer, "streaming", False):
                answer.getvalue()
        return number[-1]

    addresses = ("/projects", "/projects.csv", "/projects.atom", own(files["环湖绿道贯通"]))
    few = [asked_of(address) for address in addresses]
    for number in range(5):
        running(town, f"第{number}号厂房", 500 + 300 * number)
    assert [asked_of(address) for address in addresses] == few


def planted(town: ProjectTown, files: dict[str, ProjectFile]) -> None:
    """A person in every free word that may be typed into a project, its level and its name aside, which are public."""
    file, office = files["环湖绿道贯通"], town.actors["综合科"]
    with at(6, 10):
        actions.set_plan(file, 2026, tuple(a // 2 for a in PLAN), by=office, paper=PLANT, reason=PLANT)
        actions.issue_link(file, MAY, "filler", by=office, contact=PLANT[:60])
        shot = PhotoGiven(
            photo(3), f"{PLANT}.jpg", PLANT, dt.date(2026, 6, 3), "117.58,34.77", is_public=True
        )
        report = Filled(5 * WAN, 11, dt.date(2026, 4, 30), physical_text=PLANT, photos=[shot], reason=PLANT)
        actions.fill(file, APRIL, report, by=town.actors["填报员"])
        actions.sign(file.reports.get(month=APRIL, version=2), by=town.actors["总经理"])
        actions.explain(
            file, "figures", MAY, PLANT, by=town.actors["填报员"], remedy=PLANT, until=dt.date(2026, 6, 30)
        )
        attached = (photo(5), f"{PLANT}.jpg")
        actions.correct_file(
            file, by=office, reason=PLANT, paper=PLANT, attached=attached, total_investment=31_000 * WAN
        )
        actions.enter_library(file, "planning", by=office, since=dt.date(2026, 6, 1), paper=PLANT)
        actions.leave_library(file, "planning", by=office, on=dt.date(2026, 6, 9), reason=PLANT, paper=PLANT)
        actions.import_statistics(file, MAY, 77_777, by=office, as_of=dt.date(2026, 5, 31), paper=PLANT)
        actions.review_confidence(file, "doubtful", PLANT, by=town.actors["核查科"])
        actions.assign_leader(file, town.posts["副区长"], by=office, since=dt.date(2026, 6, 1))
        actions.record_visit(
            file, by=town.actors["副区长"], made_on=dt.date(2026, 6, 9), is_working=False, found=PLANT
        )
        actions.find_bottleneck(file, by=office, title=PLANT, matter=PLANT, blocking="building")
        shown = {"decision": Shown(PLANT, photo(4), f"{PLANT}.jpg")}
        actions.move_stage(file, "suspended", by=office, on=dt.date(2026, 6, 10), shown=shown, reason=PLANT)


def test_nobody_planted_in_a_project_comes_out_in_public(
    town: ProjectTown, files: dict[str, ProjectFile]
) -> None:
    planted(town, files)
    seal()
    file = files["环湖绿道贯通"]
    with at(6, 15):
        crawler = Crawler()
        addresses = crawler.all_pages("/projects")
        addresses += ["/projects.csv", "/projects.atom", "/feed.atom", "/cases.atom", "/data/", own(file)]
        addresses += [f"/proof/{a.removeprefix('/e/')}.json" for a in addresses if a.startswith("/e/")]
    assert own(file) in addresses
    assert sum(address.startswith("/e/") for address in addresses) > 15
    for address in addresses:
        with at(6, 15):
            answer = Client().get(address)
            raw = answer.getvalue() if getattr(answer, "streaming", False) else answer.content
        for value in PLANTED:
            assert value.encode() not in raw, (address, value)
            assert value.encode("unicode_escape") not in raw, (address, value)
