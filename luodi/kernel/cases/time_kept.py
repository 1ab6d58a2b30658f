"""The clocks of a case as rows: started by rule, stopped, paused and reckoned anew, together with what is due from whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from luodi.kernel.cases.models import Case, CaseClock, Pause
from luodi.kernel.cases.playbook import Clock
from luodi.kernel.cases.running import Running
from luodi.kernel.clocks.deadline import Deadline, Moment, Suspension, day_of, midnight
from luodi.kernel.clocks.kinds import KINDS
from luodi.kernel.clocks.reckoning import reckon
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.rule import Rule

WRITTEN = "写明的日子"


def running_of(clocks: Iterable[CaseClock], pauses: Sequence[Pause]) -> dict[str, Running]:
    """The clocks as the playbook's arithmetic sees them."""
    return {
        clock.name: Running(
            clock.name,
            clock.started_at,
            tuple((p.from_at, p.until_at) for p in pauses if p.from_at >= clock.started_at),
            clock.stopped_at,
        )
        for clock in clocks
    }


def begun(
    case: Case,
    clock: Clock,
    at: dt.datetime,
    rule: Rule | None,
    written: dt.date | None,
    from_day: dt.date | None,
) -> CaseClock:
    """A new clock of a case: by the rule of its first day, or until the day that was written; from now or ``from_day`` on.

    Raises ``Refusal``: ``day-passed`` for a written day before it begins, ``day-to-come`` for a beginning after today.
    """
    if from_day is not None and from_day > day_of(at):
        raise Refusal(
            "day-to-come", f"起算的日子写的是{from_day}，还没有到。最晚可以填今天（{day_of(at)}）。"
        )
    made = CaseClock(case=case, name=clock.name, started_at=at if from_day is None else midnight(from_day))
    if rule is None:
        if written is None:
            raise ValueError(f"clock {clock.name!r} is given neither a rule nor a day")
        made.rule, made.citation = f"{clock.name}:written", WRITTEN
        rewrite(made, written)
        return made
    made.rule, made.citation = rule.reference, rule.citation
    made.clock, made.limit = rule.clock, rule.limit
    made.extension, made.extend_on_holiday = rule.extension, rule.extend_on_holiday
    reckon_anew(made, ())
    return made


def rewrite(clock: CaseClock, day: dt.date) -> None:
    """Set the day that was written. Raises ``Refusal`` (``day-passed``)."""
    if day < day_of(clock.started_at):
        raise Refusal("day-passed", f"期限写的是{day}，比开始的日子（{day_of(clock.started_at)}）还早。")
    clock.due_on = clock.latest_on = day
    clock.due_at = clock.latest_at = end_of(day)


def reckon_anew(clock: CaseClock, pauses: Iterable[Pause]) -> None:
    """Reckon the end of a clock that runs by rule, with these pauses and what was granted."""
    told = deadline_of(clock, pauses)
    clock.due_on, clock.due_at = day_of(told.due), end_of(told.due)
    clock.latest_on, clock.latest_at = day_of(told.latest), end_of(told.latest)
    clock.is_provisional = told.is_provisional


def go_on(clock: CaseClock, pauses: Sequence[Pause], last: Pause) -> None:
    """After ``last`` was closed: a rule is reckoned with all pauses, a written day moves on by the days this one took."""
    if clock.clock:
        reckon_anew(clock, pauses)
    elif last.until_at is not None:
        rewrite(clock, clock.due_on + (day_of(last.until_at) - day_of(last.from_at)))


def deadline_of(clock: CaseClock, pauses: Iterable[Pause]) -> Deadline:
    """The sum of a clock that runs by rule, with every step: what its page explains."""
    return reckon(
        clock.started_at,
        (clock.limit or 0) + clock.granted,
        clock.clock,
        suspensions=[
            _suspension(clock.clock, p.from_at, p.until_at) for p in pauses if p.until_at is not None
        ],
        extension=clock.extension - clock.granted,
        extend_on_holiday=clock.extend_on_holiday,
    )


def end_of(moment: Moment) -> dt.datetime:
    """The instant at which time is up: 24:00 of a day."""
    return moment if isinstance(moment, dt.datetime) else midnight(moment + dt.timedelta(days=1))


def _suspension(clock: str, start: dt.datetime, end: dt.datetime) -> Suspension:
    """Clocks that count days leave out both days of a suspension; those in hours the very minutes."""
    return Suspension(day_of(start), day_of(end)) if KINDS[clock].in_days else Suspension(start, end)
