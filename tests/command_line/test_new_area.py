"""A new mechanism is a folder of small files that works at once, and one line of settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from luodi.command_line import main as command_line
from luodi.command_line.new_area import write
from luodi.command_line.new_area_files import FILES

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("luodi", "tests", "docs", "bin", "bench", "demonstration", ".ci")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.png", "staticfiles")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project's own files, copied."""
    root = tmp_path / "project"
    for part in PARTS:
        shutil.copytree(ROOT / part, root / part, ignore=_LEFT_OUT, symlinks=True)
    for file in ROOT.iterdir():
        if file.is_file():
            shutil.copyfile(file, root / file.name)
    return root


def test_what_is_written_passes_its_own_tests_and_the_laws_of_the_house(copy: Path) -> None:
    written = write(copy, "street_lamps", "路灯报修")
    assert written == [
        *(path.replace("$name", "street_lamps") for path in FILES),
        "luodi/website/settings.py",
    ]
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-x"]
    about = (
        "tests/areas/test_street_lamps.py",
        "tests/areas/test_every_playbook.py",
        "tests/house/test_style.py",
    )
    about += ("tests/house/test_ledger_laws.py", "tests/house/test_imports.py")
    told = subprocess.run(
        [*run, *about], cwd=copy, capture_output=True, text=True, check=False, env=_environment()
    )
    assert told.returncode == 0, told.stdout[-4_000:]
    missing = subprocess.run(
        [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
        env=_environment()
        | {"DJANGO_SETTINGS_MODULE": "luodi.website.settings", "LUODI_DATA": str(copy / "data")},
    )
    assert missing.returncode == 0, missing.stdout + missing.stderr
    for tool in (("ruff", "check"), ("ruff", "format", "--check")):
        linted = subprocess.run(
            [sys.executable, "-m", *tool, "luodi/areas/street_lamps", "tests/areas/test_street_lamps.py"],
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
        )
        assert linted.returncode == 0, linted.stdout


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "LUODI_", "DJANGO_"))
    }
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"}


@pytest.mark.parametrize(
    ("name", "label", "code"),
    [
        ("Street", "路灯报修", "bad-area-name"),
        ("../up", "路灯报修", "bad-area-name"),
        ("lamps", "路灯\n报修", "bad-area-label"),
        ("lamps", '路"灯', "bad-area-label"),
        ("mediation", "纠纷调解", "area-taken"),
    ],
)
def test_a_bad_or_taken_name_writes_nothing(
    name: str, label: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted((ROOT / "luodi" / "areas").iterdir())
    assert command_line.main(["new-area", name, "--label", label]) == 2
    assert f"({code})" in capsys.readouterr().err
    assert sorted((ROOT / "luodi" / "areas").iterdir()) == before
