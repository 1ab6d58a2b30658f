"""The projects that anybody may see, as rows: level, stage, leader's post, days promised and kept, how much stands, the light.

A light is reckoned from figures that stay inside; only its colour and its rule are told. Few queries, however many projects.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from luodi.areas.projects.access import public
from luodi.areas.projects.indicators import LEVELS, highest
from luodi.areas.projects.lights import COLOUR_WORDS, Light
from luodi.areas.projects.listing import Wanted
from luodi.areas.projects.lookups import standings
from luodi.areas.projects.models import LeaderAssignment, ProjectFile
from luodi.areas.projects.months import month_of, plus_months
from luodi.areas.projects.public.asking import Asked
from luodi.areas.projects.public.events import report_events, stage_events
from luodi.areas.projects.report_models import MonthlyReport
from luodi.kernel.clocks.now import today
from luodi.kernel.register.lookups import on_day
from luodi.kernel.register.models import Place, Post
from luodi.pages.promise_words import post_name
from luodi.pages.shapes import LightShown

RHYTHM_DAYS = 40  # a month's news is old after this


@dataclass(frozen=True, slots=True)
class Row:
    """One project. ``report`` is the newest that both have signed, ``events`` lead from it and from the stage to the log."""

    file: ProjectFile
    lights: tuple[Light, ...]
    leader: Post | None
    report: MonthlyReport | None
    report_event: str
    stage_event: str
    day: dt.date

    @property
    def href(self) -> str:
        """Its page."""
        return f"/g/{self.file.project_id}"

    @property
    def colour(self) -> str:
        """The light it shows; ``none`` where no rule says anything."""
        return self.lights[0].colour if self.lights else "none"

    @property
    def light(self) -> LightShown | None:
        """The light with its rule."""
        return shown(self.lights[0]) if self.lights else None

    @property
    def level(self) -> str:
        """The highest of its levels in words, as which it counts once."""
        top = highest(self.file.levels.split())
        return gettext(LEVELS[top]) if top else ""

    @property
    def levels(self) -> str:
        """All of its levels in words."""
        given = set(self.file.levels.split())
        return "、".join(gettext(words) for level, words in LEVELS.items() if level in given)

    @property
    def leader_name(self) -> str:
        """The leader's post with its unit; empty where nobody leads it."""
        return post_name(self.leader)

    @property
    def age(self) -> int | None:
        """How many days ago the newest report says how things are."""
        return (self.day - self.report.as_of).days if self.report is not None else None

    @property
    def late_days(self) -> int:
        """How many days the works are past the day on which they were to be completed; 0 where they are not."""
        due = self.file.completion_planned
        if due is None:
            return 0
        return max(0, ((self.file.completion_actual or self.day) - due).days)


def shown(light: Light) -> LightShown:
    """A light as pages take it: colour and rule."""
    return LightShown(light.colour, gettext(COLOUR_WORDS[light.colour]), light.title)


def last_month() -> dt.date:
    """The last month that is over."""
    return plus_months(month_of(today()), -1)


def listed(wanted: Asked) -> Wanted:
    """The choice as a list is read by; only a place or words need a look at the files."""
    files = chosen(wanted) if wanted.place or wanted.text else None
    return Wanted(last_month(), wanted.level, wanted.stage, wanted.light, files, is_public=True)


def chosen(wanted: Asked) -> QuerySet[ProjectFile]:
    """The files of a choice, lights aside; those taken off the list only where asked for."""
    found = public()
    found = found.filter(stage=wanted.stage) if wanted.stage else found.exclude(stage="removed")
    if wanted.level:
        found = found.filter(levels__contains=wanted.level)
    if wanted.place:
        places = Place.objects.filter(Q(pk=wanted.place) | Q(parent=wanted.place))
        found = found.filter(project__place__in=places.values("pk"))
    for word in wanted.text.split():
        found = found.filter(Q(project__name__icontains=word) | Q(project__code__startswith=word))
    return found


def rows_of(files: Sequence[ProjectFile]) -> list[Row]:
    """Where these projects stand at the end of the last month, in the order given."""
    keys, day = [file.id for file in files], today()
    led = {
        row.file_id: row.post
        for row in LeaderAssignment.objects.filter(on_day(day), file__in=keys)
        .select_related("post__unit")
        .order_by("since", "id")
    }
    newest = newest_reports(keys)
    told, stages = report_events(newest.values()), stage_events(keys)
    return [
        Row(
            each.file, each.lights, led.get(each.file.id), newest.get(each.file.id),
            told.get(newest[each.file.id].id, "") if each.file.id in newest else "",
            stages.get(each.file.id, ""), day,
        )
        for each in standings(list(files), last_month())
    ]  # fmt: skip


def newest_reports(files: Iterable[str]) -> dict[str, MonthlyReport]:
    """The newest signed report of each project, with what is public of it. One query."""
    # one look a project at the end of its months, not at each of them
    signed = MonthlyReport.objects.filter(state="signed", file=OuterRef("pk")).order_by("-month", "-version")
    newest = ProjectFile.objects.filter(pk__in=list(files)).annotate(report=Subquery(signed.values("pk")[:1]))
    rows = MonthlyReport.objects.filter(pk__in=newest.values("report"))
    rows = rows.only("id", "file", "month", "version", "as_of", "physical_percent", "filled_at")
    return {row.file_id: row for row in rows}


def public_names(idents: Iterable[str]) -> dict[str, str]:
    """The names of projects among these ids (of the register, or of files) that anybody may see. One query."""
    given = set(idents)
    found = public().filter(Q(pk__in=given) | Q(project__in=given))
    names: dict[str, str] = {}
    for file, project, name in found.values_list("id", "project", "project__name"):
        names |= {ident: name for ident in (file, project) if ident in given}
    return names


def page(request: HttpRequest, ident: str) -> HttpResponse:
    """``/g/<id>`` of a project, by its id in the register or by that of its file."""
    from luodi.areas.projects.public.project_page import project_page

    return project_page(request, ident)


def file_of(ident: str) -> ProjectFile:
    """The public file of an id. Raises ``Http404``."""
    found = public().filter(Q(pk=ident) | Q(project=ident)).first()
    if found is None:
        raise Http404(gettext("公开的重点项目里没有编号为“%(id)s”的。") % {"id": ident[:14]})
    return found
