"""A month's sheet, row by row: what would change, what is in already, what is not ours, what is wrong; then the good rows go in.

Sent twice, nothing is twice: a row that says what was reported last is in already, and each row is asked again under lock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from luodi.desk.promises.month_promises import (
    MonthPromise,
    by_title,
    month_promises,
    others_known,
    others_titled,
)
from luodi.desk.promises.reach import Reach
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.goals import RATES, amount, possible
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.commitments.states import WORDS
from luodi.kernel.ids import is_id
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.addresses import Area
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.progress_rows import ProgressDraft, plain_title
from luodi.pages.promise_words import amount_words

KINDS = ("faulty", "good", "same", "open", "other")
_LONG_AGO = 366  # days
_FAR = 10  # times the target


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A row with what it becomes. ``number`` and ``unit`` as they would be kept; ``kind`` is one of ``KINDS``."""

    draft: ProgressDraft
    kind: str
    promise: MonthPromise | None = None
    number: str = ""
    unit: str = ""
    as_of: dt.date | None = None
    faults: tuple[Fault, ...] = ()
    note: str = ""

    @property
    def before(self) -> str:
        """What was reported last, in words."""
        if self.promise is None or not self.promise.last_number:
            return ""
        return amount_words(self.promise.last_number, self.promise.last_unit)

    @property
    def after(self) -> str:
        """What would be reported, in words."""
        return amount_words(self.number, self.unit) if self.number else ""


@dataclass(frozen=True, slots=True)
class Entered:
    """``faults`` are rows refused while being entered; ``cells`` where each report came from, by its id."""

    faults: tuple[Fault, ...]
    cells: dict[str, str]


def prepare(drafts: Iterable[ProgressDraft], reach: Reach, as_of: dt.date, day: dt.date) -> list[MonthRow]:
    """What each row becomes. ``as_of`` is the day of figures whose row names none, ``day`` today."""
    given = list(drafts)
    promises = month_promises(reach)
    titles = by_title(promises)
    unknown = [d for d in given if _mine(d, promises, titles) is None]
    known = others_known([d.id for d in unknown if is_id(d.id, Commitment.LETTER)])
    named = others_titled([d.title for d in unknown if d.title and d.id not in known])
    seen: dict[str, int] = {}
    rows = []
    for draft in given:
        mine = _mine(draft, promises, titles)
        if mine is None:
            rows.append(_not_mine(draft, known, named))
        elif len(mine) > 1:
            words = f"名称是“{_short(draft.title)}”的承诺有{len(mine)}件。请在“承诺编号”一列填上是哪一件。"
            rows.append(_faulty(draft, [Fault(draft.area("title"), words)]))
        else:
            rows.append(_row(draft, promises[mine[0]], as_of, day, seen))
    return rows


def planned(rows: Iterable[MonthRow]) -> list[list[str]]:
    """The good rows as they are laid by to be entered."""
    return [_plain(row) for row in rows if row.kind == "good"]


def enter(rows: Iterable[Sequence[str]], *, by: Actor) -> Entered:
    """Report rows as they were laid by: one transaction, an event each. Raises ``Refusal`` for a post that may not act."""
    faults: list[Fault] = []
    cells: dict[str, str] = {}
    given = list(rows)
    reports = [
        actions.Progress(key, dt.date.fromisoformat(day), number, unit, note, seen)
        for key, day, number, unit, note, seen, _, _ in given
    ]
    for (*_, cell, area), became in zip(given, actions.report_many(reports, by=by), strict=True):
        if isinstance(became, Refusal):
            faults.append(Fault(Area.named(area), became.message))
        elif became is not None:
            cells[became.id] = cell
    return Entered(tuple(faults), cells)


def counts_of(rows: list[MonthRow]) -> dict[str, int]:
    """How many rows there are of each kind."""
    counts = dict.fromkeys(KINDS, 0)
    for row in rows:
        counts[row.kind] += 1
    return counts


def _plain(row: MonthRow) -> list[str]:
    if row.promise is None or row.as_of is None:
        raise ValueError(f"row {row.draft.row} is not good")
    promise, draft = row.promise, row.draft
    said = [promise.id, row.as_of.isoformat(), row.number, row.unit, draft.note, promise.last_report]
    return [*said, draft.cell, str(draft.area("amount"))]


def _mine(
    draft: ProgressDraft, promises: dict[str, MonthPromise], titles: dict[str, list[str]]
) -> list[str] | None:
    """The ids of own promises that a row names, by id or else by title; ``None`` where it names none."""
    if draft.id:
        return [draft.id] if draft.id in promises else None
    return titles.get(plain_title(draft.title)) if draft.title else None


def _not_mine(draft: ProgressDraft, known: set[str], named: set[str]) -> MonthRow:
    if draft.id in known or (not draft.id and plain_title(draft.title) in named):
        return MonthRow(draft, "other")
    if draft.is_open:
        return MonthRow(draft, "open")
    if draft.id:
        words = f"没有编号为“{_short(draft.id)}”的承诺。请从空表里抄编号，或删去编号、写全名称。"
        return _faulty(draft, [Fault(draft.area("id"), words)])
    words = (
        f"没有找到“{_short(draft.title)}”这件承诺。请填上承诺编号，或把名称写得和登记的一样。"
        if draft.title
        else "没有写是哪件承诺。请填上承诺编号或名称。"
    )
    return _faulty(draft, [Fault(draft.area("title"), words)])


