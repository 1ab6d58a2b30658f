"""A page is kept, read, judged, read anew; nothing that was kept is ever changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from luodi.kernel.clocks.now import today
from luodi.kernel.documents import actions, lookups
from luodi.kernel.documents.access import (
    judgements_visible_to,
    public,
    public_readings,
    public_statements,
    statements_visible_to,
    visible_to,
)
from luodi.kernel.documents.models import Judgement, ReadFigure, Reading, Source, StatementKey
from luodi.kernel.documents.reader import READER
from luodi.kernel.files import store
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ids import new_id
from luodi.kernel.ledger.action import SYSTEM, Actor, action
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from luodi.kernel.search import index
from luodi.reading.reader import read

pytestmark = pytest.mark.django_db

PAGES = Path(__file__).parents[2] / "demonstration" / "pages"
PAGE = """青岚区2026年民生实事
发布日期：2026-01-26
来源：青岚区人民政府办公室
年内改造老旧小区23个，惠及居民6412户。6月底前建成养老服务中心3处。
去年新增公办幼儿园学位1800个。
""".encode()
ADDRESS = "https://www.qinglan.example/2026/01/26/content_1.htm"
OFFICE = Actor(account="w0000000000001", post="o0000000000001")


@pytest.fixture(autouse=True)
def _data(data_folder: Path) -> Iterator[Path]:
    return data_folder


@pytest.fixture
def source() -> Source:
    return actions.intake(PAGE, name="a.txt", address=ADDRESS, by=OFFICE)


def refused(code: str, call: Any, *given: Any, **named: Any) -> str:
    """The sentence with which ``call`` is refused."""
    events = Event.objects.count()
    with pytest.raises(Refusal) as caught:
        call(*given, **named)
    assert caught.value.code == code
    assert Event.objects.count() == events
    return caught.value.message


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


@pytest.mark.parametrize("path", sorted(PAGES.iterdir()), ids=lambda p: p.stem)
def test_every_demonstration_page_is_kept_with_literal_spans(path: Path, data_folder: Path) -> None:
    raw = path.read_bytes()
    source = actions.intake(raw, name=path.name, by=OFFICE)
    document = read(raw)
    assert store.read(data_folder, source.file.sha256) == raw
    held = Source.objects.get(pk=source.pk)
    assert held.text == document.source
    statements = list(StatementKey.objects.filter(source=held))
    assert len(statements) == len(document.statements)
    for statement in statements:
        assert held.text[statement.start : statement.end] == statement.quote != ""
    for figure in ReadFigure.objects.filter(reading__statement__source=held):
        assert held.text[figure.start : figure.end]
    assert kinds() == ["source.kept"]


def test_a_page_taken_in_can_be_looked_up(source: Source) -> None:
    assert (source.title, source.genre) == ("青岚区2026年民生实事", "livelihood")
    assert str(source.published) == "2026-01-26"
    promise = StatementKey.objects.filter(source=source, kind="commitment").order_by("start").first()
    assert promise is not None
    reading = lookups.newest_reading(promise)
    assert reading is not None
    assert (reading.reader, reading.owner != "无", reading.due_precision) == (READER, True, "year")
    first, *_ = reading.figures.order_by("start")
    assert (first.number, first.unit) == ("23", "个")
    assert promise.state == "unread"
    event = Event.objects.get()
    assert event.subject == source.id
    assert event.post == OFFICE.post
    assert source.file.is_public


def test_the_name_of_the_file_is_told_to_nobody() -> None:
    actions.intake(PAGE, name="王某某转来.txt", by=OFFICE)
    event = Event.objects.get()
    assert "王某某" not in event.payload + event.closed
    assert KeptFile.objects.get().name == "王某某转来.txt"


def test_its_words_and_its_statements_are_found(source: Source) -> None:
    (hit,) = index.find("养老 幼儿园", public_only=True)
    assert hit.subject == source.id
    found = index.find("养老服务中心", public_only=True, kinds=["s"])
    assert [StatementKey.objects.get(pk=hit.subject).source_id for hit in found] == [source.id]


def test_the_same_bytes_again_are_a_sighting(source: Source) -> None:
    again = actions.intake(PAGE, name="b.txt", address="https://copy.example/x", by=SYSTEM)
    assert again.pk == source.pk
    assert Source.objects.count() == KeptFile.objects.count() == 1
    assert kinds() == ["source.kept", "source.seen_again"]
    first, second = lookups.sightings(source)
    assert ADDRESS in first.payload
    assert "https://copy.example/x" in second.payload


def test_two_that_take_in_the_same_bytes_at_once_share_one_source(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = lookups.source_of_bytes, []

    def late(sha: str) -> Source | None:
        calls.append(sha)
        return None if len(calls) == 1 else real(sha)

    monkeypatch.setattr(actions, "source_of_bytes", late)
    assert actions.intake(PAGE, by=SYSTEM).pk == source.pk
    assert len(calls) == 2
    assert kinds() == ["source.kept", "source.seen_again"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty-file"),
        (b"%PDF-1.7 ...", "damaged"),
        (b"\x00\x01\x02" * 99, "binary"),
        (b"MZ\x90\0\x03\0\0", "binary"),
    ],
)
def test_what_is_no_page_is_refused_and_nothing_of_it_kept(raw: bytes, code: str, data_folder: Path) -> None:
    assert refused(code, actions.intake, raw, by=OFFICE)
    assert not KeptFile.objects.exists()
    assert not (data_folder / "files").exists()


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "ftp://a.example/", "http://", "//a.example", "https://a.example/ b", "https://[",
     "x" * 9, "https://a.example/" + "x" * 2_000],
)  # fmt: skip
def test_an_address_is_of_the_web_or_left_out(address: str) -> None:
    assert "http" in refused("bad-address", actions.intake, PAGE, address=address, by=OFFICE)


def test_a_stop_before_the_event_keeps_bytes_and_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "put_all", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.intake(PAGE, by=OFFICE)
    monkeypatch.undo()
    assert not Source.objects.exists()
    assert not StatementKey.objects.exists()
    assert index.find("养老", public_only=False) == []


def test_a_span_that_is_not_literal_is_never_written(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read(PAGE)
    empty = replace(document, statements=[document.statements[0]._replace(stop=document.statements[0].start)])
    monkeypatch.setattr(actions, "read", lambda *_: empty)
    with pytest.raises(RuntimeError, match="not the statement's own words"):
        actions.intake(PAGE, by=OFFICE)
    assert not KeptFile.objects.exists()


def test_a_page_that_is_gone_says_since_when_and_stays(source: Source) -> None:
    actions.withdraw(source, by=SYSTEM)
    held = Source.objects.get()
    assert held.withdrawn_on == today()
    assert held.text
    assert "不必再记" in refused("withdrawn-already", actions.withdraw, source, by=SYSTEM)
    actions.intake(PAGE, address="https://copy.example/x", by=SYSTEM)
    assert Source.objects.get().withdrawn_on == today(), "a copy elsewhere does not bring it back"
    actions.intake(PAGE, address=ADDRESS, by=SYSTEM)
    assert Source.objects.get().withdrawn_on is None
    assert kinds() == ["source.kept", "source.withdrawn", "source.seen_again", "source.seen_again"]


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        ("accept", "adopted"),
        ("correct", "adopted"),
        ("refuse", "refused"),
        ("merge", "merged"),
        ("keep", "kept"),
    ],
)
def test_a_judgement_is_recorded_and_can_be_undone(source: Source, verdict: str, state: str) -> None:
    statement = StatementKey.objects.filter(source=source)[0]
    judgement = actions.judge(statement, verdict, by=OFFICE, reason="已和王某某核对")
    assert StatementKey.objects.get(pk=statement.pk).state == statement.state == state
    assert (judgement.post, judgement.reason) == (OFFICE.post, "已和王某某核对")
    assert "先撤回" in refused("judged-already", actions.judge, statement, "refuse", by=OFFICE)
    actions.judge(statement, "undo", by=OFFICE)
    assert StatementKey.objects.get(pk=statement.pk).state == "unread"
    assert refused("nothing-to-undo", actions.judge, statement, "undo", by=OFFICE)
    assert list(Judgement.objects.order_by("at", "id").values_list("verdict", flat=True)) == [verdict, "undo"]
    assert all("王某某" not in event.payload + event.closed for event in Event.objects.all())


def test_a_judgement_has_a_known_verdict_and_a_short_reason(source: Source) -> None:
    statement = StatementKey.objects.filter(source=source)[0]
    with pytest.raises(ValueError, match="is none of accept"):
        actions.judge(statement, "like", by=OFFICE)
    assert "2,001字" in refused(
        "reason-too-long", actions.judge, statement, "keep", by=OFFICE, reason="长" * 2_001
    )


def test_reading_again_with_the_same_reader_changes_nothing(source: Source) -> None:
    before = Reading.objects.count()
    assert actions.reread(source, by=SYSTEM) == 0
    assert Reading.objects.count() == before


def reread_as(monkeypatch: pytest.MonkeyPatch, source: Source, change: Any) -> dict[str, Any]:
    """Read anew with a reader whose statements are ``change``d; the event's public data."""
    import json

    document = read(PAGE)
    newer = replace(document, statements=[s for old in document.statements if (s := change(old))])
    monkeypatch.setattr(actions, "read", lambda *_: newer)
    actions.reread(source, by=SYSTEM, reader="luodi-2")
    return json.loads(Event.objects.order_by("-id")[0].payload)["data"]  # type: ignore[no-any-return]


