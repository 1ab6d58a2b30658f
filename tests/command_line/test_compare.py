"""``compare``: two files, both sentences side by side, and a line a pair for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line.front_door import luodi
from tests.reading.made_files import a_docx

HEAD = "青岚区{0}年重点工作安排\n发布时间：{0}-03-05 来源：青岚区人民政府办公室\n\n"
EARLIER = (
    HEAD.format(2025)
    + "今年，全区将新建口袋公园5个。\n确保2027年底前建成区第二人民医院。\n今年新增城镇就业5800人。\n"
)
LATER = (
    HEAD.format(2026) + "今年，全区将新建口袋公园3个。\n今年新增城镇就业5800人。\n年内改建农村公路36公里。\n"
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    earlier, later = tmp_path / "去年.txt", tmp_path / "今年.docx"
    earlier.write_text(EARLIER, encoding="utf-8")
    later.write_bytes(a_docx(LATER.split("\n")))
    return earlier, later


def test_both_sentences_stand_side_by_side(files: tuple[Path, Path]) -> None:
    ended = luodi("compare", *files, env={"COLUMNS": "120"})
    assert ended.code == 1
    (row,) = [line for line in ended.lines if "口袋公园5个" in line]
    before, after = row.split("│")
    assert "口袋公园5个" in before
    assert "口袋公园3个" in after
    assert any("目标数调低：5个→3个（没有说明）" in line for line in ended.lines)
    assert "不再提 1 条" in ended.text
    assert "新提出 1 条" in ended.text
    assert "照旧 1 条" in ended.text


def test_for_programs_there_is_a_line_a_pair_with_literal_quotes(files: tuple[Path, Path]) -> None:
    ended = luodi("compare", "--format", "jsonl", *files)
    pairs = [json.loads(line) for line in ended.lines]
    assert {pair["outcome"] for pair in pairs} == {"changed", "gone", "same", "new"}
    for pair in pairs:
        if pair["before"]:
            assert EARLIER[pair["before"]["start"] : pair["before"]["end"]] == pair["before"]["quote"]
        assert (pair["score"] is None) == (not (pair["before"] and pair["after"]))
    (changed,) = [pair for pair in pairs if pair["outcome"] == "changed"]
    assert changed["after"]["place_in_file"] == "第4段"
    assert changed["reasons"]


def test_given_the_wrong_way_round_they_are_turned_and_it_is_said(files: tuple[Path, Path]) -> None:
    right, wrong = luodi("compare", *files), luodi("compare", *reversed(files))
    assert "(swapped)" in wrong.err
    assert wrong.text == right.text


def test_two_equal_files_are_one_article_and_nothing_changed(files: tuple[Path, Path]) -> None:
    ended = luodi("compare", files[0], files[0])
    assert ended.code == 0
    assert "两份是同一篇" in ended.text


def test_a_file_that_cannot_be_read_is_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04")
    ended = luodi("compare", files[0], broken)
    assert ended.code == 1
    assert "(damaged)" in ended.err
