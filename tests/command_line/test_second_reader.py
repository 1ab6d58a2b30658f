"""A second reader against a server on this machine that answers, lies, stalls, breaks its JSON and sends us elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.command_line.front_door import Ended, luodi
from tests.second_server import (
    PARK,
    TEXT,
    TRUTH,
    WORK,
    Server,
    floods,
    honest,
    lying,
    reply,
    said,
    stalls,
    trickles,
)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.end()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    made = tmp_path / "page.txt"
    made.write_text(TEXT, encoding="utf-8")
    return made


def second(server: Server | None, page: Path, *more: str, **settings: str) -> Ended:
    named = {"LUODI_SECOND_READER_URL": server.url, "LUODI_SECOND_READER_MODEL": "m"} if server else {}
    return luodi(
        "second", "--cache", page.parent / "cache", *more, page, env={**named, **settings}, seconds=60
    )


def records(ended: Ended) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.lines]


def test_without_settings_nothing_is_sent_and_it_says_what_to_set(page: Path) -> None:
    ended = second(None, page)
    assert (ended.code, ended.out) == (2, b"")
    assert "(no-endpoint)" in ended.err


def test_the_cost_is_told_before_anything_is_asked(server: Server, page: Path) -> None:
    ended = second(server, page, "--estimate", LUODI_SECOND_READER_PRICES="2,8")
    assert ended.code == 0
    assert "要问 1 次" in ended.err
    assert "元" in ended.err
    assert server.asked == []


def test_two_readers_who_agree_have_no_differences(server: Server, page: Path) -> None:
    ended = second(server, page, LUODI_SECOND_READER_KEY="geheim")
    assert ended.code == 0
    assert [record["differences"] for record in records(ended)] == [[], []]
    assert [record["second"]["quote"] for record in records(ended)] == [PARK, WORK]
    (asked,) = server.asked
    assert (asked["path"], asked["key"], asked["model"]) == ("/v1/chat/completions", "Bearer geheim", "m")
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert "geheim" not in ended.err + ended.text


def test_disagreements_come_first(server: Server, page: Path) -> None:
    server.answer = lambda spans: {
        "spans": [
            {
                "id": s["id"],
                "statements": [
                    {**t, "kind": "status"} if t["quote"] == WORK else t
                    for t in TRUTH
                    if t["quote"] in s["text"]
                ],
            }
            for s in spans
        ]
    }
    found = records(second(server, page))
    assert [[d["name"] for d in record["differences"]] for record in found] == [["kind"], []]
    assert found[0]["second"]["quote"] == WORK


def test_what_was_answered_is_not_asked_again(server: Server, page: Path) -> None:
    first, again = second(server, page), second(server, page)
    assert first.out == again.out
    assert len(server.asked) == 1
    second(server, page, "--no-cache")
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "lie",
    [
        said("全区将新建口袋公园50个"),
        said(PARK, figures=("50个",)),
        said(PARK, figures=("很多个",)),
        said(PARK, figures=("完成",)),
        said(PARK, "promise"),
        said(PARK, owner="区财政局"),
        said(PARK, due="2027年底"),
        said(""),
    ],
    ids=lambda lie: str(lie)[:40],
)
def test_what_is_not_literally_there_is_refused(server: Server, page: Path, lie: dict[str, Any]) -> None:
    server.answer = lying(lie)
    ended = second(server, page)
    assert ended.code == 1
    assert "(not-literal)" in ended.err
    assert all(record["second"] is None for record in records(ended))
    assert len(records(ended)) == 2


def test_spans_that_were_not_asked_about_are_refused(server: Server, page: Path) -> None:
    server.answer = lambda spans: {
        "spans": [{"id": 99, "statements": TRUTH}, *honest(spans)["spans"], honest(spans)["spans"][0]]
    }
    ended = second(server, page)
    assert ended.err.count("没有问过") == 2
    assert [record["differences"] for record in records(ended)] == [[], []]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "不是 JSON",
        "[]",
        '{"spans": 3}',
        '{"spans": [{"id": "0", "statements": []}]}',
        '{"spans": [{"id": 0, "statements": [3]}]}',
        '{"spans": [{"id": 0, "statements": [{"quote": 3, "kind": 4, "figures": 5}]}]}',
        "[" * 100_000,
    ],
    ids=lambda content: content[:20],
)
def test_broken_answers_are_refused_and_not_remembered(server: Server, page: Path, content: str) -> None:
    server.answer = lambda _spans: content
    ended = second(server, page)
    assert ended.code == 1
    assert "(bad-answer)" in ended.err
    assert all(record["second"] is None for record in records(ended))
    server.answer = honest
    assert second(server, page).code == 0


@pytest.mark.parametrize(
    "raw",
    [
        stalls,
        trickles,
        floods,
        lambda handler: reply(handler, b"no", 500),
        lambda handler: reply(handler, b"", 307, Location="http://127.0.0.1:9/"),
        lambda handler: handler.wfile.write(b"garbage\r\n\r\n"),
        lambda handler: reply(handler, b"{}"),
    ],
    ids=["stalls", "trickles", "floods", "fails", "sends elsewhere", "garbage", "no content"],
)
def test_a_server_that_misbehaves_costs_bounded_time_and_nothing_else(
    server: Server, page: Path, raw: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    server.raw = raw
    ended = second(server, page, LUODI_SECOND_READER_SECONDS="0.5")
    assert ended.code == 1
    assert "(no-answer)" in ended.err or "(bad-answer)" in ended.err
    assert len(server.asked) <= 2
    assert [record["differences"][0]["name"] for record in records(ended)] == ["only_rules", "only_rules"]


@pytest.mark.parametrize(
    "settings",
    [
        {"LUODI_SECOND_READER_URL": "file:///etc/passwd"},
        {"LUODI_SECOND_READER_MODEL": " "},
        {"LUODI_SECOND_READER_PRICES": "viel"},
    ],
    ids=str,
)
def test_wrong_settings_are_told(server: Server, page: Path, settings: dict[str, str]) -> None:
    ended = second(server, page, **settings)
    assert ended.code == 2
    assert "(bad-endpoint)" in ended.err
    assert server.asked == []
