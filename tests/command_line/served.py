"""A district served by ``up``, as a person starts it: a process, its address, its children."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.command_line.front_door import COMMAND, environment


def district_environment() -> dict[str, str]:
    """Without what the tests' own settings put there."""
    return {k: v for k, v in environment().items() if not k.startswith(("LUODI_", "DJANGO_"))}


class Served:
    """A running ``up``."""

    def __init__(self, process: subprocess.Popen[bytes], address: str, errors: Path) -> None:
        self.process, self.address, self._errors = process, address, errors

    @property
    def said(self) -> str:
        """Everything on standard error so far."""
        return self._errors.read_text(encoding="utf-8")

    def get(self, path: str = "") -> int:
        """The status of a page; 0 where nothing answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as answered:
            return answered.code
        except OSError:
            return 0

    def children(self) -> dict[str, int]:
        """Process ids of the two children by module."""
        found = {}
        for pid in Path("/proc").iterdir():
            if pid.name.isdigit() and _parent(int(pid.name)) == self.process.pid:
                words = (pid / "cmdline").read_bytes().split(b"\0")
                found |= {
                    word.decode(): int(pid.name) for word in words if word.startswith(b"luodi.website.")
                }
        return found

    def descendants(self) -> list[int]:
        """Every process below."""
        found, level = [], [self.process.pid]
        while level:
            below = [
                int(p.name)
                for p in Path("/proc").iterdir()
                if p.name.isdigit() and _parent(int(p.name)) in level
            ]
            found += below
            level = below
        return found

    def stop(self) -> int:
        """Ctrl-C, and the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@contextmanager
def served(data: Path, *options: str, seconds: float = 90) -> Iterator[Served]:
    """Start ``up`` on ``data`` and wait for its address."""
    errors = data.parent / f"{data.name}.stderr"
    with errors.open("wb") as opened:
        process = subprocess.Popen(
            [*COMMAND, "up", "--data", str(data), *options],
            stdout=subprocess.PIPE,
            stderr=opened,
            env=district_environment(),
        )
    assert process.stdout is not None
    try:
        os.set_blocking(process.stdout.fileno(), False)
        told = b""
        until = time.monotonic() + seconds
        while not told.endswith(b"\n"):
            assert process.poll() is None, errors.read_text(encoding="utf-8")
            assert time.monotonic() < until, "no address in time"
            told += process.stdout.read() or b""
            time.sleep(0.02)
        yield Served(process, told.decode().strip(), errors)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
        process.stdout.close()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def eventually(holds: object, seconds: float = 30) -> bool:
    """Whether ``holds()`` comes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False


def _parent(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return int(text.rpartition(")")[2].split()[1])
