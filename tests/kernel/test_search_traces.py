"""What was removed from the index can be found in no byte of the database."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

from luodi.kernel.search import index


def on_disk(folder: Path) -> bytes:
    """Every byte of the database beside its journal."""
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_what_was_removed_leaves_no_trace_after_a_purge(committed_database: Path) -> None:
    for number in range(300):
        index.put(f"c{number:03}", "c", f"第{number}件平常的事", True)
    index.put("c999", "c", "鼉鼊氍的事", False)
    index.remove("c999")
    index.purge()
    assert index.count("平常", public_only=True) == 300
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        left = on_disk(committed_database)
        for trace in ("鼉鼊", "鼊氍", "氍的"):
            assert trace.encode() not in left
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM ts_stat('SELECT grams FROM luodi_search_entry') WHERE word LIKE '%鼊%'"
            )
            assert cursor.fetchone() == (0,)
