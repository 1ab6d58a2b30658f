"""Stopped at any statement or file write of intake, adoption, report, verification: nothing told as done is lost, nothing half
there.

LUODI_KILL_POINTS: how many places, 25 unless set; 200 go over nearly all of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.command_line.districts import district
from tests.command_line.front_door import ROOT
from tests.command_line.served import district_environment

POINTS = int(os.environ.get("LUODI_KILL_POINTS", "25"))


def test_a_stop_anywhere_loses_nothing_and_leaves_nothing_half(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert district("prepare", "--empty", "--data", data).code == 0
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "tests.kernel.kill_points", str(data), str(POINTS)],
        capture_output=True,
        env=district_environment(),
        cwd=ROOT,
        timeout=900,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr.decode()[-3000:]
    points = [json.loads(line) for line in ended.stdout.splitlines()]
    assert len(points) >= min(POINTS, points[0]["of"]) * 0.9
    assert points[0]["of"] > 100, "fewer statements than these acts need: is anything counted?"
    assert {len(point["told"]) for point in points} >= {0, 1, 2, 3}, "the points lie in all of the acts"
    for point in points:
        assert point["lost"] == [], point
        assert point["wrong"] == [], point
        assert point["stale"] == [], point
        assert point["after"] == [], point
        # an act is there or it is not; at most one more than was told
        assert sum(point["counts"].values()) - sum(" " in line for line in point["told"]) in (0, 1), point
