"""What is measured is measured on pages that differ, and prints what it promises."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from bench.board import PAGES
from bench.projects import PAGES as PROJECT_PAGES
from bench.rows import ROWS
from bench.start import hello
from bench.texts import make_page, pages
from tests.command_line.front_door import ROOT, environment
from tests.command_line.served import district_environment


def test_pages_differ_and_can_be_made_again() -> None:
    made = [make_page(number) for number in range(60)]
    assert len(set(made)) == 60
    assert made == [make_page(number) for number in range(60)]
    lines = [line for page in made for line in page.splitlines() if len(line) > 30]
    assert len(set(lines)) > 0.8 * len(lines)


def test_some_pages_are_garbled_and_most_are_not() -> None:
    garbled = [number for number in range(100) if "(" in make_page(number) and "區" in make_page(number)]
    assert 5 <= len(garbled) <= 10


def test_as_much_is_made_as_was_asked_for() -> None:
    assert 50_000 <= sum(map(len, pages(0.05))) <= 70_000


@pytest.mark.parametrize("row", ["bare", "luodi"])
def test_a_row_tells_seconds_and_what_it_found(row: str, tmp_path: Path) -> None:
    corpus = tmp_path / "pages"
    corpus.write_bytes(b"\x1e".join(islice(pages(1), 4)))
    ended = subprocess.run(
        [sys.executable, "-m", "bench.rows", row, str(corpus)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    got = json.loads(ended.stdout)
    assert got["seconds"] > 0
    assert got["found"] > 10


def test_the_run_prints_a_line_a_row_and_says_what_it_left_out() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bench.reading", "--megabytes", "0.02"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    for row in ROWS:
        assert any(line.startswith(f"{row} ") for line in ended.stdout.splitlines()), row
    assert "our reader beside bare" in ended.stdout
    assert "× bare" in ended.stdout


def test_the_libraries_compared_with_are_pinned_by_hash_and_named_without_address() -> None:
    lock = (ROOT / "bench" / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    pins = [line for line in lock.splitlines() if "==" in line]
    assert {pin.partition("==")[0] for pin in pins} >= {"opencc", "rjieba", "cn2an"}
    assert lock.count("--hash=sha256:") >= len(pins)


def ran(*command: str) -> str:
    """What a measurement of the district's half prints; it may not fail."""
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=district_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_the_board_is_measured_page_by_page_and_stays_within_its_bounds() -> None:
    told = ran("bench/board.py", "--promises", "300")
    for name in PAGES:
        assert any(line.startswith(name) for line in told.splitlines()), name
    assert "more than" not in told


def test_a_long_sheet_of_projects_is_sent_through_the_pages_and_nothing_of_it_goes_wrong() -> None:
    told = ran("bench/project_sheet.py", "--rows", "200", "--faulty", "10")
    assert told.count("the same once more") == 3


def test_key_projects_are_measured_page_by_page_and_stay_within_their_bounds() -> None:
    told = ran("bench/projects.py", "--projects", "800", "--months", "1")
    for name in PROJECT_PAGES:
        assert sum(line.startswith(name) for line in told.splitlines()) >= 3, name


def test_acts_are_measured_beside_bare_rows() -> None:
    assert "times the bare rows" in ran("bench/ledger.py", "--events", "20")


def test_search_is_measured_beside_a_scan_and_finds_the_same() -> None:
    assert "smallest ratio of a rare word" in ran("bench/search.py", "--sentences", "2000")


def test_a_start_is_measured_beside_a_bare_hello(tmp_path: Path) -> None:
    assert 0 < hello(tmp_path) < 60
