"""What is reviewed next, and that two never look at the same."""

from __future__ import annotations

import datetime as dt

import pytest

from luodi.kernel.clocks.now import held_at
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import Reading, StatementKey
from luodi.kernel.ledger.action import action
from luodi.kernel.review import actions
from luodi.kernel.review.models import Lease
from luodi.kernel.review.queue import (
    ASIDE,
    DAMAGED,
    NOT_SURE,
    SURE,
    Asked,
    done_on,
    line,
    ordered,
    readings,
    waiting,
)
from tests.desk.review_world import TODAY, World, built

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
ME, OTHER = "w0000000000001", "w0000000000002"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)


@pytest.fixture
def world() -> World:
    return built()


def texts(asked: Asked | None = None) -> list[str]:
    ids = line(asked or Asked(), account=ME, holder=ME)
    found = {reading.statement_id: reading.text for reading in Reading.objects.filter(statement__in=ids)}
    return [found[key] for key in ids]


def test_the_damaged_come_first_then_the_unsure_then_promises_by_document(world: World) -> None:
    assert texts() == [
        "\ufffd26公里年内全部建成",
        "农村公路按每公里58万元安排,共7308万元",
        "一期工程926公里",
        "环湖绿道年内贯通21公里",
        "8月底前完成县道安全防护工程43公里",
        "消除急弯陡坡隐患37处",
        "市级补助占四成",
        "8月底前完成城区12条背街小巷、18.6公里排水管网改造",
        "秋季开学前新增公办幼儿园学位1800个",
        "年内建成智慧停车泊位3000个",
        "年内办起社区食堂5家",
        "工程总投资9300万元，年底前支付到位",
        "全区已建成环湖绿道13公里",
        "2025年新改建农村公路116公里",
    ]


def test_what_two_readers_read_differently_is_doubtful(world: World) -> None:
    statement = world.statement("社区食堂5家")
    earlier = statement.readings.get()
    with action("source.reread", by=world.actor("ducha"), subject=statement.source_id) as act:
        act.create(
            Reading(
                statement=statement, reader="luodi-2", text=earlier.text, force="pledged", owner="区民政局",
                due_until=earlier.due_until, due_precision="year", score="0.90", rule=earlier.rule,
            )
        )  # fmt: skip
    assert texts()[1] == earlier.text
    assert texts(Asked(doubtful=True))[1] == earlier.text
    assert len(texts()) == 14


def test_what_was_judged_and_opened_again_by_a_new_reading_is_doubtful(world: World) -> None:
    statement = world.statement("社区食堂5家")
    documents.judge(statement, "keep", by=world.actor("ducha"))
    with action("source.reread", by=world.actor("ducha"), subject=statement.source_id) as act:
        act.change(statement, state="unread")
    assert texts()[1] == "年内办起社区食堂5家"
    documents.judge(world.statement("泊位3000个"), "keep", by=world.actor("ducha"))
    documents.judge(world.statement("泊位3000个"), "undo", by=world.actor("ducha"))
    assert texts()[2] != "年内建成智慧停车泊位3000个"


def test_the_queue_is_narrowed_by_document_kind_topic_doubt_and_state(world: World) -> None:
    assert world.report is not None
    assert len(texts(Asked(source=world.report.id))) == 5
    assert texts(Asked(kind="result")) == [
        "一期工程926公里",
        "全区已建成环湖绿道13公里",
        "2025年新改建农村公路116公里",
    ]
    assert texts(Asked(topic="教育")) == ["秋季开学前新增公办幼儿园学位1800个"]
    assert len(texts(Asked(doubtful=True))) == 3
    assert texts(Asked(state="adopted")) == ["年内贯通环湖绿道32公里"]
    with pytest.raises(ValueError, match="asleep"):
        line(Asked(state="asleep"), account=ME, holder=ME)


