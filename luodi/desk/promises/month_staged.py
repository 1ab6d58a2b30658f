"""A month's sheet that was laid by: opened once, its rows kept beside it so that no later page reads the whole file again."""

from __future__ import annotations

import datetime as dt
import json

from django.http import HttpRequest

from luodi.desk.first_hour.sheet_given import SheetGiven
from luodi.desk.first_hour.staged import Staged, staged
from luodi.desk.presence import presence_of
from luodi.desk.promises.month_blank import HEADERS
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.addresses import Area
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.progress_rows import ProgressDraft, progress_drafts
from luodi.kernel.sheets.proposing import missing

_ROWS = "rows.json"


def laid_by(request: HttpRequest, token: str) -> SheetGiven:
    """The sheet of this account. Raises ``Refusal`` ``staged-gone``."""
    presence = presence_of(request)
    try:
        held = staged(token, presence.actor.account)
    except Refusal as gone:
        words = "这张表已经录完清掉，或放了超过一天。请再传一次；录过的不会再录。"
        raise Refusal("staged-gone", words) from gone
    if held.use != "progress":
        raise Refusal("staged-gone", "这不是月度进展表。请从“成批报本月进展”重新传。")
    return SheetGiven(held)


def as_of(held: Staged) -> dt.date:
    """The day that the figures are of where their row names none; today where nobody chose."""
    return dt.date.fromisoformat(held.as_of) if held.as_of else today()


def settled_columns(given: SheetGiven) -> dict[int, str] | None:
    """The columns, where no person has to choose them: our own blank, or a layout that was confirmed before."""
    headers = tuple(column.header for column in given.table.columns)
    proposed = {one.column.index: one.field for one in given.proposals if one.field}
    is_known = headers == HEADERS or all(
        one.why.startswith("这样的表头") for one in given.proposals if one.field
    )
    return proposed if is_known and proposed and not missing("progress", proposed) else None


def keep_rows(given: SheetGiven) -> None:
    """Read the rows by the columns chosen and lay them beside the sheet."""
    drafts = progress_drafts(given.table, given.columns, as_of(given.held).year)
    rows = [_plain(draft) for draft in drafts]
    given.held.beside(_ROWS).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def kept_rows(given: SheetGiven) -> list[ProgressDraft]:
    """The rows as they were read. Raises ``Refusal`` before the columns were chosen."""
    if given.held.columns is None:
        raise Refusal("mapping-incomplete", "还没有定各列是什么。请先选好各列。")
    text = given.held.beside(_ROWS).read_text(encoding="utf-8")
    return [_draft(row) for row in json.loads(text)]


def _plain(draft: ProgressDraft) -> list[object]:
    return [
        draft.row,
        draft.cell,
        draft.id,
        draft.title,
        draft.amount,
        draft.unit,
        draft.as_of.isoformat() if draft.as_of else "",
        draft.note,
        {name: str(area) for name, area in draft.areas.items()},
        [[str(fault.area), fault.words] for fault in draft.faults],
    ]


def _draft(row: list[object]) -> ProgressDraft:
    number, cell, key, title, amount, unit, day, note, areas, faults = row
    return ProgressDraft(
        row=number,  # type: ignore[arg-type]
        cell=cell,  # type: ignore[arg-type]
        id=key,  # type: ignore[arg-type]
        title=title,  # type: ignore[arg-type]
        amount=amount,  # type: ignore[arg-type]
        unit=unit,  # type: ignore[arg-type]
        as_of=dt.date.fromisoformat(day) if day else None,  # type: ignore[arg-type]
        note=note,  # type: ignore[arg-type]
        areas={name: Area.named(area) for name, area in areas.items()},  # type: ignore[attr-defined]
        faults=tuple(Fault(Area.named(area), words) for area, words in faults),  # type: ignore[attr-defined]
    )
