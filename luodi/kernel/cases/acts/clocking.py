"""What a move does to the clocks of a case: start, stop, pause, extend and reckon anew. Called inside open actions only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from luodi.kernel.cases.acts.effects import Answers, detail_fields
from luodi.kernel.cases.models import Case, CaseClock, Pause
from luodi.kernel.cases.playbook import Clock, Move, Playbook
from luodi.kernel.cases.registry import Kind
from luodi.kernel.cases.running import turn
from luodi.kernel.cases.time_kept import begun, go_on, reckon_anew, rewrite, running_of
from luodi.kernel.clocks.now import day_of
from luodi.kernel.ledger.action import Action
from luodi.kernel.ledger.prepared import Prepared
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.rule import Rule

_CLOCKS = Prepared(lambda case: CaseClock.objects.filter(case=case).order_by("id"), str)


@dataclass(frozen=True, slots=True)
class Turn:
    """A case goes from one place (empty where it begins) to another by a move; ``pauses`` are all of the case's."""

    playbook: Playbook
    move: Move
    given: Answers
    old: str
    new: str
    pauses: list[Pause]

    @property
    def goes_on(self) -> bool:
        """Whether a suspension ends with it."""
        suspended = self.playbook.suspended()
        return self.old in suspended and self.new not in suspended

    @property
    def is_paused(self) -> bool:
        """Whether its time stands still from now on."""
        return self.new in self.playbook.suspended()


def turn_clocks(
    act: Action, case: Case, kind: Kind, made: Turn, book: RuleBook
) -> tuple[list[CaseClock], set[str]]:
    """Write what changes; gives the clocks as they are then, and the names of those that ran before.

    Raises ``Refusal``: ``no-extension``, ``not-later``.
    """
    held = {clock.name: clock for clock in _CLOCKS.rows(case.id)} if made.old else {}
    were = {name for name, row in held.items() if row.stopped_at is None}
    if made.goes_on:
        act.change(next(p for p in reversed(made.pauses) if p.until_at is None), until_at=act.at)
    after = turn(made.playbook, running_of(held.values(), made.pauses), made.old, made.new, act.at)
    written = []
    for clock in made.playbook.clocks:
        told, row = after.get(clock.name), held.get(clock.name)
        if told is None:
            continue
        if row is None or told.started != row.started_at:
            from_day = made.given.get(clock.from_day)
            limit = _limit(case, kind, clock, made.given, from_day or day_of(act.at), book)
            fresh = begun(case, clock, told.started, *limit, from_day)
            fresh.id = row.id if row is not None else fresh.id
            held[clock.name] = fresh
        elif row.stopped_at != told.stopped or made.goes_on or made.move.effect == "extend":
            _go_on_or_stop(row, clock, told.stopped, made)
        else:
            continue
        written.append(held[clock.name])
    # the case is locked, and whoever writes its clocks locks it first
    act.put_all(written)
    return list(held.values()), were


def dues(clocks: Iterable[CaseClock], *, is_paused: bool) -> dict[str, Any]:
    """The earliest end of what runs; while paused there is none."""
    running = [] if is_paused else [clock for clock in clocks if clock.stopped_at is None]
    return {
        "planned_due": min((clock.due_on for clock in running), default=None),
        "latest_due": min((clock.latest_on for clock in running), default=None),
    }


def _go_on_or_stop(row: CaseClock, clock: Clock, stopped: dt.datetime | None, made: Turn) -> None:
    mine = [p for p in made.pauses if p.from_at >= row.started_at]
    if made.goes_on and row.stopped_at is None and mine:
        go_on(row, mine, mine[-1])
    row.stopped_at = stopped
    if made.move.effect == "extend" and stopped is None and made.new in clock.runs_in:
        _extend(row, made.given, mine)


def _limit(
    case: Case, kind: Kind, clock: Clock, given: Answers, day: dt.date, book: RuleBook
) -> tuple[Rule | None, dt.date | None]:
    """The rule of the case's own day, kind and level; or the day that was written, now or before."""
    written = clock.written
    if clock.rule:
        facts = {"kind": case.kind, "level": str(case.level), "channel": case.channel}
        return book.choose(clock.rule, on=day, facts=facts), None
    if given.get(written) is not None:
        return None, given[written]
    if kind.details is not None and written in detail_fields(kind):
        return None, getattr(kind.details._default_manager.get(case=case), written)
    return None, None


def _extend(row: CaseClock, given: Answers, pauses: list[Pause]) -> None:
    """A rule grants what it allows, once; a written day is written anew."""
    if row.clock:
        if row.granted >= row.extension:
            raise Refusal("no-extension", f"按{row.citation}，这个期限不能再延。")
        row.granted = row.extension
        reckon_anew(row, pauses)
        return
    day = next((value for value in given.values() if isinstance(value, dt.date)), None)
    if day is None or day <= row.due_on:
        raise Refusal("not-later", f"延期要写明延到哪一天，应晚于现在的期限{row.due_on}。")
    rewrite(row, day)
