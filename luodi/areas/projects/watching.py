"""What the register holds of projects, put together for the finding of doubts: a bounded number of queries."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import QuerySet

from luodi.areas.projects.doubts import Album, Doubt, Limits, are_near, doubts
from luodi.areas.projects.lookups import signed_reports
from luodi.areas.projects.models import PlanVersion, ProjectFile, StageMove, Visit
from luodi.areas.projects.observed import Month, Observed, Shot
from luodi.areas.projects.plan import Plan
from luodi.areas.projects.report_models import MonthlyReport, ReportPhoto
from luodi.kernel.files.likeness import Likeness
from luodi.kernel.register.models import Link
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.lookups import rulebook

MOST = 200  # projects of one owner that are read to be compared with another
_METRES = 111_320  # of a degree of latitude
_Point = tuple[float, float]


def doubts_beside(
    file: ProjectFile, others: QuerySet[ProjectFile], until: dt.date, *, book: RuleBook | None = None
) -> list[Doubt]:
    """Questions to the office about one project, alone and with one of these ``others`` of its owner, up to a month.

    Of the others only those on its site or with a photo like one of its own are read whole, the newest ``MOST`` at most; of the
    rest no more than where they lie, what their photos look like and, where two are on one site, what they told by month.
    """
    limits = Limits.from_rules(book or rulebook(), until)
    site = _site(file.site, 0)
    places = others.order_by("-id").values_list("id", "site")
    near = [key for place, (key, text) in enumerate(places, 1) if are_near(site, _site(text, place), limits)]
    wanted = sorted({*near, *_alike(file, others, until)}, reverse=True)[:MOST]
    beside = [file, *ProjectFile.objects.filter(pk__in=wanted).select_related("project").order_by("-id")]
    observed = observed_projects(beside, until)
    if near:
        rest = others.exclude(pk__in=wanted).order_by("-id").values_list("id", flat=True)[:MOST]
        observed += _thirds(list(rest), observed[0].owner, until)
    found = doubts(observed, limits)
    return [doubt for doubt in found if file.id in (doubt.project, doubt.other)]


def _alike(file: ProjectFile, others: QuerySet[ProjectFile], until: dt.date) -> set[str]:
    """Those of the others that have shown a photo like one of this project's. At most two queries."""
    shown = ReportPhoto.objects.filter(
        report__state="signed", report__month__lte=until, kept__photo__isnull=False
    )
    own = shown.filter(report__file=file).values_list("kept__photo__likeness", flat=True)
    album = Album(map(Likeness.from_text, own))
    if album.is_empty:
        return set()
    theirs = shown.filter(report__file__in=others.order_by().values("pk"))
    rows = theirs.order_by().values_list("report__file", "kept__photo__likeness")
    found = set[str]()
    for key, text in rows.iterator(chunk_size=5_000):
        if key not in found and album.holds(Likeness.from_text(text)):
            found.add(key)
    return found


def _thirds(files: Sequence[str], owner: str, until: dt.date) -> list[Observed]:
    """Projects of which only what they told by month is wanted, each far from all others. One query."""
    told: dict[str, dict[dt.date, int]] = defaultdict(dict)
    signed = MonthlyReport.objects.filter(file__in=files, state="signed", month__lte=until)
    for key, month, done in signed.order_by("file", "month", "version").values_list("file", "month", "done"):
        told[key][month] = done
    return [
        Observed(
            key, "", owner, _site("", -place), 0, tuple(Month(month, done, 0, 0) for month, done in months.items())
        )
        for place, (key, months) in enumerate(told.items(), 1)
    ]  # fmt: skip


def observed_projects(files: Sequence[ProjectFile], until: dt.date) -> list[Observed]:
    """The files with their signed months, in seven queries. Sites nobody entered are far from all others."""
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
