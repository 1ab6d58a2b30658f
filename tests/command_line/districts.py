"""Districts for tests of commands: one demonstration and one empty one a session, and copies of them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command_line.front_door import COMMAND, Ended
from tests.command_line.served import district_environment
from tests.once import made_once


def district(*arguments: str | Path, more: dict[str, str] | None = None, stdin: bytes = b"") -> Ended:
    """Run a command that works on a district; it may not leave a trace of Python."""
    ended = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env={**district_environment(), **(more or {})},
        timeout=300,
        check=False,
    )
    err = ended.stderr.decode("utf-8")
    assert "Traceback (most recent call last)" not in err, err
    return Ended(ended.returncode, ended.stdout, err)


@pytest.fixture(scope="session")
def demonstration_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, prepared once a run; never change it."""
    return prepared_once(tmp_path_factory, "demonstration")


@pytest.fixture(scope="session")
def empty_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real district without anything, prepared once a run; never change it."""
    return prepared_once(tmp_path_factory, "empty", "--empty")


def prepared_once(tmp_path_factory: pytest.TempPathFactory, name: str, *options: str) -> Path:
    """The data folder of a district that the first worker who asks for it prepares, while the others wait for it."""

    def prepare(data: Path) -> None:
        ended = district("prepare", *options, "--data", data)
        assert ended.code == 0, ended.err

    return made_once(tmp_path_factory, name, prepare)


@pytest.fixture
def demonstration(demonstration_once: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration."""
    return shutil.copytree(demonstration_once, tmp_path / "data")


@pytest.fixture
def empty(empty_once: Path, tmp_path: Path) -> Path:
    """A copy of the empty district."""
    return shutil.copytree(empty_once, tmp_path / "empty")
