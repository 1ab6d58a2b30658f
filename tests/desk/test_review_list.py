"""The queue as a list and as a file, and the scripts of others that its pages load."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS
from luodi.kernel.clocks.now import held_at
from luodi.kernel.documents import actions as documents
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.review import actions
from tests.desk.review_world import TODAY, World, built, log_in, text_of
from tests.house.building import ROOT

VENDOR = ROOT / "luodi" / "pages" / "static" / "luodi" / "vendor"


@pytest.fixture(autouse=True)
def _fresh_throttles_quick_hashes_and_the_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)
    with held_at(TODAY):
        yield


@pytest.fixture
def world(db: None, data_folder: Any) -> World:
    return built()


@pytest.fixture
def fuhe(world: World, client: Client) -> Client:
    return log_in(client)


def titles(page: Any) -> list[str]:
    return [row["title"] for row in page.context["rows"]]


def test_the_list_stands_in_the_order_of_the_queue_and_says_why_one_is_doubtful(
    fuhe: Client, world: World
) -> None:
    page = fuhe.get("/desk/review/list")
    assert titles(page)[:3] == [
        "\ufffd26公里年内全部建成",
        "农村公路按每公里58万元安排,共7308万元",
        "一期工程926公里",
    ]
    assert [row["doubt"] for row in page.context["rows"]][:5] == [
        "有字缺损",
        "机器拿不准",
        "机器拿不准",
        "",
        "",
    ]
    assert "待复核的14条" in text_of(page)


def test_the_list_is_narrowed_and_the_queue_goes_on_with_what_is_left(fuhe: Client, world: World) -> None:
    assert world.report is not None
    page = fuhe.get(f"/desk/review/list?document={world.report.id}&kind=commitment&topic=教育")
    assert titles(page) == ["秋季开学前新增公办幼儿园学位1800个"]
    assert "在《2026年青岚区政府工作报告（摘登）》里" in text_of(page)
    begun = re.search(r'href="(/desk/review\?[^"]+)">\s*从头复核这些', text_of(page))
    assert begun
    step = fuhe.get(begun[1].replace("&amp;", "&"), follow=True)
    assert step.context["statement"] == world.statement("学位1800个")
    assert "topic=" in step.request["QUERY_STRING"]
    assert "只看" in text_of(step)
    assert titles(fuhe.get("/desk/review/list?state=adopted")) == ["年内贯通环湖绿道32公里"]
    assert "没有这样的条目" in text_of(fuhe.get("/desk/review/list?kind=status"))


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=x", "?page=99999", "?document=../..", "?topic=无&kind=无&state=无"]
)
def test_what_is_not_understood_counts_as_not_asked(fuhe: Client, world: World, query: str) -> None:
    assert fuhe.get(f"/desk/review/list{query}").status_code == 200


def test_a_long_list_is_turned_page_by_page_with_a_bounded_number_of_queries(
    fuhe: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    lines = "。".join(f"年内建成第{number}号停车场，泊位{number + 40}个" for number in range(1, 61))
    documents.intake(f"2026年停车场建设计划\n\n2026-03-02  来源：区政府\n\n{lines}。\n".encode(), by=SYSTEM)
    with django_assert_max_num_queries(25):
        first = fuhe.get("/desk/review/list")
    assert len(first.context["rows"]) == 50
    links = first.context["links"]
    assert links.total > 50
    second = fuhe.get(links.after)
    assert second.context["links"].first == 51
    assert not set(titles(first)) & set(titles(second))


def test_the_list_is_given_as_files_in_which_nothing_is_a_formula(fuhe: Client, world: World) -> None:
    documents.intake(
        "2026年计划\n\n2026-03-02  来源：区政府\n\n=HYPERLINK(1)年内建成停车场9处。\n".encode(), by=SYSTEM
    )
    answer = fuhe.get("/desk/review/list.csv")
    raw = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0][:4] == ["编号", "句子", "类型", "存疑"]
    assert len(rows) == 1 + 15
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    sheet = fuhe.get("/desk/review/list.xlsx?topic=教育")
    book = load_workbook(io.BytesIO(b"".join(sheet.streaming_content)))  # type: ignore[attr-defined]
    values = list(book.worksheets[0].values)
    assert [row[1] for row in values[1:]] == ["秋季开学前新增公办幼儿园学位1800个"]


def test_what_is_vendored_is_byte_for_byte_what_is_recorded() -> None:
    ended = subprocess.run(
        [sys.executable, str(ROOT / "bin" / "copy-vendored"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    record = tomllib.loads((ROOT / "luodi" / "pages" / "vendored.toml").read_text("utf-8"))
    sums = {file["to"]: file["sha256"] for package in record["package"] for file in package["files"].values()}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}
    assert found == sums
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for package in record["package"]:
        assert f"{package['name']} {package['version']}" in notice


def test_the_copies_check_says_which_file_was_changed(tmp_path: Any) -> None:
    import shutil

    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    shutil.copytree(VENDOR, tmp_path / VENDOR.relative_to(ROOT))
    shutil.copy(ROOT / "luodi" / "pages" / "vendored.toml", tmp_path / "luodi" / "pages")
    changed = tmp_path / VENDOR.relative_to(ROOT) / "htmx.min.js"
    changed.write_bytes(changed.read_bytes() + b"\n")
    ended = subprocess.run(
        [sys.executable, str(tmp_path / "bin" / "copy-vendored"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "htmx.min.js" in ended.stderr


def test_staff_pages_load_the_script_under_the_policy(fuhe: Client, world: World) -> None:
    text = text_of(fuhe.get("/desk/review/list"))
    assert 'src="/static/luodi/vendor/htmx.min.js" defer' in text
    config = re.search(r"name=\"htmx-config\" content='([^']+)'", text)
    assert config
    assert '"allowEval":false' in config[1]
    assert '"includeIndicatorStyles":false' in config[1]


def test_what_a_reviewer_did_stands_in_words_on_the_public_page_of_the_event(
    fuhe: Client, world: World
) -> None:
    statement = world.statement("年内贯通21公里")
    reading = statement.readings.get()
    actions.correct(reading, {"amount": "22|公里"}, by=world.actor("fuhe"))
    actions.tell_apart(statement.id, world.promises["绿道"].id, by=world.actor("fuhe"))
    for event, words in zip(Event.objects.order_by("-id")[:2], ("不是一件", "更正了机器的读法"), strict=True):
        page = text_of(Client().get(f"/e/{event.id}"))
        assert words in page
        assert "本人" not in page
