"""Public pages: what each says, and that it says it to anybody with few questions to the database."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from luodi.kernel.clocks.now import held_at
from luodi.kernel.commitments.models import Objection
from luodi.kernel.ledger.checking import check
from luodi.kernel.ledger.keys import verifier_key
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.sealing import seal
from tests.database import standing
from tests.portal.town import TODAY, Town, with_promises

pytestmark = pytest.mark.django_db


def sealed() -> Town:
    """The district on its day, its events sealed."""
    made = with_promises()
    with held_at(TODAY):
        seal()
    return made


@pytest.fixture(scope="module")
def standing_town(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], Town]]:
    """Built once for all."""
    with standing(django_db_blocker, tmp_path_factory.mktemp("standing"), sealed) as begun:
        yield begun


@pytest.fixture
def town(standing_town: Callable[[Path], Town], data_folder: Path) -> Iterator[Town]:
    """As it was built, on its day."""
    with held_at(TODAY):
        yield standing_town(data_folder)


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return answer.content.decode()


def addresses(town: Town) -> dict[str, str]:
    promise = town.promises["背街小巷"]
    event = Event.objects.filter(subject=promise.id).order_by("-id").first()
    assert town.interview is not None
    assert event is not None
    return {
        "board": "/",
        "list": "/?list=1&order=newest",
        "promise": f"/c/{promise.id}",
        "documents": "/d/",
        "document": f"/d/{town.interview.id}",
        "kept": f"/d/{town.interview.id}?view=kept",
        "event": f"/e/{event.id}",
        "register": "/g/",
        "unit": f"/g/{town.units['区教育局'].id}",
        "post": f"/g/{town.posts['区教育局'].id}",
        "search": "/search?q=公交",
        "nothing": "/search?q=水上巴士",
        "data": "/data/",
        "about": "/about",
        "feed": "/feed.atom",
    }


def test_the_board_begins_with_a_sentence_whose_numbers_add_up(client: Client, town: Town) -> None:
    page = text_of(client, "/")
    lede = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert lede
    numbers = [int(n) for n in re.findall(r'data-figure="(\d+)"', lede[1])]
    assert numbers[0] == len(town.promises)
    assert sum(numbers[1:]) == numbers[0]
    assert page.index("已逾期84天") < page.index("已逾期22天") < page.index("推进中，还有100天")


# the most queries that a page may ask, whatever the size of the district
MOST = {
    "board": 24,
    "list": 20,
    "promise": 24,
    "documents": 7,
    "document": 10,
    "kept": 10,
    "event": 12,
    "register": 6,
    "unit": 16,
    "post": 14,
    "search": 30,
    "nothing": 16,
    "data": 6,
    "about": 5,
    "feed": 7,
}


@pytest.mark.parametrize("name", MOST)
def test_a_page_asks_a_bounded_number_of_questions(client: Client, town: Town, name: str) -> None:
    from django.db import connection

    address = addresses(town)[name]
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        text_of(client, address)
    assert len(asked) <= MOST[name], "\n".join(q["sql"][:160] for q in asked)


@pytest.mark.parametrize("name", MOST)
def test_every_page_carries_the_policy_and_answers_conditionally(
    client: Client, town: Town, name: str
) -> None:
    answer = client.get(addresses(town)[name])
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    again = client.get(addresses(town)[name], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    if name != "feed":
        body = answer.content.decode()
        assert "style=" not in body
        assert "<script" not in body
        assert not re.search(r"\son[a-z]+=", body)


def test_the_promise_page_shows_three_figures_with_day_signer_and_way(client: Client, town: Town) -> None:
    page = text_of(client, f"/c/{town.promises['背街小巷'].id}")
    for value in ("18.6公里", "17.9公里", "13.4公里"):
        assert re.search(rf'href="/[es]/\w+" data-figure="{value}"', page), value
    assert "区住房城乡建设局局长" in page
    assert "落地承诺亮灯默认规则第一条" in page
    assert "精确到月" in page
    assert re.search(r"<mark>8月底前完成城区12条背街小巷", page)


def test_a_changed_wording_and_a_page_that_is_gone_are_flagged(client: Client, town: Town) -> None:
    page = text_of(client, f"/c/{town.promises['环湖绿道'].id}")
    assert "后来的说法变了" in page
    assert "环湖绿道年内贯通21公里" in page
    assert "原文9月18日起打不开" in text_of(client, f"/c/{town.promises['夜班公交'].id}")


def test_a_statement_leads_to_its_place_in_the_damaged_page(client: Client, town: Town) -> None:
    said = town.promises["夜班公交"].said.get(role="made")
    statement = said.statement
    assert statement is not None
    answer = client.get(f"/s/{statement.id}?view=kept", follow=True)
    page = answer.content.decode()
    marked = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.DOTALL))
    assert re.sub(r"<[^>]+>", "", marked) == statement.quote.replace("&", "&amp;")
    assert statement.source.text[statement.start : statement.end] == statement.quote


def test_the_kept_page_is_shown_sign_by_sign(client: Client, town: Town) -> None:
    assert town.interview is not None
    page = text_of(client, f"/d/{town.interview.id}?view=kept")
    body = "".join(
        re.sub(r'<a class="ld-n".*?</a>|<[^>]+>', "", part)
        for part in re.findall(r'<p class="ld-body"[^>]*>(.*?)</p>', page, re.DOTALL)
    )
    shown = body.replace("&#8288;", "").replace("⁠", "")
    assert shown.replace("&quot;", '"').replace("&#x27;", "'") == town.interview.text.replace("\n", "")


def test_downloads_hold_every_promise_and_no_formula(client: Client, town: Town) -> None:
    from luodi.kernel.commitments import actions

    actions.correct(
        town.promises["社区食堂"], title="=HYPERLINK(1)", by=town.by("区政府督查室"), reason="测试公式"
    )
    raw = b"".join(client.get("/data/commitments.csv").streaming_content)  # type: ignore[attr-defined]
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(rows) == len(town.promises)
    assert {row["承诺"] for row in rows} >= {"'=HYPERLINK(1)"}
    book = load_workbook(io.BytesIO(b"".join(client.get("/data/commitments.xlsx").streaming_content)))  # type: ignore[attr-defined]
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    told = json.loads(b"".join(client.get("/data/commitments.json?state=overdue").streaming_content))  # type: ignore[attr-defined]
    assert {c["state"] for c in told["commitments"]} == {"overdue"}
    assert told["checkpoint"].startswith("luodi/")


def test_the_feed_is_atom(client: Client, town: Town) -> None:
    root = ElementTree.fromstring(client.get("/feed.atom").content)
    entries = root.findall("{http://www.w3.org/2005/Atom}entry")
    assert entries
    assert all(entry.findtext("{http://www.w3.org/2005/Atom}id") for entry in entries)


def test_a_proof_file_holds_against_the_pinned_key_alone(
    client: Client, town: Town, data_folder: Any
) -> None:
    event = Event.objects.filter(subject=town.promises["背街小巷"].id).first()
    assert event is not None
    raw = client.get(f"/proof/{event.id}.json").content
    assert check(raw, str(verifier_key(data_folder))).holds
    assert client.get("/log/checkpoint").content.startswith(b"luodi/")
    assert "immutable" not in client.get("/log/checkpoint").headers["Cache-Control"]
    size = int(client.get("/log/checkpoint").content.splitlines()[1])
    tile = client.get(f"/log/tile/0/000.p/{size}")
    assert tile.status_code == 200
    assert "immutable" in tile.headers["Cache-Control"]
    for path in ("../keys/log.key", "tile/0/../../keys", "tile/0/000.p/999", "nothing"):
        assert client.get(f"/log/{path}").status_code == 404, path


def test_search_finds_two_characters_and_says_what_nothing_means(client: Client, town: Town) -> None:
    assert "夜班公交" in re.sub(r"<[^>]+>", "", text_of(client, "/search?q=公交"))
    page = text_of(client, "/search?q=水上巴士")
    assert "没有哪份公开文件说过“水上巴士”" in page
    assert "3</b>份文件" in page
    text_of(client, "/search?q=%22%27%3B--<script>")
    text_of(client, "/search")


def test_nothing_found_and_nothing_to_worry_about_are_told_apart(client: Client, town: Town) -> None:
    unit = town.units["区民政局"].id
    assert "眼下一件也没有" in text_of(client, f"/?unit={unit}&state=overdue")
    assert "没有同时合上这些条件" in text_of(client, f"/?unit={unit}&state=kept")


def test_a_choice_survives_nonsense(client: Client, town: Town) -> None:
    for query in (
        "unit=x",
        "state=zzz",
        "year=99999",
        "after=~~",
        "after=1~2~3",
        "order=sideways&list=1",
        "part=-1",
        "due=x",
    ):
        text_of(client, f"/?{query}")


def test_anybody_may_say_that_something_is_wrong_and_is_not_quoted(town: Town) -> None:
    client = Client(enforce_csrf_checks=True)
    promise = town.promises["背街小巷"]
    address = f"/wrong/{promise.id}"
    page = text_of(client, address)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    words = "期限不对，我叫钱守常，电话13800001234"
    sent = client.post(address, {"text": words, "csrfmiddlewaretoken": token[1]})
    assert sent.status_code == 302
    assert Objection.objects.get().text == words
    assert client.post(address, {"text": words}).status_code == 403
    filled = client.post(address, {"text": words, "website": "x", "csrfmiddlewaretoken": token[1]})
    assert filled.status_code == 302
    assert Objection.objects.count() == 1
    shown = text_of(client, f"/c/{promise.id}")
    assert "有1人指出这里有错" in shown
    for name in addresses(town).values():
        assert "13800001234" not in text_of(client, name)
    assert client.post(address, {"text": "短", "csrfmiddlewaretoken": token[1]}).status_code == 422


def test_too_many_objections_are_not_taken(town: Town) -> None:
    from django.core.cache import cache

    cache.clear()
    client = Client()
    address = f"/wrong/{town.promises['背街小巷'].id}"
    answers = [client.post(address, {"text": f"第{n}次说这里有错"}).status_code for n in range(7)]
    assert answers == [302] * 5 + [422] * 2
    cache.clear()


def test_faults_are_told_in_words(client: Client, town: Town) -> None:
    for place in ("c/x", "d/x", "s/x", "e/x", "g/x", "wrong/x", "proof/x.json", "zzz"):
        address = f"/{place}"
        assert "没有" in text_of(client, address, 404)
    assert client.post("/").status_code == 405
