"""What a dispatch meeting has before it as of one day: that day is the only clock, so the same register gives the same pack.

A bounded number of queries, however many projects.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from luodi.areas.projects.access import statistics_for
from luodi.areas.projects.acts.solving import KIND
from luodi.areas.projects.confidence import RATINGS
from luodi.areas.projects.decision_playbook import KIND as DECISION
from luodi.areas.projects.explaining import Said, said_by
from luodi.areas.projects.lookups import ProjectStanding, signed_reports, standings
from luodi.areas.projects.meeting.agenda import (
    Matter,
    behind_matter,
    bottleneck_matter,
    total,
)
from luodi.areas.projects.models import (
    Bottleneck,
    ConfidenceReview,
    LeaderAssignment,
    MeetingDecision,
    ProjectFile,
)
from luodi.areas.projects.months import month_of, plus_months
from luodi.kernel.cases.access import visible_to as visible_cases
from luodi.kernel.clocks.deadline import midnight
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.lookups import on_day
from luodi.kernel.register.models import Post

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearOnBases:
    """By month (1 to 12) in 分: the present plan, what was done, paid and, where it may be read, published."""

    planned: tuple[int, ...]
    done: Mapping[int, int]
    paid: Mapping[int, int]
    published: Mapping[int, int]
    news: dt.date | None


@dataclass(frozen=True, slots=True)
class Brief:
    """One project's page. ``open``: its bottlenecks not solved by the day, ``decided``: what meetings decided, newest first."""

    file: ProjectFile
    standing: ProjectStanding
    year: YearOnBases
    leader: Post | None
    open: tuple[Bottleneck, ...]
    decided: tuple[MeetingDecision, ...]
    matters: tuple[Matter, ...]
    weight: Decimal
    confidence: str
    explained: tuple[Said, ...] = ()


def month_before(day: dt.date) -> dt.date:
    """The last month that is over at the end of a day, as its first day.

    >>> month_before(dt.date(2026, 9, 30)), month_before(dt.date(2026, 9, 29))
    (datetime.date(2026, 9, 1), datetime.date(2026, 8, 1))
    """
    return plus_months(month_of(day + _DAY), -1)


def briefs(
    files: Sequence[ProjectFile], day: dt.date, actor: Actor, *, with_statistics: bool = False
) -> list[Brief]:
    """The projects in the order in which a meeting takes them: what weighs most first, what weighs nothing last."""
    month = month_before(day)
    given = {file.id: file for file in files}
    years = _years(list(given), month, actor, with_statistics=with_statistics)
    leaders = _leaders(list(given), day)
    stuck, decided = open_bottlenecks(list(given), day, actor), decisions_of(list(given), day, actor)
    sure, said = _confidence(list(given), day), said_by(list(given), month, day)
    made = []
    for standing in standings(list(files), month):
        key = standing.file.id
        against = standing.year.current if standing.year is not None else None
        planned = against.version.months if against is not None else (0,) * 12
        year = years[key]
        year = YearOnBases(planned, year.done, year.paid, year.published, year.news)
        matters = _matters(stuck.get(key, []), planned, year.done, month)
        made.append(
            Brief(
                standing.file, standing, year, leaders.get(key), tuple(stuck.get(key, [])), tuple(decided.get(key, [])),
                matters, total(matters, day), sure.get(key, ""), tuple(said.get(key, [])),
            )
        )  # fmt: skip
    return sorted(made, key=lambda each: (-each.weight, each.file.id))


def open_bottlenecks(files: Sequence[str], day: dt.date, actor: Actor) -> dict[str, list[Bottleneck]]:
    """Those that were there on the day and not closed by its end, the highest level and the oldest first. One query."""
    seen = visible_cases(actor).filter(_open_on(day), kind=KIND).values("pk")
    rows = Bottleneck.objects.filter(subject__in=files, found_on__lte=day, case__in=seen)
    found: dict[str, list[Bottleneck]] = defaultdict(list)
    for row in rows.select_related("case__unit", "asked_unit").order_by("-case__level", "found_on", "id"):
        found[row.subject].append(row)
    return found


