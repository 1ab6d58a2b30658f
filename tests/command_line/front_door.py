"""The command line as a person meets it: a process, its streams, its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "demonstration" / "pages"
COMMAND = (sys.executable, "-X", "utf8", "-m", "luodi.command_line")
TRACE = "Traceback (most recent call last)"

# one page that every test may lean on: what it says is plain
PAGE = """青岚区发布2026年重点工作安排
发布时间:2026-03-05 来源:青岚区人民政府办公室

　　今年，全区新建口袋公园5个，完成投资3.2亿元。

　　去年，全区新增就业5800人，同比增长9.7%。
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def environment(more: Mapping[str, str] = {}) -> dict[str, str]:
    """A plain environment: no colour or width of whoever runs the tests."""
    kept = {
        k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES", "PYTHONUNBUFFERED")
    }
    return {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **more}


def luodi(
    *arguments: str | bytes | Path,
    stdin: bytes = b"",
    env: Mapping[str, str] = {},
    cwd: Path | None = None,
    seconds: float = 120,
) -> Ended:
    """Run a command to its end. Whatever it was given, it may not leave a trace of Python."""
    given: Sequence[str | bytes] = [a if isinstance(a, bytes) else str(a) for a in arguments]
    ended = subprocess.run(
        [*COMMAND, *given],
        input=stdin,
        capture_output=True,
        env=environment(env),
        cwd=cwd,
        timeout=seconds,
        check=False,
    )
    err = ended.stderr.decode("utf-8")
    assert TRACE not in err, err
    return Ended(ended.returncode, ended.stdout, err)


def shell(line: str, cwd: Path, env: Mapping[str, str] = {}) -> Ended:
    """A line of shell in which ``luodi`` is the command, for pipes and redirections."""
    quoted = " ".join(f"'{word}'" for word in COMMAND)
    script = f'set -o pipefail; luodi() {{ {quoted} "$@"; }}; {line}'
    ended = subprocess.run(
        ["bash", "-c", script], capture_output=True, env=environment(env), cwd=cwd, timeout=120, check=False
    )
    err = ended.stderr.decode("utf-8")
    assert TRACE not in err, err
    return Ended(ended.returncode, ended.stdout, err)
