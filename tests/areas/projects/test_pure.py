"""The arithmetic of projects needs neither a framework nor a database: it is imported where there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PURE = (
    "stages", "money", "months", "plan", "indicators", "lights", "claims", "confidence", "observed", "doubts", "playbook",
    "sheet_columns", "sheet_rows", "solving_rates",
)  # fmt: skip


def test_what_is_called_pure_is_imported_without_django() -> None:
    program = "import sys, importlib; sys.modules['django'] = None; [importlib.import_module(n) for n in sys.argv[1:]]"
    modules = [f"luodi.areas.projects.{name}" for name in PURE]
    finished = subprocess.run(
        [sys.executable, "-c", program, *modules], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
