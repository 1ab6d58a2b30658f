"""Questions to the project ledger: plans, months on three bases, lights, who is late, whom a leader owes a visit.

Whatever is asked of many projects is asked at once: a bounded number of queries, however many there are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery, Sum

from luodi.areas.projects.indicators import Counted, YearStanding, needs_explanation, standing
from luodi.areas.projects.lights import Light, lights_by, rules_on
from luodi.areas.projects.models import (
    Explanation,
    LeaderAssignment,
    LibraryEntry,
    PlanVersion,
    ProjectFile,
    Visit,
)
from luodi.areas.projects.months import last_day_of, plus_months
from luodi.areas.projects.plan import Plan
from luodi.areas.projects.reckoning import UNLIT, began, facts_of
from luodi.areas.projects.report_models import MonthlyReport, StatisticalFigure
from luodi.kernel.register.lookups import on_day
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.lookups import rulebook


@dataclass(frozen=True, slots=True)
class MonthTold:
    """One month on three bases, in 分; ``None`` where nobody told. ``as_of`` is the report's day."""

    month: dt.date
    done: int | None
    paid: int | None
    statistical: int | None
    physical: int | None
    as_of: dt.date | None
    report: str = ""


@dataclass(frozen=True, slots=True)
class ProjectStanding:
    """Where a project stands at the end of a month. ``year`` is empty without a plan; the worst light comes first."""

    file: ProjectFile
    month: dt.date
    year: YearStanding | None
    done_since_start: int
    lights: tuple[Light, ...]
    explain: tuple[str, ...]
    told: MonthTold | None

    @property
    def light(self) -> Light | None:
        """The light that the project shows."""
        return self.lights[0] if self.lights else None


def plan_of(file: ProjectFile | str, year: int) -> Plan | None:
    """The plan of a year with all its versions; ``None`` where there is none."""
    rows = PlanVersion.objects.filter(file=file, year=year).order_by("version")
    versions = tuple(row.as_version() for row in rows)
    return Plan(year, versions) if versions else None


def plans_of(files: Iterable[ProjectFile | str], year: int) -> dict[str, Plan]:
    """The plans of a year by project. One query."""
    found: dict[str, list[PlanVersion]] = defaultdict(list)
    for row in PlanVersion.objects.filter(file__in=list(files), year=year).order_by("file", "version"):
        found[row.file_id].append(row)
    return {key: Plan(year, tuple(row.as_version() for row in rows)) for key, rows in found.items()}


def signed_reports(
    files: Iterable[ProjectFile | str], until: dt.date, since: dt.date = dt.date.min
) -> dict[str, dict[dt.date, MonthlyReport]]:
    """For each project and month from ``since`` to ``until`` the report that counts: the newest version that both have signed.

    One query. Without ``since`` it reads every month there ever was: for one project, or for findings that need them all.
    """
    found: dict[str, dict[dt.date, MonthlyReport]] = defaultdict(dict)
    rows = MonthlyReport.objects.filter(file__in=list(files), state="signed", month__lte=until)
    rows = rows.filter(month__gte=since) if since > dt.date.min else rows
    # texts of reports are long and personal: no figure needs them
    for row in rows.defer("physical_text", "reason").order_by("file", "month", "version"):
        found[row.file_id][row.month] = row
    return found


def in_statistics(month: dt.date) -> Q:
    """The condition that an entry of a library says that statistics took a project in, and not out before a month began."""
    return Q(meaning="statistical") & (Q(until=None) | Q(until__gte=month))


def months_of(file: ProjectFile | str, until: dt.date) -> list[MonthTold]:
    """Every month for which there is a figure on any basis, in order. Two queries."""
    key = file if isinstance(file, str) else file.id
    reports = signed_reports([key], until).get(key, {})
    quoted = {
        row.month: row.amount
        for row in StatisticalFigure.objects.filter(file=key, month__lte=until).order_by("id")
    }
    return [_told(month, reports.get(month), quoted.get(month)) for month in sorted({*reports, *quoted})]