def test_a_newer_reader_that_reads_the_same_leaves_judgements_alone(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = list(StatementKey.objects.filter(source=source))
    for statement in statements:
        actions.judge(statement, "keep", by=OFFICE)
    data = reread_as(monkeypatch, source, lambda s: s._replace(rule="better", score=0.5))
    assert (data["read"], data["reopened"], data["not_found"]) == (len(statements), [], [])
    assert set(StatementKey.objects.values_list("state", flat=True)) == {"kept"}
    assert Reading.objects.count() == 2 * len(statements)
    readings = lookups.readings_of_source(source)[statements[0].id]
    assert [reading.reader for reading in readings] == [READER, "luodi-2"]


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s._replace(owner="区民政局"),
        lambda s: s._replace(due=None),
        lambda s: s._replace(figures=()),
    ],
    ids=["owner", "due", "figures"],
)
def test_a_newer_reader_that_reads_otherwise_asks_for_a_new_judgement(
    source: Source, monkeypatch: pytest.MonkeyPatch, change: Any
) -> None:
    promise = StatementKey.objects.filter(source=source, kind="commitment").order_by("start")[0]
    actions.judge(promise, "accept", by=OFFICE)
    data = reread_as(monkeypatch, source, change)
    assert data["reopened"] == [promise.id]
    assert StatementKey.objects.get(pk=promise.pk).state == "unread"
    assert Judgement.objects.filter(statement=promise).count() == 1


