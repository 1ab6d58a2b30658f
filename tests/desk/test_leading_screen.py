"""The leader's screen, through the front door: what is to be decided, and every number the length of its list."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luodi.desk.leading.decisions import Decision
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.clocks.now import held_at
from luodi.kernel.commitments import actions as promises
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.documents import actions as documents
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from tests.desk.directory_world import DAY, World, crowd, staffed
from tests.desk.test_directory_pages import words_of
from tests.portal.town import TODAY, founded, with_promises

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
SCREEN = "/desk/leader"
FIGURE = re.compile(r'<a class="[^"]*ld-fig[^"]*" href="([^"]+)" data-figure="([\d,]+)[^"]*"')


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with held_at(TODAY):
        yield


@pytest.fixture
def world() -> World:
    return staffed(with_promises())


def waiting(client: Client) -> dict[str, Decision]:
    """What waits, by its title."""
    return {each.title: each for each in client.get(SCREEN).context["waiting"]}


def total_of(client: Client, address: str) -> int:
    """How long the list is that a number leads to."""
    answer: Any = client.get(address)
    assert answer.status_code == 200, address
    return int(answer.context["total"])


def figures_on(answer: Any) -> list[tuple[str, int]]:
    found = FIGURE.findall(answer.content.decode())
    return [(html.unescape(address), int(number.replace(",", ""))) for address, number in found]


@pytest.mark.parametrize("login", ["quzhang", "ducha"])
def test_every_number_on_the_screen_is_as_long_as_its_list(world: World, login: str) -> None:
    promises.object_to(world.town.promises["背街小巷"].id, "还有两条没修。")
    client = world.inside(login)
    found = figures_on(client.get(SCREEN))
    assert len(found) >= 20
    assert {(address, number) for address, number in found if total_of(client, address) != number} == set()
    assert {address for address, number in found if "state=overdue" in address and number} != set()


def test_the_six_figures_are_those_of_the_district(world: World) -> None:
    promises.object_to(world.town.promises["背街小巷"].id, "还有两条没修。")
    told = {figure.name: figure.value for figure in world.inside("quzhang").get(SCREEN).context["figures"]}
    assert told == {
        "承诺逾期": "3",
        "报完成没人核实": "1",
        "30天内到期": "0",
        "数字太旧": "2",
        "说法变过或不再提": "2",
        "群众指出的错没答复": "1",
    }


def test_only_leaders_and_the_office_have_it(world: World) -> None:
    for login, status in (("quzhang", 200), ("ducha", 200), ("guanli", 403), ("jiaoyu", 403)):
        for path in ("", "/decisions", "/units", "/wrong"):
            assert world.inside(login).get(SCREEN + path).status_code == status, (login, path)
        assert world.inside(login).get(f"{SCREEN}/list?state=overdue").status_code == 200, login
    assert Client().get(SCREEN)["Location"].startswith("/desk/login")


def test_an_overdue_promise_without_news_asks_its_post_for_a_day(world: World) -> None:
    matter = waiting(world.inside("quzhang"))[
        "上半年开通青石镇、竹溪镇到城区的夜班公交2条：逾期84天，没有消息"
    ]
    assert matter.ask.startswith("区交通运输局局长哪天前说清卡在哪里、哪天办完")
    assert matter.light.colour == "red"
    assert "落地领导一屏默认规则第一条" in matter.light.rule
    # news of 18 June, 30 days, then the due day: it waits from 19 July on
    assert matter.since == dt.date(2026, 7, 19)
    assert matter.light.words == "红灯，超65天"
    assert matter.href == f"/desk/promises/{world.town.promises['夜班公交'].id}"


def test_several_silent_promises_of_one_unit_are_one_decision_with_their_list(world: World) -> None:
    town = world.town
    with held_at(TODAY - dt.timedelta(days=90)):
        promises.enter_from_sheet(
            title="上半年修通乡道3条。",
            lead_unit=town.units["区交通运输局"],
            leader_post=town.posts["区交通运输局"],
            goal=promises.Goal(number="3", unit="条", due_until=dt.date(2026, 7, 1), due_precision="day"),
            by=town.by("区政府督查室"),
            year=2026,
            **_origin(),
        )
    promises.tick()
    client = world.inside("quzhang")
    matter = waiting(client)["区交通运输局：2件逾期，都超过30天没有消息"]
    assert matter.count == 2
    assert total_of(client, matter.href) == 2
    assert "区交通运输局哪天前逐件说清" in matter.ask


def _origin() -> dict[str, Any]:
    from luodi.kernel.files.keeping import kept_file
    from luodi.kernel.ledger.action import action

    with action("file.kept", by=SYSTEM, subject="") as act:
        file = kept_file(act, b"list", "list.xlsx", "application/octet-stream", False)
    return {"file": file, "cell": "Sheet1!A2:F2"}


def test_another_wording_without_a_paper_asks_for_the_target(world: World) -> None:
    client = world.inside("quzhang")
    matter = waiting(client)["年内贯通环湖绿道32公里：说法变了，没有改目标的文件"]
    assert matter.ask == "维持32公里，还是由定目标的单位按程序改并公布理由。"
    assert "9月20日公开的话是“" in matter.situation
    assert (matter.light.colour, matter.light.words) == ("amber", "黄灯，还剩13天")
    row = Commitment.objects.get(id=world.town.promises["环湖绿道"].id)
    promises.change_target(
        row,
        by=world.town.by("区政府督查室"),
        goal=promises.Goal(number="21", unit="公里", due_until=dt.date(2026, 12, 31), due_precision="year"),
        reason="会议决定",
        adopting_source=world.town.later,
        adopted_by=world.town.units["区人民政府"],
        confirmed=True,
    )
    assert not any(each.kind == "changed" for each in waiting(client).values())


def test_a_page_taken_down_and_a_plan_that_is_silent_ask_different_things(world: World) -> None:
    town, client = world.town, world.inside("quzhang")
    gone = [each for each in waiting(client).values() if each.kind == "gone"]
    assert [each.title.partition("：")[2] for each in gone] == ["原文从网上撤下了"] * len(gone)
    assert gone
    assert all("是否恢复原网页" in each.ask for each in gone)
    promises.note_silence(town.promises["社区食堂"], town.later, by=town.by("区政府督查室"))
    matter = waiting(client)["年内在枫桥、松湾两个街道办起社区食堂5家：后来的计划不再提"]
    assert matter.ask.startswith("区民政局局长继续办")


def test_what_is_reported_done_and_never_checked_asks_who_goes(world: World) -> None:
    client = world.inside("quzhang")
    assert not any(each.kind == "unverified" for each in waiting(client).values())
    with held_at(TODAY + dt.timedelta(days=10)):
        promises.tick()
        matter = next(each for each in waiting(client).values() if each.kind == "unverified")
    assert matter.title == "秋季开学前新增公办幼儿园学位1800个：报完成30天，没有人核实"
    assert matter.ask == "由哪个单位、哪天前去核实。不能是区教育局和它的上级、下级、配合单位。"
    assert matter.light.words == "黄灯，还剩11天"


def test_objections_wait_a_week_before_they_are_the_leaders(world: World) -> None:
    client = world.inside("quzhang")
    promises.object_to(world.town.promises["背街小巷"].id, "还有两条没修。")
    assert not any(each.kind == "wrong" for each in waiting(client).values())
    with held_at(TODAY + dt.timedelta(days=8)):
        matter = waiting(client)["群众指出的错，1条没有答复"]
        assert matter.light.words == "黄灯，还剩8天"
        assert total_of(client, matter.href) == 1
        assert "还有两条没修" in words_of(client.get(matter.href))


def test_posts_without_anybody_are_one_decision_with_their_promises(world: World) -> None:
    client = world.inside("quzhang")
    matter = next(each for each in waiting(client).values() if each.kind == "vacant")
    assert matter.title == "5个责任岗位没有人，名下还有6件没办结"
    assert matter.light.words == "黄灯"
    assert total_of(client, matter.href) == matter.count
    person = register.enter_person(name="路宜春", by=SYSTEM)
    register.appoint(person, world.town.posts["区城市管理局"], since=DAY, by=SYSTEM)
    assert next(each for each in waiting(client).values() if each.kind == "vacant").title.startswith("4个")


def test_the_worst_come_first_and_no_kind_hides_the_others(world: World) -> None:
    answer = world.inside("quzhang").get(SCREEN)
    every, shown = answer.context["waiting"], answer.context["shown"]
    assert [each.is_red for each in every] == sorted((each.is_red for each in every), reverse=True)
    reds = [each.over for each in every if each.is_red]
    assert reds == sorted(reds, reverse=True)
    assert len(shown) <= 5
    assert all(sum(other.kind == each.kind for other in shown) <= 2 for each in shown)
    words = words_of(answer)
    assert f"{len(every)}件事等您定" in words
    assert f"{len(reds)}件已拖过期限" in words


def test_what_came_up_since_the_last_look_is_marked_new(world: World) -> None:
    client = world.inside("quzhang")
    assert "上次您看是" not in words_of(client.get(SCREEN))
    with held_at(TODAY + dt.timedelta(days=4)):
        promises.tick()
        second = words_of(client.get(SCREEN))
        assert "上次您看是9月22日" in second
        assert "报完成24天，没有人核实 新" in second
        assert "说法变了，没有改目标的文件 新" not in second
        # the same day again: still measured from the day before
        assert "上次您看是9月22日" in words_of(client.get(SCREEN))


def test_a_forged_memory_of_the_last_look_is_not_believed(world: World) -> None:
    client = world.inside("quzhang")
    client.cookies["luodi_leader_seen"] = '["2020-01-01","2020-01-01"]'
    assert "上次您看是" not in words_of(client.get(SCREEN))


def test_a_leaders_own_promises_are_those_of_the_post_worst_first(world: World) -> None:
    accounts.grant(world.posts["jiaoyu"], "leader", by=SYSTEM)
    own = world.inside("jiaoyu").get(SCREEN).context["own"]
    assert (own.is_post, own.total) == (True, 1)
    assert own.rows[0].title == "秋季开学前新增公办幼儿园学位1800个。"
    assert own.rows[0].reported == "100.0%"
    line = world.inside("quzhang").get(SCREEN).context["own"]
    assert not line.is_post
    assert line.rows[0].state.code == "overdue"


def test_how_far_behind_is_what_was_reported_less_the_time_gone(world: World) -> None:
    rows = {row.title: row for row in world.inside("quzhang").get(f"{SCREEN}/list?flag=open").context["rows"]}
    lanes = rows["8月底前完成城区12条背街小巷、18.6公里排水管网改造。"]
    assert (lanes.verified, lanes.reported, lanes.behind) == ("72.0%", "96.2%", "−3.8")
    assert rows["每个重点项目都有一位区领导牵头。"].reported == "—"


def test_units_stand_beside_each_other_and_entries_that_are_one_are_one_line(world: World) -> None:
    client, town = world.inside("quzhang"), world.town
    before = {line.name: line.counts for line in client.get(SCREEN).context["loads"]}
    assert (before["区城市管理局"].going_on, before["区城市管理局"].overdue) == (2, 0)
    assert next(iter(before)) in ("区住房城乡建设局", "区商务局", "区交通运输局")
    register.judge_same(town.units["区商务局"].id, town.units["区交通运输局"].id, "positive", by=SYSTEM)
    after = client.get(SCREEN).context["loads"]
    assert "区交通运输局" not in [line.name for line in after]
    joined = next(line for line in after if line.name == "区商务局")
    assert joined.counts.overdue == 2
    assert total_of(client, joined.hrefs["overdue"]) == 2


def test_why_lights_are_lit_adds_up(world: World) -> None:
    answer = world.inside("quzhang").get(SCREEN)
    causes = answer.context["causes"]
    assert sum(each.count for each in causes) == answer.context["lit"]
    assert causes[0].title == "过了期限，还没有报完成"
    assert causes[0].count == 3


def test_a_leader_of_a_part_sees_that_part(world: World) -> None:
    post = world.posts["shangwu"]
    accounts.grant(post, "leader", scope=world.town.units["区商务局"], by=SYSTEM)
    client = world.inside("shangwu")
    answer = client.get(SCREEN)
    assert [line.name for line in answer.context["loads"]] == ["区商务局"]
    assert total_of(client, f"{SCREEN}/list") == 1
    assert not any(each.kind == "wrong" for each in answer.context["waiting"])


def test_how_fresh_it_is_stands_at_the_top(world: World) -> None:
    client = world.inside("quzhang")
    assert "最新的一个数是9月21日的" in words_of(client.get(SCREEN))
    with held_at(TODAY + dt.timedelta(days=2)):
        assert "看板停在9月22日，没有按今天算" in words_of(client.get(SCREEN))
    documents.withdraw(world.town.report, by=SYSTEM)


def test_an_empty_district_has_nothing_to_decide(db: None) -> None:
    world = staffed(founded())
    words = words_of(world.inside("quzhang").get(SCREEN))
    assert "眼下没有等您定的事" in words
    assert "还没有没办结的承诺" in words
    assert "没有亮红灯、黄灯的承诺" in words


def test_with_five_thousand_promises_no_page_asks_more_questions(world: World) -> None:
    client = world.inside("quzhang")
    crowd(world.town.units["区人民政府"])
    most = {
        "": 56,
        "/decisions": 36,
        "/units": 18,
        "/list": 22,
        "/list?state=overdue&page=3": 22,
        "/wrong": 16,
    }
    taken = {path: asked_for(client, SCREEN + path) for path in most}
    assert {path: count for path, count in taken.items() if count > most[path]} == {}
    found = figures_on(client.get(SCREEN))
    assert {(address, n) for address, n in found if total_of(client, address) != n} == set()


def asked_for(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_lists_are_files_too_with_the_same_rows(world: World) -> None:
    client = world.inside("quzhang")
    answer: Any = client.get(f"{SCREEN}/list.csv?state=overdue")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 1 + total_of(client, f"{SCREEN}/list?state=overdue")
    assert "夜班公交" in text
    sheet: Any = client.get(f"{SCREEN}/list.xlsx")
    assert b"".join(sheet.streaming_content)[:2] == b"PK"
    assert client.get(f"{SCREEN}/list.pdf").status_code == 404


def test_what_an_address_asks_for_is_read_strictly(world: World) -> None:
    client = world.inside("quzhang")
    whole = total_of(client, f"{SCREEN}/list")
    for query in (
        "state=x",
        "unit=%00",
        "post=1",
        "rule=x",
        "due=x",
        "flag=x",
        "waits=x",
        "light=x",
        "under=u",
    ):
        assert total_of(client, f"{SCREEN}/list?{query}") == whole, query
    assert total_of(client, f"{SCREEN}/list?unit=u0000000000000") == 0