def standings(
    files: Sequence[ProjectFile], month: dt.date, *, scheme: str = "", book: RuleBook | None = None
) -> list[ProjectStanding]:
    """Where projects stand at the end of a month, in the order given. Seven queries, however many projects and months."""
    given = book or rulebook()
    day = last_day_of(month)
    keys = [file.id for file in files]
    january = month.replace(month=1)
    plans, reports = plans_of(keys, month.year), signed_reports(keys, month, january)
    earlier = _done_before(keys, january)
    captured, excused = _captured(keys, day), _excused(keys, month)
    quoted = {
        row.file_id: row.amount
        for row in StatisticalFigure.objects.filter(file__in=keys, month=month).order_by("id")
    }
    rules = rules_on(given, day, scheme)
    found = []
    for file in files:
        told = reports.get(file.id, {})
        year = _year(plans.get(file.id), told, month)
        done = file.done_before + earlier.get(file.id, 0) + sum(report.done for report in told.values())
        progress = year.current if year is not None else None
        facts = facts_of(file, day, progress, captured.get(file.id), excused.get(file.id, frozenset()))
        lit = () if file.stage in UNLIT else tuple(lights_by(facts, rules))
        why = tuple(needs_explanation(year, done, file.total_investment))
        last = (
            _told(month, told.get(month), quoted.get(file.id)) if month in told or file.id in quoted else None
        )
        found.append(ProjectStanding(file, month, year, done, lit, why, last))
    return found


