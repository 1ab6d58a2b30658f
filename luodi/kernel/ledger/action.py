"""One change, one transaction, one event. The only way rows of the ledger are written.

    with action("commitment.adopted", by=actor, subject=commitment.id, data={...}) as act:
        act.create(commitment)
        act.change(statement, state="adopted")

Inside, rows are written through the action, which keeps their images. At the end, still inside the transaction, the event
is written; when anything raises, nothing at all remains.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from luodi.kernel.clocks.now import now
from luodi.kernel.ids import new_id
from luodi.kernel.ledger.canonical import canonical
from luodi.kernel.ledger.models import Event, Secret
from luodi.kernel.ledger.rows import LedgerRow, images, plain

Row = TypeVar("Row", bound=LedgerRow)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, as one post at a time. The system itself acts as neither."""

    account: str = ""
    post: str = ""


SYSTEM = Actor()
_open: ContextVar[Action | None] = ContextVar("open_action", default=None)


def is_open() -> bool:
    """Whether an action is open here: the only time rows may be written."""
    return _open.get() is not None


class Action:
    """An act in progress; made by ``action``."""

    def __init__(self, kind: str, by: Actor, subject: str, data: Mapping[str, Any]) -> None:
        self.kind = kind
        self.by = by
        self.subject = subject
        self.at = now()
        self.data: dict[str, Any] = dict(data)
        self.personal_data: dict[str, Any] = {}
        self._rows: dict[tuple[str, str], LedgerRow] = {}
        self._removed: list[tuple[str, str]] = []
        self.event: Event | None = None

    def create(self, row: Row) -> Row:
        """Insert a new row."""
        row.save(force_insert=True)
        self._rows[_key(row)] = row
        return row

    def change(self, row: Row, **values: Any) -> Row:
        """Set fields of an existing row; raises ``LookupError`` where the row is gone."""
        for name, value in values.items():
            row._meta.get_field(name)
            setattr(row, name, value)
        if values:
            row.save(force_update=True, update_fields=[*values, *row.DERIVED])
            self._rows[_key(row)] = row
        return row

    def _finish(self) -> Event:
        rows: dict[str, dict[str, Any]] = {}
        personal_rows: dict[str, dict[str, Any]] = {}
        for (table, key), row in self._rows.items():
            open_part, personal = images(row)
            rows.setdefault(table, {})[key] = open_part
            if personal:
                personal_rows.setdefault(table, {})[key] = personal
        payload = canonical({"data": plain(self.data), "rows": rows})
        personal_payload = b""
        if personal_rows or self.personal_data:
            personal_payload = canonical({"data": plain(self.personal_data), "rows": personal_rows})
        return self._write(payload, personal_payload)

    def _write(self, payload: bytes, personal: bytes) -> Event:
        salt = secrets.token_bytes(16)
        event = Event(
            id=new_id("e"),
            kind=self.kind,
            at=self.at,
            subject=self.subject,
            post=self.by.post,
            account=self.by.account,
            payload=payload.decode("utf-8"),
            salt=salt.hex(),
            digest=digest_of(salt, payload),
        )
        secret = None
        if personal:
            key = AESGCM.generate_key(256)
            personal_salt = secrets.token_bytes(16)
            event.personal_digest = digest_of(personal_salt, personal)
            nonce = secrets.token_bytes(12)
            # bound to its event: a cipher text moved to another row does not open
            cipher = nonce + AESGCM(key).encrypt(nonce, personal_salt + personal, event.id.encode())
            secret = Secret(event=event, key=key, cipher=cipher)
        event.hash = leaf_hash(event)
        event.save(force_insert=True)
        if secret is not None:
            secret.save(force_insert=True)
        self.event = event
        return event


def _key(row: LedgerRow) -> tuple[str, str]:
    return row._meta.db_table, row.id


def digest_of(salt: bytes, payload: bytes) -> str:
    """SHA-256 over salt and payload, in hexadecimal."""
    return hashlib.sha256(salt + payload).hexdigest()


def leaf_hash(event: Event) -> str:
    """The leaf of an event (RFC 6962 §2.1): what proofs speak of. Payload and salt enter by their digest only."""
    return hashlib.sha256(b"\x00" + leaf_bytes(event)).hexdigest()


def leaf_bytes(event: Event) -> bytes:
    """The canonical JSON that is hashed into the leaf; published with every proof."""
    leaf = {
        "id": event.id,
        "kind": event.kind,
        "at": plain(event.at if event.at.tzinfo else event.at.replace(tzinfo=dt.UTC)),
        "subject": event.subject,
        "post": event.post,
        "digest": event.digest,
    }
    if event.personal_digest:
        leaf["personal_digest"] = event.personal_digest
    return canonical(leaf)


def open_secret(secret: Secret) -> bytes | None:
    """The personal payload, or ``None`` where it was erased. Raises ``InvalidTag`` where it was tampered with."""
    if secret.key is None or secret.cipher is None:
        return None
    cipher = bytes(secret.cipher)
    return AESGCM(bytes(secret.key)).decrypt(cipher[:12], cipher[12:], secret.event_id.encode())[16:]


@contextmanager
def action(
    kind: str, *, by: Actor, subject: str, data: Mapping[str, Any] | None = None
) -> Iterator[Action]:
    """Open an action. Raises ``RuntimeError`` inside another: one function, one change, one event."""
    if _open.get() is not None:
        raise RuntimeError(f"action {kind!r} was opened inside {_open.get().kind!r}; one change is one event")  # type: ignore[union-attr]
    act = Action(kind, by, subject, data or {})
    with transaction.atomic():
        token = _open.set(act)
        try:
            yield act
            act._finish()
        finally:
            _open.reset(token)
