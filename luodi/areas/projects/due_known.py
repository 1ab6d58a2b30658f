"""What is due of projects rests on this: read at once, a bounded number of queries however many projects."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Max

from luodi.areas.projects.models import (
    Explanation,
    LeaderAssignment,
    LibraryEntry,
    PlanVersion,
    ProjectFile,
    Visit,
)
from luodi.areas.projects.months import month_of, plus_months
from luodi.areas.projects.report_models import MonthlyReport
from luodi.kernel.register.lookups import on_day

BEFORE_WORKS = ("conceived", "reserved", "preparing")
WORKS = ("newly_started", "under_construction")  # stages in which months are reported and leaders come


@dataclass(slots=True)
class Known:
    """By the ids of files. ``months``: the month to be reported next, ``states`` that of its newest version, empty without one.

    ``visited``: by file and post, the last visit. ``waiting``: explanations that nobody has judged, ``offices`` the unit that
    planned such a project last, which is the office that runs it. ``remedies``: of each matter the newest explanation that was
    not turned down, with the day by which what it says is to be done, where it is not yet.
    """

    months: Mapping[str, dt.date] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    led: Mapping[str, LeaderAssignment] = field(default_factory=dict)
    visited: Mapping[tuple[str, str], dt.date] = field(default_factory=dict)
    waiting: Mapping[str, Sequence[Explanation]] = field(default_factory=dict)
    offices: Mapping[str, str] = field(default_factory=dict)
    remedies: Mapping[str, Sequence[tuple[Explanation, dt.date]]] = field(default_factory=dict)


def know_months(known: Known, files: Sequence[ProjectFile]) -> None:
    """Which month of each is to be reported next, and what there is of it. Two queries."""
    at_work = [file for file in files if file.stage in WORKS]
    if not at_work:
        return
    signed = MonthlyReport.objects.filter(file__in=[file.id for file in at_work], state="signed")
    last = dict(signed.order_by().values_list("file").annotate(last=Max("month")))
    known.months = {
        file.id: plus_months(last[file.id], 1) if file.id in last else first_month(file) for file in at_work
    }
    of_months = MonthlyReport.objects.filter(
        file__in=list(known.months), month__in=set(known.months.values())
    )
    rows = of_months.order_by("version").values_list("file", "month", "state")
    known.states = {file: state for file, month, state in rows if known.months[file] == month}


def know_leaders(known: Known, files: Sequence[ProjectFile], day: dt.date) -> None:
    """Who leads each on a day, and when each post was there last. Two queries.

    A hand-over that was entered for a day to come leaves the visit with whoever leads until then.
    """
    at_work = [file.id for file in files if file.stage in WORKS]
    held = LeaderAssignment.objects.filter(on_day(day), file__in=at_work).select_related("post")
    known.led = {row.file_id: row for row in held.order_by("since")} if at_work else {}
    if known.led:
        made = Visit.objects.filter(
            file__in=list(known.led), post__in={row.post_id for row in known.led.values()}
        )
        rows = made.order_by().values_list("file", "post").annotate(last=Max("made_on"))
        known.visited = {(file, post): last for file, post, last in rows}


def know_explanations(known: Known, files: Sequence[ProjectFile], day: dt.date) -> None:
    """What waits for the office's word, and what the doing side said it would do and has still to. At most three queries.

    Works that have begun, or a project that statistics took in, are remedied by that.
    """
    keys = {file.id: file.stage for file in files if file.stage != "removed"}
    rows = Explanation.objects.filter(file__in=list(keys)).exclude(accepted=False)
    newest: dict[tuple[str, str], Explanation] = {}
    waiting: dict[str, list[Explanation]] = defaultdict(list)
    for row in rows.select_related("post").defer("text", "remedy").order_by("id"):
        newest[row.file_id, row.matter] = row
        if row.accepted is None:
            waiting[row.file_id].append(row)
    known.waiting = waiting
    if waiting:
        planned = PlanVersion.objects.filter(file__in=list(waiting)).order_by("id")
        known.offices = dict(planned.values_list("file", "post__unit"))
    left = [(row, row.until) for row in newest.values() if row.until is not None and row.remedied_on is None]
    captured = _captured([row.file_id for row, _ in left if row.matter == "statistics"], day)
    remedies: dict[str, list[tuple[Explanation, dt.date]]] = defaultdict(list)
    for row, until in left:
        is_begun = row.matter == "start" and keys[row.file_id] not in BEFORE_WORKS
        if not is_begun and not (row.matter == "statistics" and row.file_id in captured):
            remedies[row.file_id].append((row, until))
    known.remedies = remedies


def first_month(file: ProjectFile) -> dt.date:
    """The month that a project reports first."""
    return month_of(max(file.start_actual or file.stage_since, file.opened_on))


def _captured(files: Collection[str], day: dt.date) -> set[str]:
    if not files:
        return set()
    rows = LibraryEntry.objects.filter(on_day(day), file__in=files, meaning="statistical")
    return set(rows.values_list("file", flat=True))
