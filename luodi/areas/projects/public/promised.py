"""What was promised and what was measured, side by side: when works begin and end, time gone, how much stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.areas.projects.public.rows import RHYTHM_DAYS, Row
from luodi.areas.projects.stages import STARTED
from luodi.pages import days
from luodi.pages.shapes import FigureShown


@dataclass(frozen=True, slots=True)
class Beside:
    """One line: what was promised, what was measured, how they stand to each other; ``event`` says the measured."""

    name: str
    promised: str
    measured: str
    verdict: str
    tone: str = ""
    event: str = ""


def time_gone(since: dt.date | None, until: dt.date | None, day: dt.date) -> int | None:
    """How much of the time from the start of works to their planned end has gone on a day, in percent; ``None`` where unknown.

    >>> time_gone(dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2026, 7, 2))
    50
    """
    if since is None or until is None or until <= since:
        return None
    return max(0, min(100, (day - since).days * 100 // (until - since).days))


def side_by_side(row: Row, begun: str, ended: str) -> list[Beside]:
    """Start, works and completion. ``begun`` and ``ended`` are the events that say when."""
    file = row.file
    return [
        _day_line(gettext("开工"), file.start_planned, file.start_actual, row, begun, is_due=file.stage not in STARTED),
        *_works(row),
        _day_line(
            gettext("竣工"), file.completion_planned, file.completion_actual, row, ended,
            is_due=file.completion_actual is None,
        ),
    ]  # fmt: skip


def standing_figure(row: Row) -> FigureShown:
    """How much of the works stands, with where it is from."""
    if row.report is None:
        words = gettext("还没有两方签过的月报。") if row.file.stage in STARTED else gettext("还没有开工。")
        return FigureShown(gettext("形象进度"), missing=words)
    return FigureShown(
        gettext("形象进度"),
        str(row.report.physical_percent),
        "%",
        f"/e/{row.report_event}",
        basis=gettext("业主月报"),
        as_of=row.report.as_of,
        age_days=row.age,
        rhythm_days=RHYTHM_DAYS,
        signer=gettext("填报人和单位负责人都签过，没有经别的单位核实"),
    )


def _day_line(
    name: str, planned: dt.date | None, actual: dt.date | None, row: Row, event: str, *, is_due: bool
) -> Beside:
    promised = days.full(planned) if planned is not None else gettext("没有说哪天")
    if actual is not None:
        late = (actual - planned).days if planned is not None else 0
        verdict = gettext("晚了%(days)s天") % {"days": late} if late > 0 else gettext("按期")
        return Beside(
            name, promised, days.full(actual), verdict if planned else "", "bad" if late > 0 else "good", event
        )  # fmt: skip
    if planned is None or not is_due:
        return Beside(name, promised, gettext("没有"), "")
    left = (planned - row.day).days
    if left < 0:
        return Beside(
            name, promised, gettext("还没有"), gettext("过了%(days)s天") % {"days": -left}, "bad", event
        )
    return Beside(name, promised, gettext("还没有"), gettext("还有%(days)s天") % {"days": left}, "", event)


def _works(row: Row) -> list[Beside]:
    """Time gone beside works standing: only while works are under way."""
    file = row.file
    if row.report is None or file.completion_actual is not None or file.stage == "suspended":
        return []
    gone = time_gone(file.start_actual, file.completion_planned, row.report.as_of)
    if gone is None:
        return []
    stands = row.report.physical_percent
    behind = gone - stands
    verdict = gettext("工期走得比工程快") if behind > 0 else gettext("工程不比工期慢")
    return [
        Beside(
            gettext("在建"),
            gettext("到%(day)s，工期过了%(share)s%%")
            % {"day": days.words(row.report.as_of), "share": gone},
            gettext("形象进度%(share)s%%") % {"share": stands},
            verdict, "warn" if behind > 15 else "", row.report_event,
        )
    ]  # fmt: skip
