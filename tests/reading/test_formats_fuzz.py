"""A short run of the fuzz with a fixed seed; ``python -m bench.fuzz --seconds 600`` is the long one."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

from bench.fuzz import outcome
from bench.mutations import changed, samples
from tests.command_line.front_door import ROOT, environment


def test_no_changed_file_of_a_fixed_seed_breaks_the_reader(tmp_path: Path) -> None:
    kept = tmp_path / "failed"
    ended = subprocess.run(
        [sys.executable, "-m", "bench.fuzz", "--files", "600", "--seed", "20261121", "--keep", str(kept)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout
    assert re.search(r"^600 files, .*, 0 failed$", ended.stdout, re.MULTILINE)
    assert {line.split()[0] for line in ended.stdout.splitlines()} >= {
        "docx",
        "xlsx",
        "xls",
        "pdf",
        "ofd",
        "zip",
        "tar",
    }
    assert not kept.exists()


def test_a_seed_makes_the_same_files_again_and_another_seed_others() -> None:
    held = samples()
    made = [changed(raw, random.Random("1-0"), list(held.values())) for raw in held.values()]
    assert made == [changed(raw, random.Random("1-0"), list(held.values())) for raw in held.values()]
    assert made != [changed(raw, random.Random("2-0"), list(held.values())) for raw in held.values()]


def test_every_sample_is_valid_before_it_is_changed() -> None:
    came = {form: outcome(raw) for form, raw in samples().items()}
    assert {form: what for form, what in came.items() if what != "read"} == {
        "zip": "unfolded",
        "tar.gz": "unfolded",
        "tar": "unfolded",
    }
