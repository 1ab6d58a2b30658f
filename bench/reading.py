"""How fast pages are read, beside what bounds it and beside what else there is; all in one run, on distinct pages.

    python -m bench.reading [--megabytes N] [--first NUMBER]

Each row runs in a process of its own, on one core. Prints MB/s of UTF-8 and the ratios; then how long the commands take to
start beside a bare Python. The row of glued libraries needs ``sh bench/set_up.sh`` once; without it the row is left out,
and said to be.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.rows import ROWS
from bench.texts import pages

ROOT = Path(__file__).resolve().parents[1]
LIBRARIES = ROOT / ".tools" / "bench" / "bin" / "python"
_START_UPS = 7

#: command lines whose start-up is measured, with their input
STARTED: dict[str, tuple[tuple[str, ...], bytes]] = {
    "--help": (("--help",), b""),
    "figures": (("figures",), "新建公园5个\n".encode()),
    "periods": (("periods", "--on", "2026-11-21"), "今年年底前\n".encode()),
    "repair -": (("repair", "-"), "新建公园5个\n".encode()),
    "read -": (("read", "-"), "青岚区今年新建公园5个。\n".encode()),
}


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 1 where a row failed."""
    asked = argparse.ArgumentParser(description="how fast pages are read, beside what else there is")
    asked.add_argument(
        "--megabytes", type=float, default=4.0, metavar="N", help="how much to read (default 4)"
    )
    asked.add_argument(
        "--first", type=int, default=0, metavar="NUMBER", help="which pages: another number, other pages"
    )
    given = asked.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "pages")
        made = list(pages(given.megabytes, given.first))
        corpus.write_bytes(b"".join(page + b"\x1e" for page in made))
        size = sum(map(len, made)) / 1e6
        print(
            f"{len(made):,} distinct pages, {size:.1f} MB of UTF-8, one in ten garbled; one core, processor time\n"
        )
        failed = not print_rows(corpus, size)
    print_start_up()
    return 1 if failed else 0


def print_rows(corpus: Path, size: float) -> bool:
    """A line a row; whether all that could run did."""
    speeds: dict[str, float] = {}
    whole = True
    print(f"{'row':<16}{'MB/s':>8}{'found':>10}   what")
    for row, (_, what) in ROWS.items():
        python = LIBRARIES if row.startswith("glued") else Path(sys.executable)
        if not python.exists():
            print(
                f"{row:<16}{'—':>8}{'—':>10}   left out: the libraries are not installed (sh bench/set_up.sh)"
            )
            continue
        ended = subprocess.run(
            [python, "-X", "utf8", "-m", "bench.rows", row, corpus],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode:
            print(f"{row:<16}{'failed':>8}   {ended.stderr.strip().splitlines()[-1]}")
            whole = False
            continue
        got = json.loads(ended.stdout)
        speeds[row] = size / got["seconds"]
        print(f"{row:<16}{speeds[row]:>8.2f}{got['found']:>10,.0f}   {what}")
    if "luodi" in speeds:
        print()
        for row, speed in speeds.items():
            if row != "luodi":
                print(f"our reader beside {row}: {speeds['luodi'] / speed:.3f}")
    return whole


def print_start_up() -> None:
    """Wall-clock time from nothing to the end of a tiny command, the best of several, beside a bare Python."""
    bare = best_time([sys.executable, "-I", "-c", "pass"], b"")
    print(f"\nstart-up (best of {_START_UPS}): bare Python {bare * 1000:.0f} ms")
    for name, (command, stdin) in STARTED.items():
        spent = best_time([sys.executable, "-X", "utf8", "-m", "luodi.command_line", *command], stdin)
        print(f"  {name:<10}{spent * 1000:>6.0f} ms{spent / bare:>7.1f} × bare")


def best_time(command: list[str], stdin: bytes) -> float:
    """Seconds of the fastest of several runs, the first of which may still compile."""
    times = []
    settings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(_START_UPS):
        began = time.perf_counter()
        subprocess.run(command, input=stdin, cwd=ROOT, env=settings, capture_output=True, check=True)
        times.append(time.perf_counter() - began)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
