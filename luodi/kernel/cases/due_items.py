"""What is due from whom: the one read table of inbox, tick and leader's screen, written by whoever owns the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from luodi.kernel.cases.lifting import Late, lifts_at
from luodi.kernel.cases.models import Case, CaseClock, DueItem, Duty, Pause
from luodi.kernel.cases.playbook import Playbook
from luodi.kernel.clocks.calendar import announced
from luodi.kernel.clocks.deadline import midnight
from luodi.kernel.clocks.now import day_of, now
from luodi.kernel.ledger.statements import delete, overwrite, upsert
from luodi.kernel.rules.book import RuleBook

_DAY = dt.timedelta(days=1)
NEAR = "case.near"  # the rule that lights amber
LONGEST_PAUSE = "case.pause"  # the rule that limits a suspension
PAUSE = "pause"  # the name of what is due when a suspension is to end


@dataclass(frozen=True, slots=True)
class Lit:
    """A light, and the next instant at which it changes by itself."""

    light: str
    turns_at: dt.datetime | None


def lit(due_at: dt.datetime, at: dt.datetime, workdays: int) -> Lit:
    """Red once the time is up, amber in the last ``workdays`` working days before, else green."""
    if at >= due_at:
        return Lit("red", None)
    amber = amber_from(due_at, workdays)
    return Lit("amber", due_at) if at >= amber else Lit("green", amber)


def amber_from(due_at: dt.datetime, workdays: int) -> dt.datetime:
    """The beginning of the last ``workdays`` working days before the end."""
    day = (due_at - dt.timedelta(microseconds=1)).date()
    calendar, left = announced(), workdays
    while True:
        left -= calendar.is_workday(day)
        if left <= 0:
            return midnight(day)
        day -= dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One row to be: a running clock, or a duty that is open."""

    name: str
    label: str
    started_at: dt.datetime
    due_on: dt.date
    due_at: dt.datetime
    rule: str
    is_provisional: bool = False


def write(
    case: Case,
    playbook: Playbook,
    clocks: Iterable[CaseClock],
    book: RuleBook,
    were: Collection[str],
    *,
    is_paused: bool,
    at: dt.datetime,
) -> None:
    """Bring the rows of one case up to date; a closed case has none. Called inside open actions only.

    ``were``: the clocks that ran before. Rows of duties are not known by name, so where there can be some all are looked at.
    """
    state = playbook.state_named.get(case.state)
    if state is None:
        delete(DueItem, {"subject": case.id})
        return
    wanted = _clocks(clocks, state.says or state.label)
    if is_paused:
        wanted += _pause(case, state.says or state.label, book)
    binds = any(move.effect == "bind" for move in playbook.moves)
    if binds:
        wanted += _duties(case)
    near = int(book.choose(NEAR, on=case.opened_on, facts={"kind": case.kind}).value("workdays"))
    unit, post = _whose(case, state.waits_for)
    rows = []
    for want in wanted:
        is_still = is_paused and want.name != PAUSE
        found = Lit("paused", None) if is_still else lit(want.due_at, at, near)
        lifted = None
        if found.light == "red":
            late = Late(want.name, case.kind, case.state, case.level, want.started_at, want.due_at)
            lifted = lifts_at(late, playbook, book)
        rows.append(
            DueItem(
                subject=case.id,
                name=want.name,
                kind=case.kind,
                label=want.label,
                title=case.title,
                unit_id=unit,
                post_id=post,
                level=case.level,
                started_at=want.started_at,
                due_on=want.due_on,
                due_at=want.due_at,
                light=found.light,
                rule=want.rule,
                turns_at=found.turns_at or lifted,
                is_provisional=want.is_provisional,
                owner_id=case.unit_id,
            )
        )
    if running := [row for row in rows if row.light != "paused"]:
        min(running, key=lambda row: (row.due_at, row.name)).is_first = True
    _write(case.id, rows, None if binds else were)


def _write(subject: str, rows: list[DueItem], were: Collection[str] | None) -> None:
    """Rows that stand are overwritten; one that no longer stands becomes a new one where there is any, else it goes."""
    names = {row.name for row in rows}
    gone = set(were or ()) - names
    if len(gone) == 1:
        fresh = [row for row in rows if row.name not in (were or ())]
        if len(fresh) == len(rows) == 1:
            (row,) = rows
            overwrite(row, {"subject": subject, "name": gone.pop()})
            return
    upsert(rows, ("subject", "name"))
    if were is not None and not gone:
        return
    if rows:
        DueItem.objects.filter(subject=subject).exclude(name__in=names).delete()
    else:
        delete(DueItem, {"subject": subject})


def _clocks(clocks: Iterable[CaseClock], label: str) -> list[_Wanted]:
    return [
        _Wanted(c.name, label, c.started_at, c.due_on, c.due_at, c.rule, c.is_provisional)
        for c in clocks
        if c.stopped_at is None
    ]


def _pause(case: Case, label: str, book: RuleBook) -> list[_Wanted]:
    """The day until which a suspension was to last: then somebody lets the clocks go on, or says why not."""
    held = Pause.objects.filter(case=case, until_at=None, expected_until__isnull=False).order_by("id")
    rule = book.choose(LONGEST_PAUSE, on=day_of(now()), facts={"kind": case.kind}).reference
    return [
        _Wanted(PAUSE, label, p.from_at, p.expected_until, midnight(p.expected_until + _DAY), rule)
        for p in held
        if p.expected_until is not None
    ]


def _duties(case: Case) -> list[_Wanted]:
    """What is agreed for a day is looked after on that day; the free text of the agreement stays with the case."""
    open_ones = Duty.objects.filter(case=case, state="open").select_related("step")
    return [
        _Wanted(d.id, "核对约定的事做了没有", d.step.at, d.due_on, midnight(d.due_on + _DAY), "duty:written")
        for d in open_ones
    ]


def _whose(case: Case, party: str) -> tuple[str, str | None]:
    """The unit, and where it is known the post, that acts next."""
    if party == "doer":
        return case.unit_id, case.post_id
    if party == "verifier" and case.verifier_unit_id is not None:
        return case.verifier_unit_id, None
    return case.office_unit_id, None
