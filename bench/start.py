"""How long until the first page, beside a bare Django that says hello under the same server:

    python bench/start.py [--rounds N] [--install]

From the start of the process to the first answer, the median of some rounds, sides taking turns. ``first``: an empty folder, in
which the demonstration is made (its papers read, its three years lived); ``second``: the same folder again. ``--install``
adds the whole first command on a copy of this checkout without any environment, packages fetched from the index that pip uses.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UP = (sys.executable, "-X", "utf8", "-m", "luodi.command_line", "up")
LONGEST = 600  # seconds
HELLO = """
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="none", ALLOWED_HOSTS=["127.0.0.1"])
urlpatterns = [path("", lambda request: HttpResponse("hello"))]

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
"""
SERVE = """
import sys
from granian import Granian
from granian.constants import HTTPModes, Interfaces

Granian("hello:application", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI, workers=1,
        blocking_threads=4, http=HTTPModes.http1, websockets=False, log_enabled=False).serve()
"""


def first_answer(command: Sequence[str], port: int, folder: Path) -> float:
    """Seconds from starting ``command`` until the port answers with a page; ends it afterwards."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUODI_", "DJANGO_"))}
    environment = {**kept, "PYTHONPATH": str(folder)}
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        while not answers(port):
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} ended: {process.stderr.read().decode()}")  # type: ignore[union-attr]
            if time.perf_counter() - began > LONGEST:
                raise SystemExit(f"{command[0]}: no page after {LONGEST} s")
            time.sleep(0.005)
        return time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


def answers(port: int) -> bool:
    """Whether a page is there."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=LONGEST) as answer:
            return int(answer.status) == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def hello(folder: Path) -> float:
    """The bare side."""
    (folder / "hello.py").write_text(HELLO, encoding="utf-8")
    (folder / "serve_hello.py").write_text(SERVE, encoding="utf-8")
    port = free_port()
    return first_answer([sys.executable, "serve_hello.py", str(port)], port, folder)


def up(data: Path) -> float:
    """Our side, dependencies there."""
    port = free_port()
    return first_answer([*UP, "--data", str(data), "--port", str(port)], port, ROOT)


def installed(folder: Path) -> float:
    """The first command on a copy of what is in the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    port = free_port()
    return first_answer([str(folder / "bin" / "luodi"), "up", "--port", str(port)], port, folder)


def main() -> None:
    """Measure and print, with the ratios to the bare side."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument(
        "--install", action="store_true", help="the installation, too; needs a package index"
    )
    given = options.parse_args()
    times: dict[str, list[float]] = {"bare hello": [], "first": [], "second": []}
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory(prefix="luodi-bench-") as scratch:
            folder = Path(scratch)
            times["bare hello"].append(hello(folder))
            times["first"].append(up(folder / "data"))
            times["second"].append(up(folder / "data"))
    if given.install:
        with tempfile.TemporaryDirectory(prefix="luodi-bench-") as scratch:
            times["first, installed too"] = [installed(Path(scratch))]
    bare = statistics.median(times["bare hello"])
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(
            f"{name:<22}{middle:>8.2f} s  from {min(taken):.2f} to {max(taken):.2f}{middle / bare:>8.1f} × bare hello"
        )


if __name__ == "__main__":
    main()
