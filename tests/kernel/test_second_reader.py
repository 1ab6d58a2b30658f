"""The second reader in a district: asked about a kept page, heard word for word, its disagreements first in the queue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.clocks.now import held_at, now
from luodi.kernel.documents import access
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.lookups import sentences_of_source
from luodi.kernel.documents.models import ReadFigure, Reading, SecondAsked, SecondSaid, Source, StatementKey
from luodi.kernel.documents.page import document_page
from luodi.kernel.documents.second import asking
from luodi.kernel.documents.second.keeping import judge_second
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.review.queue import TWO_READERS, Asked, line, ordered, readings
from luodi.kernel.search import index
from luodi.reading.second import questions
from tests.second_server import Server, Spans, floods, reply, said, stalls, trickles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
PAGE = (
    "青岚区发布2026年重点工作安排\n发布时间:2026-03-05 来源:青岚区人民政府办公室\n\n"
    "　　今年，全区将新建口袋公园5个，完成投资3.2亿元。\n\n"
    "　　去年，全区新增就业5800人，同比增长9.7%。\n\n"
    "　　让孩子们有更多的地方踢球，6月底前给每个街道都添一块场地，由区体育中心来办。\n"
)
PARK, WORK = "全区将新建口袋公园5个，完成投资3.2亿元", "全区新增就业5800人，同比增长9.7%"
BALL = "让孩子们有更多的地方踢球，6月底前给每个街道都添一块场地"
PARKS, JOBS = said(PARK, "commitment", ("5个", "3.2亿元")), said(WORK, "result", ("5800人", "9.7%"))
BALLS = said(BALL, "commitment", (), owner="区体育中心", due="6月底前")


def saying(*statements: dict[str, Any]) -> Any:
    """An answer with each of these in the part where it stands."""
    return lambda spans: {
        "spans": [
            {"id": s["id"], "statements": [t for t in statements if t["quote"] in s["text"]]} for s in spans
        ]
    }


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()
    monkeypatch.setenv("LUODI_SECOND_READER_URL", made.url)
    monkeypatch.setenv("LUODI_SECOND_READER_MODEL", "m")
    monkeypatch.setenv("LUODI_SECOND_READER_PRICES", "2,8")
    monkeypatch.setenv("LUODI_SECOND_READER_SECONDS", "0.5")
    yield made
    made.end()


@pytest.fixture
def source() -> Source:
    register.found_district(
        name="青岚区", code="990102", shape="urban_district", kind="real", city="云川市", by=SYSTEM
    )
    return documents.intake(PAGE.encode(), by=SYSTEM)


def heard(source: Source) -> SecondAsked:
    """The second reader was asked and the worker did its turn."""
    asking.ask(source, by=SYSTEM)
    assert asking.turn()
    return SecondAsked.objects.get(pk=source.pk)


def quotes(**asked: Any) -> list[str]:
    ids = line(Asked(**asked), account="w0000000000001", holder="w0000000000001")
    held = StatementKey.objects.in_bulk(ids)
    return [held[key].quote for key in ids]


def test_what_two_readers_do_not_agree_about_comes_first(server: Server, source: Source) -> None:
    assert quotes()[0] == PARK
    server.answer = saying(PARKS, {**JOBS, "kind": "status", "figures": ["5800人"]})
    row = heard(source)
    assert (row.state, row.asked, row.answered, row.refused, row.found) == ("done", 1, 1, 0, 1)
    assert quotes()[0] == WORK
    assert quotes(doubtful=True)[0] == WORK
    (one,) = SecondSaid.objects.all()
    assert (one.differences, one.kind, one.figures) == ("figures,kind", "status", "5800人")
    assert source.text[one.start : one.end] == one.quote == WORK
    first = ordered(readings(Asked(), account="")).first()
    assert first is not None
    assert first.doubt == TWO_READERS  # type: ignore[attr-defined]


def test_readers_who_agree_leave_the_queue_as_it_was(server: Server, source: Source) -> None:
    before = quotes()
    server.answer = saying(PARKS, JOBS)
    assert heard(source).found == 0
    assert quotes() == before
    assert not SecondSaid.objects.exists()


def test_what_only_it_found_awaits_a_person_without_a_due_day(server: Server, source: Source) -> None:
    server.answer = saying(PARKS, JOBS, BALLS)
    assert heard(source).found == 1
    assert quotes()[0] == BALL
    statement = StatementKey.objects.get(quote=BALL)
    reading = statement.readings.get()
    assert (reading.due_until, reading.owner, reading.reader) == (None, "区体育中心", "second-1")
    assert statement.second_said.due == "6月底前"
    assert not ReadFigure.objects.filter(reading=reading).exists()


def test_its_word_alone_is_nothing_public(server: Server, source: Source, client: Client) -> None:
    server.answer = saying(PARKS, JOBS, BALLS)
    heard(source)
    statement = StatementKey.objects.get(quote=BALL)
    assert statement not in access.public_statements()
    assert not access.public_readings().filter(statement=statement).exists()
    assert statement.id not in {each.id for each in sentences_of_source(source)}
    assert statement.id not in {each.statement.id for each in document_page(source).statements}
    assert client.get(f"/s/{statement.id}").status_code == 404
    assert client.get(f"/api/v1/statements/{statement.id}").status_code == 404
    assert client.get(f"/api/v1/documents/{source.id}").json()["statements"] == 2
    assert index.find("踢球", public_only=False, kinds="s") == []
    assert statement.id not in client.get(f"/d/{source.id}").content.decode()
    documents.judge(statement, "keep", by=SYSTEM)
    assert statement in access.public_statements()
    assert statement.id in client.get(f"/d/{source.id}").content.decode()


def test_a_newer_reader_that_finds_it_too_makes_it_a_statement(server: Server, source: Source) -> None:
    server.answer = saying(PARKS, JOBS, BALLS)
    heard(source)
    statement = StatementKey.objects.get(quote=BALL)
    with action("source.reread", by=SYSTEM, subject=source.id) as act:
        act.create(
            Reading(statement=statement, reader="luodi-2", text=BALL, force="pledged", score="0.9", rule="x")
        )
    assert statement in access.public_statements()


@pytest.mark.parametrize(
    "lie",
    [
        said("全区将新建口袋公园50个"),
        said(PARK, "commitment", ("50个", "3.2亿元")),
        said(PARK, "commitment", ("5个", "3.2亿元"), owner="区财政局"),
        said(PARK, "commitment", ("5个", "3.2亿元"), due="2027年底"),
    ],
    ids=["quote", "figure", "owner", "due"],
)
def test_what_is_not_literally_there_is_no_opinion(
    server: Server, source: Source, lie: dict[str, Any]
) -> None:
    def lies(spans: Spans) -> Any:
        return {"spans": [{"id": s["id"], "statements": [lie, JOBS]} for s in spans]}

    server.answer = lies
    row = heard(source)
    assert row.refused > 0
    told = SecondSaid.objects.filter(statement__quote=PARK).get()
    assert (told.differences, told.quote, told.figures, told.owner, told.due) == (
        "only_rules",
        "",
        "",
        "",
        "",
    )
    assert set(StatementKey.objects.values_list("quote", flat=True)) == {PARK, WORK}


@pytest.mark.parametrize("raw", [stalls, trickles, floods, lambda h: reply(h, b"no", 500)])
def test_who_does_not_answer_is_tried_again_later_and_then_given_up(
    server: Server, source: Source, raw: Any
) -> None:
    server.raw = raw
    row = heard(source)
    begun = row.asked_at
    assert (row.state, row.tries) == ("waiting", 1)
    assert not asking.turn()
    for wait in (2, 10, 60):
        with held_at(begun + dt.timedelta(minutes=wait)):
            assert asking.turn()
    row.refresh_from_db()
    assert (row.state, row.tries) == ("failed", 4)
    assert "没有回答" in row.words
    assert not SecondSaid.objects.exists()
    assert not Event.objects.filter(kind="source.heard_second").exists()
    server.raw, server.answer = None, saying(PARKS, JOBS)
    assert heard(source).state == "done"


def test_broken_answers_are_no_opinion(server: Server, source: Source) -> None:
    server.answer = lambda _spans: '{"spans": 3}'
    row = heard(source)
    assert (row.state, row.asked, row.answered, row.found) == ("failed", 1, 0, 0)
    assert "不成样子" in row.words
    assert not SecondSaid.objects.exists()


def test_a_part_that_was_not_answered_is_no_disagreement(server: Server, source: Source) -> None:
    server.answer = lambda spans: {
        "spans": [{"id": s["id"], "statements": [JOBS]} for s in spans if WORK in s["text"]]
    }
    row = heard(source)
    assert (row.state, row.refused > 0, row.found) == ("done", True, 0)


def test_what_was_answered_before_it_broke_off_is_not_asked_again(
    server: Server, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "MOST_CHARACTERS", 30)
    answers = iter([saying(PARKS, JOBS)])
    server.answer = lambda spans: next(answers)(spans)
    asking.ask(source, by=SYSTEM)
    assert asking.turn()
    asked = len(server.asked)
    server.answer = saying(PARKS, JOBS)
    with held_at(now() + dt.timedelta(minutes=2)):
        assert asking.turn()
    texts = [request["messages"][1]["content"] for request in server.asked]
    assert len(texts) > asked
    assert texts.count(texts[0]) == 1
    assert SecondAsked.objects.get().state == "done"


def test_one_that_was_cut_off_is_taken_up_again_and_kept_once(
    server: Server, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer = saying(PARKS)
    asking.ask(source, by=SYSTEM)

    class Killed(BaseException):
        pass

    def killed(*_given: Any, **_named: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(asking, "keep_heard", killed)
        with pytest.raises(Killed):
            asking.turn()
    assert not asking.turn()
    with held_at(now() + dt.timedelta(minutes=5)):
        assert asking.turn()
        assert not asking.turn()
    assert len(server.asked) == 1
    assert Event.objects.filter(kind="source.heard_second").count() == 1
    assert SecondSaid.objects.count() == 1


def test_whoever_was_followed_stands_and_can_be_taken_back(server: Server, source: Source) -> None:
    server.answer = saying(PARKS)
    heard(source)
    assert quotes()[0] == WORK
    one = SecondSaid.objects.get()
    judge_second(one, "refused", by=SYSTEM)
    assert quotes()[0] == PARK
    with pytest.raises(Refusal) as refused:
        judge_second(one, "accepted", by=SYSTEM)
    assert refused.value.code == "judged-already"
    heard(source)
    assert SecondSaid.objects.get().verdict == "refused"
    judge_second(one, "", by=SYSTEM)
    assert quotes()[0] == WORK
    with pytest.raises(Refusal, match="还没有人定"):
        judge_second(one, "", by=SYSTEM)


def test_the_cost_is_known_before_anything_is_sent(server: Server, source: Source) -> None:
    told = asking.estimate(source)
    assert told.cost.batches == 1
    assert told.price is not None
    assert 0 < told.price < 0.1
    assert (told.host, told.model) == ("127.0.0.1", "m")
    assert server.asked == []


def test_nothing_is_sent_that_may_not_be(
    server: Server, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def code() -> str:
        with pytest.raises(Refusal) as refused:
            asking.ask(source, by=SYSTEM)
        return refused.value.code

    asking.ask(source, by=SYSTEM)
    assert code() == "asked-already"
    SecondAsked.objects.all().delete()
    with action("file.closed", by=SYSTEM, subject=source.file_id) as act:
        act.change(KeptFile.objects.get(pk=source.file_id), is_public=False)
    source.refresh_from_db()
    source.file.refresh_from_db()
    assert code() == "not-public"
    monkeypatch.delenv("LUODI_SECOND_READER_URL")
    assert code() == "no-endpoint"
    assert not asking.turn()
    monkeypatch.setenv("LUODI_SECOND_READER_URL", "file:///etc/passwd")
    assert code() == "bad-endpoint"
    assert not asking.turn()
    monkeypatch.setenv("LUODI_SECOND_READER_URL", server.url)
    monkeypatch.setattr(asking, "is_demonstration", lambda: True)
    assert code() == "demonstration-sends-nothing"
    assert not asking.turn()
    assert server.asked == []