def test_what_was_set_aside_comes_in_a_line_of_its_own_and_to_others_as_before(world: World) -> None:
    first = world.statement("26公里")
    actions.set_aside(first.id, account=ME)
    actions.set_aside(first.id, account=ME)
    assert first.id not in line(Asked(), account=ME, holder=ME)
    assert line(Asked(state=ASIDE), account=ME, holder=ME) == [first.id]
    assert line(Asked(), account=OTHER, holder=OTHER)[0] == first.id
    assert waiting(ME) == (14, 1)
    actions.take_up(first.id, account=ME)
    assert line(Asked(), account=ME, holder=ME)[0] == first.id


def test_a_statement_on_somebodys_screen_is_given_to_nobody_else(world: World) -> None:
    ids = line(Asked(), account=ME, holder=ME)
    assert actions.hold_first(ids, holder=ME, post="o1") == ids[0]
    assert actions.hold_first(ids, holder=OTHER, post="o2") == ids[1]
    assert line(Asked(), account=OTHER, holder=OTHER)[0] == ids[1]
    held = actions.hold(ids[0], holder=OTHER, post="o2")
    assert (held.is_mine, held.post) == (False, "o1")
    assert actions.hold(ids[0], holder=ME, post="o1").is_mine


def test_a_lease_runs_out_and_is_renewed_by_its_holder(world: World) -> None:
    key = world.statement("26公里").id
    with held_at(TODAY):
        actions.hold(key, holder=ME, post="o1")
    with held_at(TODAY + dt.timedelta(minutes=3)):
        assert actions.hold(key, holder=ME, post="o1").is_mine
    with held_at(TODAY + dt.timedelta(minutes=5)):
        assert not actions.hold(key, holder=OTHER, post="o2").is_mine
    with held_at(TODAY + dt.timedelta(minutes=7, seconds=1)):
        assert actions.hold(key, holder=OTHER, post="o2").is_mine
        assert not actions.hold(key, holder=ME, post="o1").is_mine


def test_leaving_gives_up_the_own_lease_only(world: World) -> None:
    mine, others = world.statement("26公里").id, world.statement("43公里").id
    actions.hold(mine, holder=ME, post="o1")
    actions.hold(others, holder=OTHER, post="o2")
    actions.release(others, holder=ME)
    actions.release(mine, holder=ME)
    assert list(Lease.objects.values_list("statement", flat=True)) == [others]
    actions.hold(mine, holder=ME, post="o1")
    actions.release_others(mine, holder=ME)
    assert Lease.objects.count() == 2
    actions.release_others("", holder=ME)
    assert list(Lease.objects.values_list("statement", flat=True)) == [others]


def test_what_was_done_today_counts_each_statement_once_and_nothing_taken_back(world: World) -> None:
    by = world.actor("ducha")
    with held_at(TODAY):
        for words in ("43公里", "37处", "116公里"):
            documents.judge(world.statement(words), "keep", by=by)
        documents.judge(world.statement("43公里"), "undo", by=by)
        documents.judge(world.statement("37处"), "undo", by=by)
        documents.judge(world.statement("37处"), "refuse", by=world.actor("fuhe"), reason="不是承诺")
    assert done_on(TODAY.date(), by.post) == (2, 2)
    assert done_on(TODAY.date(), world.posts["fuhe"].id) == (2, 1)
    assert done_on(TODAY.date() - dt.timedelta(days=1), by.post) == (0, 0)


def test_a_line_takes_one_query_however_long_it_is(
    world: World, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        line(Asked(doubtful=True, topic="交通出行"), account=ME, holder=ME)
    with django_assert_num_queries(2):  # type: ignore[operator]
        waiting(ME)


def test_every_reading_of_the_queue_tells_its_class_of_doubt(world: World) -> None:
    found = ordered(readings(Asked(), account=ME))
    assert [reading.doubt for reading in found] == [DAMAGED, NOT_SURE, NOT_SURE, *[SURE] * 11]  # type: ignore[attr-defined]
    assert StatementKey.objects.filter(state="unread").count() == 14
