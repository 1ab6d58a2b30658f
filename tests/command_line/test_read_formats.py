"""``read`` and ``intake`` of what an office has: documents by their bytes, archives a document a member."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line.districts import district
from tests.command_line.front_door import PAGE, luodi
from tests.reading.made_files import a_docx, a_pdf, an_xlsx, lines_on, tarred, zipped

ROWS = [["序号", "项目名称", "建设内容", "责任单位"], ["1", "口袋公园", "新建口袋公园5个", "区住建局"]]
INSIDE = {
    "通知/公告.txt": PAGE.encode(),
    "安排.docx": a_docx([PAGE]),
    "../逃.txt": b"x",
    "里层.zip": zipped({"a": b"b"}),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    (made / "名字不说什么").write_bytes(a_docx(["今年，青岚区将新建口袋公园5个，确保年底前建成。"], ROWS))
    (made / "任务.xlsx").write_bytes(an_xlsx({"任务": ROWS}))
    (made / "其实是PDF.txt").write_bytes(
        a_pdf([lines_on(["今年，青岚区将新建口袋公园5个，确保年底前建成。"])])
    )
    return made


def test_documents_are_read_by_their_bytes_and_each_line_says_where(folder: Path) -> None:
    ended = luodi("read", "--format", "jsonl", folder)
    assert ended.code == 0, ended.err
    places = {(Path(r["doc"]).name, r["place_in_file"]) for r in map(json.loads, ended.lines)}
    assert ("名字不说什么", "表1第2行") in places
    assert ("任务.xlsx", "工作表“任务”C2:D2") in places
    assert ("其实是PDF.txt", "第1页第1段") in places


def test_for_people_the_place_stands_behind_the_words(folder: Path) -> None:
    table = luodi("read", folder / "任务.xlsx", env={"COLUMNS": "160"})
    assert "〔工作表“任务”C2:D2〕" in "".join(table.text.split())
    assert "工作表“任务”C2:D2" in luodi("read", "--explain", folder / "任务.xlsx").text


@pytest.mark.parametrize("archive", [zipped(INSIDE), tarred(INSIDE)], ids=["zip", "tar.gz"])
def test_the_members_of_an_archive_are_documents_of_their_own(tmp_path: Path, archive: bytes) -> None:
    path = tmp_path / "包"
    path.write_bytes(archive)
    ended = luodi("read", "--format", "jsonl", path)
    assert ended.code == 1
    found = [json.loads(line) for line in ended.lines]
    assert {Path(r["doc"]).name for r in found} == {"公告.txt", "安排.docx"}
    assert "(odd-name)" in ended.err
    assert "(archive-too-deep)" in ended.err
    out = tmp_path / "out"
    assert luodi("read", "--format", "gold", "--out", out, path).code == 1
    assert sorted(each.name for each in out.iterdir()) == ["包-0001.json", "包-0002.json"]


def test_a_district_takes_in_documents_and_what_is_in_archives(empty: Path, folder: Path) -> None:
    (folder / "包.zip").write_bytes(zipped(INSIDE))
    ended = district("intake", "--data", empty, folder)
    assert ended.code == 1
    assert "新收 5 份" in ended.err
    assert "(odd-name)" in ended.err
    again = district("intake", "--data", empty, folder)
    assert "新收 0 份，5 份早已收过" in again.err
