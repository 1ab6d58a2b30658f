"""Parquet holds what the JSON lines hold, is whole or not there, and says what to do where DuckDB is missing."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
from argparse import Namespace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from luodi.command_line import parquet, read
from luodi.command_line.journal import journal_of, part_of
from luodi.command_line.records import DOUBT_FIELDS, DUE_FIELDS, FIELDS, FIGURE_FIELDS
from tests.command_line.front_door import PAGE, PAGES, ROOT, luodi


def plain(value: Any) -> Any:
    """A value of DuckDB as JSON has it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


def rows(path: Path) -> list[dict[str, Any]]:
    with duckdb.connect(":memory:") as held:
        found = held.execute("SELECT * FROM read_parquet($1)", [str(path)])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, map(plain, row), strict=True)) for row in found.fetchall()]


def options(folder: Path, out: Path) -> Namespace:
    return Namespace(
        paths=[folder], format="parquet", out=str(out), jobs=1, explain=False, resume=True, cluster=None
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pages"
    made.mkdir()
    for number in range(5):
        (made / f"{number}.txt").write_text(PAGE.replace("5个", f"{number + 1}个"), encoding="utf-8")
    return made


def test_it_holds_what_the_json_lines_hold_in_their_order(tmp_path: Path) -> None:
    lines, table = tmp_path / "a.jsonl", tmp_path / "a.parquet"
    assert luodi("read", "--format", "jsonl", "--out", lines, PAGES).code == 0
    assert luodi("read", "--format", "parquet", "--out", table, PAGES).code == 0
    expected = [json.loads(line) for line in lines.read_bytes().splitlines()]
    assert any(each["doubts"] for each in expected)
    assert any(each["due"] for each in expected)
    assert rows(table) == expected
    assert list(rows(table)[0]) == list(FIELDS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "a.parquet"]


def test_every_key_has_a_column_and_every_inner_key_a_field() -> None:
    assert list(parquet.COLUMNS) == list(FIELDS)
    for column, inner in (("figures", FIGURE_FIELDS), ("due", DUE_FIELDS), ("doubts", DOUBT_FIELDS)):
        for name in inner:
            assert f'"{name}" ' in parquet.COLUMNS[column], f"{column} lacks {name}"


def test_nothing_read_is_a_table_without_rows(tmp_path: Path) -> None:
    page, table = tmp_path / "x.txt", tmp_path / "x.parquet"
    page.write_text("这里没有什么可说的。\n", encoding="utf-8")
    assert luodi("read", "--format", "parquet", "--out", table, page).code == 0
    assert rows(table) == []


def test_names_that_mean_several_files_to_others_mean_one_here(folder: Path, tmp_path: Path) -> None:
    odd = tmp_path / "[ab]*'"
    odd.mkdir()
    (tmp_path / "a").mkdir()
    table = odd / "条目?.parquet"
    assert luodi("read", "--format", "parquet", "--out", table, folder).code == 0
    assert len(rows(table)) == 10


def test_a_run_that_was_ended_goes_on_and_ends_in_the_same_table(folder: Path, tmp_path: Path) -> None:
    """Ended once while files are read, once before the table is made and once when it has its name."""
    whole, out = tmp_path / "whole.parquet", tmp_path / "out.parquet"
    assert luodi("read", "--format", "parquet", "--out", whole, folder).code == 0
    expected = rows(whole)
    fresh = options(folder, out)
    for place in ("read", "before", "behind"):
        assert ended_at(place, fresh) == -signal.SIGKILL
        assert part_of(out).exists()
    again = luodi("read", "--resume", "--format", "parquet", "--out", out, folder)
    assert again.code == 0
    assert rows(out) == expected
    assert not part_of(out).exists()
    assert not journal_of(out).exists()


def ended_at(place: str, asked: Namespace) -> int:
    """Minus the signal that ends a run there."""
    child = os.fork()
    if not child:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            _die_at(place)
            read.run_read(asked)
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _die_at(place: str) -> None:
    def die(*_: object) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)

    if place == "read":
        first = read.read_one
        count = iter(range(9))
        read.read_one = lambda task: die() if next(count) == 3 else first(task)
    elif place == "before":
        parquet._write = die
    else:
        placed = Path.replace
        Path.replace = lambda path, to: die(placed(path, to))  # type: ignore[method-assign, assignment]


def test_it_needs_a_file(folder: Path) -> None:
    for wrong in ((), ("--out", "-")):
        ended = luodi("read", "--format", "parquet", *wrong, folder)
        assert ended.code == 2
        assert "(no-out)" in ended.err
    ended = luodi("read", "--format", "parquet", "--out", "/dev/null", folder)
    assert ended.code == 3
    assert "(cannot-write)" in ended.err


def test_where_duckdb_is_missing_it_says_how_to_have_it(folder: Path, tmp_path: Path) -> None:
    """The program started as without extras: nothing of the name can be imported."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nsys.modules['duckdb'] = sys.modules['distributed'] = None\n",
        encoding="utf-8",
    )
    env = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    table = tmp_path / "x.parquet"
    for more in (("--format", "parquet", "--out", table), ("--cluster", "tcp://127.0.0.1:9")):
        ended = luodi("read", *more, folder, env=env)
        assert ended.code == 3
        assert "LUODI_EXTRAS=1" in ended.err
        assert "(no-extra)" in ended.err
    assert not table.exists()
