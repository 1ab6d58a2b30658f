"""On a terminal: progress that is wiped away, colour where it is wanted, lines that fit."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Mapping
from pathlib import Path

import pytest

from luodi.command_line.wrapping import width_of
from tests.command_line.front_door import COMMAND, PAGE, PAGES, environment, luodi


def on_terminal(*arguments: str | Path, columns: int = 120, env: Mapping[str, str] = {}) -> tuple[str, str]:
    """(standard output, standard error) of a command whose every stream is a terminal of that width."""
    ends = [pty.openpty(), pty.openpty()]
    for _, theirs in ends:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    with subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=ends[0][1],
        stderr=ends[1][1],
        env=environment(env),
    ):
        for _, theirs in ends:
            os.close(theirs)
        texts = [read_all(ours) for ours, _ in ends]
    return texts[0], texts[1]


def read_all(terminal: int) -> str:
    got = b""
    while True:
        try:
            more = os.read(terminal, 65536)
        except OSError:  # a terminal ends with an error, not with nothing
            more = b""
        if not more:
            os.close(terminal)
            return got.decode().replace("\r\n", "\n")
        got += more


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(150):
        (tmp_path / f"{number:03}.txt").write_text(PAGE * 12, encoding="utf-8")
    return tmp_path


def test_a_folder_shows_progress_that_is_wiped_away(folder: Path) -> None:
    _, err = on_terminal("read", "--format", "jsonl", "--out", "/dev/null", folder)
    assert "已读" in err
    assert "MB/秒" in err
    assert "/150 个文件" in err
    shown = err.split("\x1b[K")
    assert shown[-1].strip().startswith("共 150 个文件")


def test_elsewhere_progress_is_plain_lines(folder: Path) -> None:
    ended = luodi("read", "--format", "jsonl", "--out", "/dev/null", folder)
    assert "\x1b" not in ended.err
    assert "\r" not in ended.err
    assert ended.err.splitlines()[-1].startswith("共 150 个文件")


def test_colour_is_for_terminals_that_want_it() -> None:
    page = PAGES / "a01-interview-2023.txt"
    assert "\x1b[" in on_terminal("read", page)[0]
    assert "\x1b[" not in on_terminal("read", page, env={"NO_COLOR": "1"})[0]
    assert "\x1b[" not in on_terminal("read", page, env={"TERM": "dumb"})[0]
    assert "\x1b[" not in luodi("read", page).text


def test_colour_changes_nothing_but_colour() -> None:
    import re

    page = PAGES / "a04-work-report-2022.txt"
    painted = on_terminal("read", page, columns=140)[0]
    plain = on_terminal("read", page, columns=140, env={"NO_COLOR": "1"})[0]
    assert re.sub(r"\x1b\[\d*m", "", painted) == plain


@pytest.mark.parametrize("columns", [20, 33, 60, 80, 99, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    for page in ("a08-livelihood-2024.txt", "a11-hotline-2024.txt"):
        text = luodi("read", PAGES / page, env={"COLUMNS": str(columns)}).text
        assert max(map(width_of, text.splitlines())) <= columns


def test_a_narrow_terminal_gets_a_list_and_a_wide_one_a_table() -> None:
    page = PAGES / "a08-livelihood-2024.txt"
    narrow = luodi("read", page, env={"COLUMNS": "50"}).text
    wide = luodi("read", page, env={"COLUMNS": "140"}).text
    assert "──" not in narrow
    assert "\n  何事  " in narrow
    assert "──" in wide


def test_the_columns_of_a_table_stand_under_each_other() -> None:
    text = luodi("read", PAGES / "a08-livelihood-2024.txt", env={"COLUMNS": "140"}).text
    lines = text.splitlines()
    heading = next(line for line in lines if line.startswith("类别"))
    at = width_of(heading[: heading.index("何事")])
    for line in lines[lines.index(heading) + 1 :]:
        if line.startswith("─") or not line.strip():
            continue
        assert "  " in taken(line, at)[-2:] or taken(line, at).strip() == "", (
            f"{line!r} runs into the column at {at}"
        )


def taken(line: str, columns: int) -> str:
    """The part of ``line`` in its first ``columns`` columns."""
    for size in range(len(line) + 1):
        if width_of(line[:size]) >= columns:
            return line[:size]
    return line + "  "