def test_what_a_newer_reader_no_longer_finds_stays_and_is_named(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(StatementKey.objects.values_list("id", flat=True))
    data = reread_as(monkeypatch, source, lambda s: s._replace(kind="status") if s.kind == "result" else None)
    assert set(data["not_found"]) == before
    assert data["read"] == 1
    assert StatementKey.objects.filter(kind="status").count() == 1
    assert before < set(StatementKey.objects.values_list("id", flat=True))


def test_sources_and_statements_are_public_and_reasons_are_not(source: Source) -> None:
    outside = Actor()
    assert list(public()) == list(visible_to(outside)) == list(visible_to(OFFICE)) == [source]
    assert public_statements().count() == statements_visible_to(OFFICE).count() > 0
    assert public_readings().count() == Reading.objects.count()
    actions.judge(StatementKey.objects.filter(source=source)[0], "keep", by=OFFICE, reason="内部理由")
    assert not judgements_visible_to(outside).exists()
    assert judgements_visible_to(OFFICE).count() == 1


def test_evidence_that_turns_out_to_be_a_page_becomes_public() -> None:
    from luodi.kernel.files.keeping import kept_file

    with action("test.kept", by=OFFICE, subject=new_id("c")) as act:
        held = kept_file(act, PAGE, "evidence.txt")
    source = actions.intake(PAGE, by=OFFICE)
    assert source.file_id == held.id
    assert KeptFile.objects.get().is_public


def test_the_index_made_anew_finds_the_same(source: Source) -> None:
    asked = ("养老", "老旧小区", "幼儿园", "区23")
    before = [[hit.subject for hit in index.find(q, public_only=True)] for q in asked]
    index.rebuild(["d", "s"])
    after = [[hit.subject for hit in index.find(q, public_only=True)] for q in asked]
    assert [set(found) for found in after] == [set(found) for found in before]
    assert all(before)
