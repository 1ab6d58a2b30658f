"""``bin/test``: the tests that need only Python, then the plain list of what was not run.

    python -m tests.run [--all] [--postgresql] [pytest arguments]

``--all`` adds lint, format, types, import contracts, the journeys in a browser, every test that uses a database once more on
PostgreSQL, and the reading scores; there a skipped test is a failure (the real pages aside, where they are not beside the
repository) and so is a missing tool. ``--postgresql`` adds that one part alone. What does not need the tests' own process runs
beside it, so that no core waits for another's disk or browser; what it said is printed after. Scratch files lie in memory where
there is room. Exit codes: 0 all passed, 1 something failed, 2 used wrongly. The last line is the count of tests.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.database import postgresql_programs
from tests.real_pages import are_here, is_about_them

ROOT = Path(__file__).resolve().parents[1]

# the settings that the framework's types are asked of make a key where the data are to be: not among the checkout's
TYPES = """
import os, tempfile
from mypy.main import main
with tempfile.TemporaryDirectory() as folder:
    os.environ["LUODI_DATA"] = folder
    main(args=[], clean_exit=True)
"""
# name in the report, module that must be there, command
CHECKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("lint", "ruff", ("-m", "ruff", "check", ".")),
    ("format", "ruff", ("-m", "ruff", "format", "--check", ".")),
    ("types", "mypy", ("-c", TYPES)),
    (
        "import contracts",
        "importlinter",
        ("-c", "from importlinter.cli import lint_imports_command as c; c()"),
    ),
    ("a minute of bent files", "bench", ("-m", "bench.fuzz", "--seconds", "60", "--seed", "1")),
)
SCORES = "tests.reading.scores"
# what needs a browser, and where to look for tests that use a database (conftest.py picks them out)
JOURNEYS = ("tests/journeys",)
ON_BOTH = ("tests", "luodi")
# not even collected there: thousands of tests, by each worker
WITHOUT_DATABASE = ("tests/reading",)
ON_POSTGRESQL = "tests on PostgreSQL"
SLOWEST = ("--durations=20", "--durations-min=5")
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
# files in memory, and how much of it must be free (bytes): a run leaves about a tenth of this there at any time
IN_MEMORY = Path("/dev/shm")
ROOM = 8 * 2**30


class Tally:
    """A pytest plug-in that remembers how the tests ended and which were skipped, and why."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.skips: dict[str, int] = {}  # reason → how many
        self.began = time.monotonic()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for outcome in ("failed", "error", "passed", "skipped", "xfailed", "xpassed"):
            if reports := terminalreporter.stats.get(outcome):
                self.counts[outcome] = len(reports)
        for report in terminalreporter.stats.get("skipped", ()):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            reason = reason.removeprefix("Skipped: ")
            self.skips[reason] = self.skips.get(reason, 0) + 1

    def unexcused(self) -> dict[str, int]:
        """The skips that no absence of real pages explains."""
        return {
            reason: count for reason, count in self.skips.items() if are_here() or not is_about_them(reason)
        }

    def line(self) -> str:
        counted = ", ".join(f"{count} {outcome}" for outcome, count in self.counts.items()) or "no tests ran"
        return f"{counted} in {time.monotonic() - self.began:.1f} s"


def choices(arguments: Sequence[str]) -> list[str]:
    """The arguments that leave tests out; how hard to search is none."""
    return [argument for argument in arguments if not argument.startswith("--hypothesis-profile")]


def has_browser() -> bool:
    return any(Path(path).exists() for path in BROWSERS)


def without_journeys() -> list[str]:
    """The options that leave out whatever needs a browser."""
    return [f"--ignore={path}" for path in JOURNEYS]


def has_postgresql() -> bool:
    return bool(os.environ.get("LUODI_TEST_POSTGRES")) or postgresql_programs() is not None


def told(line: str) -> None:
    print(line, flush=True)


def run_on_postgresql(tally: Tally, say: Callable[[str], None] = told) -> bool:
    """Every test that uses a database, the journeys aside, on PostgreSQL; what it skipped goes into ``tally``."""
    say(f"== {ON_POSTGRESQL}")
    if not has_postgresql():
        say("no PostgreSQL server: install Debian's postgresql, or set LUODI_TEST_POSTGRES to an address")
        return False
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        options = (
            "-p",
            "no:cacheprovider",
            "-q",
            "-n",
            "auto",
            *SLOWEST,
            "--hypothesis-profile=ci",
            f"--junitxml={report}",
        )
        command = [
            sys.executable,
            "-m",
            "pytest",
            *options,
            *(f"--ignore={path}" for path in WITHOUT_DATABASE),
            "--database=postgresql",
            *without_journeys(),
        ]
        code, output = output_of([*command, *ON_BOTH])
        skips = skipped_in(report.read_bytes()) if report.exists() else []
    for reason in skips:
        tally.skips[reason] = tally.skips.get(reason, 0) + 1
    say(output)
    say(f"   {'ok' if code == 0 else 'FAILED'} ({time.monotonic() - began:.1f} s)")
    return code == 0


