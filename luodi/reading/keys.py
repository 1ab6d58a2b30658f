"""What a statement is called, whoever reads it: by command, into a ledger, today or with a better reader."""

from __future__ import annotations

import hashlib


def statement_key(sha256: str, start: int, stop: int, kind: str) -> str:
    """The key of a statement: a hash of source hash, start, end and kind; the same for every reader version."""
    return hashlib.sha256(f"{sha256} {start} {stop} {kind}".encode()).hexdigest()[:26]
