"""Notes that verifying takes while it reads through the events, in a nameless database that is gone at the end.

Of images only keyed hashes are noted, under a key that lives as long as the run: nothing personal reaches the disk here.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from luodi.kernel.ledger.canonical import canonical

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE image (tab TEXT, id TEXT, event TEXT, digest BLOB, PRIMARY KEY (tab, id)) WITHOUT ROWID;
CREATE TABLE gone (row TEXT, event TEXT, secret TEXT);
CREATE TABLE kept (row TEXT, event TEXT, secret TEXT);
CREATE TABLE erasing (row TEXT, event TEXT);
CREATE INDEX erasing_row ON erasing (row, event);
"""


class Scratch:
    """What the events say of rows, and of what was erased."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._notes = sqlite3.connect("", isolation_level=None)
        self._notes.executescript(_TABLES)
        self._notes.execute("BEGIN")

    def close(self) -> None:
        """Forget everything."""
        self._notes.close()

    def digest(self, values: dict[str, Any]) -> bytes:
        """What stands for an image."""
        return hashlib.blake2b(canonical(values), key=self._key, digest_size=20).digest()

    def note_image(self, table: str, row: str, event: str, digest: bytes | None) -> None:
        """The newest image of a row; no digest where it cannot be told, so that the row is not blamed for its event."""
        self._notes.execute("INSERT OR REPLACE INTO image VALUES (?, ?, ?, ?)", (table, row, event, digest))

    def note_gone(self, row: str, event: str, secret: str) -> None:
        """A secret that was emptied."""
        self._notes.execute("INSERT INTO gone VALUES (?, ?, ?)", (row, event, secret))

    def note_kept(self, row: str, event: str, secret: str) -> None:
        """A secret that can be opened."""
        self._notes.execute("INSERT INTO kept VALUES (?, ?, ?)", (row, event, secret))

    def note_erasing(self, rows: Iterable[str], event: str) -> None:
        """An event that erased these rows."""
        self._notes.executemany("INSERT INTO erasing VALUES (?, ?)", [(row, event) for row in rows])

    def take(self, table: str, row: str) -> tuple[str, bytes | None] | None:
        """The newest event of a row and the image's digest; asked for once."""
        found: tuple[str, bytes | None] | None = self._notes.execute(
            "SELECT event, digest FROM image WHERE tab = ? AND id = ?", (table, row)
        ).fetchone()
        if found is not None:
            self._notes.execute("DELETE FROM image WHERE tab = ? AND id = ?", (table, row))
        return found

    def left(self) -> Iterator[tuple[str, str, str]]:
        """Table, row and event of every image that nobody took."""
        yield from self._notes.execute("SELECT tab, id, event FROM image ORDER BY tab, id")

    def gone_without_reason(self) -> Iterator[tuple[str, str]]:
        """Secret and event of every secret that was emptied though no later event erased its row."""
        yield from self._notes.execute(
            "SELECT secret, event FROM gone g WHERE NOT EXISTS"
            " (SELECT 1 FROM erasing e WHERE e.row = g.row AND e.event > g.event) ORDER BY event, secret"
        )

    def kept_though_erased(self) -> Iterator[str]:
        """Every secret that can still be opened though a later event erased its row."""
        found = self._notes.execute(
            "SELECT DISTINCT secret FROM erasing e JOIN kept k ON k.row = e.row AND k.event < e.event ORDER BY secret"
        )
        yield from (secret for (secret,) in found)
