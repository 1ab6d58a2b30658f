"""The sealer: gives events their place in the log, and signs what the log then is.

One sealer at a time; it takes every event that is not sealed yet, so that one whose transaction ended late goes into the next
batch. Leaves and checkpoint are written in one transaction, the files after it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from luodi.kernel.clocks.now import now
from luodi.kernel.ledger.keys import signer_key
from luodi.kernel.ledger.models import Checkpoint, Event, Leaf, Unsealed
from luodi.kernel.ledger.tiles import publish, published_size
from luodi.kernel.ledger.tree import Frontier

_BATCH = 5_000
_LOCK = 0x4C554F4449  # any number that nothing else in this database locks


def seal(data: Path | None = None) -> Checkpoint | None:
    """Seal what waits, in the order of time and id. The new checkpoint, or ``None`` where nothing waited.

    Either way the files under DATA/log stand at the newest checkpoint afterwards. Raises ``RuntimeError`` where the tables
    contradict the newest checkpoint: a damaged log is not gone on with (``verify`` tells what is wrong).
    """
    data = Path(settings.DATA) if data is None else data
    made = _seal_tables(data) if Unsealed.objects.exists() else None
    newest = made or Checkpoint.objects.order_by("-size").first()
    if newest is not None and (made is not None or published_size(data) != newest.size):
        publish(data, newest.size, newest.note)
    return made


@transaction.atomic
def _seal_tables(data: Path) -> Checkpoint | None:
    if connection.vendor == "postgresql":
        # on SQLite the transaction itself is the lock: it is IMMEDIATE
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Checkpoint.objects.order_by("-size").first()
    frontier = Frontier(last.size, map(bytes.fromhex, last.frontier.split())) if last else Frontier()
    _refuse_contradiction(last, frontier)
    before = frontier.size
    while batch := list(
        Event.objects.filter(unsealed__isnull=False).order_by("at", "id").only("id", "hash")[:_BATCH]
    ):
        Leaf.objects.bulk_create(
            [Leaf(index=frontier.size + n, event=event, hash=event.hash) for n, event in enumerate(batch)],
            batch_size=500,
        )
        for event in batch:
            frontier.append(bytes.fromhex(event.hash))
        Unsealed.objects.filter(event__in=[event.id for event in batch]).delete()
    return _checkpoint(data, frontier, before) if frontier.size > before else None


def _refuse_contradiction(last: Checkpoint | None, frontier: Frontier) -> None:
    newest = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    size = 0 if newest is None else newest + 1
    if size != frontier.size or (last is not None and last.root != frontier.root().hex()):
        raise RuntimeError(
            f"the log has {size} leaves and its newest checkpoint tells {frontier.size}, or their roots differ; run verify"
        )


def _checkpoint(data: Path, frontier: Frontier, before: int) -> Checkpoint:
    at = now().replace(microsecond=0)
    note = signer_key(data).sign_checkpoint(frontier.size, frontier.root(), int(at.timestamp()))
    return Checkpoint.objects.create(
        size=frontier.size,
        root=frontier.root().hex(),
        at=at.astimezone(dt.UTC),
        previous=before,
        frontier=" ".join(peak.hex() for peak in frontier.peaks),
        note=note,
    )
