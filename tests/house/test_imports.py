"""Imports only go down, and the pure library stays pure."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.building import PACKAGE, ROOT, module_of, python_files

LINT = "from importlinter.cli import lint_imports_command as lint; lint()"

# Importing any of these fails in the child process, as if they were not installed.
FRAMEWORKS = (
    "django ninja flask fastapi starlette uvicorn granian gunicorn jinja2 requests httpx aiohttp urllib3 "
    "sqlalchemy psycopg psycopg2 sqlite3 duckdb polars pandas numpy"
)
NETWORK = "http.client http.server urllib.request ftplib smtplib ssl"

WITHOUT = """
import importlib, sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in FORBIDDEN or name.split(".")[0] in FORBIDDEN:
            raise ModuleNotFoundError(f"{name} is not to be imported here", name=name)
FORBIDDEN = set(sys.argv[1].split())
assert not FORBIDDEN & set(sys.modules), FORBIDDEN & set(sys.modules)
sys.meta_path.insert(0, Absent())
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its contracts, to be spoilt."""
    shutil.copytree(PACKAGE, tmp_path / "luodi", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(folder: Path) -> str:
    """What import-linter says of ``folder``; empty where every contract holds."""
    finished = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, '.'); {LINT}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if finished.returncode == 0 else finished.stdout + finished.stderr


def test_imports_only_go_down(copy: Path) -> None:
    assert broken_contracts(copy) == ""


def test_a_new_package_must_be_given_its_place(copy: Path) -> None:
    (copy / "luodi" / "cellar").mkdir()
    (copy / "luodi" / "cellar" / "__init__.py").write_text('"""Nobody has said where this belongs."""\n')
    assert "cellar" in broken_contracts(copy)


def test_the_library_cannot_import_its_callers(copy: Path) -> None:
    (copy / "luodi" / "reading" / "upward.py").write_text("import luodi.command_line\n")
    assert "luodi.reading.upward -> luodi.command_line" in broken_contracts(copy)


def test_the_library_cannot_import_a_database(copy: Path) -> None:
    (copy / "luodi" / "reading" / "outward.py").write_text("import sqlite3\n")
    assert "luodi.reading.outward -> sqlite3" in broken_contracts(copy)


def run_without(forbidden: str, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", WITHOUT + program, forbidden, *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_every_part_of_reading_imports_where_no_framework_is() -> None:
    modules = [module_of(path) for path in python_files(PACKAGE / "reading")]
    program = "for name in sys.argv[2:]: importlib.import_module(name)"
    finished = run_without(f"{FRAMEWORKS} {NETWORK}", program, *modules)
    assert finished.returncode == 0, finished.stderr


@pytest.mark.parametrize("command", ["read", "repair"])
def test_a_page_is_read_and_repaired_where_no_framework_is(command: str) -> None:
    page = min((ROOT / "demonstration" / "pages").iterdir())
    program = "from luodi.command_line.main import main; sys.exit(main(sys.argv[2:]))"
    finished = run_without(FRAMEWORKS, program, command, str(page))
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.strip(), "nothing was printed"
