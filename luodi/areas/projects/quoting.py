"""From the statistics bureau's sheet to quotations: what each row would add is shown before, each is quoted once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from luodi.areas.projects.access import visible_to
from luodi.areas.projects.acts.reporting import import_statistics
from luodi.areas.projects.lookups import in_statistics
from luodi.areas.projects.models import LibraryEntry, ProjectFile
from luodi.areas.projects.months import month_of
from luodi.areas.projects.report_models import StatisticalFigure
from luodi.areas.projects.statistics_sheet import FigureDraft
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.addresses import Area
from luodi.kernel.sheets.faults import Fault

KINDS = {
    "new": "新引用",
    "changed": "和以前引用的不同",
    "same": "已经引用过",
    "other": "不在重点项目账上",
    "faulty": "有问题",
}


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A row with what becomes of it. ``before`` is what was quoted for that month in 分."""

    draft: FigureDraft
    kind: str
    file: ProjectFile | None = None
    before: int | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """``made`` is a count; ``faults`` were refused while being quoted, each named by its cell."""

    made: int
    faults: tuple[Fault, ...]


def prepare(drafts: Iterable[FigureDraft], as_of: dt.date, actor: Actor) -> list[QuoteRow]:
    """What each row becomes, in order. A bounded number of queries, however many rows."""
    given = list(drafts)
    files = list(visible_to(actor))
    by_code = {file.project.code: file for file in files if file.project.code}
    by_name: dict[str, list[ProjectFile]] = {}
    for file in files:
        by_name.setdefault(file.project.name, []).append(file)
    entered = set(LibraryEntry.objects.filter(in_statistics(month_of(as_of))).values_list("file", flat=True))
    held = {
        row.file_id: (row.amount, row.as_of)
        for row in StatisticalFigure.objects.filter(month=month_of(as_of)).order_by("id")
    }
    rows, taken = [], dict[str, int]()
    for draft in given:
        row = _row(draft, (by_code, by_name), entered, held, as_of)
        known = row.file if row.kind in ("new", "changed", "same") else None
        if known is not None:
            if known.id in taken:
                words = f"和第{taken[known.id]}行是账上的同一个项目。请只留一行。"
                row = QuoteRow(draft, "faulty", known, faults=(Fault(draft.area("name"), words),))
            else:
                taken[known.id] = draft.row
        rows.append(row)
    return rows


def planned(rows: Iterable[QuoteRow]) -> list[list[Any]]:
    """What is to be quoted, as plain JSON: file, amount, where the row stands, its amount's cell."""
    return [
        [row.file.id, row.draft.amount, row.draft.cell, str(row.draft.area("amount"))]
        for row in rows
        if row.file is not None and row.kind in ("new", "changed")
    ]


def quote(
    rows: Sequence[Sequence[Any]], as_of: dt.date, *, by: Actor, paper: str, source: KeptFile | None
) -> Quoted:
    """Quote rows as they were laid by, each an act of its own; what was quoted meanwhile is passed over."""
    made, refused = 0, []
    for ident, amount, cell, at in rows:
        # the cell is what leads back to the figure, so a long title gives way to it
        words = f"{paper[: 190 - len(cell)]}，{cell}"
        try:
            with transaction.atomic():
                import_statistics(
                    ident, month_of(as_of), amount, by=by, as_of=as_of, paper=words, source=source
                )
            made += 1
        except Refusal as refusal:
            if refusal.code != "quoted-already":
                refused.append(Fault(Area.named(at), refusal.message))
    return Quoted(made, tuple(refused))


def _row(
    draft: FigureDraft,
    known: tuple[Mapping[str, ProjectFile], Mapping[str, list[ProjectFile]]],
    entered: set[str],
    held: Mapping[str, tuple[int, dt.date]],
    as_of: dt.date,
) -> QuoteRow:
    file, wrong = _known(draft, *known)
    faults = (*draft.faults, *wrong)
    if not faults and file is None:
        return QuoteRow(draft, "other")
    if not faults and draft.amount is None:
        faults = (Fault(draft.area("amount"), "没有写当月完成投资。没有完成的写0，没有数的删去这一行。"),)
    if not faults and file is not None and file.id not in entered:
        words = "账上还没有登记纳统，不能引用统计数。请先在项目页登记入库，再传这张表。"
        faults = (Fault(draft.area("name"), words),)
    if faults or file is None:
        return QuoteRow(draft, "faulty", file, faults=faults)
    before = held.get(file.id)
    if before == (draft.amount, as_of):
        return QuoteRow(draft, "same", file, before[0])
    return QuoteRow(draft, "changed" if before else "new", file, before[0] if before else None)


def _known(
    draft: FigureDraft, by_code: Mapping[str, ProjectFile], by_name: Mapping[str, list[ProjectFile]]
) -> tuple[ProjectFile | None, list[Fault]]:
    """The file a row is about: by its code, else by its whole name where that says it."""
    if draft.code and draft.code in by_code:
        return by_code[draft.code], []
    same = by_name.get(draft.name, [])
    if draft.code and any(file.project.code for file in same):
        words = f"账上的“{draft.name[:20]}”代码不一样。请核对项目代码，是同一个就改成账上的代码。"
        return None, [Fault(draft.area("code"), words)]
    if len(same) > 1:
        words = f"账上有{len(same)}个项目叫“{draft.name[:20]}”。请填上项目代码。"
        return None, [Fault(draft.area("name"), words)]
    return (same[0] if same else None), []
