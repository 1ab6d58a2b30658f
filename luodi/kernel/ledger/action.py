"""One change, one transaction, one event. The only way rows of the ledger are written.

    with action("commitment.adopted", by=actor, subject=commitment.id, data={...}) as act:
        act.create(commitment)
        act.change(statement, state="adopted")

Inside, rows are written through the action, which keeps their images. At the end, still inside the transaction, the event
is written; when anything raises, nothing at all remains.

``data`` is for staff; what everybody may read in the event's proof goes into ``act.shown``, what is about a living person into
``act.personal_data``, where it is encrypted and erased together with the subject's row.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db import transaction

from luodi.kernel.clocks.now import now
from luodi.kernel.ids import EVENT, has_address, later_than, new_id
from luodi.kernel.ledger.canonical import canonical_of_plain
from luodi.kernel.ledger.cursors import asked, held, together
from luodi.kernel.ledger.leaves import digest_of, leaf_bytes, leaf_hash
from luodi.kernel.ledger.models import Event, Secret, Unsealed
from luodi.kernel.ledger.personal import close
from luodi.kernel.ledger.rows import Image, LedgerRow, image_fields, image_of, plain
from luodi.kernel.ledger.statements import insert, update, upsert

__all__ = ["SYSTEM", "Action", "Actor", "action", "is_open", "leaf_bytes", "leaf_hash", "once", "reading"]

Row = TypeVar("Row", bound=LedgerRow)
Answer = TypeVar("Answer")
_LONGEST_KIND = 64
_KIND = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, as one post at a time. The system itself acts as neither."""

    account: str = ""
    post: str = ""


SYSTEM = Actor()
_open: ContextVar[Action | None] = ContextVar("open_action", default=None)
_reading: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers_of_a_page", default=None)


def is_open() -> bool:
    """Whether an action is open here: the only time rows may be written."""
    return _open.get() is not None


def once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """What ``ask`` gives, asked once within an open act or a page that only reads; elsewhere it is asked each time.

    For lookups that are needed in several places. Writing a row that answers rest on (``IS_RESTED_ON``) forgets them all.
    Nobody may change what is given back.
    """
    act = _open.get()
    answers = act.answers if act is not None else _reading.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    return cast("Answer", answers[question])


@contextmanager
def reading() -> Iterator[None]:
    """Within, nothing is written but by acts, and what ``once`` was asked is remembered between them."""
    token = _reading.set({})
    try:
        yield
    finally:
        _reading.reset(token)


class Action:
    """An act in progress; made by ``action``."""

    def __init__(
        self, kind: str, by: Actor, subject: str, data: Mapping[str, Any], shown: Mapping[str, Any]
    ) -> None:
        self.kind = kind
        self.by = by
        self.subject = subject
        self.at = now()
        self.data: dict[str, Any] = dict(data)
        self.shown: dict[str, Any] = dict(shown)
        self.personal_data: dict[str, Any] = {}
        self._rows: dict[tuple[str, str], LedgerRow] = {}
        self.answers: dict[Hashable, Any] = {}  # what was asked so far, until a row is written
        self._newest: tuple[str | None] | None = None
        self.event: Event | None = None

    def create(self, row: Row) -> Row:
        """Insert a new row."""
        self._forget(type(row))
        insert([row])
        self._rows[_key(row)] = row
        return row

    def create_all(self, rows: Iterable[Row]) -> list[Row]:
        """Insert many new rows of one model at once."""
        made = list(rows)
        if made:
            self._forget(type(made[0]))
            type(made[0])._base_manager.bulk_create(made, batch_size=500)
            self._rows.update((_key(row), row) for row in made)
        return made

    def change(self, row: Row, *, is_held: bool = False, **values: Any) -> Row:
        """Set fields of an existing row; raises ``LookupError`` where the row is gone.

        The row is locked and its other fields are read anew: an image tells what stands in the database, not what this
        process had read before somebody else changed it. ``is_held``: the act locked this row by an earlier statement, and all
        that write what this act writes lock it; then the newest event is asked for on the way.
        """
        if not values:
            return row
        self._forget(type(row))
        derived = {name: getattr(row, name) for name in row.DERIVED if name not in values}
        also = _NEWEST if is_held else "NULL"
        found = update(row, {**values, **derived}, image_fields(type(row)), also=also)
        if found is None:
            raise LookupError(f"{row._meta.label} {row.pk} is not there to be changed")
        if is_held:
            self._newest = found
        self._rows[_key(row)] = row
        return row

    def change_one(self, model: type[Row], by: Mapping[str, Any], **values: Any) -> Row:
        """As ``change``, of the one row whose fields have the values ``by``, without reading it first.

        Raises ``LookupError`` where there is none.
        """
        self._forget(model)
        row = model(**by)
        if update(row, values, image_fields(model), by=tuple(by)) is None:
            raise LookupError(f"{model._meta.label} of {dict(by)} is not there to be changed")
        self._rows[_key(row)] = row
        return row

    def put_all(self, rows: Iterable[Row]) -> None:
        """Insert or overwrite whole rows of one model by their ids, in one statement.

        For rows that this act has read under a lock that all their writers take: what stands in memory is what is written.
        """
        made = list(rows)
        if made:
            self._forget(type(made[0]))
            upsert(made, ("id",))
            self._rows.update((_key(row), row) for row in made)

    def _forget(self, model: type[LedgerRow]) -> None:
        if model.IS_RESTED_ON:
            self.answers.clear()

    def _finish(self) -> None:
        event, hidden = self._told(_next_id(self._newest))
        with together():
            insert([event])
            insert([Unsealed(event=event)])
            insert(hidden)
        self.event = event

    def _told(self, key: str) -> tuple[Event, list[Secret]]:
        """The event of that id with its secrets, not yet written."""
        _require_subject(self.subject)
        images = {key: image_of(row) for key, row in self._rows.items()}
        event = Event(
            id=key,
            kind=self.kind,
            at=self.at,
            subject=self.subject,
            post=self.by.post,
            account=self.by.account,
            salt=secrets.token_hex(16),
            closed_salt=secrets.token_hex(16),
        )
        hidden, digests = self._secrets(event, images)
        payload = canonical_of_plain(
            {"data": plain(self.shown), **_tables(images, ("public", "rows"), ("derived", "derived"))}
        )
        closed: dict[str, Any] = {
            "account": self.by.account,
            "data": plain(self.data),
            **_tables(images, ("closed", "rows")),
        }
        if digests:
            closed["personal"] = digests
        closed_text = canonical_of_plain(closed)
        event.payload, event.closed = payload.decode("utf-8"), closed_text.decode("utf-8")
        event.digest = digest_of(bytes.fromhex(event.salt), payload)
        event.closed_digest = digest_of(bytes.fromhex(event.closed_salt), closed_text)
        event.hash = leaf_hash(event)
        return event, hidden

    def _secrets(
        self, event: Event, images: Mapping[tuple[str, str], Image]
    ) -> tuple[list[Secret], dict[str, str]]:
        """The secrets of the event, and their digests by what stands behind the event's id in theirs."""
        made: list[Secret] = []
        digests: dict[str, str] = {}
        parts = [(key, "", image.personal) for (_, key), image in images.items()]
        if self.personal_data and not self.subject:
            raise ValueError("what an act holds of a person is erased with its subject; this act has none")
        parts.append((self.subject, ".data", plain(self.personal_data)))
        for row, suffix, values in parts:
            # a row that holds nothing of the person holds nothing to hide
            if any(value is not None for value in values.values()):
                secret, digests[f"{row}{suffix}"] = close(event, row, canonical_of_plain(values), suffix)
                made.append(secret)
        return made, digests


