"""What every sheet of the projects' desk goes through: laid by once, held for its sender, its columns chosen by a person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from luodi.desk.first_hour.sheet_given import SheetGiven, first_filled
from luodi.desk.first_hour.staged import Staged, stage, staged
from luodi.desk.first_hour.turns import take_up
from luodi.desk.presence import Presence
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.limits import MOST_BYTES


def laid_by(request: HttpRequest, use: str, opened: type[SheetGiven]) -> Staged:
    """The sheet that was sent, read once. Raises ``Refusal``: ``sheet-missing``, ``sheet-too-large`` and those of reading it."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    given = request.FILES.get("sheet")
    if given is None:
        raise Refusal("sheet-missing", gettext("没有选文件。请先选一个 .xlsx 或 .csv 文件。"))
    if (given.size or 0) > MOST_BYTES:
        words = gettext("文件太大，表格最多5000万字节。请去掉图片后再传。")
        raise Refusal("sheet-too-large", words)
    held = stage(given.read(), given.name or "", use, presence.actor.account)  # type: ignore[arg-type]
    try:
        held.sheet = first_filled(opened(held).book)
    except Refusal:
        held.drop()
        raise
    held.keep()
    return held


def held_of(request: HttpRequest, token: str, use: str, words: str) -> Staged:
    """What this account laid by for a use. Raises ``Refusal`` (``staged-gone``), with these words for a sheet of another use."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
    held = staged(token, presence.actor.account)
    if held.use != use:
        raise Refusal("staged-gone", words)
    return held


def choose_columns(request: HttpRequest, given: SheetGiven) -> dict[int, str]:
    """The fields by column as a person chose them in the form; what waited by other columns is forgotten."""
    names = {each.name for each in given.fields}
    chosen = {
        column.index: name
        for column in given.table.columns
        if (name := request.POST.get(f"column-{column.index}", "")) in names
    }
    given.held.columns = {str(place): name for place, name in chosen.items()}
    take_up(given.held)
    return chosen


def columns_shown(given: SheetGiven) -> tuple[dict[str, Any], str]:
    """What the form of the columns shows, and why there is no table, in words, where there is none."""
    held = given.held
    sheets = [(at, grid.name, grid.is_hidden) for at, grid in enumerate(given.book.sheets) if grid.entries]
    shown: dict[str, Any] = {
        "held": held,
        "sheets": sheets,
        "fields": given.fields,
        "notes": given.book.notes,
    }
    try:
        chosen = held.columns
        rows = [
            (one, chosen.get(str(one.column.index), "") if chosen is not None else one.field)
            for one in given.proposals
        ]
        return shown | {"table": given.table, "columns": rows}, ""
    except Refusal as refusal:
        return shown | {"table": None, "columns": []}, refusal.message
