"""Whatever a file holds, it is read or refused whole, with a Chinese sentence and a code; the others are read on."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from luodi.command_line import inputs
from luodi.reading import reader
from tests.command_line.front_door import PAGE, luodi

SENTENCE = "今年，全区新建口袋公园5个，完成投资3.2亿元。"


def refused(ended_err: str) -> list[str]:
    """The codes at the ends of the lines."""
    return [line.rpartition("(")[2].rstrip(")") for line in ended_err.splitlines() if line.endswith(")")]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x03", "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "damaged"),
        (b"PK\x03\x04\x14\x00\x06\x00", "damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (b"\x7fELF\x02\x01\x01\x00", "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_a_code(tmp_path: Path, raw: bytes, code: str) -> None:
    (tmp_path / "bad.txt").write_bytes(raw)
    (tmp_path / "good.txt").write_text(PAGE, encoding="utf-8")
    ended = luodi("read", "--format", "jsonl", tmp_path)
    assert ended.code == 1
    assert refused(ended.err) == [code]
    assert {json.loads(line)["doc"] for line in ended.lines} == {str(tmp_path / "good.txt")}
    assert "拒收 1 个" in ended.err


def test_paths_that_lead_to_no_file_are_refused_each_by_its_reason(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    given = {
        "missing.txt": "not-found",
        "gone": "not-found",
        "pipe": "not-a-file",
        "/dev/zero": "not-a-file",
        "one": "unreadable",
        "长" * 400: "unreadable",
    }
    ended = luodi("read", *given, cwd=tmp_path)
    assert ended.code == 1
    assert refused(ended.err) == list(given.values())


def test_a_folder_that_cannot_be_opened_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    """As root every folder can be opened; one whose path grows too long on the way down cannot."""
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(20):
            os.mkdir("n" * 250, dir_fd=here)
            deeper = os.open("n" * 250, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = deeper
    finally:
        os.close(here)
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    ended = luodi("read", "--format", "jsonl", tmp_path)
    assert ended.code == 1
    assert refused(ended.err) == ["unreadable"]
    assert ended.lines


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as opened:
        opened.truncate(200_000_000)
    ended = luodi("read", tmp_path / "huge.txt")
    assert (ended.code, refused(ended.err)) == (1, ["too-large"])
    assert "200,000,000" in ended.err


def test_the_limit_is_the_same_at_the_door_and_in_the_reader() -> None:
    assert inputs.LARGEST == reader.LARGEST


def test_a_line_of_50_megabytes_is_refused_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    raw = "岚".encode() * 17_000_000
    (tmp_path / "line.txt").write_bytes(raw)
    assert refused(luodi("read", tmp_path / "line.txt").err) == ["too-large"]
    assert refused(luodi("read", "-", stdin=raw).err) == ["too-large"]
    assert refused(luodi("repair", tmp_path / "line.txt").err) == ["too-large"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-32"]
)
def test_every_usual_encoding_gives_the_same_statements(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE.encode(encoding))
    ended = luodi("read", "--format", "jsonl", tmp_path / "page.txt")
    assert ended.code == 0
    assert "新建口袋公园5个" in ended.text


def test_big5_is_read(tmp_path: Path) -> None:
    page = "全區今年新建社區活動中心5個，完成投資3.2億元，新增就業5800人，同比增長9.7%。我們將繼續推動經濟發展與環境保護。"
    (tmp_path / "page.txt").write_bytes(page.encode("big5"))
    ended = luodi("repair", tmp_path / "page.txt")
    assert ended.code == 0
    assert "9.7%" in ended.text
    assert "\ufffd" not in ended.text


def test_mixed_and_broken_encodings_are_read_with_marks(tmp_path: Path) -> None:
    raw = (
        PAGE.encode()
        + SENTENCE.encode("gb18030")
        + b"\n\xff\xfe\xfa broken \x81\n"
        + SENTENCE.encode()
        + b"\n"
    )
    (tmp_path / "page.txt").write_bytes(raw)
    ended = luodi("read", "--format", "jsonl", tmp_path / "page.txt")
    assert ended.code == 0
    assert ended.text.count("新建口袋公园5个") >= 2


def test_a_saved_web_page_gives_its_words_and_literal_quotes(tmp_path: Path) -> None:
    html = (
        '<!DOCTYPE html><html><head><meta charset="gb2312"><title>青岚区重点工作</title>'
        "<script>if (a<b) { document.write('<p>全区新建公园99个。</p>') }</script></head><body>"
        "<table><tr><td><table><tr><td>导航</td></tr></table></td></tr></table>"
        "<p>2026年3月5日</p><p>今年，全区新建<b>口袋公园</b>5个，\n完成投资&nbsp;3.2亿元。</p></body></html>"
    )
    (tmp_path / "page.html").write_bytes(html.encode("gb18030"))
    ended = luodi("read", "--format", "jsonl", tmp_path / "page.html")
    records = [json.loads(line) for line in ended.lines]
    assert ended.code == 0
    assert any("<b>口袋公园</b>5个" in record["quote"] for record in records)
    assert "99" not in ended.text
    for record in records:
        assert html[record["start"] : record["end"]] == record["quote"]


def test_closed_standard_streams_are_said_and_survived(tmp_path: Path) -> None:
    from tests.command_line.front_door import shell

    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    assert refused(shell("luodi read - <&-", tmp_path).err)[0] == "unreadable"
    assert shell("luodi figures <&-", tmp_path).code == 0
    ended = shell("luodi read page.txt >&-", tmp_path)
    assert (ended.code, refused(ended.err)) == (3, ["cannot-write"])
    assert shell("luodi read page.txt 2>&-", tmp_path).code == 0
