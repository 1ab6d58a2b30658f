"""Kept documents at the desk: what was read and why, two years side by side, and what the office does next."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS
from luodi.kernel.clocks.now import held_at
from luodi.kernel.commitments import actions as promises
from luodi.kernel.commitments.goals import Goal
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import SecondAsked, Source, StatementKey
from luodi.kernel.documents.second import asking
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import SYSTEM, action
from tests.desk.review_world import TODAY, World, built, log_in, text_of
from tests.second_server import Server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
NEXT_YEAR = """青岚区政府门户网站 >> 政务公开 >> 政府工作报告

2027年青岚区政府工作报告（摘登）

2027-01-21  来源：青岚区人民政府

一、2027年重点任务

秋季开学前新增公办幼儿园学位1200个（责任单位：区教育局）。

年内建成智慧停车泊位3000个（责任单位：区建设局）。

年内新建足球场4片（责任单位：区教育局）。
"""


@pytest.fixture(autouse=True)
def _fresh_throttles_quick_hashes_and_the_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)
    with held_at(TODAY):
        yield


@pytest.fixture
def world() -> World:
    return built()


@pytest.fixture
def later(world: World) -> Source:
    """The report of the next year."""
    return documents.intake(NEXT_YEAR.encode(), by=SYSTEM)


def of(source: Source | None) -> str:
    assert source is not None
    return f"/desk/documents/{source.id}"


def adopted(world: World, words: str, unit: str, number: str, of_what: str) -> Commitment:
    return promises.adopt(
        world.statement(words),
        by=world.actor("ducha"),
        title=words,
        lead_unit=world.units[unit],
        goal=Goal(number, of_what, due_until=dt.date(2026, 12, 31), due_precision="year"),
        topic="教育",
        year=2026,
    )


def group(page: Any, outcome: str) -> dict[str, list[str]]:
    """Of each pair with that outcome, by the earlier sentence (or the later one): the words of what can be done."""
    rows = next((each.rows for each in page.context["groups"] if each.outcome == outcome), [])
    return {
        (row.pair.before or row.pair.after).text: [step.words for step in row.steps.steps] for row in rows
    }


def leading_to(page: Any, promise: Commitment, words: str) -> str:
    """Where the step with these words leads, of the pair whose earlier sentence made the promise."""
    rows = [row for each in page.context["groups"] for row in each.rows if row.steps.promise == promise.title]
    (href,) = [step.href for row in rows for step in row.steps.steps if step.words == words]
    return str(href)


def test_the_list_finds_by_title_and_counts(client: Client, world: World) -> None:
    fuhe = log_in(client)
    page = fuhe.get("/desk/documents", {"q": "工作报告"})
    (row,) = page.context["rows"]
    assert (row["source"], row["counts"]) == (world.report, (5, 5, 0))
    assert page.context["total"] == 1
    sheet = b"".join(fuhe.get("/desk/documents.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert len(rows) == Source.objects.count()
    assert {each["标题"] for each in rows} == set(Source.objects.values_list("title", flat=True))
    assert "没有这样的文件" in text_of(fuhe.get("/desk/documents?q=没有这个"))
    genre = fuhe.get("/desk/documents", {"genre": "work_report"})
    assert [each["source"] for each in genre.context["rows"]] == [world.report]


def test_every_statement_says_why_it_was_read_so_and_how_sure(client: Client, world: World) -> None:
    fuhe = log_in(client)
    page = fuhe.get(of(world.report))
    row = next(each for each in page.context["rows"] if "学位1800个" in each.text)
    whys = {why.name: (why.read, why.rule) for why in row.whys}
    assert whys["类型"][0] == "承诺"
    assert whys["类型"][1]
    assert whys["数字"][0] == "1800个"
    assert whys["主责"][0] == "区教育局"
    assert whys["主责"][1]
    assert "_" not in "".join(rule for _, rule in whys.values())
    assert row.score == "0.90"
    assert f'href="/desk/review/{row.ident}"' in text_of(page)


def test_doubtful_digits_are_shown_with_what_they_may_have_been(client: Client, world: World) -> None:
    page = log_in(client).get(of(world.roads))
    row = next(each for each in page.context["rows"] if "26公里" in each.text)
    (doubt,) = [each for each in row.doubts if each.is_number]
    assert "126公里" in [choice.reads for choice in doubt.choices]
    assert "缺一位" in text_of(page)
    assert {why.name: why.read for why in row.whys}["数字"] == "有缺，不取；可能的读法在上面"
    assert "\ufffd" not in text_of(page)
    assert "相除得126" in text_of(page)


def test_where_and_when_it_was_met_is_listed(client: Client, world: World) -> None:
    assert world.later is not None
    documents.see_again(world.later, address="https://news.example/1.htm", by=SYSTEM)
    documents.withdraw(world.later, by=SYSTEM)
    page = log_in(client).get(of(world.later))
    assert [each.words for each in page.context["met"]] == ["原网页打不开了", "又见到", "存下"]
    assert "https://news.example/1.htm" in text_of(page)


def test_another_printing_is_listed_with_how_much_is_the_same(client: Client, world: World) -> None:
    long = "\n\n".join(
        f"第{n}项，年内新建改建农村公路{n}公里，由区交通运输局牵头办理。" for n in range(11, 41)
    )
    one = documents.intake(f"甲网站\n\n2026年公路计划\n\n2026-03-01\n\n{long}".encode(), by=SYSTEM)
    other = documents.intake(f"乙网站\n\n2026年公路计划\n\n2026-03-02\n\n{long}".encode(), by=SYSTEM)
    (kin,) = log_in(client).get(of(other)).context["kin"]
    assert kin.href == of(one)
    assert kin.words == "同一篇，在别处也登过"
    assert kin.share > 90
    assert kin.against == f"{of(other)}/against/{one.id}"


def test_last_years_report_is_proposed_and_can_be_chosen(client: Client, world: World, later: Source) -> None:
    assert world.report is not None
    ducha = log_in(client, "ducha")
    page = ducha.get(f"{of(later)}/against")
    assert [kin.against for kin in page.context["proposed"]] == [f"{of(later)}/against/{world.report.id}"]
    found = ducha.get(f"{of(later)}/against?q=农村公路")
    assert [kin.href for kin in found.context["found"]] == [of(world.roads)]
    turned = ducha.get(f"{of(world.report)}/against/{later.id}")
    assert turned["Location"] == f"{of(later)}/against/{world.report.id}"
    assert ducha.get(f"{of(later)}/against/{later.id}").context["is_same"]


def test_what_changed_or_is_quietly_gone_leads_to_the_promise_the_target_and_a_slip(
    client: Client, world: World, later: Source
) -> None:
    assert world.report is not None
    places = adopted(world, "秋季开学前新增公办幼儿园学位1800个", "青岚区教育局", "1800", "个")
    canteens = adopted(world, "年内办起社区食堂5家", "青岚区民政局", "5", "家")
    ducha = log_in(client, "ducha")
    page = ducha.get(f"{of(later)}/against/{world.report.id}")
    changed, gone, new = (group(page, outcome) for outcome in ("changed", "gone", "new"))
    assert changed[places.title][:2] == ["打开这件承诺", "改目标"]
    assert "就这件立一张督办单" in changed[places.title]
    assert changed[places.title][-1] == "复核后来那句"
    assert gone[canteens.title][:2] == ["打开这件承诺", "记下后来不再提"]
    assert gone["8月底前完成城区12条背街小巷、18.6公里排水管网改造"] == ["复核先前那句"]
    assert new["年内新建足球场4片"] == ["复核后来那句"]
    target = ducha.get(leading_to(page, places, "改目标"))
    assert target.context["typed"]["number"] == "1200"
    assert target.context["choice"].sentence == world.statement("学位1200个")
    silence = ducha.get(leading_to(page, canteens, "记下后来不再提"))
    assert silence.context["choice"].paper == later
    slip = leading_to(page, canteens, "就这件立一张督办单")
    assert canteens.id in slip
    assert ducha.get(slip).status_code == 200
    sheet = b"".join(ducha.get(f"{of(later)}/against/{world.report.id}.csv").streaming_content)  # type: ignore[attr-defined]
    assert canteens.title in sheet.decode("utf-8-sig")


def test_who_only_reports_sees_the_two_and_no_acts_of_the_office(
    client: Client, world: World, later: Source
) -> None:
    assert world.report is not None
    places = adopted(world, "秋季开学前新增公办幼儿园学位1800个", "青岚区教育局", "1800", "个")
    page = log_in(client, "tianbao").get(f"{of(later)}/against/{world.report.id}")
    assert group(page, "changed")[places.title] == ["打开这件承诺"]
    assert "/desk/review/" not in text_of(page)


def test_documents_that_are_not_public_are_there_for_staff_alone(
    client: Client, world: World, later: Source
) -> None:
    assert world.report is not None
    with action("file.closed", by=SYSTEM, subject=later.file_id) as act:
        act.change(KeptFile.objects.get(pk=later.file_id), is_public=False)
    assert Client().get(f"/d/{later.id}").status_code == 404
    assert Client().get(f"/d/{later.id}/against/{world.report.id}").status_code == 404
    assert Client().get(of(later)).status_code == 302
    ducha = log_in(client, "ducha")
    page = text_of(ducha.get(of(later)))
    assert "不公开" in page
    assert f'href="/d/{later.id}"' not in page
    assert ducha.get(f"{of(later)}/against/{world.report.id}").status_code == 200


def test_a_statement_is_turned_to_in_a_long_document(client: Client, world: World) -> None:
    text = "。".join(f"年内建成口袋公园{n}个" for n in range(2, 42))
    long = documents.intake(f"2026年清单\n\n2026-01-20\n\n{text}。\n".encode(), by=SYSTEM)
    last = StatementKey.objects.filter(source=long).order_by("start").last()
    assert last is not None
    fuhe = log_in(client)
    assert last.id not in text_of(fuhe.get(of(long)))
    assert f'id="{last.id}"' in text_of(fuhe.get(f"{of(long)}?s={last.id}"))
    assert fuhe.get(f"{of(long)}?s=s0000000000000&page=99").status_code == 200


def test_the_second_reader_is_asked_only_after_the_cost_was_shown(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fuhe = log_in(client)
    assert "请第二个读者复读" not in text_of(fuhe.get(of(world.report)))
    assert fuhe.get(f"{of(world.report)}/second").status_code == 409
    server = Server()
    monkeypatch.setenv("LUODI_SECOND_READER_URL", server.url)
    monkeypatch.setenv("LUODI_SECOND_READER_MODEL", "某模型")
    monkeypatch.setenv("LUODI_SECOND_READER_KEY", "geheim")
    monkeypatch.setenv("LUODI_SECOND_READER_PRICES", "2,8")
    server.answer = lambda spans: {"spans": [{"id": s["id"], "statements": []} for s in spans]}
    assert "请第二个读者复读" in text_of(fuhe.get(of(world.report)))
    told = text_of(fuhe.get(f"{of(world.report)}/second"))
    assert "127.0.0.1" in told
    assert "某模型" in told
    assert "geheim" not in told
    assert "元" in told
    assert server.asked == []
    assert not SecondAsked.objects.exists()
    assert fuhe.post(f"{of(world.report)}/second").status_code == 302
    assert server.asked == []
    assert "还没有读完" in text_of(fuhe.get(of(world.report)))
    assert fuhe.post(f"{of(world.report)}/second").status_code == 409
    assert asking.turn()
    page = text_of(fuhe.get(of(world.report)))
    assert "5处说法不一" in page
    assert SecondAsked.objects.get().account == world.accounts["fuhe"].id
    assert log_in(Client(), "tianbao").post(f"{of(world.report)}/second").status_code == 403
    server.end()
