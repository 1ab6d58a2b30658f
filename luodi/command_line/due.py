"""``bin/luodi due``: when a time limit ends, with every step of the sum. Needs no district and no Django."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from decimal import Decimal, InvalidOperation
from typing import Any

from luodi.command_line.usage import USED_WRONGLY
from luodi.kernel.clocks.deadline import Deadline, Moment, Step, Suspension, day_of
from luodi.kernel.clocks.explaining import line, lines
from luodi.kernel.clocks.kinds import KINDS
from luodi.kernel.clocks.now import SHANGHAI
from luodi.kernel.clocks.office_hours import USUAL, parse
from luodi.kernel.clocks.reckoning import reckon
from luodi.kernel.refusal import Refusal

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def run_due(options: argparse.Namespace) -> int:
    """Print the deadline; what cannot be reckoned with is a wrong use."""
    try:
        _print_due(options)
    except Refusal as refusal:
        print(f"luodi: {refusal.message}({refusal.code})", file=sys.stderr)
        return USED_WRONGLY
    return 0


def _print_due(options: argparse.Namespace) -> None:
    kind = KINDS[options.clock]
    start = _moment("START", options.start)
    if kind.in_days and isinstance(start, dt.datetime):
        start = day_of(start)
    limit = _number("N", options.limit)
    deadline = reckon(
        start,
        limit,
        options.clock,
        suspensions=[_suspension(text) for text in options.suspend],
        extension=_number("--extend", options.extend),
        extend_on_holiday=options.extend_on_holiday,
        hours=_hours(options.hours),
    )
    if options.json:
        print(json.dumps(_as_json(deadline, start), ensure_ascii=False))
    else:
        print("\n".join(lines(start, limit, deadline)))


def _as_json(deadline: Deadline, start: Moment) -> dict[str, Any]:
    return {
        "due": _iso(deadline.due),
        "latest": _iso(deadline.latest),
        "provisional": deadline.is_provisional,
        "clock": deadline.clock,
        "rule": deadline.rule,
        "steps": [_step(step, deadline.clock, start) for step in deadline.steps],
    }


def _step(step: Step, clock: str, start: Moment) -> dict[str, Any]:
    """Lengths and counts are in days, or in minutes for the clocks in hours."""
    return {
        "from": _iso(step.first),
        "to": _iso(step.last),
        "why": step.why,
        "unit": "day" if KINDS[clock].in_days else "minute",
        "length": step.length,
        "counted": step.counted,
        "total": step.total,
        "text": line(step, clock, start),
    }


def _iso(moment: Moment) -> str:
    """ISO 8601; instants in Shanghai's time, written as they are given: without the offset."""
    return f"{moment:%Y-%m-%dT%H:%M}" if isinstance(moment, dt.datetime) else moment.isoformat()


def _moment(name: str, text: str) -> Moment:
    """A day, or an instant; one without an offset is in Shanghai's time. Seconds are cut off."""
    try:
        if _DAY.match(text):
            return _of_the_calendar(dt.date.fromisoformat(text))
        instant = dt.datetime.fromisoformat(text)
    except ValueError as fault:
        raise _wrong(
            "bad-moment", f"{name} 给的是“{text}”，应写成 2026-09-15 或 2026-09-15T09:10（北京时间）。"
        ) from fault
    instant = instant.replace(tzinfo=SHANGHAI) if instant.tzinfo is None else instant.astimezone(SHANGHAI)
    return _of_the_calendar(instant.replace(second=0, microsecond=0))


def _of_the_calendar(moment: Moment) -> Moment:
    if not 1949 < moment.year < 2200:
        raise _wrong("bad-moment", f"年份给的是{moment.year}，应在1950到2199之间。")
    return moment


def _number(name: str, text: str) -> int | Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as fault:
        raise _wrong("bad-limit", f"{name} 给的是“{text}”，应是数字，如 7 或 1.5。") from fault
    if not number.is_finite():
        raise _wrong("bad-limit", f"{name} 给的是“{text}”，应是有限的数字。")
    return int(number) if number == number.to_integral_value() and abs(number) < 10**9 else number


def _suspension(text: str) -> Suspension:
    first, dots, last = text.partition("..")
    if not dots:
        raise _wrong(
            "bad-suspension",
            f"--suspend 给的是“{text}”，应写成 起..止，如 2026-09-18..2026-09-24，两头都算停表。",
        )
    try:
        return Suspension(_moment("--suspend", first), _moment("--suspend", last))
    except ValueError as fault:
        raise _wrong(
            "bad-suspension", f"--suspend 给的是“{text}”：止不能早于起，而且要么都写到日，要么都写到时分。"
        ) from fault


def _hours(text: str) -> Any:
    if not text:
        return USUAL
    try:
        return parse(text)
    except ValueError as fault:
        raise _wrong(
            "bad-hours", f"--hours 给的是“{text}”，应按先后写成 08:30-12:00,13:30-17:30。"
        ) from fault


def _wrong(code: str, message: str) -> Refusal:
    return Refusal(code, message)
