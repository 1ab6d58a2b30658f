"""What of an event is hashed into its leaf: the public form, its digests, its hash."""

from __future__ import annotations

import datetime as dt
import hashlib

from luodi.kernel.ledger.canonical import canonical
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.rows import plain


def digest_of(salt: bytes, payload: bytes) -> str:
    """SHA-256 over salt and payload, in hexadecimal."""
    return hashlib.sha256(salt + payload).hexdigest()


def leaf_bytes(event: Event) -> bytes:
    """The canonical JSON that is hashed into the leaf; published with every proof and in the log's entries."""
    return canonical(
        {
            "id": event.id,
            "kind": event.kind,
            "at": plain(event.at if event.at.tzinfo else event.at.replace(tzinfo=dt.UTC)),
            "subject": event.subject,
            "post": event.post,
            "digest": event.digest,
            "closed_digest": event.closed_digest,
        }
    )


def leaf_hash(event: Event) -> str:
    """The leaf of an event (RFC 6962 §2.1), in hexadecimal: what proofs speak of. The parts enter by their digests only."""
    return hashlib.sha256(b"\x00" + leaf_bytes(event)).hexdigest()
