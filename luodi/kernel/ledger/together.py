"""Many acts in one transaction, each with an event of its own: for what comes by the hundred, such as the rows of a sheet.

    with together(by=actor) as acts:
        for each in given:
            with acts.one("commitment.entered", subject=each.id) as act:
                act.create(each)
        acts.write()     # their rows, a few statements for all of them
        ...              # what is derived from them

What an act costs by itself is mostly the way to the database and back; here it is gone once for all. What raises within one act
takes that act back alone, since nothing of it was written yet; what raises later takes all of them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from luodi.kernel.ids import EVENT, later_than, new_id
from luodi.kernel.ledger.action import (
    _KIND,
    _LONGEST_KIND,
    Action,
    Actor,
    Row,
    _key,
    _next_id,
    _open,
    _reading,
)
from luodi.kernel.ledger.models import Secret, Unsealed
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.ledger.statements import insert_many


class Gathered(Action):
    """One act of many. It makes rows; what is to be changed needs an act of its own (``action``)."""

    def create(self, row: Row) -> Row:
        """Let a new row be written with those of the other acts."""
        self._rows[_key(row)] = row
        return row

    def create_all(self, rows: Iterable[Row]) -> list[Row]:
        """As ``create``, for several."""
        return [self.create(row) for row in rows]

    def _only_makes(self, *_given: Any, **_values: Any) -> Any:
        """What ``action`` can do besides. Raises ``RuntimeError``."""
        raise RuntimeError(
            f"{self.kind} is one of many acts, which only make rows; open an action of its own"
        )

    change: Any = _only_makes
    change_one: Any = _only_makes
    put_all: Any = _only_makes


class Together(Gathered):
    """The acts of one transaction; made by ``together``. It is no act itself and has no event."""

    def __init__(self, by: Actor) -> None:
        super().__init__("many.acts", by, "", {}, {})
        self._acts: list[Gathered] = []
        self._unwritten: dict[type[LedgerRow], list[LedgerRow]] = {}

    @contextmanager
    def one(
        self,
        kind: str,
        *,
        subject: str,
        data: Mapping[str, Any] | None = None,
        shown: Mapping[str, Any] | None = None,
    ) -> Iterator[Gathered]:
        """An act of its own, as ``action`` opens one; it can be told more of until its event is written, at the end of all."""
        if _KIND.fullmatch(kind) is None or len(kind) > _LONGEST_KIND:
            raise ValueError(f"the kind {kind!r} is not of the form noun.verb_past")
        act = Gathered(kind, self.by, subject, data or {}, shown or {})
        yield act
        self._acts.append(act)
        for row in act._rows.values():
            self._unwritten.setdefault(type(row), []).append(row)

    create: Any = Gathered._only_makes  # rows are made by one of the acts

    def write(self) -> None:
        """Write the rows of the acts so far, model by model in the order in which the acts made them."""
        waiting, self._unwritten = self._unwritten, {}
        for model, rows in waiting.items():
            self._forget(model)
            insert_many(rows)

    def _finish(self) -> None:
        self.write()
        events, hidden = [], list[Secret]()
        newest = ""
        for act in self._acts:
            newest = _after(newest) if newest else _next_id(None)
            event, secrets = act._told(newest)
            events.append(event)
            hidden += secrets
            act.event = event
        insert_many(events)
        insert_many([Unsealed(event=event) for event in events])
        insert_many(hidden)


def _after(newest: str) -> str:
    made = new_id(EVENT)
    return made if made > newest else later_than(newest)


@contextmanager
def together(*, by: Actor) -> Iterator[Together]:
    """Open a transaction for many acts. Raises ``RuntimeError`` inside another act."""
    outer = _open.get()
    if outer is not None:
        raise RuntimeError(f"many acts were opened inside {outer.kind!r}")
    acts = Together(by)
    with transaction.atomic():
        token = _open.set(acts)
        try:
            yield acts
            acts._finish()
        finally:
            _open.reset(token)
            if (answers := _reading.get()) is not None:
                answers.clear()
