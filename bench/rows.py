"""What is measured: each row reads the same pages, in a process of its own.

    python -m bench.rows ROW PAGES

``PAGES`` holds pages one after the other, each closed by a record separator (U+001E). Prints one JSON object: seconds
spent on all pages after one untimed page, and how many things were found, so that nobody's zero looks fast.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

Read = Callable[[bytes], int]

#: name of the row, module that makes its reader, what it does
ROWS: dict[str, tuple[str, str]] = {
    "bare": ("bench.bare", "decode + one pass of a 40,000-word automaton + one number pattern"),
    "luodi": ("bench.whole", "our reader, bytes to JSON lines"),
    "glued": ("bench.glued", "libraries glued: opencc, rules by line, rjieba tags, patterns, cn2an"),
    "glued-untagged": ("bench.glued_untagged", "the same without tags"),
}


def measure(make: Callable[[], Read], pages: list[bytes]) -> dict[str, float]:
    """Seconds of processor time over all pages and the number of things found."""
    read = make()
    read(pages[0])
    began = time.process_time()
    found = sum(map(read, pages))
    return {"seconds": time.process_time() - began, "found": found}


def main(row: str, path: str) -> None:
    """Measure one row and print what came out."""
    pages = [page for page in Path(path).read_bytes().split(b"\x1e") if page]
    module = importlib.import_module(ROWS[row][0])
    print(json.dumps(measure(module.make, pages)))


if __name__ == "__main__":
    main(*sys.argv[1:])
