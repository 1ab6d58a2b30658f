"""Offline proofs: a small file that shows, with nothing but a pinned key, that an event is in the log. ``checking`` reads it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from luodi.kernel.ledger import checking
from luodi.kernel.ledger.checking import Verdict, check
from luodi.kernel.ledger.leaves import leaf_bytes
from luodi.kernel.ledger.models import Checkpoint, Event, Leaf
from luodi.kernel.ledger.tiles import Tiles, write_tiles
from luodi.kernel.ledger.tree import consistency_proof, inclusion_proof, verify_consistency, verify_inclusion
from luodi.kernel.refusal import Refusal

__all__ = ["Verdict", "check", "proof_of", "proof_that_log_grew"]


def proof_of(event_id: str, data: Path | None = None) -> bytes:
    """The proof file of an event, against the newest checkpoint.

    Raises ``LookupError`` where there is no such event, ``Refusal`` where it is not sealed yet, ``RuntimeError`` where the
    log is damaged: no proof is handed out that would not hold.
    """
    data = Path(settings.DATA) if data is None else data
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        raise LookupError(f"there is no event {event_id!r}")
    leaf = Leaf.objects.filter(event=event).first()
    if leaf is None:
        raise Refusal("not-sealed", "这条登记刚写下，还没有封入日志。请过一分钟再取证明。")
    newest = Checkpoint.objects.latest("size")
    root = bytes.fromhex(newest.root)
    for from_files in (True, False):
        path = inclusion_proof(leaf.index, newest.size, Tiles(data, newest.size, from_files=from_files).get)
        if verify_inclusion(bytes.fromhex(event.hash), leaf.index, newest.size, path, root):
            if not from_files:
                # the tables lead to the signed root and the files do not: the files are the damaged ones
                write_tiles(data, 0, newest.size)
            return checking.write(leaf_bytes(event), leaf.index, path, newest.note, event.salt, event.payload)
    raise RuntimeError(f"event {event_id} does not lead to the newest checkpoint; run verify")


def proof_that_log_grew(first: int, second: int, data: Path | None = None) -> list[bytes]:
    """The consistency proof between the checkpoints at two sizes. Raises ``LookupError`` where there is no such checkpoint."""
    data = Path(settings.DATA) if data is None else data
    known = {c.size: bytes.fromhex(c.root) for c in Checkpoint.objects.filter(size__in=[first, second])}
    if {first, second} - known.keys() or not 0 < first <= second:
        raise LookupError(f"the log has no checkpoints at {first} and {second}")
    path = consistency_proof(first, second, Tiles(data, second).get)
    if not verify_consistency(first, second, known[first], known[second], path):
        raise RuntimeError(
            f"the checkpoints at {first} and {second} contradict each other or the tiles; run verify"
        )
    return path
