"""``read --format parquet``: the JSON lines once more as a Parquet file, the same keys in the same order.

DuckDB writes it, from a file of JSON lines that is complete: one thread, bounded memory, rows in their order. An extra, since it
is as large as everything else together.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from luodi.command_line.extras import require
from luodi.command_line.outputs import is_in_place, told

# What type each key has; the meaning is that of the JSON (records.FIELDS). docs/reference/records.md is made from this.
COLUMNS: dict[str, str] = {
    "key": "VARCHAR",
    "doc": "VARCHAR",
    "sha256": "VARCHAR",
    "start": "BIGINT",
    "end": "BIGINT",
    "quote": "VARCHAR",
    "place_in_file": "VARCHAR",
    "text": "VARCHAR",
    "kind": "VARCHAR",
    "force": "VARCHAR",
    "figures": (
        'STRUCT("start" BIGINT, "end" BIGINT, "number" VARCHAR, "unit" VARCHAR, "approx" VARCHAR, "change" VARCHAR, '
        '"end_of_range" VARCHAR, "rule" VARCHAR)[]'
    ),
    "due": 'STRUCT("start" DATE, "end" DATE, "precision" VARCHAR, "rule" VARCHAR)',
    "owner": "VARCHAR",
    "place": "VARCHAR",
    "object": "VARCHAR",
    "project": "VARCHAR",
    "damaged": "BOOLEAN",
    "doubts": (
        'STRUCT("start" BIGINT, "end" BIGINT, "certainty" VARCHAR, "replacement" VARCHAR, "candidates" VARCHAR[])[]'
    ),
    "score": "DOUBLE",
    "rules": 'STRUCT("statement" VARCHAR, "kind" VARCHAR, "owner" VARCHAR)',
    "published": "DATE",
    "speaks_of": "DATE",
    "speaker": "VARCHAR",
    "speaker_post": "VARCHAR",
    "issuer": "VARCHAR",
    "title": "VARCHAR",
}
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "512MB",
    # it fetches nothing
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
# DuckDB holds several of the longest line, and a group of rows, in memory
_ROOM_FOR_A_LINE = 1_000_000
_ROWS_TOGETHER = 20_480


def require_parquet() -> None:
    """Refuse (``no-extra``) where DuckDB is not installed; asked before anything is read."""
    require("duckdb", "DuckDB")


@contextmanager
def parquet_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write JSON lines to, which stand in ``path`` as Parquet when all is written. Raises ``CannotWrite``."""
    with told(str(path)):
        if is_in_place(path):
            raise OSError("不是普通文件，Parquet 只能写成文件")
        target = Path(os.path.realpath(path))
        lines = target.with_name(f".luodi-{os.getpid()}.jsonl")
        try:
            with lines.open("wb") as opened:
                yield opened
            place_parquet(lines, target)
        finally:
            lines.unlink(missing_ok=True)


def place_parquet(lines: Path, target: Path) -> None:
    """Make ``target`` of JSON lines, whole or not at all, and take those away; may be done again. Raises ``CannotWrite``."""
    made = target.with_name(
        f".luodi-{hashlib.blake2b(os.fsencode(target.name), digest_size=8).hexdigest()}.made"
    )
    with told(str(target)):
        try:
            made.unlink(missing_ok=True)
            _write(lines, made)
            with made.open("rb") as written:
                os.fsync(written.fileno())
            if target.exists():
                made.chmod(stat.S_IMODE(target.stat().st_mode))
            made.replace(target)
            lines.unlink()
        finally:
            made.unlink(missing_ok=True)


def _write(lines: Path, made: Path) -> None:
    """By links whose names mean nothing to DuckDB: in its own ``*`` and ``[`` stand for other files."""
    import duckdb

    columns = ", ".join(f"{_quoted(name)}: {_quoted(form)}" for name, form in COLUMNS.items())
    with lines.open("rb") as opened:
        room = max(max(map(len, opened), default=0) + 1, _ROOM_FOR_A_LINE)
    with tempfile.TemporaryDirectory(prefix="luodi-") as folder:
        given, taken = Path(folder, "given"), Path(folder, "taken")
        given.symlink_to(lines)
        taken.symlink_to(made.parent, target_is_directory=True)
        copy = (
            f"COPY (SELECT * FROM read_json({_quoted(str(given))}, format='newline_delimited', columns={{{columns}}}, "  # noqa: S608 (our own words)
            f"compression='none', maximum_object_size={room})) TO {_quoted(str(taken / made.name))} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_TOGETHER}, USE_TMP_FILE false)"
        )
        try:
            with duckdb.connect(
                ":memory:", config={**_SETTINGS, "temp_directory": f"{folder}/spilt"}
            ) as held:
                held.execute(copy)
        except duckdb.Error as fault:
            raise OSError(str(fault).splitlines()[0]) from fault


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
