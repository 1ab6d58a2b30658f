"""Key projects of any number and age, their rows written bare: plans by year, a signed report a month, a leader each.

Nothing here goes through an action but the standings, which are reckoned as the worker reckons them.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

DAY = dt.date(2026, 9, 22)
WAN = 1_000_000
OF_A_LEADER = 12  # projects
_STAGES = (*["under_construction"] * 6, "newly_started", "newly_started", "preparing", "completed_works")
_LEVELS = ("district", "city district", "city", "provincial city", "provincial", "")


@dataclass
class Filled:
    """What was written, and by what names to ask for it. ``account`` is one of the project office, ``leader`` one who leads."""

    months: int = 0
    units: list[Any] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)
    post: Any = None
    account: Any = None
    leader: Any = None
    leading: Any = None  # the post that leads the next ones, until it has its dozen
    lone_unit: Any = None  # has as many projects however many there are
    projects: int = 0
    last: str = ""  # the id in the register of the newest one that anybody may see
    lone_file: str = ""  # one of the lone unit's


def found(months: int = 60, units: int = 40, places: int = 20) -> Filled:
    """A district with its units, and no project yet."""
    from luodi.kernel.ledger.action import SYSTEM
    from luodi.kernel.register import actions as register
    from luodi.kernel.register.models import Place, Unit

    register.found_district(name="青岚区", code="990102", shape="urban_district", kind="real", by=SYSTEM)
    made = Filled(months)
    made.units = Unit.objects.bulk_create([Unit(name=f"区第{n}局") for n in range(units)])
    made.lone_unit = Unit.objects.bulk_create([Unit(name="区林场")])[0]
    made.places = Place.objects.bulk_create([Place(name=f"第{n}镇", level="township") for n in range(places)])
    made.post, made.account = _somebody(made.units[0], "综合科", "office", 1)
    _, made.leader = _somebody(made.units[1], "副区长", "leader", 2)
    return made


def fill(made: Filled, projects: int, seed: int = 7) -> Filled:
    """Add ``projects`` more and reckon where all stand."""
    from luodi.areas.projects import standing_rows

    pick = random.Random(seed)
    for start in range(0, projects, 250):
        _write(made, pick, min(250, projects - start))
    standing_rows.rebuild()
    return made


def _somebody(unit: Any, title: str, role: str, number: int) -> tuple[Any, Any]:
    from luodi.kernel.accounts import actions as accounts
    from luodi.kernel.ledger.action import SYSTEM
    from luodi.kernel.register import actions as register

    post = register.create_post(title=title, unit=unit, by=SYSTEM, is_leader=role == "leader")
    person = register.enter_person(name="某某", by=SYSTEM)
    register.appoint(person, post, since=DAY - dt.timedelta(300), by=SYSTEM)
    account = accounts.create_account(person, login=f"bench{number}", by=SYSTEM)
    accounts.grant(post, role, by=SYSTEM)
    return post, account


def _write(made: Filled, pick: random.Random, count: int) -> None:
    from django.db import transaction

    from luodi.areas.projects import models, report_models
    from luodi.kernel.ledger.models import Event
    from luodi.kernel.register.models import Post, Project

    order = (
        Post, Project, models.ProjectFile, models.PlanVersion, models.LeaderAssignment, models.LibraryEntry,
        report_models.MonthlyReport, report_models.StatisticalFigure, Event,
    )  # fmt: skip
    rows: dict[type, list[Any]] = {model: [] for model in order}
    for _ in range(count):
        _project(made, pick, rows)
        made.projects += 1
    with transaction.atomic():
        for model in order:
            model.objects.bulk_create(rows[model], batch_size=500)  # type: ignore[attr-defined]


def _project(made: Filled, pick: random.Random, rows: dict[type, list[Any]]) -> None:
    from luodi.areas.projects.models import LeaderAssignment, LibraryEntry, ProjectFile
    from luodi.kernel.register.models import Post, Project

    number = made.projects
    begun = _back(made.months)
    lone = number < 5
    unit = made.lone_unit if lone else pick.choice(made.units)
    project = Project(
        name=f"第{number}号产业园项目",
        code=f"2601-{number:06d}",
        place=made.places[number % len(made.places)],
        owner_unit=unit,
    )
    file = ProjectFile(
        project=project, levels=pick.choice(_LEVELS), goal="新建厂房和仓库", stage=pick.choice(_STAGES), stage_since=begun,
        lead_unit=unit, responsible_unit=unit, total_investment=120_000 * WAN, start_planned=begun, start_actual=begun,
        completion_planned=DAY + dt.timedelta(pick.randrange(-200, 700)), opened_on=begun,
        site=f"{117 + pick.random() / 5:.3f},{34 + pick.random() / 5:.3f}",
    )  # fmt: skip
    rows[Project].append(project)
    rows[ProjectFile].append(file)
    if number % OF_A_LEADER == 0 or made.leading is None:
        made.leading = Post(title=f"第{number}位", unit=made.units[1], is_leader=True)
        rows[Post].append(made.leading)
    leads = _leading_post() if lone else made.leading
    rows[LeaderAssignment].append(LeaderAssignment(file=file, post=leads, since=begun))
    if pick.random() < 0.8:
        rows[LibraryEntry].append(
            LibraryEntry(file=file, meaning="statistical", since=begun, paper="回执", post=made.post)
        )
    _plans(made, pick, rows, file)
    _months(made, pick, rows, file)
    if lone:
        made.lone_file = file.id
    if file.levels:
        made.last = project.id


def _leading_post() -> Any:
    from luodi.kernel.register.models import Post

    return Post.objects.get(title="副区长")


def _plans(made: Filled, pick: random.Random, rows: dict[type, list[Any]], file: Any) -> None:
    from luodi.areas.projects.models import MONTH_NAMES, PlanVersion

    for year in range(_back(made.months).year, DAY.year + 1):
        for version in range(1, 3 if year == DAY.year and pick.random() < 0.2 else 2):
            fen = (1_000 - 100 * version) * WAN
            rows[PlanVersion].append(
                PlanVersion(
                    file=file, year=year, version=version, annual=12 * fen, from_day=dt.date(year, version, 1), post=made.post,
                    at=_noon(dt.date(year, version, 1)), **dict.fromkeys(MONTH_NAMES, fen),
                )
            )  # fmt: skip


def _months(made: Filled, pick: random.Random, rows: dict[type, list[Any]], file: Any) -> None:
    from luodi.areas.projects.months import last_day_of, plus_months
    from luodi.areas.projects.report_models import MonthlyReport, StatisticalFigure

    share, until = pick.randrange(30, 120), _back(pick.choice((1, 1, 1, 1, 2)))
    month, made_in_all = _back(made.months), 0
    while month <= until:
        made_in_all += 1
        at = _noon(last_day_of(month)) + dt.timedelta(milliseconds=made.projects)
        report = MonthlyReport(
            file=file, month=month, version=1, state="signed", done=share * 9 * WAN, paid=share * 5 * WAN,
            physical_percent=min(100, made_in_all), as_of=last_day_of(month), filled_at=at, signed_at=at,
        )  # fmt: skip
        rows[MonthlyReport].append(report)
        if pick.random() < 0.5:
            figure = StatisticalFigure(
                file=file, month=month, amount=share * 8 * WAN, as_of=last_day_of(month), paper="统计月报", post=made.post, at=at
            )  # fmt: skip
            rows[StatisticalFigure].append(figure)
        if month == until:
            _event(rows, "project.filed", file.id, at - dt.timedelta(days=1))
            _event(rows, "project.month_filled", file.id, at)
        month = plus_months(month, 1)


def _event(rows: dict[type, list[Any]], kind: str, subject: str, at: dt.datetime) -> None:
    """An event as wide as a real one; no proof stands behind it."""
    from luodi.kernel.ids import new_id
    from luodi.kernel.ledger.models import Event

    zero = "0" * 64
    rows[Event].append(
        Event(
            id=new_id("e"), kind=kind, at=at, subject=subject, payload='{"rows":{}}', salt="0" * 32, digest=zero,
            closed='{"rows":{}}', closed_salt="0" * 32, closed_digest=zero, hash=zero,
        )
    )  # fmt: skip


def _back(months: int) -> dt.date:
    from luodi.areas.projects.months import month_of, plus_months

    return plus_months(month_of(DAY), -months)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(4), dt.UTC)
