"""``read``: what a person gets for a file, a folder, standard input, in each form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line.front_door import PAGE, PAGES, luodi, shell

KEYS = [
    "key",
    "doc",
    "sha256",
    "start",
    "end",
    "quote",
    "place_in_file",
    "text",
    "kind",
    "force",
    "figures",
    "due",
    "owner",
    "place",
    "object",
    "project",
    "damaged",
    "doubts",
    "score",
    "rules",
    "published",
    "speaks_of",
    "speaker",
    "speaker_post",
    "issuer",
    "title",
]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_the_table_tells_quote_figures_when_who_where_and_what(page: Path) -> None:
    ended = luodi("read", page, env={"COLUMNS": "150"})
    assert ended.code == 0
    for shown in (
        "类别",
        "何时",
        "何人·何处",
        "何事",
        "数字",
        "原文",
        "承诺",
        "2026年",
        "青岚区",
        "5个",
        "3.2亿元",
        "新建口袋公园5个",
    ):
        assert shown in ended.text, f"{shown} is missing in\n{ended.text}"
    assert ended.err == "", "one file that was read needs no progress"


def test_the_records_have_the_promised_keys_and_literal_quotes(page: Path) -> None:
    ended = luodi("read", "--format", "jsonl", page)
    source = page.read_text(encoding="utf-8")
    records = [json.loads(line) for line in ended.lines]
    assert records
    for record in records:
        assert list(record) == KEYS
        assert source[record["start"] : record["end"]] == record["quote"]
        for figure in record["figures"]:
            assert record["start"] <= figure["start"] < figure["end"] <= record["end"]
    assert {f["number"] for r in records for f in r["figures"]} >= {"5", "320000000", "5800", "9.7"}
    assert len({record["key"] for record in records}) == len(records)


def test_the_labels_have_the_shape_that_labelled_pages_have(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "labels"
    assert luodi("read", "--format", "gold", "--out", out, page).code == 0
    label = json.loads((out / "page.json").read_bytes())
    assert list(label) == ["doc", "date", "region", "statements"]
    assert (label["doc"], label["date"], label["region"]) == ("page", "2026-03-05", "青岚区")
    keys = ["start", "end", "kind", "figures", "due", "owner", "object", "project", "quote"]
    reached = 0
    for statement in label["statements"]:
        assert list(statement) == keys
        assert statement["start"] >= reached
        reached = statement["end"]
        for figure in statement["figures"]:
            assert list(figure) == ["start", "end", "number", "unit", "approx", "change"]


def test_every_own_page_is_labelled_in_order_without_overlap(tmp_path: Path) -> None:
    assert luodi("read", "--format", "gold", "--out", tmp_path / "out", PAGES).code == 0
    written = sorted(path.stem for path in (tmp_path / "out").iterdir())
    assert written == sorted(path.stem for path in PAGES.iterdir())
    for path in (tmp_path / "out").iterdir():
        source = (PAGES / f"{path.stem}.txt").read_bytes().decode("utf-8")
        reached = 0
        for statement in json.loads(path.read_bytes())["statements"]:
            assert reached <= statement["start"] < statement["end"] <= len(source)
            assert source[statement["start"] : statement["end"]] == statement["quote"]
            reached = statement["end"]


def test_the_explanation_names_a_rule_for_every_decision(page: Path) -> None:
    ended = luodi("read", "--explain", page)
    assert ended.code == 0
    assert "〔" in ended.text
    decided = [line for line in ended.lines if line.startswith(("  取 ", "  并 ", "  略 "))]
    assert decided
    for line in decided:
        assert line.rstrip().endswith("〕"), line
    assert "【网页杂项】" in luodi("read", "--explain", PAGES / "b11-novel-links-negative.txt").text


def test_standard_input_is_read_like_a_file(page: Path) -> None:
    named = luodi("read", "--format", "jsonl", page)
    piped = luodi("read", "--format", "jsonl", "-", stdin=page.read_bytes())
    without_name = [{**json.loads(line), "doc": ""} for line in named.lines]
    assert [{**json.loads(line), "doc": ""} for line in piped.lines] == without_name
    assert {json.loads(line)["doc"] for line in piped.lines} == {"标准输入"}


def test_a_folder_is_read_in_name_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt", ".git/d.txt", "sub/deeper/a.txt"):
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE, encoding="utf-8")
    ended = luodi("read", "--format", "jsonl", "folder", cwd=tmp_path)
    docs = list(dict.fromkeys(json.loads(line)["doc"] for line in ended.lines))
    assert docs == ["folder/a.txt", "folder/b.txt", "folder/sub/c.txt", "folder/sub/deeper/a.txt"]
    assert "共 4 个文件" in ended.err


def test_a_folder_linked_into_itself_is_read_once(page: Path) -> None:
    (page.parent / "round").symlink_to(".", target_is_directory=True)
    ended = luodi("read", "--format", "jsonl", page.parent)
    assert ended.code == 0
    assert len({json.loads(line)["doc"] for line in ended.lines}) == 1


def test_what_we_write_is_not_read(page: Path) -> None:
    folder, labels, lines = page.parent, page.parent / "labels", page.parent / "all.jsonl"
    for _ in range(2):
        assert luodi("read", "--format", "gold", "--out", labels, folder).code == 0
    assert [path.name for path in labels.iterdir()] == ["page.json"]
    for _ in range(2):
        assert luodi("read", "--format", "jsonl", "--out", lines, page, folder).code == 0
        docs = {json.loads(line)["doc"] for line in lines.read_text(encoding="utf-8").splitlines()}
        assert str(lines) not in docs


def test_names_with_spaces_line_breaks_and_undecodable_bytes_are_read_and_shown(tmp_path: Path) -> None:
    folder = bytes(tmp_path)
    for name in (b"two words.txt", b"line\nbreak.txt", b"\xff\xfe.txt", "青岚.txt".encode()):
        with open(folder + b"/" + name, "wb") as opened:
            opened.write(PAGE.encode())
    for form in ("table", "jsonl"):
        ended = luodi("read", "--format", form, tmp_path)
        assert ended.code == 0
        assert r"line\nbreak.txt" in ended.text.replace("\\\\", "\\")
        assert r"\xff\xfe.txt" in ended.text.replace("\\\\", "\\")
    assert luodi("read", "--format", "gold", "--out", tmp_path / "out", tmp_path).code == 0
    assert b"\xff\xfe.json" in map(bytes_of, (tmp_path / "out").iterdir())


def bytes_of(path: Path) -> bytes:
    return bytes(path).rpartition(b"/")[2]


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    ended = luodi("read", tmp_path)
    assert (ended.code, ended.out) == (0, b"")
    assert "(empty-folder)" in ended.err


def test_the_same_bytes_come_out_in_every_locale(page: Path) -> None:
    outputs = {
        luodi("read", page, env={"LC_ALL": name, "COLUMNS": "120"}).out for name in ("C", "C.UTF-8", "POSIX")
    }
    assert len(outputs) == 1


def test_results_can_be_piped_on(page: Path) -> None:
    ended = shell("luodi read --format jsonl --out - page.txt | luodi figures | wc -l", page.parent)
    assert ended.code == 0
    assert int(ended.text) > 0
