"""Every row against the last event that wrote it: rows that differ, rows without an event, events without their row."""

from __future__ import annotations

import json
from collections.abc import Iterator

from luodi.kernel.ledger.findings import UNREADABLE, Finding, Unreadable, each
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.rows import LedgerRow, image_of, ledger_models
from luodi.kernel.ledger.scratch import Scratch


def check_rows(scratch: Scratch) -> Iterator[Finding]:
    """What is wrong with rows; ``scratch`` was filled by ``check_events``."""
    for model in ledger_models():
        table = model._meta.db_table
        for row in each(model):
            key = str(row.key if isinstance(row, Unreadable) else row.pk)
            told = scratch.take(table, key)
            if isinstance(row, Unreadable):
                yield Finding("row-unreadable", f"{table} {key}", f"读不出来：{row.why}")
            elif told is None:
                yield Finding(
                    "row-without-event",
                    f"{table} {key}",
                    "没有登记写过这一行：它是绕过登记加进来的，或编号被改动过。",
                )
            elif told[1] is not None:
                yield from _compare(model, row, told[0], told[1], scratch)
    for table, key, event in scratch.left():
        yield Finding("row-gone", f"{table} {key}", f"登记 {event} 写过这一行，现在表里没有。")


def _compare(
    model: type[LedgerRow], row: LedgerRow, event: str, digest: bytes, scratch: Scratch
) -> Iterator[Finding]:
    name = f"{model._meta.db_table} {row.pk}"
    try:
        values = image_of(row).values()
        same = scratch.digest(values) == digest
    except UNREADABLE as error:
        yield Finding("row-unreadable", name, f"读不出来：{error}")
        return
    if not same:
        fields = _fields_that_differ(model, str(row.pk), event, values)
        yield Finding("row-changed", name, f"与登记 {event} 不符的字段：{fields or '个人信息'}。")


def _fields_that_differ(model: type[LedgerRow], key: str, event_id: str, values: dict[str, object]) -> str:
    """The names of fields that are not as the event says; empty where only personal ones are not."""
    event = Event.objects.get(pk=event_id)
    payload, closed = json.loads(event.payload), json.loads(event.closed)
    told: dict[str, object] = {}
    for tables in (payload["rows"], payload.get("derived", {}), closed["rows"]):
        told.update(tables.get(model._meta.db_table, {}).get(key, {}))
    return "、".join(name for name, value in told.items() if name in values and values[name] != value)
