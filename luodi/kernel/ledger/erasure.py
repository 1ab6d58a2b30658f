"""Lawful erasure (Personal Information Protection Law, art. 47): a person's data goes, every proof stays.

The personal fields of the rows are emptied by an act of its own; in all earlier events key and cipher text of these rows'
secrets are destroyed, so that what stays behind there, a salted digest, tells nothing. What other parts keep of these rows, as
the search index does, goes in the same act. Then the database is swept (``sweeping.py``), so that the old bytes are not left
in free pages or in the write-ahead log. What was erased is listed by ids alone, in the database and
in DATA/erasures.jsonl, and a restored back-up is made to forget it again.

What the text of other fields says of a person is not found here, nor what stands in kept files; whoever erases sees to those.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from luodi.kernel.clocks.now import today
from luodi.kernel.ids import has_address
from luodi.kernel.ledger.action import SYSTEM, Action, Actor, action
from luodi.kernel.ledger.canonical import canonical
from luodi.kernel.ledger.models import Event, Secret
from luodi.kernel.ledger.rows import LedgerRow, ledger_models, plain
from luodi.kernel.ledger.sweeping import note, remove_traces, sweep_if_due
from luodi.kernel.ledger.written import append_line

LIST = "erasures.jsonl"
ENDING = ".erased"


def erase(
    rows: Sequence[LedgerRow],
    *,
    by: Actor,
    subject: str,
    reason: str,
    kind: str = "person.erased",
    values: Mapping[str, Any] | None = None,
    data: Path | None = None,
) -> Event:
    """Erase everything personal of ``rows``; ``values`` are set on each row that has such fields (``erased_on=today()``).

    ``kind`` must end with ``.erased``; ``reason`` is a code, never free text. Raises ``ValueError`` otherwise, or where a row
    has nothing personal. The sweep follows once the transaction is through.
    """
    if not kind.endswith(ENDING) or not reason.replace("-", "").isalnum() or not reason.isascii():
        raise ValueError(f"an erasure is of a kind ending with {ENDING!r} and for a reason given as a code")
    folder = Path(settings.DATA) if data is None else data
    with action(kind, by=by, subject=subject, data={"reason": reason, "on": today()}) as act:
        act.data["erased"] = [_erase_row(act, row, values or {}) for row in rows]
        lines = list(act.data["erased"])
        note(folder, set().union(*(remove_traces(row.id) for row in rows)))
    transaction.on_commit(lambda: _afterwards(folder, lines))
    if act.event is None:
        raise RuntimeError("the erasure left no event")
    return act.event


def _erase_row(act: Action, row: LedgerRow, values: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in row._meta.concrete_fields}
    also = {name: value for name, value in values.items() if name in names}
    if not row.PRIVACY.personal:
        raise ValueError(f"{row._meta.label} holds nothing personal")
    nothing: dict[str, Any] = dict.fromkeys(row.PRIVACY.personal)
    act.change(row, **nothing, **also)
    Secret.objects.filter(row=row.id).exclude(key=None, cipher=None).update(key=None, cipher=None)
    return {"table": row._meta.db_table, "row": row.id, "also": plain(also)}


def _afterwards(folder: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    for line in lines:
        append_line(folder / LIST, canonical(dict(line)).decode())
    sweep_if_due(folder)


def erased(data: Path | None = None) -> list[dict[str, Any]]:
    """Everything ever erased, from the list and from the events: table, row and what else was set. For a restore to keep."""
    folder = Path(settings.DATA) if data is None else data
    return list(
        {(line["table"], line["row"]): line for line in (*_listed(folder / LIST), *_in_events())}.values()
    )


def _listed(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                continue  # the machine stopped within a line; the event has it


def _in_events() -> Iterator[dict[str, Any]]:
    for text in (
        Event.objects.filter(kind__endswith=ENDING).order_by("id").values_list("closed", flat=True).iterator()
    ):
        yield from json.loads(text)["data"]["erased"]


def erase_again(lines: Iterable[Mapping[str, Any]], data: Path | None = None) -> int:
    """After a restore: erase whatever ``lines`` (of ``erased``, taken before) name and the restored data still hold.

    Returns how many rows. Rows that the back-up does not know are passed over: it holds nothing of them.
    """
    models = {model._meta.db_table: model for model in ledger_models()}
    count = 0
    for line in lines:
        model = models.get(line["table"])
        row = model._default_manager.filter(pk=line["row"]).first() if model is not None else None
        if row is None or not _still_holds(row):
            continue
        fields = {field.name: field for field in row._meta.concrete_fields}
        also = {name: fields[name].to_python(value) for name, value in line.get("also", {}).items()}
        kind = f"{row._meta.model_name}{ENDING}"
        # of rows that share a letter no act is about: the event still names the row
        subject = row.id if has_address(row.id) else ""
        erase([row], by=SYSTEM, subject=subject, reason="restored", kind=kind, values=also, data=data)
        count += 1
    return count


def _still_holds(row: LedgerRow) -> bool:
    # as it came from the database: what is sealed need not be opened, its key may not be here
    fields = [row._meta.get_field(name) for name in row.PRIVACY.personal]
    return any(row.__dict__[field.attname] is not None for field in fields) or (  # type: ignore[union-attr]
        Secret.objects.filter(row=row.id).exclude(key=None, cipher=None).exists()
    )
