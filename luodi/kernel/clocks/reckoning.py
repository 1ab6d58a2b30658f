"""From a start and a limit to a deadline, on any of the four clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from luodi.kernel.clocks.calendar import Calendar, announced
from luodi.kernel.clocks.day_clock import DayClock
from luodi.kernel.clocks.deadline import Deadline, Moment, Suspension, day_of
from luodi.kernel.clocks.hour_clock import HourClock
from luodi.kernel.clocks.kinds import EXTENDED_RULE, KINDS
from luodi.kernel.clocks.now import SHANGHAI
from luodi.kernel.clocks.office_hours import USUAL, OfficeHours
from luodi.kernel.refusal import Refusal

LONGEST_DAYS = 3_660
LONGEST_HOURS = 24 * LONGEST_DAYS


def reckon(
    start: Moment,
    limit: int | Decimal,
    clock: str,
    *,
    suspensions: Sequence[Suspension] = (),
    extension: int | Decimal = 0,
    extend_on_holiday: bool = False,
    calendar: Calendar | None = None,
    hours: OfficeHours = USUAL,
) -> Deadline:
    """When a limit of ``limit`` days or hours after ``start`` ends.

    ``start`` is a day or an aware instant (day clocks take its day in Shanghai; hour clocks need an instant, and answer in
    Shanghai's time). ``extension`` is what the rule
    allows on top: ``latest`` counts it, ``due`` does not. ``extend_on_holiday``: a last day that is no working day is put off to
    the next one; only ``calendar_day`` can need that. Raises ``Refusal``: ``unknown-clock``, ``bad-limit``, ``no-minute``,
    ``not-whole``, ``beyond-calendar``.
    """
    kind = KINDS.get(clock)
    if kind is None:
        raise Refusal("unknown-clock", f"没有“{clock}”这种计时，可用的：{'、'.join(KINDS)}。")
    for given in (limit, extension):
        _check(given, LONGEST_DAYS if kind.in_days else LONGEST_HOURS, kind.unit)
        if kind.in_days and given != int(given):
            raise Refusal("not-whole", f"按日计的期限要是整数，给的是{given}。")
    calendar = calendar or announced()
    try:
        if kind.in_days:
            days = DayClock(kind, calendar, suspensions)
            return _in_days(days, start, int(limit), int(extension), extend_on_holiday)
        return _in_hours(HourClock(kind, calendar, hours, suspensions), start, limit, extension)
    except OverflowError as fault:
        raise Refusal("beyond-calendar", "算到了公历9999年之后，请核对开始日期、期限和停表时间。") from fault


def _in_days(clock: DayClock, start: Moment, limit: int, extension: int, put_off: bool) -> Deadline:
    began = day_of(start)
    due, steps = clock.count(began, limit)
    latest = clock.count(began, limit + extension)[0] if extension else due
    is_provisional = clock.is_provisional(began, latest)
    rule = clock.kind.rule
    if put_off and not clock.kind.on_workdays:
        rule += "；" + EXTENDED_RULE
        planned, moved = clock.put_off(due)
        steps = [*steps, *(replace(step, total=limit) for step in moved)]
        latest = clock.put_off(latest)[0]
        due = planned
        is_provisional = any(not clock.calendar.is_known(day) for day in (due, latest))
    return Deadline(due, latest, is_provisional, clock.kind.name, rule, tuple(steps))


def _in_hours(clock: HourClock, start: Moment, limit: int | Decimal, extension: int | Decimal) -> Deadline:
    if not isinstance(start, dt.datetime):
        raise Refusal("no-minute", f"按小时计的期限要给出开始的时分，如 {start}T09:10。")
    start = start.astimezone(SHANGHAI)
    due, steps = clock.count(start, _minutes(limit))
    latest = clock.count(start, _minutes(limit + extension))[0] if extension else due
    is_provisional = clock.is_provisional(start, latest)
    return Deadline(due, latest, is_provisional, clock.kind.name, clock.kind.rule, tuple(steps))


def _check(given: int | Decimal, longest: int, unit: str) -> None:
    if not 0 <= given <= longest:
        raise Refusal("bad-limit", f"期限给的是{given}，应在0到{longest:,}{unit}之间。")


def _minutes(hours: int | Decimal) -> int:
    minutes = hours * 60
    if minutes != int(minutes):
        raise Refusal("not-whole", f"期限{hours}小时不是整分钟，请给到分钟的时长。")
    return int(minutes)
