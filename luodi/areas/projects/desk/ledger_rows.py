"""The rows of ledger and wall. As many queries, and as much reading, for five projects as for five thousand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from luodi.areas.projects.access import sees_all, visible_to
from luodi.areas.projects.desk.asking import BASE, Asked
from luodi.areas.projects.desk.year_told import YearTold, year_told
from luodi.areas.projects.indicators import LEVELS, Against
from luodi.areas.projects.lights import COLOUR_WORDS, Light
from luodi.areas.projects.listing import Wanted
from luodi.areas.projects.lookups import ProjectStanding, standings
from luodi.areas.projects.models import LeaderAssignment, ProjectFile
from luodi.desk.cases.listing_words import anchor
from luodi.desk.presence import Presence
from luodi.kernel.clocks.now import today
from luodi.kernel.register.lookups import on_day
from luodi.kernel.register.models import Post
from luodi.pages.promise_words import post_name
from luodi.pages.shapes import LightShown


@dataclass(frozen=True, slots=True)
class Row:
    """One project: its standing, its year on three bases, who leads it."""

    standing: ProjectStanding
    told: YearTold
    leader: Post | None
    day: dt.date

    @property
    def file(self) -> ProjectFile:
        """The file, with its project."""
        return self.standing.file

    @property
    def href(self) -> str:
        """Its page."""
        return f"{BASE}/{self.file.id}"

    @property
    def colour(self) -> str:
        """The light it shows; ``none`` where no rule says anything."""
        return self.standing.light.colour if self.standing.light is not None else "none"

    @property
    def light(self) -> LightShown | None:
        """The light with its rule."""
        return light_shown(self.standing.light) if self.standing.light is not None else None

    @property
    def levels(self) -> str:
        """The lists it stands on, in words."""
        given = set(self.file.levels.split())
        return "、".join(gettext(words) for level, words in LEVELS.items() if level in given)

    @property
    def leader_name(self) -> str:
        """The leader's post with its unit; empty where nobody leads it."""
        return post_name(self.leader)

    @property
    def against(self) -> Against | None:
        """The year against its present plan."""
        return self.standing.year.current if self.standing.year is not None else None

    @property
    def first(self) -> Against | None:
        """The year against its first plan, where that was another one."""
        year = self.standing.year
        return year.original if year is not None and year.shows_both else None

    @property
    def is_lowered(self) -> bool:
        """Whether less is asked now than at first."""
        first, now = self.first, self.against
        return first is not None and now is not None and now.version.annual < first.version.annual

    @property
    def is_excused(self) -> bool:
        """Whether it ought to have begun and shows green all the same: another post has accepted why it has not."""
        planned = self.file.start_planned
        is_late = planned is not None and self.file.start_actual is None and planned <= self.standing.month
        return is_late and self.colour == "green"

    @property
    def annual(self) -> int | None:
        """The year's plan."""
        return self.against.version.annual if self.against is not None else None

    @property
    def news_age(self) -> int | None:
        """How many days ago the newest signed report says how things are."""
        return (self.day - self.told.news).days if self.told.news is not None else None


def light_shown(light: Light) -> LightShown:
    """A light of the ledger as the parts take it; its rule leads to the rules."""
    name = light.rule.split("@", 1)[0].split(":", 1)[0]
    return LightShown(
        light.colour, gettext(COLOUR_WORDS[light.colour]), light.title, f"/desk/rules#{anchor(name)}"
    )


def chosen(wanted: Asked, presence: Presence) -> QuerySet[ProjectFile]:
    """The files of a choice, lights aside; those taken off the list only where asked for."""
    found = visible_to(presence.actor)
    found = found.filter(stage=wanted.stage) if wanted.stage else found.exclude(stage="removed")
    if wanted.level:
        found = found.filter(levels__contains=wanted.level)
    if wanted.unit:
        found = found.filter(_done_by(wanted.unit))
    if wanted.leader:
        found = found.filter(pk__in=_led_by(wanted.leader))
    if wanted.mine and presence.post is not None:
        post = presence.post
        found = found.filter(_done_by(post.unit_id) | Q(pk__in=_led_by(post.id)))
    for word in wanted.text.split():
        found = found.filter(Q(project__name__icontains=word) | Q(project__code__startswith=word))
    return found


def listed(wanted: Asked, presence: Presence) -> Wanted:
    """The same choice as a list is read by. What only whoever sees all may ask of all needs no look at the files."""
    is_whole = sees_all(presence.actor) and not (wanted.unit or wanted.leader or wanted.mine or wanted.text)
    files = None if is_whole else chosen(wanted, presence)
    return Wanted(wanted.month, wanted.level, wanted.stage, wanted.light, files)


def rows_of(files: Sequence[ProjectFile], month: dt.date, presence: Presence) -> list[Row]:
    """Where these projects stand at the end of a month, in the order given."""
    keys, day = [file.id for file in files], today()
    reader = presence.actor if presence.has_role("office") else None
    told, led = year_told(keys, month, reader), leaders_of(keys, day)
    return [
        Row(each, told[each.file.id], led.get(each.file.id), day) for each in standings(list(files), month)
    ]


def leaders_of(files: Sequence[str], day: dt.date) -> dict[str, Post]:
    """The leader's post of each project on a day. One query."""
    held = LeaderAssignment.objects.filter(on_day(day), file__in=files).select_related("post__unit")
    return {row.file_id: row.post for row in held.order_by("since", "id")}


def _done_by(unit: str) -> Q:
    """Each of a unit's three parts along an index of its own: asked in one breath, every project there is would be looked at."""
    files = ProjectFile.objects.order_by()
    leads, does = files.filter(lead_unit=unit), files.filter(responsible_unit=unit)
    owns = files.filter(project__owner_unit=unit)
    return Q(pk__in=leads.values("pk").union(does.values("pk"), owns.values("pk")))


def _led_by(post: str) -> QuerySet[LeaderAssignment, str]:
    return LeaderAssignment.objects.filter(on_day(today()), post=post).values_list("file", flat=True)
