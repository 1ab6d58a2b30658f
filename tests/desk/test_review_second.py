"""Two readers who do not agree, from the worker to the screen: both are shown, a person follows one, and that can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS
from luodi.kernel.clocks.now import held_at
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.documents.models import Reading, SecondAsked, SecondSaid
from luodi.kernel.documents.second import asking
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.review.models import Correction
from tests.desk.review_world import TODAY, World, built, form_of, log_in, text_of
from tests.desk.test_review_pages import statement_in
from tests.second_server import Server, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
CANTEENS, PLACES, PARKING = (
    "年内办起社区食堂5家",
    "秋季开学前新增公办幼儿园学位1800个",
    "年内建成智慧停车泊位3000个",
)
PIPES = "8月底前完成城区12条背街小巷、18.6公里排水管网改造"
COST = "工程总投资9300万元，年底前支付到位"
ALL = [
    said(CANTEENS, "commitment", ("5家",), owner="区建设局", due="年内"),
    said(PLACES, "commitment", ("1800个",), owner="区教育局", due="秋季开学前"),
    said(PARKING, "commitment", ("3000个",), owner="区建设局", due="年内"),
    said(PIPES, "commitment", ("12条", "18.6公里"), owner="区建设局", due="8月底前"),
    said(COST, "commitment", ("9300万元",), due="年底前"),
]


@pytest.fixture(autouse=True)
def _fresh_throttles_quick_hashes_and_the_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)
    with held_at(TODAY):
        yield


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()
    monkeypatch.setenv("LUODI_SECOND_READER_URL", made.url)
    monkeypatch.setenv("LUODI_SECOND_READER_MODEL", "某模型")
    yield made
    made.end()


@pytest.fixture
def world() -> World:
    return built()


def heard(world: World, server: Server, *statements: dict[str, Any]) -> None:
    """The report was read by the second reader, who says this."""
    server.answer = lambda spans: {
        "spans": [
            {"id": s["id"], "statements": [t for t in statements if t["quote"] in s["text"]]} for s in spans
        ]
    }
    assert world.report is not None
    asking.ask(world.report, by=SYSTEM)
    assert asking.turn()
    assert SecondAsked.objects.get(pk=world.report.pk).state == "done"


def changed(quote: str, **more: Any) -> list[dict[str, Any]]:
    """All that the rules say, one of it otherwise."""
    return [{**each, **more} if each["quote"] == quote else each for each in ALL]


def follow(client: Client, world: World, words: str, whom: str) -> Any:
    return client.post(f"/desk/review/{world.statement(words).id}/second", {"follow": whom})


def test_the_disagreement_is_shown_first_with_what_each_says(
    client: Client, world: World, server: Server
) -> None:
    heard(world, server, *changed(PARKING, kind="result"))
    fuhe = log_in(client)
    page = fuhe.get("/desk/review", follow=True)
    text = text_of(page)
    assert page.context["statement"] == world.statement(PARKING)
    assert "两种读法不一样" in text
    assert "某模型" in text
    rows = {line.name: (line.rules, line.second, line.differs) for line in page.context["second"].lines}
    assert rows["类型"] == ("承诺", "成果", True)
    assert rows["数字"] == ("3000个", "3000个", False)
    assert rows["主责"] == ("区建设局", "区建设局", False)
    listed = text_of(fuhe.get("/desk/review/list"))
    assert listed.index(PARKING) < listed.index("县道安全防护")
    assert "两种读法不一样" in listed


def test_following_the_second_reader_puts_its_reading_into_the_form(
    client: Client, world: World, server: Server
) -> None:
    heard(world, server, *changed(CANTEENS, kind="status"))
    fuhe = log_in(client)
    answer = follow(fuhe, world, CANTEENS, "second")
    assert statement_in(answer) == world.statement(CANTEENS).id
    page = fuhe.get(answer["Location"])
    assert page.context["form"].kind == "status"
    assert "已定：照第二个读者的" in text_of(page)
    assert Correction.objects.get().field == "kind"
    fuhe.post("/desk/review/undo")
    assert SecondSaid.objects.get().verdict == ""
    assert not Correction.objects.filter(undone=False).exists()
    assert fuhe.get(answer["Location"]).context["form"].kind == "commitment"


def test_its_number_and_day_are_taken_over_only_where_one_person_said_so(
    client: Client, world: World, server: Server
) -> None:
    heard(world, server, *changed(PIPES, figures=["18.6公里"], due="8月底前"))
    fuhe = log_in(client)
    page = fuhe.get(f"/desk/review/{world.statement(PIPES).id}")
    assert page.context["form"].parts[0].number == "12"
    page = fuhe.get(follow(fuhe, world, PIPES, "second")["Location"])
    assert (page.context["form"].parts[0].number, page.context["form"].parts[0].unit) == ("18.6", "公里")
    fuhe.post(f"/desk/review/{world.statement(PIPES).id}/adopt", form_of(page))
    target = Commitment.objects.get(title__startswith="8月底前完成城区").targets.get()
    assert (target.number, target.unit, target.due_until) == ("18.6", "公里", dt.date(2026, 8, 31))


def test_following_the_rules_puts_it_back_in_its_place(client: Client, world: World, server: Server) -> None:
    heard(world, server, *changed(CANTEENS, kind="status"))
    fuhe = log_in(client)
    assert statement_in(fuhe.get("/desk/review")) == world.statement(CANTEENS).id
    page = fuhe.get(follow(fuhe, world, CANTEENS, "rules")["Location"])
    assert "已定：照规则的" in text_of(page)
    assert not Correction.objects.exists()
    assert statement_in(fuhe.get("/desk/review")) == world.statement("26公里").id
    twice = follow(fuhe, world, CANTEENS, "second")
    assert twice.status_code == 409
    assert SecondSaid.objects.get().verdict == "refused"


def test_what_it_did_not_read_can_only_be_left_to_the_rules(
    client: Client, world: World, server: Server
) -> None:
    heard(world, server, *(each for each in ALL if each["quote"] != PLACES))
    fuhe = log_in(client)
    page = fuhe.get("/desk/review", follow=True)
    assert page.context["statement"] == world.statement(PLACES)
    assert "第二个读者没有读出这一条" in text_of(page)
    assert 'value="second"' not in text_of(page)
    assert follow(fuhe, world, PLACES, "second").status_code == 409
    assert follow(fuhe, world, PLACES, "rules").status_code == 302


def test_what_only_it_read_is_adopted_by_a_person_who_gives_the_day(
    client: Client, world: World, server: Server
) -> None:
    assert world.roads is not None
    report = world.report
    world.report = world.roads
    only = said("会议要求坚持建管养运并重", "commitment")
    heard(world, server, only)
    world.report = report
    fuhe = log_in(client)
    statement = Reading.objects.get(text=only["quote"]).statement
    page = fuhe.get(f"/desk/review/{statement.id}")
    text = text_of(page)
    assert "只有第二个读者读出这一条" in text
    assert 'name="follow"' not in text
    assert page.context["form"].parts[0].due == ""
    form = form_of(page) | {"lead-0": "青岚区交通运输局"}
    assert fuhe.post(f"/desk/review/{statement.id}/adopt", form).status_code == 302
    assert Commitment.objects.filter(title=only["quote"]).exists()


def test_only_reviewers_and_the_office_follow(client: Client, world: World, server: Server) -> None:
    heard(world, server, *changed(CANTEENS, kind="status"))
    assert follow(log_in(client, "tianbao"), world, CANTEENS, "second").status_code == 403
    assert follow(log_in(Client(), "ducha"), world, "县道安全防护", "rules").status_code == 409
    assert SecondSaid.objects.get().verdict == ""
