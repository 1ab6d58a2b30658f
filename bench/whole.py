"""Our reader as a program would use it: bytes in, JSON lines out."""

from __future__ import annotations

import orjson

from bench.rows import Read
from luodi.command_line.records import records
from luodi.reading.reader import read as read_page


def make() -> Read:
    """The reader of this row: how many statements it found."""

    def read(raw: bytes) -> int:
        lines = [orjson.dumps(record) for record in records(read_page(raw, "page"))]
        return len(lines)

    return read
