"""A running clock as a strip of days: which ones count, which pass, where today is, where it ends. The sum says the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.desk.cases.one_case import OneCase
from luodi.kernel.cases.models import CaseClock, Pause
from luodi.kernel.cases.time_kept import deadline_of
from luodi.kernel.clocks.deadline import day_of
from luodi.kernel.clocks.kinds import KINDS
from luodi.pages import days

MOST = 31  # days; a longer strip would say nothing on a phone
ROOMY = 14  # up to here every day has its words
_DAY = dt.timedelta(days=1)
_COUNTS = ("workday", "make_up", "day")


@dataclass(frozen=True, slots=True)
class Cell:
    """One day. ``x``, ``width`` and ``middle`` are percent of the strip, as text; ``fill`` is a class of the style sheet."""

    x: str
    width: str
    middle: str
    fill: str
    anchor: str
    number: str
    under: str
    is_today: bool
    is_due: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """``says`` is what a person hears instead."""

    cells: tuple[Cell, ...]
    says: str


def bar_of(one: OneCase, clock: CaseClock, pauses: list[Pause]) -> Bar | None:
    """The strip of a clock that runs on days; ``None`` for one in hours, one that stopped, and one of more than ``MOST`` days."""
    if clock.stopped_at is not None or (clock.clock and not KINDS[clock.clock].in_days):
        return None
    start = day_of(clock.started_at)
    long = (clock.due_on - start).days + 1
    if not 1 < long <= MOST:
        return None
    why = _whys(clock, pauses, one.day)
    shown = [start + _DAY * number for number in range(long)]
    counted, cells = 0, []
    for number, day in enumerate(shown):
        sort = why.get(day, "") if number else "start"
        counted += sort in _COUNTS
        cells.append(_cell(number, long, day, sort, counted, one.day, clock.due_on))
    told = gettext("从%(start)s到%(due)s，共%(all)s天，其中算数的%(counted)s天。") % {
        "start": days.words(start),
        "due": days.words(clock.due_on),
        "all": long,
        "counted": counted,
    }
    return Bar(tuple(cells), told)


def _whys(clock: CaseClock, pauses: list[Pause], today: dt.date) -> dict[dt.date, str]:
    """Why each day counts or passes, as the sum has it; of a written day, all count that no pause covers."""
    if clock.clock:
        steps = deadline_of(clock, pauses).steps
        return {day: step.why for step in steps for day in _days(day_of(step.first), day_of(step.last))}
    found = dict.fromkeys(_days(day_of(clock.started_at) + _DAY, clock.due_on), "day")
    for pause in pauses:
        last = day_of(pause.until_at) - _DAY if pause.until_at is not None else today
        found |= {day: "suspended" for day in _days(day_of(pause.from_at), last) if day in found}
    return found


def _days(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (first + _DAY * number for number in range((last - first).days + 1))


def _cell(
    number: int, long: int, day: dt.date, sort: str, counted: int, today: dt.date, due: dt.date
) -> Cell:
    share = 100 / long
    is_edge = number == 0 or day == due
    is_told = long <= ROOMY or is_edge or day == today
    near_edge = long > ROOMY and not is_edge and min(number, long - 1 - number) < 4
    return Cell(
        x=f"{number * share:.2f}%",
        width=f"{share * 0.95:.2f}%",
        middle=_middle(number, long, share),
        fill=_fill(sort, day, today),
        anchor="start" if number == 0 else "end" if number == long - 1 else "middle",
        number=str(day.day) if is_told and not near_edge else "",
        under=_under(number, sort, counted, is_due=day == due) if long <= ROOMY or is_edge else "",
        is_today=day == today,
        is_due=day == due,
    )


def _middle(number: int, long: int, share: float) -> str:
    if number == 0:
        return "0%"
    return "100%" if number == long - 1 else f"{(number + 0.475) * share:.2f}%"


def _fill(sort: str, day: dt.date, today: dt.date) -> str:
    if sort == "suspended":
        return "ld-f-vague"
    if sort not in _COUNTS:
        return "ld-f-well"
    return "ld-f-ink" if day <= today else "ld-f-going"


def _under(number: int, sort: str, counted: int, *, is_due: bool) -> str:
    if number == 0:
        return gettext("开始")
    if is_due:
        return gettext("到期")
    if sort == "suspended":
        return gettext("停")
    return gettext("第%(number)s") % {"number": counted} if sort in _COUNTS else gettext("休")
