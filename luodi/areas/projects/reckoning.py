"""Reckons where projects stand at the end of each month, from their own rows: what ``MonthStanding`` holds. Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from luodi.areas.projects.due_known import WORKS
from luodi.areas.projects.indicators import Against
from luodi.areas.projects.lights import Facts, lights_by, rules_on
from luodi.areas.projects.models import Explanation, LibraryEntry, PlanVersion, ProjectFile
from luodi.areas.projects.months import last_day_of, month_of, plus_months
from luodi.areas.projects.plan import Plan, Version
from luodi.areas.projects.report_models import MonthlyReport
from luodi.areas.projects.stages import STARTED
from luodi.areas.projects.standing_models import REPORTS, MonthStanding
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.rule import Rule

RANK = {"red": 0, "amber": 1, "green": 2, "none": 3}
LIGHT = tuple(RANK)
NEVER_BEHIND = 10**15
NO_DAY = dt.date.max.toordinal()
HIDDEN = ("conceived", "reserved")  # not on a published list yet
UNLIT = ("removed", "suspended")
_A_BILLION = 10**9
# months beyond the present one that are reckoned ahead, so that a list never waits for the month to turn
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What counts of a month: the newest version that both have signed."""

    done: int
    paid: int | None
    as_of: dt.date


@dataclass(slots=True)
class Known:
    """What is known of one project, by month or year. ``states``: the state of a month's newest report, signed or not."""

    plans: dict[int, Plan] = field(default_factory=dict)
    told: dict[dt.date, Told] = field(default_factory=dict)
    states: dict[dt.date, str] = field(default_factory=dict)
    captured: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)
    excused: dict[dt.date, set[str]] = field(default_factory=dict)


def last_reckoned(day: dt.date) -> dt.date:
    """The last month for which there are standings on a day: the December that is at least three months off.

    >>> last_reckoned(dt.date(2026, 6, 15)), last_reckoned(dt.date(2026, 10, 1))
    (datetime.date(2026, 12, 1), datetime.date(2027, 12, 1))
    """
    return dt.date(plus_months(month_of(day), _AHEAD).year, 12, 1)


def reckoned(
    files: Sequence[ProjectFile], until: dt.date, book: RuleBook, since: dt.date | None = None
) -> Iterator[MonthStanding]:
    """The rows of these projects up to a month, from ``since`` or their first month on. Four queries, however many projects."""
    known = _known([file.id for file in files])
    rules: dict[dt.date, tuple[Rule, ...]] = {}
    for file in files:
        yield from _months(file, known[file.id], (since, until), book, rules)


def began(fact: tuple[dt.date | None, dt.date], opened: dt.date, month: dt.date) -> bool:
    """Whether works were under way in a month: a project entered later owes nothing for earlier months.

    ``fact`` is the day on which works began, if known, and the day since which the stage holds.
    """
    end = last_day_of(month)
    return (fact[0] or fact[1]) <= end and opened <= end


def facts_of(
    file: ProjectFile,
    day: dt.date,
    progress: Against | None,
    captured: dt.date | None,
    excused: frozenset[str],
) -> Facts:
    """What rules ask of a project on the last day of a month; ``progress`` counts only where works have begun."""
    start = file.start_actual
    return Facts(
        as_of=day,
        progress=progress if file.stage in STARTED else None,
        start_planned=file.start_planned,
        started_on=start if start is not None and start <= day else None,
        captured_on=captured,
        is_eligible=file.is_eligible,
        excused=excused,
    )


def _months(
    file: ProjectFile,
    known: Known,
    asked: tuple[dt.date | None, dt.date],
    book: RuleBook,
    rules: dict[dt.date, tuple[Rule, ...]],
) -> Iterator[MonthStanding]:
    since, until = asked
    # a project is on the list of the last month that was over when it came
    month = min([plus_months(month_of(file.opened_on), -1), *known.states])
    year, done, paid, before, news = 0, 0, None, file.done_before, None
    while month <= until:
        if month.year != year:
            year, before, done, paid = month.year, before + done, 0, None
        if (told := known.told.get(month)) is not None:
            done += told.done
            paid = paid if told.paid is None else (paid or 0) + told.paid
            news = max(news or told.as_of, told.as_of)
        if since is None or month >= since:
            if month not in rules:
                rules[month] = rules_on(book, last_day_of(month))
            row = _row(file, month, known, done, rules[month])
            row.paid, row.before, row.news_on = paid, before, news
            yield row
        month = plus_months(month, 1)


def _row(
    file: ProjectFile, month: dt.date, known: Known, done: int, rules: tuple[Rule, ...]
) -> MonthStanding:
    day = last_day_of(month)
    plan = known.plans.get(month.year)
    against = Against(plan.current, month.month, done) if plan is not None else None
    rank = RANK["none"]
    if file.stage not in UNLIT:
        captured = min((a for a, b in known.captured if a <= day and (b is None or b >= day)), default=None)
        excused = frozenset(known.excused.get(month, ()))
        lit = lights_by(facts_of(file, day, against, captured, excused), rules)
        rank = RANK[lit[0].colour] if lit else rank
    owes = file.stage in WORKS and began((file.start_actual, file.stage_since), file.opened_on, month)
    state = known.states.get(month, "") or "nothing"
    return MonthStanding(
        file_id=file.id, month=month, stage=file.stage, levels=file.levels,
        is_public=bool(file.levels) and file.stage not in HIDDEN, is_over=file.completion_actual is not None,
        promised=file.completion_planned.toordinal() if file.completion_planned is not None else NO_DAY,
        rank=rank, behind=_behind(against.gap if against is not None else None),
        done=against.done if against is not None else None,
        annual=against.version.annual if against is not None else None,
        by_now=against.version.to_date(month.month) if against is not None else None,
        owes=1 + REPORTS.index(state) if owes else 0,
    )  # fmt: skip


def _behind(gap: Fraction | None) -> int:
    return NEVER_BEHIND if gap is None else gap.numerator * _A_BILLION // gap.denominator


def _known(keys: Sequence[str]) -> Mapping[str, Known]:
    found: dict[str, Known] = defaultdict(Known)
    versions: dict[tuple[str, int], list[Version]] = defaultdict(list)
    for row in PlanVersion.objects.filter(file__in=keys).defer("reason").order_by("file", "year", "version"):
        versions[row.file_id, row.year].append(row.as_numbers())
    for (file, year), held in versions.items():
        found[file].plans[year] = Plan(year, tuple(held))
    reports = MonthlyReport.objects.filter(file__in=keys).order_by("version")
    names = ("file", "month", "state", "done", "paid", "as_of")
    for file, month, state, done, paid, as_of in reports.values_list(*names):
        found[file].states[month] = state
        if state == "signed":
            found[file].told[month] = Told(done, paid, as_of)
    entries = LibraryEntry.objects.filter(file__in=keys, meaning="statistical")
    for file, since, until in entries.values_list("file", "since", "until"):
        found[file].captured.append((since, until))
    reasons = Explanation.objects.filter(file__in=keys, accepted=True)
    for file, month, matter in reasons.values_list("file", "month", "matter"):
        found[file].excused.setdefault(month, set()).add(matter)
    return found