def counted(found: Iterable[ProjectStanding]) -> list[Counted]:
    """Standings as totals count them."""
    rows = list(found)
    captured = _captured(
        [row.file.id for row in rows], max((last_day_of(r.month) for r in rows), default=dt.date.min)
    )
    return [
        Counted(
            row.file.id,
            frozenset(row.file.levels.split()),
            row.file.stage,
            row.year.current.done if row.year is not None else 0,
            row.year.current.version.annual if row.year is not None else 0,
            row.file.start_planned,
            row.file.is_eligible,
            row.file.id in captured,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Late:
    """A project whose month is not signed though its day is over; ``state`` is what there is of it."""

    file: ProjectFile
    month: dt.date
    state: str
    days: int


def due_day(month: dt.date, book: RuleBook | None = None) -> dt.date:
    """The last day for a month's report, by the rule in force then."""
    following = plus_months(month, 1)
    rule = (book or rulebook()).choose("projects.report", on=following)
    return following.replace(day=int(rule.value("day")))


def late_reports(files: Sequence[ProjectFile], month: dt.date, day: dt.date) -> list[Late]:
    """Who has not reported a month by its day, the longest open first. Two queries. Works must have begun and not be over."""
    due = due_day(month)
    if day <= due:
        return []
    states = dict(
        MonthlyReport.objects.filter(file__in=files, month=month)
        .order_by("version")
        .values_list("file", "state")
    )
    is_due = [f for f in files if f.stage in ("newly_started", "under_construction") and has_begun(f, month)]
    late = [
        Late(f, month, states.get(f.id, ""), (day - due).days) for f in is_due if states.get(f.id) != "signed"
    ]
    return sorted(late, key=lambda each: (each.state != "", each.file.id))


@dataclass(frozen=True, slots=True)
class VisitDue:
    """A leader owes a project a visit; ``last`` is the last one, ``due`` the day by which the next is owed."""

    assignment: LeaderAssignment
    last: dt.date | None
    due: dt.date


def visits_due(day: dt.date, posts: Iterable[str] | None = None) -> list[VisitDue]:
    """Every leader's next visit, the most overdue first; of these ``posts`` only, if given. Projects at rest ask for none."""
    lasts = int(rulebook().choose("projects.visit", on=day).value("days"))
    found = LeaderAssignment.objects.filter(
        on_day(day), file__stage__in=("newly_started", "under_construction")
    )
    if posts is not None:
        found = found.filter(post__in=list(posts))
    rows = list(found.select_related("file__project", "post__unit"))
    made: dict[tuple[str, str], dt.date] = {}
    for file, post, on in Visit.objects.filter(file__in=[r.file_id for r in rows]).values_list(
        "file", "post", "made_on"
    ):
        made[file, post] = max(on, made.get((file, post), on))
    due = [
        VisitDue(row, last, (last or row.since) + dt.timedelta(days=lasts))
        for row in rows
        for last in [made.get((row.file_id, row.post_id))]
    ]
    return sorted(due, key=lambda each: (each.due, each.assignment.id))


def load_of_leaders(day: dt.date) -> dict[str, int]:
    """How many projects each leader's post has on a day. One query."""
    load: dict[str, int] = defaultdict(int)
    for post in (
        LeaderAssignment.objects.filter(on_day(day))
        .exclude(file__stage="removed")
        .values_list("post", flat=True)
    ):
        load[post] += 1
    return dict(load)


def leaderless(files: Iterable[ProjectFile], day: dt.date) -> list[ProjectFile]:
    """Projects that no leader's open post is tied to on a day: nothing is ownerless for long."""
    given = list(files)
    led = LeaderAssignment.objects.filter(on_day(day), file__in=given, post__closed_on=None).values_list(
        "file", flat=True
    )
    tied = set(led)
    return [file for file in given if file.id not in tied and file.stage != "removed"]


def unsigned_hand_overs() -> list[LeaderAssignment]:
    """Hand-overs of projects that one side has not signed, oldest first."""
    rows = LeaderAssignment.objects.filter(after__isnull=False).select_related(
        "after__post", "post", "file__project"
    )
    return [row for row in rows.order_by("since", "id") if row.given_on is None or row.taken_on is None]


def _done_before(files: Sequence[str], january: dt.date) -> dict[str, int]:
    """What was done in all months before a year, each by its newest signed version; the database adds it up. One query."""
    signed = MonthlyReport.objects.filter(state="signed")
    # looked up month by month along an index; as what no newer one exists of, PostgreSQL would read every project's months for it
    same = signed.filter(file=OuterRef("file"), month=OuterRef("month")).order_by("-version")
    counts = signed.filter(pk=Subquery(same.values("pk")[:1]), file__in=list(files), month__lt=january)
    return dict(counts.order_by().values_list("file").annotate(done=Sum("done")))


def _year(plan: Plan | None, told: Mapping[dt.date, MonthlyReport], month: dt.date) -> YearStanding | None:
    if plan is None:
        return None
    by_month = [0] * 12
    for each, report in told.items():
        if each.year == month.year:
            by_month[each.month - 1] = report.done
    return standing(plan, by_month, month.month)


def _told(month: dt.date, report: MonthlyReport | None, quoted: int | None) -> MonthTold:
    if report is None:
        return MonthTold(month, None, None, quoted, None, None)
    return MonthTold(
        month, report.done, report.paid, quoted, report.physical_percent, report.as_of, report.id
    )


def _captured(files: Sequence[str], day: dt.date) -> dict[str, dt.date]:
    rows = LibraryEntry.objects.filter(on_day(day), file__in=list(files), meaning="statistical")
    return dict(rows.order_by("-since").values_list("file", "since"))


def _excused(files: Sequence[str], month: dt.date) -> dict[str, frozenset[str]]:
    """Reasons that were accepted for the month itself; a new month needs a new reason."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = Explanation.objects.filter(file__in=list(files), month=month, accepted=True).values_list(
        "file", "matter"
    )
    for file, matter in rows:
        found[file].add(matter)
    return {file: frozenset(matters) for file, matters in found.items()}


def has_begun(file: ProjectFile, month: dt.date) -> bool:
    """Whether works were under way in a month: a project entered later owes nothing for earlier months."""
    return began((file.start_actual, file.stage_since), file.opened_on, month)
