"""Stopped at any statement, commit or file write of a promise's life or a case's: nothing told as done is lost, nothing half
there; and a copy taken of the folder while it stands there opens just as well.

LUODI_KILL_POINTS: how many places, 25 unless set; 200 are spread over all of them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line.districts import district
from tests.command_line.front_door import ROOT
from tests.command_line.served import district_environment

POINTS = int(os.environ.get("LUODI_KILL_POINTS", "25"))


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """What to set for the engine of this run; on PostgreSQL a database of its own."""
    if request.config.getoption("--database") == "sqlite":
        yield {}
        return
    import psycopg

    server, name = os.environ["LUODI_TEST_POSTGRES"], f"luodi_kills_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute(
            f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    yield {"LUODI_DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"}
    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def empty_district(data: Path, request: pytest.FixtureRequest, engine: dict[str, str]) -> Path:
    """An empty district in ``data``: a copy, or on a server a new one."""
    if not engine:
        return shutil.copytree(request.getfixturevalue("empty_once"), data)
    assert district("prepare", "--empty", "--data", data, more=engine).code == 0
    return data


@pytest.mark.only_on("sqlite", "postgresql")
@pytest.mark.parametrize("life", ["tests.kernel.promise_life", "tests.areas.case_life"])
def test_a_stop_anywhere_loses_nothing_and_leaves_nothing_half(
    tmp_path: Path, request: pytest.FixtureRequest, engine: dict[str, str], life: str
) -> None:
    data = empty_district(tmp_path / "data", request, engine)
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "tests.kernel.kill_points", str(data), str(POINTS), life],
        capture_output=True,
        env={**district_environment(), **engine},
        cwd=ROOT,
        timeout=1_800,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr.decode()[-3000:]
    points = [json.loads(line) for line in ended.stdout.splitlines()]
    killed = [point for point in points if not point["is_copy"]]
    assert len(killed) >= min(POINTS, killed[0]["of"]) * 0.9
    assert len(points) == len(killed) * (1 if engine else 2), "each has its copy, taken while it stood still"
    assert killed[0]["of"] > 100, "fewer statements than these acts need: is anything counted?"
    assert {len(point["told"]) for point in killed} >= {0, 1, 2, 3}, "the points lie in all of the acts"
    for point in points:
        assert point["lost"] == [], point
        assert point["wrong"] == [], point
        assert point["stale"] == [], point
        assert point["after"] == [], point
        # an act is there or it is not; at most one more than was told, and a case comes with its first step
        told = sum(" " in line for line in point["told"]) + bool(point["counts"].get("case"))
        assert sum(point["counts"].values()) - told in (0, 1), point
