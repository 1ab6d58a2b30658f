"""What is written about sheets: a confirmed mapping, a kept sheet, and which rows of the register came from which cells."""

from __future__ import annotations

from collections.abc import Mapping as Given

from luodi.kernel.files.keeping import kept_file
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.ledger.canonical import canonical
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.fields import Use
from luodi.kernel.sheets.models import Mapping
from luodi.kernel.sheets.proposing import fingerprint, missing
from luodi.kernel.sheets.table import Table


def confirm_mapping(use: Use, table: Table, columns: Given[int, str], *, by: Actor) -> Mapping:
    """Remember which column is which field; confirming the same again writes nothing.

    Raises ``Refusal``: ``mapping-incomplete``.
    """
    faults = missing(use, columns)
    if faults:
        raise Refusal("mapping-incomplete", "".join(faults) + "请在各列上选好再往下。")
    chosen = canonical({str(place): name for place, name in sorted(columns.items()) if name}).decode("utf-8")
    mark = fingerprint(use, table)
    row = Mapping.objects.filter(fingerprint=mark).first()
    if row is not None and row.columns == chosen:
        return row
    headers = canonical([column.header for column in table.columns]).decode("utf-8")
    known = row or Mapping(use=use, fingerprint=mark)
    with action("mapping.confirmed", by=by, subject="") as act:
        if row is not None:
            return act.change(row, headers=headers, columns=chosen, confirmed_at=act.at, post=by.post)
        known.headers, known.columns, known.confirmed_at, known.post = headers, chosen, act.at, by.post
        return act.create(known)


def keep_sheet(raw: bytes, name: str, *, by: Actor) -> KeptFile:
    """Keep the bytes of an office's list, so that its promises can name their cells; not public. The same bytes once only."""
    with action("sheet.kept", by=by, subject="") as act:
        row = kept_file(act, raw, name)
        act.subject = row.id
        return row


def note_cells(mapping: str, digest: str, cells: Given[str, str], *, by: Actor) -> None:
    """Write down which rows of the register came from which cells; ``cells`` by the rows' ids.

    ``mapping`` is the id of the columns' confirmation, ``digest`` the SHA-256 of the sheet. A sheet of people is not kept: what
    one is to be able to erase must not lie twice.
    """
    data = {"mapping": mapping, "sheet": digest, "cells": dict(cells)}
    with action("sheet.entered", by=by, subject="", data=data):
        return
