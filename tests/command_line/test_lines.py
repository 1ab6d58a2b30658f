"""``figures`` and ``periods``: a line in, a JSON list out, in step whatever comes."""

from __future__ import annotations

import json
import subprocess

from tests.command_line.front_door import COMMAND, environment, luodi


def answers(*arguments: str, stdin: str | bytes) -> list[object]:
    ended = luodi(*arguments, stdin=stdin.encode() if isinstance(stdin, str) else stdin)
    return [json.loads(line) for line in ended.lines]


def test_each_line_gets_its_list_of_figures() -> None:
    got = answers("figures", stdin="年产7.5亿袋\n\n没有数量\n占年度计划155%")
    assert [len(line) for line in got] == [1, 0, 0, 1]
    assert got[0][0].items() >= {"start": 2, "end": 7, "number": "750000000", "unit": "袋"}.items()
    assert got[3][0].items() >= {"start": 5, "end": 9, "number": "155", "unit": "%"}.items()


def test_each_line_gets_its_list_of_periods() -> None:
    got = answers("periods", "--on", "2026-03-05", stdin="今年建成\n“十四五”期间\n无")
    assert [len(line) for line in got] == [1, 1, 0]
    assert (
        got[0][0].items()
        >= {"start": 0, "end": 2, "from": "2026-01-01", "to": "2026-12-31", "precision": "year"}.items()
    )
    assert got[1][0].items() >= {"from": "2021-01-01", "to": "2025-12-31", "precision": "plan"}.items()


def test_without_a_day_only_named_years_are_resolved() -> None:
    got = answers("periods", stdin="2025年完成\n今年完成")
    assert got[0][0]["to"] == "2025-12-31"
    assert all(period["to"] is None for period in got[1])


def test_positions_are_code_points_of_the_line() -> None:
    line = "🎉新建公园5个"
    figure = answers("figures", stdin=line + "\r\n")[0][0]
    assert line[figure["start"] : figure["end"]] == "5个"


def test_lines_may_be_gb18030_and_may_open_with_a_mark() -> None:
    got = answers(
        "figures", stdin=b"\xef\xbb\xbf" + "新建公园5个\n".encode() + "新建公园6个\n".encode("gb18030")
    )
    assert [(f["start"], f["end"], f["number"]) for line in got for f in line] == [(4, 6, "5"), (4, 6, "6")]


def test_a_line_that_is_too_long_keeps_its_place() -> None:
    ended = luodi("figures", stdin=b"5\xe4\xb8\xaa\n" + b"x" * 3_000_000 + b"\n" + "新建公园6个\n".encode())
    got = [json.loads(line) for line in ended.lines]
    assert (ended.code, len(got)) == (1, 3)
    assert got[1] == {"error": "line-too-long"}
    assert got[2][0]["number"] == "6"
    assert "(line-too-long)" in ended.err


def test_any_bytes_get_an_answer_a_line() -> None:
    raw = bytes(range(256)) * 20
    ended = luodi("figures", stdin=raw)
    assert ended.code == 0
    assert len(ended.lines) == raw.count(b"\n") + 1


def test_the_answer_comes_before_the_next_line_is_asked() -> None:
    with subprocess.Popen(
        [*COMMAND, "figures"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
    ) as asked:
        assert asked.stdin is not None
        assert asked.stdout is not None
        for number in ("5", "6"):
            asked.stdin.write(f"新建公园{number}个\n".encode())
            asked.stdin.flush()
            assert json.loads(asked.stdout.readline())[0]["number"] == number
        asked.stdin.close()
