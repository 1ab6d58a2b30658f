"""A new mechanism is a folder of small files that works at once, and one line of settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from luodi.command_line import main as command_line
from luodi.command_line import new_area
from luodi.command_line.new_area import write
from luodi.command_line.new_area_files import FILES

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "luodi" / "website" / "settings.py"
PARTS = ("luodi", "tests", "docs", "bin", "bench", "demonstration", ".ci")
_LEFT_OUT = shutil.ignore_patterns("*.png", "staticfiles")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project's own files, copied, with what Python has compiled of them."""
    root = tmp_path / "project"
    for part in PARTS:
        shutil.copytree(ROOT / part, root / part, ignore=_LEFT_OUT, symlinks=True)
    for file in ROOT.iterdir():
        if file.is_file():
            shutil.copyfile(file, root / file.name)
    return root


NEW = {"street_lamps": "路灯报修", "h2o_9_abcdefghij_klmnopqrst_u1": "“三清一改”·户厕（2026）A1b2c"}


def test_what_is_written_passes_its_own_tests_and_the_laws_of_the_house(copy: Path) -> None:
    """Two areas at once: what each would be alone, and neither in the other's way."""
    for name, label in NEW.items():
        assert write(copy, name, label) == [
            *(path.replace("$name", name) for path in FILES),
            "luodi/website/settings.py",
        ]
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-x"]
    own = [f"tests/areas/test_{name}.py" for name in NEW]
    about = ["tests/areas/test_every_playbook.py", "tests/house/test_style.py"]
    about += ["tests/house/test_ledger_laws.py", "tests/house/test_imports.py"]
    told = subprocess.run(
        [*run, *own, *about], cwd=copy, capture_output=True, text=True, check=False, env=_environment()
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
            [sys.executable, "-m", *tool, *(f"luodi/areas/{name}" for name in NEW), *own],
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
        ("lamps", "（）", "bad-area-label"),
        ("mediation", "纠纷调解", "area-taken"),
        # one that would not start, or not be imported
        ("lamps_", "路灯报修", "bad-area-name"),
        ("street__lamps", "路灯报修", "bad-area-name"),
        ("_lamps", "路灯报修", "bad-area-name"),
        ("a" * 31, "路灯报修", "bad-area-name"),
        ("lamps\n", "路灯报修", "bad-area-name"),
        ("class", "班级", "bad-area-name"),
        ("review", "复查", "area-taken"),
        ("desk", "柜台", "area-taken"),
        ("bottleneck", "卡点", "area-taken"),
        ("decision", "会议纪要", "area-taken"),
        ("commitment", "保证书", "area-taken"),
        ("project_report", "月报催办", "area-taken"),
        # one that would write over a test of others
        ("every_playbook", "样样都有", "area-taken"),
        # one that nobody could tell from another in a list
        ("orders", "督办单", "bad-area-label"),
    ],
)
def test_a_bad_or_taken_name_writes_nothing(
    name: str,
    label: str,
    code: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(new_area, "write", lambda *_: pytest.fail("it would be written"))
    before = held()
    assert command_line.main(["new-area", name, "--label", label]) == 2
    assert f"({code})" in capsys.readouterr().err
    assert held() == before


def held() -> dict[str, int]:
    """What a new area would be written to, with the time of each file's last change."""
    places = (*(ROOT / "luodi" / "areas").iterdir(), *(ROOT / "tests" / "areas").glob("*.py"), SETTINGS)
    return {str(path): path.stat().st_mtime_ns for path in places if path.name != "__pycache__"}
