"""What a project's public page tells of its past: stages, libraries, plans, leaders, visits, each with the event that says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.areas.projects.acts.correcting import LABELS
from luodi.areas.projects.models import (
    LeaderAssignment,
    LibraryEntry,
    PlanVersion,
    ProjectFile,
    StageMove,
    Visit,
)
from luodi.areas.projects.plan import Plan
from luodi.areas.projects.report_models import MonthlyReport, ReportPhoto
from luodi.areas.projects.stages import STAGE
from luodi.kernel.clocks.now import day_of
from luodi.kernel.ledger.lookups import events_about, public_images, shown_data
from luodi.pages.promise_words import post_name

_MOST_PHOTOS = 12
_LITTLE, _MUCH = 10, 30  # percent


@dataclass(frozen=True, slots=True)
class Passed:
    """Something that happened on a day; ``event`` is the registration that says so, empty where there is none."""

    day: dt.date
    words: str
    event: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A version of a year's plan; ``change`` says in words how it stands to the one before, without an amount."""

    year: int
    number: int
    from_day: dt.date
    change: str
    is_lower: bool
    event: str


@dataclass(frozen=True, slots=True)
class PhotoShown:
    """A photo that anybody may see, with the month of its report and the town of the site."""

    file: str
    month: dt.date
    place: str
    event: str


def passed(file: ProjectFile, events: Mapping[str, str]) -> list[Passed]:
    """Stages, libraries, leaders, visits and corrections, the newest first. At most six queries."""
    libraries = list(LibraryEntry.objects.filter(file=file).defer("left_reason"))
    found = [
        Passed(
            move.on,
            gettext("进“%(stage)s”") % {"stage": gettext(STAGE[move.to_stage].label)},
            events.get(move.id, ""),
            gettext("是更正，由另一个岗位签过。") if move.kind == "corrected" else "",
        )
        for move in StageMove.objects.filter(file=file).exclude(needs_signature=True, signed_at=None).defer("reason")
    ]  # fmt: skip
    found += [
        Passed(entry.since, gettext(entry.get_meaning_display()), events.get(entry.id, ""))
        for entry in libraries
    ]
    found += _left(file, libraries)
    found += [
        Passed(led.since, gettext("由%(post)s包联") % {"post": post_name(led.post)}, events.get(led.id, ""))
        for led in LeaderAssignment.objects.filter(file=file).select_related("post__unit")
    ]
    found += [
        Passed(
            visit.made_on,
            gettext("%(post)s到现场") % {"post": post_name(visit.post)},
            events.get(visit.id, ""),
        )
        for visit in Visit.objects.filter(file=file).select_related("post__unit").defer("found")
    ]
    found += _corrected(file)
    begun = gettext("进入重点项目台账")
    found.append(Passed(file.opened_on, begun, events.get(file.id, "")))
    return sorted(found, key=lambda each: each.day, reverse=True)


def _left(file: ProjectFile, libraries: Sequence[LibraryEntry]) -> list[Passed]:
    """Libraries that it left, each with the event that says so."""
    over = {entry.id: entry for entry in libraries if entry.until is not None}
    events = events_about(file.id).filter(kind="project.left_library") if over else ()
    told = {row: event.id for event in events for rows in public_images(event).values() for row in rows}
    return [
        Passed(
            entry.left_on,
            gettext("退库：%(library)s") % {"library": gettext(entry.get_meaning_display())},
            told.get(entry.id, ""),
        )
        for entry in over.values()
        if entry.left_on is not None
    ]


def _corrected(file: ProjectFile) -> list[Passed]:
    """Public facts that were put right, each as it was and as it is: a day put off does not hide."""
    return [
        Passed(
            day_of(event.at),
            gettext("更正了%(what)s") % {"what": gettext(LABELS[each["fact"]])},
            event.id,
            gettext("原来是%(before)s，改成%(after)s。")
            % {"before": each["before"] or gettext("没有"), "after": each["after"] or gettext("没有")},
        )
        for event in events_about(file.id).filter(kind="project.corrected")
        for each in shown_data(event).get("changes", ())
    ]


def plans_shown(file: ProjectFile, events: Mapping[str, str]) -> list[PlanShown]:
    """Every version of every year's plan, the newest first: that less is asked than before never hides. One query."""
    found: list[PlanShown] = []
    by_year: dict[int, list[PlanVersion]] = {}
    for row in PlanVersion.objects.filter(file=file).defer("reason").order_by("year", "version"):
        by_year.setdefault(row.year, []).append(row)
    for year, rows in by_year.items():
        plan = Plan(year, tuple(row.as_version() for row in rows))
        for place, row in enumerate(rows):
            before = plan.versions[place - 1].annual if place else 0
            change = _change(before, row.annual) if place else gettext("年初的")
            found.append(
                PlanShown(
                    year,
                    row.version,
                    row.from_day,
                    change,
                    place > 0 and row.annual < before,
                    events.get(row.id, ""),
                )
            )
    return list(reversed(found))


def reports_shown(file: ProjectFile) -> list[MonthlyReport]:
    """The months that both have signed, each by its newest version, the newest first. One query."""
    rows = MonthlyReport.objects.filter(file=file, state="signed")
    only = rows.only("id", "file", "month", "version", "as_of", "physical_percent", "filled_at")
    newest = {row.month: row for row in only.order_by("month", "version")}
    return sorted(newest.values(), key=lambda row: row.month, reverse=True)


def photos_shown(file: ProjectFile, events: Mapping[str, str]) -> list[PhotoShown]:
    """Photos of signed months that may be seen by anybody, the newest first. Who took them, and exactly where, stays inside."""
    rows = ReportPhoto.objects.filter(report__file=file, report__state="signed", kept__is_public=True)
    found = rows.order_by("-report__month", "-id").values_list("kept", "report__month", "report")
    place = file.project.place.name if file.project.place is not None else ""
    return [
        PhotoShown(kept, month, place, events.get(report, "")) for kept, month, report in found[:_MOST_PHOTOS]
    ]


def _change(before: int, now: int) -> str:
    """How much more or less, roughly: amounts of a firm stay inside."""
    if not before or before == now:
        return gettext("总数没变，月份改了")
    percent = abs(before - now) * 100 // before
    is_less = now < before
    if percent < _LITTLE:
        return gettext("比上一版少，不到一成") if is_less else gettext("比上一版多，不到一成")
    if percent < _MUCH:
        return gettext("比上一版少一成到三成") if is_less else gettext("比上一版多一成到三成")
    return gettext("比上一版少三成以上") if is_less else gettext("比上一版多三成以上")
