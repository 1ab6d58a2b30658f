"""What the register holds of projects, put together for the finding of doubts. Seven queries, however many projects."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence

from luodi.areas.projects.doubts import Doubt, Limits, doubts
from luodi.areas.projects.lookups import signed_reports
from luodi.areas.projects.models import PlanVersion, ProjectFile, StageMove, Visit
from luodi.areas.projects.observed import Month, Observed, Shot
from luodi.areas.projects.plan import Plan
from luodi.areas.projects.report_models import MonthlyReport, ReportPhoto
from luodi.kernel.files.likeness import Likeness
from luodi.kernel.register.models import Link
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.lookups import rulebook

_METRES = 111_320  # of a degree of latitude
_Point = tuple[float, float]


def doubts_about(
    files: Sequence[ProjectFile], until: dt.date, *, book: RuleBook | None = None
) -> list[Doubt]:
    """Questions to the office about these projects, up to a month. For staff who run the ledger, never for pages."""
    return doubts(observed_projects(files, until), Limits.from_rules(book or rulebook(), until))


def observed_projects(files: Sequence[ProjectFile], until: dt.date) -> list[Observed]:
    """The files with their signed months; ``project`` of each is at hand. Sites nobody entered are far from all others."""
    keys = [file.id for file in files]
    reports = signed_reports(keys, until)
    shots = _shots({file.id: _point(file.site) for file in files}, reports)
    plans, stages, still, kin = _plans(keys), _stages(keys), _standstills(keys), _kin(files)
    found = []
    for place, file in enumerate(files):
        months = tuple(
            Month(
                month, report.done, report.paid or 0, report.physical_percent, tuple(shots.get(report.id, ()))
            )
            for month, report in sorted(reports.get(file.id, {}).items())
        )
        entered = [(file.opened_on, file.stage)] if not stages[file.id] else stages[file.id]
        found.append(
            Observed(
                file.id, file.project.name, file.project.owner_unit_id or file.id, _site(file.site, place),
                file.total_investment or 0, months, plans[file.id], tuple(entered), still[file.id], kin[file.id],
                file.done_before, file.paid_before,
            )
        )  # fmt: skip
    return found


def metres_apart(one: _Point, other: _Point) -> int:
    """How far two points of longitude and latitude are from each other; near enough within a district.

    >>> metres_apart((117.58, 34.77), (117.58, 34.771))
    111
    """
    east = (one[0] - other[0]) * _METRES * math.cos(math.radians(one[1]))
    return round(math.hypot(east, (one[1] - other[1]) * _METRES))


def _point(text: str) -> _Point | None:
    parts = text.split(",")
    return (float(parts[0]), float(parts[1])) if len(parts) == 2 else None


def _site(text: str, place: int) -> tuple[int, int]:
    point = _point(text)
    if point is None:
        return (-(10**9) - place * 10**6, 0)
    return round(point[0] * _METRES * math.cos(math.radians(point[1]))), round(point[1] * _METRES)


def _shots(
    sites: dict[str, _Point | None], reports: dict[str, dict[dt.date, MonthlyReport]]
) -> dict[str, list[Shot]]:
    of_file = {report.id: key for key, months in reports.items() for report in months.values()}
    found: dict[str, list[Shot]] = defaultdict(list)
    rows = ReportPhoto.objects.filter(report__in=list(of_file)).order_by("id")
    for key, likeness, taken_on, point in rows.values_list(
        "report", "kept__photo__likeness", "taken_on", "point"
    ):
        if likeness is None:
            continue
        site, there = sites[of_file[key]], _point(point or "")
        metres = metres_apart(site, there) if site is not None and there is not None else None
        found[key].append(Shot(Likeness.from_text(likeness), taken_on, metres))
    return found


def _plans(files: Sequence[str]) -> dict[str, tuple[Plan, ...]]:
    versions: dict[tuple[str, int], list[PlanVersion]] = defaultdict(list)
    for row in PlanVersion.objects.filter(file__in=files).order_by("file", "year", "version"):
        versions[row.file_id, row.year].append(row)
    found: dict[str, tuple[Plan, ...]] = defaultdict(tuple)
    for (key, year), rows in versions.items():
        found[key] = (*found[key], Plan(year, tuple(row.as_version() for row in rows)))
    return found


def _stages(files: Sequence[str]) -> dict[str, list[tuple[dt.date, str]]]:
    found: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    rows = (
        StageMove.objects.filter(file__in=files)
        .exclude(needs_signature=True, signed_at=None)
        .order_by("on", "id")
    )
    for key, on, stage in rows.values_list("file", "on", "to_stage"):
        found[key].append((on, stage))
    return found


def _standstills(files: Sequence[str]) -> dict[str, tuple[dt.date, ...]]:
    found: dict[str, tuple[dt.date, ...]] = defaultdict(tuple)
    for key, on in (
        Visit.objects.filter(file__in=files, is_working=False)
        .order_by("made_on")
        .values_list("file", "made_on")
    ):
        found[key] = (*found[key], on)
    return found


def _kin(files: Sequence[ProjectFile]) -> dict[str, frozenset[str]]:
    """Which projects are openly linked to which: phases, parts, what follows on what."""
    of_project = {file.project_id: file.id for file in files}
    found: dict[str, set[str]] = defaultdict(set)
    rows = Link.objects.filter(source__in=list(of_project), target__startswith="j").values_list(
        "source", "target"
    )
    for source, target in rows:
        if target in of_project:
            found[of_project[source]].add(of_project[target])
            found[of_project[target]].add(of_project[source])
    return {file.id: frozenset(found[file.id]) for file in files}
