"""Putting a reading right: what a person read is kept beside what the machine read, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from luodi.kernel.documents.models import Reading, StatementKey
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.review.lookups import corrections_of
from luodi.kernel.review.models import Correction
from luodi.kernel.review.same import Wording, wording_of

FIELDS = dict(Correction.FIELDS)


def correct(reading: Reading, values: Mapping[str, str], *, by: Actor) -> list[Correction]:
    """Keep what a person read where it differs from what stands; nothing is written where nothing differs. One event.

    ``values`` by field, in the form of ``Correction``. What equals the machine's own value takes an earlier correction back.
    Raises ``LookupError`` for an unknown field.
    """
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise LookupError(f"no fields {sorted(unknown)}; the fields are {', '.join(FIELDS)}")
    machine = wording_of(reading)
    standing = corrections_of([reading.statement_id]).get(reading.statement_id, {})
    now_read = {name: row.value for name, row in standing.items()}
    changed = {name: value for name, value in values.items() if value != now_read.get(name, machine.of(name))}
    if not changed:
        return []
    return _entered(reading, changed, machine, standing, by)


def correct_likewise(correction: Correction, statements: Iterable[str], *, by: Actor) -> list[Correction]:
    """Put other statements right in the same way, each by an event of its own. Those that somebody judged or corrected
    meanwhile, and those that the machine reads otherwise, are left as they are."""
    wanted = [key for key in statements if key != correction.statement_id]
    standing = corrections_of(wanted)
    rows = Reading.objects.filter(statement__in=wanted, statement__state="unread").order_by(
        "statement_id", "id"
    )
    latest = {row.statement_id: row for row in rows.prefetch_related("figures")}
    done = []
    for key in wanted:
        reading = latest.get(key)
        if reading is None or correction.field in standing.get(key, {}):
            continue
        machine = wording_of(reading)
        if machine.of(correction.field) != correction.machine:
            continue
        done += _entered(reading, {correction.field: correction.value}, machine, {}, by)
    return done


def undo_corrections(
    statement: StatementKey | str, *, by: Actor, fields: Iterable[str] = tuple(FIELDS)
) -> int:
    """Take the corrections of a statement back; the machine's reading stands again. Returns how many. Raises ``Refusal``."""
    key = statement if isinstance(statement, str) else statement.id
    wanted = list(fields)
    with action("statement.correction_undone", by=by, subject=key) as act:
        rows = list(
            Correction.objects.select_for_update().filter(statement=key, undone=False, field__in=wanted)
        )
        if not rows:
            raise Refusal("nothing-to-undo", "这一条没有改过的地方，没有可以撤回的。")
        for row in rows:
            act.change(row, undone=True)
        act.shown |= {"fields": sorted({row.field for row in rows})}
    return len(rows)


def _entered(
    reading: Reading,
    values: Mapping[str, str],
    machine: Wording,
    standing: Mapping[str, Correction],
    by: Actor,
) -> list[Correction]:
    made = []
    with action("statement.corrected", by=by, subject=reading.statement_id) as act:
        for name, value in values.items():
            if name in standing:
                act.change(standing[name], undone=True)
            if value == machine.of(name):
                continue
            row = Correction(statement_id=reading.statement_id, reading=reading, field=name)
            row.machine, row.value, row.at, row.post = machine.of(name), value, act.at, by.post
            made.append(act.create(row))
        act.shown |= {"fields": sorted(values), "reading": reading.id}
    return made