def _tables(
    images: Mapping[tuple[str, str], Image], *parts: tuple[str, str]
) -> dict[str, dict[str, dict[str, Any]]]:
    """Parts of images by table and id, each under its name; parts that hold nothing are left out, ``rows`` never."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for part, name in parts:
        tables: dict[str, dict[str, Any]] = {}
        for (table, key), image in images.items():
            if values := getattr(image, part):
                tables.setdefault(table, {})[key] = values
        if tables or name == "rows":
            found[name] = tables
    return found


_NEWEST = "(SELECT max(id) FROM luodi_ledger_event)"


def _next_id(known: tuple[str | None] | None) -> str:
    """An id that sorts after every event there is: where two events wrote one row, the later id is the later state.

    Holds with a clock set back, too, and with several processes: a row is locked by whoever changes it until the event is in.
    ``known``: the newest one, where it was asked for under that lock.
    """
    made = new_id(EVENT)
    if known is None:
        ((newest,),) = asked(f"SELECT {_NEWEST}", ())
    else:
        (newest,) = known
    return made if newest is None or made > newest else later_than(newest)


def _require_subject(subject: str) -> None:
    if subject and not has_address(subject):
        raise ValueError(f"the subject {subject!r} is no id, or of rows that share a letter")


def _key(row: LedgerRow) -> tuple[str, str]:
    return row._meta.db_table, row.id


@contextmanager
def action(
    kind: str,
    *,
    by: Actor,
    subject: str,
    data: Mapping[str, Any] | None = None,
    shown: Mapping[str, Any] | None = None,
) -> Iterator[Action]:
    """Open an action. Raises ``RuntimeError`` inside another: one function, one change, one event.

    ``kind`` is a noun and a verb in the past, ``subject`` the id of what the act is about (or empty), of a kind that has a letter
    of its own (``ids.py``); ``ValueError`` otherwise.
    """
    outer = _open.get()
    if outer is not None:
        raise RuntimeError(f"action {kind!r} was opened inside {outer.kind!r}; one change is one event")
    if _KIND.fullmatch(kind) is None or len(kind) > _LONGEST_KIND:
        raise ValueError(f"the kind {kind!r} is not of the form noun.verb_past")
    _require_subject(subject)
    act = Action(kind, by, subject, data or {}, shown or {})
    with transaction.atomic(), held():
        token = _open.set(act)
        try:
            yield act
            act._finish()
        finally:
            _open.reset(token)
            if (answers := _reading.get()) is not None:
                answers.clear()
