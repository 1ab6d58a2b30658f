"""The ledger, one project and the wall, through the front door: who sees what, in which order, at how many queries."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from luodi.areas.projects import actions
from luodi.areas.projects.acts.reporting import Filled
from luodi.areas.projects.desk.strips import drawing, strip
from luodi.areas.projects.models import ProjectFile
from luodi.desk.areas import AreaPages, announce, announced
from luodi.kernel.accounts.models import Account
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.desk.case_desk import counted, text_of

pytestmark = pytest.mark.django_db
LEDGER = "/desk/projects"
MARCH, APRIL, MAY = dt.date(2026, 3, 1), dt.date(2026, 4, 1), dt.date(2026, 5, 1)
PLAN = tuple(amount * WAN for amount in (0, 0, 1_000, 2_000, 2_000, 2_000, 1_000, 1_000, 1_000, 0, 0, 0))


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


def browser(town: ProjectTown, post: str) -> Client:
    """A browser in which whoever holds the post has come in."""
    client = Client()
    client.force_login(Account.objects.get(pk=town.actors[post].account))
    return client


def read(town: ProjectTown, post: str, address: str, status: int = 200) -> Any:
    """What the post is answered there, in the middle of June."""
    with at(6, 15):
        answer = browser(town, post).get(address)
        assert answer.status_code == status, text_of(answer)
    return answer


def sheet(town: ProjectTown, post: str, address: str) -> bytes:
    """The file the post is given there."""
    return bytes(read(town, post, address).getvalue())


def names(answer: Any) -> list[str]:
    return [row.file.project.name for row in answer.context["rows"]]


def running(town: ProjectTown, name: str, done: int, **more: Any) -> ProjectFile:
    """A project with a plan that was begun in March and told ``done`` 万元 in April and in May."""
    with at(3, 20):
        file = town.started(project=town.project(name), **more)
        actions.set_plan(file, 2026, PLAN, by=town.actors["综合科"])
    for month in (APRIL, MAY):
        with at(month.month + 1, 2):
            town.reported(file, month, done * WAN, 10, paid=done * WAN // 2)
    return file


@pytest.fixture
def three(town: ProjectTown) -> dict[str, ProjectFile]:
    """On plan, a little behind, far behind."""
    made = {
        name: running(town, name, done)
        for name, done in (("岚谷冷链中心", 2_600), ("石桥污水处理厂", 1_500), ("环湖绿道贯通", 300))
    }
    with at(6, 3):
        for file in made.values():
            actions.enter_library(
                file,
                "statistical",
                by=town.actors["综合科"],
                since=dt.date(2026, 4, 10),
                paper="统计联网直报平台回执",
            )
    return made


def test_the_worst_light_stands_first_with_its_rule(town: ProjectTown, three: dict[str, ProjectFile]) -> None:
    page = read(town, "综合科", LEDGER)
    assert names(page) == ["环湖绿道贯通", "石桥污水处理厂", "岚谷冷链中心"]
    assert [row.colour for row in page.context["rows"]] == ["red", "amber", "green"]
    assert "银川市" in text_of(page)
    # 600 of 10,000 where 5,000 were due
    assert "6.0%" in text_of(page)
    assert "−44.0" in text_of(page)
    assert "3个重点项目，今年5个月完成8,800万元" not in text_of(page)
    assert "3个重点项目，今年5个月完成8800万元，占年度计划29.3%，按各自的月计划该到50.0%" in text_of(page)


def test_three_bases_stand_beside_each_other_and_statistics_are_for_the_office(
    town: ProjectTown, three: dict[str, ProjectFile]
) -> None:
    with at(6, 10):
        actions.import_statistics(
            three["环湖绿道贯通"],
            MAY,
            123 * WAN,
            by=town.actors["综合科"],
            as_of=dt.date(2026, 5, 31),
            paper="统计月报",
        )
    office, town_head = read(town, "综合科", LEDGER), read(town, "镇长", LEDGER)
    assert "123<small>5月当月" in text_of(office)
    assert "月</small>" in text_of(read(town, "综合科", f"{LEDGER}/wall"))
    assert "单个项目的统计数依法只有项目办看得到" not in text_of(office)
    assert names(town_head) == names(office)
    assert "5月当月" not in text_of(town_head)
    assert "单个项目的统计数依法只有项目办看得到" in text_of(town_head)
    own = f"{LEDGER}/{three['环湖绿道贯通'].id}"
    assert ">123<" in text_of(read(town, "综合科", own))
    assert "统计月报" in text_of(read(town, "综合科", own))
    for post in ("镇长", "总经理", "副区长"):
        assert ">123<" not in text_of(read(town, post, own)), post
        assert "月</small>" not in text_of(read(town, post, f"{LEDGER}/wall")), post
        assert "123.00" not in sheet(town, post, f"{LEDGER}.csv").decode("utf-8-sig"), post


def test_who_has_nothing_to_do_with_a_project_does_not_see_it(
    town: ProjectTown, three: dict[str, ProjectFile]
) -> None:
    other = register.create_unit(name="区文旅局", by=SYSTEM)
    with at(3, 25):
        bare = register.create_project(name="古街修缮", by=SYSTEM, owner_unit=other)
        hidden = town.file(project=bare, lead_unit=other, responsible_unit=other)
    assert "古街修缮" in names(read(town, "综合科", LEDGER))
    assert "古街修缮" not in names(read(town, "镇长", LEDGER))
    assert "古街修缮" not in text_of(read(town, "镇长", f"{LEDGER}/{hidden.id}", 404))
    read(town, "镇长", f"{LEDGER}/{three['环湖绿道贯通'].id}")
    read(town, "综合科", f"{LEDGER}/p0000000000000", 404)
    assert Client().get(LEDGER).status_code == 302


def test_a_choice_narrows_and_is_kept_in_the_file(town: ProjectTown, three: dict[str, ProjectFile]) -> None:
    with at(6, 1):
        actions.assign_leader(
            three["石桥污水处理厂"], town.posts["副区长"], by=town.actors["综合科"], since=dt.date(2026, 6, 1)
        )
        early = town.file(project=town.project("竹溪光伏"), levels=("district",), start_planned=None)
    leader, unit = town.posts["副区长"].id, town.units["石桥镇"].id
    for query, expected in {
        "light=red": ["环湖绿道贯通"],
        "light=amber": ["石桥污水处理厂"],
        "level=district": ["竹溪光伏"],
        "stage=preparing": ["竹溪光伏"],
        f"leader={leader}": ["石桥污水处理厂"],
        "q=绿道": ["环湖绿道贯通"],
        f"q={early.project.code}": ["竹溪光伏"],
        f"unit={unit}&light=green": ["岚谷冷链中心"],
        "light=nonsense&stage=nowhere&page=0&month=2026-13": None,
        "stage=removed": [],
    }.items():
        page = read(town, "综合科", f"{LEDGER}?{query}")
        assert names(page) == expected if expected is not None else len(names(page)) == 4, query
    assert names(read(town, "副区长", f"{LEDGER}?mine=1")) == ["石桥污水处理厂"]
    assert "没有同时合上这些条件的项目" in text_of(read(town, "综合科", f"{LEDGER}?q=没有这个"))
    assert "后面没有了" in text_of(read(town, "综合科", f"{LEDGER}?page=9"))
    lines = list(
        csv.DictReader(io.StringIO(sheet(town, "综合科", f"{LEDGER}.csv?light=red").decode("utf-8-sig")))
    )
    assert [
        (line["项目"], line["调度口径今年完成（万元）"], line["支付口径今年完成（万元）"]) for line in lines
    ] == [("环湖绿道贯通", "600.00", "300.00")]
    table = load_workbook(io.BytesIO(sheet(town, "综合科", f"{LEDGER}.xlsx?light=red"))).active
    assert [row[1].value for row in table.iter_rows(min_row=2)] == ["环湖绿道贯通"]


def test_another_month_is_looked_back_at(town: ProjectTown, three: dict[str, ProjectFile]) -> None:
    page = text_of(read(town, "综合科", f"{LEDGER}?month=2026-04"))
    assert "今年4个月完成4400万元" in page
    assert "截至4月30日" in page


def test_a_lowered_plan_never_hides(town: ProjectTown, three: dict[str, ProjectFile]) -> None:
    file = three["环湖绿道贯通"]
    lower = tuple(amount * 6 // 10 for amount in PLAN)
    with at(6, 10):
        actions.set_plan(
            file, 2026, lower, by=town.actors["综合科"], paper="区政府会议纪要第9期", reason="征迁没完成"
        )
    ledger, page, wall = (
        text_of(read(town, "综合科", address))
        for address in (LEDGER, f"{LEDGER}/{file.id}", f"{LEDGER}/wall")
    )
    assert "年初10,000" in ledger
    assert "按年初6.0%" in ledger
    assert "计划调低过" in wall
    for words in (
        "年初是10,000万元",
        "按年初计划，完成率6.0%，该到50.0%",
        "比上一版-40.0%",
        "征迁没完成",
        "区政府会议纪要第9期",
    ):
        assert words.replace("-", "−") in page or words in page, words
    assert "ld-f-first" in page


def test_one_project_tells_its_gates_signatures_leaders_and_bottlenecks(
    town: ProjectTown, three: dict[str, ProjectFile]
) -> None:
    file, office = three["环湖绿道贯通"], town.actors["综合科"]
    with at(6, 1):
        actions.assign_leader(file, town.posts["副区长"], by=office, since=dt.date(2026, 6, 1))
        actions.record_visit(
            file, by=town.actors["副区长"], made_on=dt.date(2026, 6, 1), is_working=False, found="只有门卫在"
        )
        bottleneck = actions.find_bottleneck(
            file, by=office, title="临时用电批不下来", matter="报了两次没有批", blocking="building"
        )
    page = text_of(read(town, "综合科", f"{LEDGER}/{file.id}"))
    for words in (
        "施工许可，或同等的许可", "施许字1号", "竣工验收记录", "青岚冷链有限公司填报员", "青岚冷链有限公司总经理",
        "区政府副区长包联",
        "没有人施工", "只有门卫在", f"/desk/cases/{bottleneck.id}", "临时用电批不下来", "要去问清楚的", "形象进度",
    ):  # fmt: skip
        assert words in page, words
    assert "要去问清楚的" not in text_of(read(town, "镇长", f"{LEDGER}/{file.id}"))


def test_strange_figures_must_be_explained(town: ProjectTown) -> None:
    running(town, "云岭光伏", 6_500)
    assert "要说明：完成数是年度计划的130.0%，超过120%" in text_of(read(town, "综合科", LEDGER))


def test_what_is_linked_is_shown_with_its_page(town: ProjectTown, three: dict[str, ProjectFile]) -> None:
    one, other = three["环湖绿道贯通"], three["岚谷冷链中心"]
    with at(6, 1):
        register.link("follows", one.project_id, other.project_id, since=dt.date(2026, 6, 1), by=SYSTEM)
    assert f'承接的项目</span> <a href="{LEDGER}/{other.id}"' in text_of(
        read(town, "综合科", f"{LEDGER}/{one.id}")
    )
    assert f'后面的项目</span> <a href="{LEDGER}/{one.id}"' in text_of(
        read(town, "综合科", f"{LEDGER}/{other.id}")
    )


def test_the_wall_renews_itself_only_where_it_was_hung_up(
    town: ProjectTown, three: dict[str, ProjectFile]
) -> None:
    plain, live = read(town, "综合科", f"{LEDGER}/wall"), read(town, "综合科", f"{LEDGER}/wall?live=1")
    assert [each.row.file.project.name for each in plain.context["rows"]] == [
        "环湖绿道贯通",
        "石桥污水处理厂",
        "岚谷冷链中心",
    ]
    assert "every 300s" not in text_of(plain)
    assert 'http-equiv="refresh"' not in text_of(plain)
    assert f'hx-get="{LEDGER}/wall?live=1" hx-trigger="every 300s, renew"' in text_of(live)
    assert '<noscript><meta http-equiv="refresh" content="300"></noscript>' in text_of(live)
    assert f'href="{LEDGER}/wall?live=1"' in text_of(plain)
    assert f'href="{LEDGER}/wall">停住' in text_of(live)
    assert "<script" in text_of(plain)
    assert text_of(plain).count('class="ld-f-short"') == 1


def test_a_month_that_nobody_signed_is_counted(town: ProjectTown, three: dict[str, ProjectFile]) -> None:
    with at(4, 1):
        town.started(project=town.project("云岭农田"), on=dt.date(2026, 3, 25))
    assert "1个项目5月的月报没有签齐。" in text_of(read(town, "综合科", LEDGER))


def test_pages_ask_as_little_of_many_projects_as_of_few(
    town: ProjectTown, three: dict[str, ProjectFile]
) -> None:
    client = browser(town, "综合科")

    def asked_of(address: str) -> int:
        with at(6, 15), counted() as number:
            answer = client.get(address)
            if getattr(answer, "streaming", False):
                b"".join(answer.streaming_content)
        return number[-1]

    addresses = (LEDGER, f"{LEDGER}/wall", f"{LEDGER}.csv", f"{LEDGER}/{three['环湖绿道贯通'].id}")
    few = [asked_of(address) for address in addresses]
    for number in range(6):
        running(town, f"第{number}号厂房", 500 + 300 * number)
    assert len(names(read(town, "综合科", LEDGER))) == 9
    assert [asked_of(address) for address in addresses] == few


def test_the_head_signs_or_sends_back_on_the_page(town: ProjectTown, three: dict[str, ProjectFile]) -> None:
    file = three["环湖绿道贯通"]
    own = f"{LEDGER}/{file.id}"
    with at(6, 14):
        filled = Filled(done=70 * WAN, physical_percent=12, as_of=dt.date(2026, 6, 12))
        report = actions.fill(file, dt.date(2026, 6, 1), filled, by=town.actors["填报员"])
    where = f"{own}/reports/{report.id}/sign"
    for post, is_mine in (("总经理", True), ("填报员", False), ("综合科", False), ("镇长", False)):
        assert (f'action="{where}"' in text_of(read(town, post, own))) is is_mine, post
    with at(6, 15):
        assert browser(town, "填报员").post(where, {"answer": "sign"}).status_code == 409
        assert browser(town, "核查科").post(where, {"answer": "sign"}).status_code == 409
        head = browser(town, "总经理")
        assert head.post(where, {}).status_code == 409
        elsewhere = f"{LEDGER}/{three['岚谷冷链中心'].id}/reports/{report.id}/sign"
        assert head.post(elsewhere, {"answer": "sign"}).status_code == 404
        report.refresh_from_db()
        assert report.state == "filled"
        assert head.post(where, {"answer": "back"})["Location"] == f"{own}#reports"
        again = actions.fill(file, dt.date(2026, 6, 1), filled, by=town.actors["填报员"])
        where = where.replace(report.id, again.id)
        assert "已签，这个月的数从现在起算数。" in text_of(head.post(where, {"answer": "sign"}, follow=True))
        assert head.post(where, {"answer": "sign"}).status_code == 409
    report.refresh_from_db()
    again.refresh_from_db()
    assert (report.state, again.state) == ("sent_back", "signed")


def test_a_month_is_filled_in_and_faults_stand_at_their_fields(
    town: ProjectTown, three: dict[str, ProjectFile]
) -> None:
    file = three["环湖绿道贯通"]
    where = f"{LEDGER}/{file.id}/fill"
    given = {
        "month": "2026-06",
        "done": "0.9亿",
        "paid": "",
        "percent": "30",
        "as_of": "2026-06-14",
        "text": "桩基完成",
    }
    assert f'href="{where}"' in text_of(read(town, "填报员", f"{LEDGER}/{file.id}"))
    assert f'href="{where}"' not in text_of(read(town, "综合科", f"{LEDGER}/{file.id}"))
    read(town, "综合科", where, 409)
    with at(6, 15):
        client = browser(town, "填报员")
        for field, wrong, status in (
            ("done", "", 422), ("done", "九千", 422), ("paid", "x", 422), ("percent", "很多", 422), ("percent", "101", 409),
            ("as_of", "", 422), ("as_of", "2026-07-01", 409), ("month", "2026-13", 422), ("reason", "", 409),
        ):  # fmt: skip
            month = {"month": "2026-05", "as_of": "2026-05-31"} if field == "reason" else {}
            answer = client.post(where, {**given, **month, field: wrong})
            assert answer.status_code == status, (field, wrong)
            assert list(answer.context["faults"]) == [field], (field, wrong)
            assert f'id="{field}-fault"' in text_of(answer)
            assert "桩基完成" in text_of(answer)
        assert not file.reports.filter(month=dt.date(2026, 6, 1)).exists()
        assert client.post(where, given)["Location"] == f"{LEDGER}/{file.id}#reports"
        again = client.post(where, given)
    assert again.status_code == 409
    assert list(again.context["faults"]) == ["month"]
    kept = file.reports.get(month=dt.date(2026, 6, 1))
    assert (kept.done, kept.paid, kept.physical_percent, kept.state) == (9_000 * WAN, None, 30, "filled")


def test_the_navigation_shows_the_word_to_those_it_is_for(town: ProjectTown) -> None:
    word = f'<a href="{LEDGER}"'
    for post in ("综合科", "镇长", "核查科", "区长"):
        assert word in text_of(read(town, post, "/desk/")), post
    assert word not in text_of(read(town, "总经理", "/desk/"))
    empty = text_of(read(town, "核查科", LEDGER))
    assert "还没有您看得到的项目" in empty


def test_an_area_announces_its_part_of_the_desk_once() -> None:
    held = next(pages for pages in announced() if pages.name == "projects")
    announce(held)
    assert announced().count(held) == 1
    with pytest.raises(ValueError, match="belongs to"):
        announce(replace(held, urls="elsewhere.urls"))
    assert AreaPages("projects", "", "").address == LEDGER


def test_a_strip_draws_each_month_by_the_highest() -> None:
    drawn = strip((100, 0, 200, *(0,) * 9), {1: 59, 3: 120})
    assert drawn.planned.count("M") == 2
    assert drawn.short.count("M") == 1
    assert drawn.done.count("M") == 1
    assert "v-20.0h" in drawn.planned
    assert strip((0,) * 12, {}) == strip((0,) * 12, {5: 0})
    larger = drawing((100,) * 12, (150, *(100,) * 11), {1: 60, 2: 10})
    assert [bar.tone for bar in larger.bars[:3]] == ["first", "plan", "done"]
    assert "short" in {bar.tone for bar in larger.bars}
