"""Stopped at any statement, commit or file write while files are handed in and taken in: nothing told as there is lost, nothing
is there twice, the numbers add up. And with real processes: worker and parent killed while a batch is being taken in.

LUODI_KILL_POINTS: how many places, 25 unless set.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.command_line.districts import district
from tests.command_line.front_door import ROOT
from tests.command_line.served import district_environment, eventually, free_port, served
from tests.desk.intake_kill_points import PAGES, WAITING
from tests.kernel.test_kills import empty_district, engine  # noqa: F401 (a fixture)

POINTS = int(os.environ.get("LUODI_KILL_POINTS", "25"))


def run(data: Path, what: str, more: dict[str, str]) -> str:
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "tests.desk.intake_kill_points", str(data), what],
        capture_output=True,
        env={**district_environment(), **more},
        cwd=ROOT,
        timeout=1_800,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr.decode()[-3000:]
    return ended.stdout.decode()


@pytest.mark.only_on("sqlite", "postgresql")
def test_a_stop_anywhere_loses_no_file_and_takes_none_in_twice(
    tmp_path: Path,
    request: pytest.FixtureRequest,
    engine: dict[str, str],  # noqa: F811
) -> None:
    data = empty_district(tmp_path / "data", request, engine)
    points = [json.loads(line) for line in run(data, str(POINTS), engine).splitlines()]
    assert len(points) >= min(POINTS, points[0]["of"]) * 0.9
    assert points[0]["of"] > 150, "fewer statements than this needs: is anything counted?"
    told = {sum(not line.startswith("at ") for line in point["told"]) for point in points}
    assert len(told) > 6, "the points lie in all of it"
    assert min(told) == 0
    outcome = {"taken": PAGES, "known": 1, "refused": 2, "waiting": 0, "opened": 2}
    for point in points:
        assert (point["lost"], point["wrong"], point["after"]) == ([], [], []), point
        assert (point["pages"], point["kept"], point["again"]) == (PAGES, PAGES, 1), point
        assert point["rows"] == point["told_by_job"] == outcome, point
        assert (point["state"], point["lies_about"]) == ("ended", []), point
        # an item is settled or it is not; at most one more than was told, and a part that its archive's table says is empty
        settled = point["told"].count("settled")
        assert settled <= point["settled"] <= settled + 2, point


def counts(data: Path) -> tuple[int, int]:
    """Of the batch: how many files are taken, how many in all."""
    with closing(sqlite3.connect(f"file:{data / 'luodi.sqlite3'}?mode=ro", uri=True)) as opened:
        row = opened.execute("SELECT taken, total FROM luodi_jobs_job").fetchone()
        return int(row[0]), int(row[1])


def test_worker_and_parent_are_killed_and_the_batch_is_taken_in_once(empty: Path) -> None:
    run(empty, "fill", {})
    assert counts(empty) == (0, WAITING)
    with served(empty, "--port", str(free_port())) as up:
        assert eventually(lambda: counts(empty)[0] > 2)
        os.kill(up.children()["luodi.website.worker"], signal.SIGKILL)
        seen = counts(empty)[0]
        assert eventually(lambda: counts(empty)[0] > min(seen + 2, WAITING - 1))
        up.process.kill()
        assert eventually(lambda: not up.children())
    with served(empty, "--port", str(free_port())):
        assert eventually(lambda: counts(empty) == (WAITING, WAITING), 90)
    assert district("verify", "--data", empty).code == 0
    with closing(sqlite3.connect(empty / "luodi.sqlite3")) as opened:
        kinds = opened.execute(
            "SELECT kind, count(*) FROM luodi_ledger_event WHERE kind LIKE 'source.%' GROUP BY kind"
        )
        assert dict(kinds) == {"source.kept": WAITING}
        assert opened.execute("SELECT count(*) FROM luodi_jobs_item WHERE state != 'taken'").fetchone() == (
            0,
        )