def _row(
    draft: ProgressDraft, promise: MonthPromise, as_of: dt.date, day: dt.date, seen: dict[str, int]
) -> MonthRow:
    if draft.is_open:
        return MonthRow(draft, "open", promise)
    faults = list(draft.faults)
    at = draft.as_of or as_of
    number, unit = _quantity(draft, promise, faults)
    if promise.id in seen:
        words = f"这件承诺在第{seen[promise.id]}行已经有了。请只留一行。"
        faults.append(Fault(draft.area("title"), words))
    seen.setdefault(promise.id, draft.row)
    if not faults and _is_in(promise, number, unit, at, draft.note):
        return MonthRow(draft, "same", promise, number, unit, at)
    faults += _of_the_day(draft, promise, at, day)
    if not faults and not draft.note and _is_less(promise, number, unit):
        before = amount_words(promise.last_number, promise.last_unit)
        words = (
            f"“{amount_words(number, unit)}”比上次报的{before}少。完成数写从头累计的，不写本月新增的。"
            "确实要往下改的，请在“进展说明”一列写明原因。"
        )
        faults.append(Fault(draft.area("amount"), words))
    if faults:
        return _faulty(draft, faults, promise)
    return MonthRow(draft, "good", promise, number, unit, at, note=_notice(promise, number, unit, at, day))


def _quantity(draft: ProgressDraft, promise: MonthPromise, faults: list[Fault]) -> tuple[str, str]:
    """The quantity as it would be kept; what does not fit goes into ``faults``."""
    if not draft.amount:
        if promise.number and draft.note and not draft.faults:
            words = f"目标按“{promise.unit}”计，要写做到了多少{promise.unit}。只写说明的不能录。"
            faults.append(Fault(draft.area("amount"), words))
        return "", ""
    if not draft.unit and not promise.number:
        words = f"这件承诺没有数量目标，“{draft.amount}”没有单位。请写成 {draft.amount}% 这样，或只写说明。"
        faults.append(Fault(draft.area("amount"), words))
        return "", ""
    try:
        number, unit = amount(draft.amount, draft.unit or promise.unit)
    except Refusal as refusal:
        faults.append(Fault(draft.area("amount"), refusal.message))
        return "", ""
    if promise.number and unit != promise.unit:
        words = f"目标按“{promise.unit}”计，这里是“{draft.unit}”，两样不能比。请按{promise.unit}写。"
        faults.append(Fault(draft.area("amount"), words))
        return number, unit
    try:
        possible(number, unit, bool(promise.number))
    except Refusal as refusal:
        faults.append(Fault(draft.area("amount"), refusal.message))
    return number, unit


def _of_the_day(draft: ProgressDraft, promise: MonthPromise, at: dt.date, day: dt.date) -> list[Fault]:
    """What is wrong with state and day."""
    faults = []
    if promise.state != "open":
        words = f"这件承诺现在是“{WORDS[promise.state]}”，不能再报进展。请清空这一行的完成数和说明。"
        faults.append(Fault(draft.area("amount"), words))
    if at > day:
        faults.append(Fault(draft.area("as_of"), f"截至日{at}还没有到。最晚可以填今天（{day}）。"))
    elif promise.last_as_of is not None and at < promise.last_as_of:
        words = (
            f"上一次报的是截至{promise.last_as_of}的数，这一行是截至{at}的，更旧。请改截至日，或清空这一行。"
        )
        faults.append(Fault(draft.area("as_of"), words))
    return faults


def _is_in(promise: MonthPromise, number: str, unit: str, at: dt.date, note: str) -> bool:
    """Whether the last report says just this."""
    same = (promise.last_number, promise.last_as_of) == (number, at)
    return (
        bool(promise.last_report)
        and same
        and (not number or promise.last_unit == unit)
        and note in ("", promise.last_note)
    )


def _is_less(promise: MonthPromise, number: str, unit: str) -> bool:
    """Whether what only grows is less than last time; rates and what is to stay below a limit go up and down."""
    grows = promise.approx != "at_most" and unit not in RATES
    last = promise.last_number if promise.last_unit == unit else ""
    return bool(grows and number and last) and Decimal(number) < Decimal(last)


def _notice(promise: MonthPromise, number: str, unit: str, at: dt.date, day: dt.date) -> str:
    """What whoever looks the rows over should see: it can be, and is seldom right."""
    if (day - at).days > _LONG_AGO:
        return gettext("截至日是一年多以前")
    if not number:
        return ""
    if _is_less(promise, number, unit):
        return gettext("比上次少")
    if promise.unit != unit or not promise.number:
        return ""
    value, target = Decimal(number), Decimal(promise.number)
    if value == target:
        return gettext("和目标一字不差")
    if unit == "%" and 0 < value <= 1 < target:
        return gettext("不到1%，是不是把85%写成了0.85")
    if promise.approx != "at_most" and 0 < target * _FAR < value:
        return gettext("超过目标的10倍，是不是单位不对")
    return ""


def _faulty(draft: ProgressDraft, faults: list[Fault], promise: MonthPromise | None = None) -> MonthRow:
    return MonthRow(draft, "faulty", promise, faults=tuple(dict.fromkeys([*draft.faults, *faults])))


def _short(text: str) -> str:
    text = text.replace("\n", "")
    return text if len(text) <= 20 else text[:19] + "…"
