"""``bin/luodi`` starts from anywhere, lets nothing stand in for our modules, and keeps stdout for data."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.building import ROOT

ECHO = 'import sys\nprint(sys.argv[1:], sys.stdin.read(), end="")\n'
VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with a space and a colon in its name, set up by hand, whose program echoes."""
    home = tmp_path / "a b:c"
    shutil.copytree(ROOT / "bin", home / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    (home / "luodi" / "command_line").mkdir(parents=True)
    (home / "luodi" / "__init__.py").touch()
    (home / "luodi" / "command_line" / "__init__.py").touch()
    (home / "luodi" / "command_line" / "__main__.py").write_text(ECHO)
    (home / "requirements.lock").write_text("nothing\n")
    site = home / ".venv" / "lib" / VERSION / "site-packages"
    site.mkdir(parents=True)
    (site / "luodi.pth").write_text("../../../../\n")
    (home / ".venv" / "bin").mkdir()
    (home / ".venv" / "bin" / "python").symlink_to(Path(sys.executable).resolve())
    (home / ".venv" / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).resolve().parent}\n")
    (home / ".venv" / ".lock").write_text("nothing\n")
    return home


def start(program: Path, *arguments: str, given: str = "", cwd: Path, **environment: str) -> str:
    """What ``program`` prints, having said nothing on stderr."""
    finished = subprocess.run(
        [program, *arguments],
        input=given,
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (finished.returncode, finished.stderr) == (0, "")
    return finished.stdout


def test_arguments_and_input_reach_the_program_whole(checkout: Path) -> None:
    assert (
        start(checkout / "bin" / "luodi", "a b", "*", given="今年\n", cwd=checkout) == "['a b', '*'] 今年\n"
    )


@pytest.mark.parametrize(
    ("asked", "expected"), [({"LUODI_EXTRAS": "1"}, "extras"), ({"LUODI_EXTRAS": "0"}, "plain")]
)
def test_extras_are_an_environment_of_their_own(checkout: Path, asked: dict[str, str], expected: str) -> None:
    shutil.copytree(checkout / ".venv", checkout / ".venv-extras", symlinks=True)
    for name in (".venv", ".venv-extras"):
        site = checkout / name / "lib" / VERSION / "site-packages"
        (site / "which.py").write_text(f"name = {'extras' if 'extras' in name else 'plain'!r}\n")
    (checkout / "requirements.extras.lock").write_text("more\n")
    (checkout / ".venv-extras" / ".lock").write_text("more\n")
    (checkout / "luodi" / "command_line" / "__main__.py").write_text("import which\nprint(which.name)\n")
    assert start(checkout / "bin" / "luodi", cwd=checkout, **asked) == f"{expected}\n"


def test_it_starts_through_a_link_and_from_another_folder(checkout: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(checkout / "bin" / "luodi")
    assert start(link, "x", cwd=Path("/")) == "['x'] "


def test_a_moved_checkout_still_starts(checkout: Path, tmp_path: Path) -> None:
    moved = checkout.rename(tmp_path / "moved")
    assert start(moved / "bin" / "luodi", "x", cwd=tmp_path) == "['x'] "


def test_no_module_of_the_current_folder_or_the_environment_stands_in_for_ours(
    checkout: Path, tmp_path: Path
) -> None:
    for name in ("luodi", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('an impostor ran')\n")
    assert start(checkout / "bin" / "luodi", "x", cwd=tmp_path, PYTHONPATH=str(tmp_path)) == "['x'] "


@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_CN.GB18030"])
def test_the_bytes_printed_do_not_depend_on_the_locale(checkout: Path, locale: str) -> None:
    assert start(checkout / "bin" / "luodi", "区", given="县", cwd=checkout, LC_ALL=locale) == "['区'] 县"


def test_without_a_python_it_says_what_to_install(checkout: Path, tmp_path: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    tools = tmp_path / "tools-only"
    tools.mkdir()
    for name in ("sh", "dirname", "readlink", "cmp"):
        (tools / name).symlink_to(str(shutil.which(name)))
    finished = subprocess.run(
        [checkout / "bin" / "luodi"],
        env={"PATH": str(tools)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 3
    assert finished.stdout == ""
    assert "(no-python)" in finished.stderr


@pytest.fixture
def set_up() -> ModuleType:
    specification = importlib.util.spec_from_file_location("set_up", ROOT / "bin" / "set_up.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_an_interrupted_environment_does_not_count_as_made(checkout: Path, set_up: ModuleType) -> None:
    lock, environment = checkout / "requirements.lock", checkout / ".venv"
    assert set_up.is_complete(lock, environment)
    (environment / ".lock").unlink()
    assert not set_up.is_complete(lock, environment)


def test_an_environment_whose_python_is_gone_does_not_count_as_made(
    checkout: Path, set_up: ModuleType
) -> None:
    (checkout / ".venv" / "bin" / "python").unlink()
    (checkout / ".venv" / "bin" / "python").symlink_to("/nowhere/python")
    assert not set_up.is_complete(checkout / "requirements.lock", checkout / ".venv")


def test_a_folder_that_cannot_be_written_is_named(
    checkout: Path, set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(set_up.Path, "mkdir", refuse)
    assert set_up.main([str(checkout), "requirements.lock", ".venv"]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert str(checkout) in printed.err
    assert "(read-only)" in printed.err


def test_two_first_runs_do_not_install_at_once(tmp_path: Path, set_up: ModuleType) -> None:
    second = (
        "import importlib.util as u, pathlib, sys;"
        "s = u.spec_from_file_location('set_up', sys.argv[1]); m = u.module_from_spec(s); s.loader.exec_module(m)\n"
        "with m.alone(pathlib.Path(sys.argv[2])): print('entered', flush=True)"
    )
    with set_up.alone(tmp_path):
        waiting = subprocess.Popen(
            [sys.executable, "-c", second, str(ROOT / "bin" / "set_up.py"), str(tmp_path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert waiting.stderr is not None
        assert "等待" in waiting.stderr.readline()
        assert waiting.poll() is None
    printed, _ = waiting.communicate(timeout=20)
    assert printed == "entered\n"


def test_a_mirror_set_for_pip_serves_the_installer_too(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("UV_")]:
        monkeypatch.delenv(name)
    listing = (
        ":env:.index-url='https://own.example/simple'\n"
        "global.extra-index-url='file:///a/simple\\nfile:///b/simple'\n"
        "global.find-links='/wheels'\n"
        "global.index-url='https://mirror.example/simple'\n"
        "install.no-index='true'\n"
    )
    asked = set_up.in_words_of_uv(listing)
    assert asked["UV_DEFAULT_INDEX"] == "https://own.example/simple"
    assert asked["UV_INDEX"] == "file:///a/simple file:///b/simple"
    assert asked["UV_FIND_LINKS"] == "/wheels"
    assert asked["UV_OFFLINE"] == "1"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://said-to-uv.example/simple")
    assert "UV_DEFAULT_INDEX" not in set_up.in_words_of_uv(listing)