def output_of(command: Sequence[str]) -> tuple[int, str]:
    """How ``command`` ended, and all it said. It gives way: a journey in the browser waits for nobody longer than it must."""
    ended = subprocess.run(
        ("nice", "-n", "10", *command),
        cwd=ROOT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    return ended.returncode, ended.stdout.decode(errors="replace").rstrip()


def skipped_in(report: bytes) -> list[str]:
    """Why tests were skipped, one reason each, from pytest's own report in XML; known failures are none."""
    found = ElementTree.fromstring(report).iter("skipped")
    return [skip.get("message", "") for skip in found if skip.get("type") != "pytest.xfail"]


def run_pytest(arguments: Sequence[str], tally: Tally, *, browser: bool) -> int:
    options = ["-p", "no:cacheprovider", *SLOWEST]
    if not browser and not choices(arguments):
        options += without_journeys()
    if "--hypothesis-profile" not in " ".join(arguments):
        options.append("--hypothesis-profile=ci")
    # a few chosen tests start faster without workers
    if not choices(arguments) and (os.cpu_count() or 1) > 1:
        # a file's journeys share one site; in the order of conftest.py, the long files first
        options += ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", "-q"]
    return pytest.main([*options, *arguments], plugins=[tally])


def run_check(name: str, needs: str, command: Sequence[str], say: Callable[[str], None] = told) -> bool:
    began = time.monotonic()
    say(f"== {name}")
    if importlib.util.find_spec(needs) is None:
        say(f"{needs} is missing (requirements.dev.lock should have brought it)")
        return False
    code, output = output_of([sys.executable, *command])
    say(output)
    say(f"   {'ok' if code == 0 else 'FAILED'} ({time.monotonic() - began:.1f} s)")
    return code == 0


def run_beside(everything: bool, on_postgresql: bool, tally: Tally) -> tuple[list[str], list[str]]:
    """The checks and the other database, one after another: what failed, and all that was said."""
    said: list[str] = []
    failed: list[str] = []
    if everything:
        failed += [
            name for name, needs, command in CHECKS if not run_check(name, needs, command, said.append)
        ]
    if on_postgresql and not run_on_postgresql(tally, said.append):
        failed.append(ON_POSTGRESQL)
    if everything and has_scores() and not run_check("reading scores", "tests", ("-m", SCORES), said.append):
        failed.append("reading scores")
    return failed, said


@contextlib.contextmanager
def scratch_in_memory() -> Iterator[None]:
    """Within, scratch files of this process and those it starts lie in memory, where the machine has the room."""
    before = tempfile.tempdir, os.environ.get("TMPDIR")
    has_room = os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free >= ROOM
    if not has_room or before[1]:
        yield
        return
    folder = tempfile.mkdtemp(prefix="luodi-run-", dir=IN_MEMORY)
    Path(folder).chmod(0o755)  # PostgreSQL's own user passes through it
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    try:
        yield
    finally:
        tempfile.tempdir = before[0]
        del os.environ["TMPDIR"]
        shutil.rmtree(folder, ignore_errors=True)


def has_scores() -> bool:
    return (ROOT / "tests" / "reading" / "scores.py").is_file()


def not_run(
    everything: bool, arguments: Sequence[str], tally: Tally, *, on_postgresql: bool = False
) -> list[str]:
    """What this run left out, one line each."""
    left: list[str] = []
    if chosen := choices(arguments):
        left.append(f"every test not chosen by: {' '.join(chosen)}")
    if not everything:
        left += [f"{name}: bin/test --all" for name, _, _ in CHECKS]
        if has_scores():
            left.append("reading scores: bin/test --all")
    if "--hypothesis-profile=deep" not in arguments:
        left.append("long search for counter-examples: bin/test --hypothesis-profile=deep")
    if not are_here():
        left.append("the real pages: not beside this repository")
    left += [f"skipped, {count}: {reason}" for reason, count in sorted(tally.skips.items())]
    if not everything and not on_postgresql:
        left.append(f"{ON_POSTGRESQL}: bin/test --postgresql, or bin/test --all")
    if not everything:
        left.append("journeys in a browser: bin/test --all")
    return left


def main(arguments: Sequence[str]) -> int:
    everything = "--all" in arguments
    on_postgresql = everything or "--postgresql" in arguments
    chosen = [argument for argument in arguments if argument not in ("--all", "--postgresql")]
    failed: list[str] = []
    if everything and not has_browser():
        print(f"no browser at {' or '.join(BROWSERS)}: the journeys can not be run")
        failed.append("browser")
    tally = Tally()
    elsewhere = Tally()
    with scratch_in_memory(), ThreadPoolExecutor(1) as beside:
        others: Future[tuple[list[str], list[str]]] = beside.submit(
            run_beside, everything, on_postgresql, elsewhere
        )
        print("== tests", flush=True)
        code = run_pytest(chosen, tally, browser=everything)
        failed_beside, said = others.result()
    print("\n".join(said), flush=True)
    for reason, count in elsewhere.skips.items():
        tally.skips[reason] = tally.skips.get(reason, 0) + count
    if code == pytest.ExitCode.USAGE_ERROR:
        return 2
    if code != pytest.ExitCode.OK:
        failed.append("tests")
    failed += failed_beside
    print("\n没有运行 not run:")
    for line in not_run(everything, chosen, tally, on_postgresql=on_postgresql):
        print(f"  - {line}")
    if everything and (unexcused := tally.unexcused()):
        failed.append(f"skips, which fail here: {'; '.join(unexcused)}")
    print(f"\n{'失败 FAILED: ' + ', '.join(failed) if failed else '通过 passed'}")
    print(tally.line(), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