def decisions_of(files: Sequence[str], day: dt.date, actor: Actor) -> dict[str, list[MeetingDecision]]:
    """What meetings up to a day decided about these projects: all that is open, and all of each one's last meeting. One query."""
    seen = visible_cases(actor).filter(kind=DECISION).values("pk")
    rows = MeetingDecision.objects.filter(subject__in=files, held_on__lte=day, case__in=seen)
    found: dict[str, list[MeetingDecision]] = defaultdict(list)
    for row in rows.select_related("case__unit", "case__post").order_by("-held_on", "due_by", "id"):
        held = found[row.subject]
        if row.case.closed_at is None or not held or row.held_on == max(each.held_on for each in held):
            held.append(row)
    return found


def last_meeting(day: dt.date, actor: Actor) -> list[MeetingDecision]:
    """Everything that the last meeting before or on a day decided, in the order of what is due first. Two queries."""
    seen = visible_cases(actor).filter(kind=DECISION).values("pk")
    rows = MeetingDecision.objects.filter(held_on__lte=day, case__in=seen)
    newest = rows.order_by("-held_on").values_list("held_on", flat=True).first()
    if newest is None:
        return []
    return list(rows.filter(held_on=newest).select_related("case__unit").order_by("due_by", "id"))


def _open_on(day: dt.date) -> Q:
    return Q(opened_on__lte=day) & (Q(closed_at=None) | Q(closed_at__gte=midnight(day + _DAY)))


def _matters(
    stuck: Sequence[Bottleneck], planned: Sequence[int], done: Mapping[int, int], month: dt.date
) -> tuple[Matter, ...]:
    if not stuck:
        late = behind_matter(planned, done, month.year, month.month, "进度落后")
        return (late,) if late is not None else ()
    behind = max(sum(planned[: month.month]) - sum(n for of, n in done.items() if of <= month.month), 0)
    found, lent = [], False
    for row in sorted(stuck, key=lambda each: (each.found_on, each.id)):
        # what the project is behind stands for one bottleneck only: splitting one in two makes nothing heavier
        is_untold = not row.impact_wan
        may = behind if is_untold and not lent else 0
        lent = lent or is_untold
        found.append(
            bottleneck_matter(
                row.case.title or row.case.number, row.found_on,
                impact_wan=row.impact_wan, impact_people=row.impact_people, behind=may,
            )
        )  # fmt: skip
    return tuple(found)


def _years(
    files: Sequence[str], month: dt.date, actor: Actor, *, with_statistics: bool
) -> dict[str, YearOnBases]:
    reports = signed_reports(files, month)
    published: dict[str, dict[int, int]] = defaultdict(dict)
    if with_statistics:
        first = month.replace(month=1)
        rows = statistics_for(actor).filter(file__in=files, month__gte=first, month__lte=month)
        for key, of, amount in rows.values_list("file", "month", "amount"):
            published[key][of.month] = amount
    found = {}
    for key in files:
        told = reports.get(key, {})
        of_year = {of.month: report for of, report in told.items() if of.year == month.year}
        found[key] = YearOnBases(
            (0,) * 12,
            {of: report.done for of, report in of_year.items()},
            {of: report.paid for of, report in of_year.items() if report.paid is not None},
            published.get(key, {}),
            max((report.as_of for report in told.values()), default=None),
        )
    return found


def _leaders(files: Sequence[str], day: dt.date) -> dict[str, Post]:
    held = LeaderAssignment.objects.filter(on_day(day), file__in=files).select_related("post__unit")
    return {row.file_id: row.post for row in held.order_by("since", "id")}


def _confidence(files: Sequence[str], day: dt.date) -> dict[str, str]:
    rows = (
        ConfidenceReview.objects.filter(file__in=files, on__lte=day)
        .select_related("unit_of")
        .order_by("on", "id")
    )
    words = {str(rating): text for rating, text in RATINGS.items()}
    return {
        row.file_id: f"{words[row.rating]}（{row.unit_of.name}，{row.on.year}年{row.on.month}月{row.on.day}日）"
        for row in rows
    }
