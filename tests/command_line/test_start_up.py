"""A command loads what it needs and no more."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.command_line.front_door import ROOT, environment

LOADED = """
import sys
from luodi.command_line.main import main
code = main(sys.argv[1:])
print("\\n" + " ".join(sorted(sys.modules)), file=sys.stderr)
"""


def modules(*arguments: str) -> set[str]:
    """What is loaded when the command has ended."""
    ended = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        input="新建公园5个\n",
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("command", "needless"),
    [
        ("figures", ("periods", "statements", "repair", "blocks")),
        ("periods", ("figures", "statements", "repair", "blocks")),
    ],
)
def test_a_line_command_does_not_load_the_reader(command: str, needless: tuple[str, ...]) -> None:
    loaded = modules(command)
    assert [name for name in loaded for each in needless if name.startswith(f"luodi.reading.{each}")] == []


def test_repair_does_not_load_the_rules() -> None:
    loaded = modules("repair", "-")
    assert [
        name for name in loaded if name.startswith(("luodi.reading.statements", "luodi.reading.figures.find"))
    ] == []


def test_nothing_loads_a_framework_or_the_network() -> None:
    loaded = modules("read", "-")
    assert loaded.isdisjoint(
        {"django", "sqlite3", "http.client", "socketserver", "asyncio", "multiprocessing.pool"}
    )
