"""How much each leader's post carries of the projects: how many, how many of them red, what is stuck, which visits are owed.

Counted by the database: what is fetched is a row a post, however many projects there are.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from luodi.areas.projects.access import sees_all, visible_to
from luodi.areas.projects.due_items import VISIT
from luodi.areas.projects.models import Bottleneck, LeaderAssignment
from luodi.areas.projects.reckoning import RANK
from luodi.areas.projects.standing_models import MonthStanding
from luodi.kernel.cases.access import visible_to as visible_cases
from luodi.kernel.cases.models import DueItem
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.lookups import on_day
from luodi.kernel.register.models import Post


@dataclass(frozen=True, slots=True)
class Load:
    """One post's: ``owed`` counts visits past their day, ``oldest`` the days of its oldest open bottleneck (0: none)."""

    post: Post
    projects: int
    red: int
    stuck: int
    oldest: int
    owed: int


def loads(month: dt.date, day: dt.date, actor: Actor) -> list[Load]:
    """Every post that leads a project that may be seen, the one with most red ones at the month's end first. Three queries."""
    held = LeaderAssignment.objects.filter(on_day(day)).exclude(file__stage="removed")
    if not sees_all(actor):
        held = held.filter(file__in=visible_to(actor).order_by().values("pk"))
    red = MonthStanding.objects.filter(file=OuterRef("file"), month=month, rank=RANK["red"])
    seen = visible_cases(actor).order_by().filter(closed_at=None, opened_on__lte=day).values("pk")
    own = Bottleneck.objects.filter(subject=OuterRef("file"), found_on__lte=day, case__in=seen)
    by_file = own.order_by().values("subject")
    number = Subquery(by_file.annotate(n=Count("id")).values("n"), output_field=IntegerField())
    first = Subquery(by_file.annotate(first=Min("found_on")).values("first"))
    found = (
        held.annotate(own=Coalesce(number, 0), first=first)
        .order_by()
        .values("post")
        .annotate(
            projects=Count("id"), red=Count("id", filter=Exists(red)), stuck=Sum("own"), since=Min("first")
        )
    )
    rows = list(found)
    posts = {
        post.id: post for post in Post.objects.select_related("unit").filter(pk__in=[r["post"] for r in rows])
    }
    visits = DueItem.objects.filter(kind=VISIT, post__in=list(posts), due_on__lt=day)
    owed = dict(visits.order_by().values_list("post").annotate(n=Count("id")))
    made = [
        Load(
            posts[row["post"]], row["projects"], row["red"], row["stuck"],
            (day - row["since"]).days if row["since"] is not None else 0, owed.get(row["post"], 0),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(made, key=lambda load: (-load.red, -load.projects, load.post.id))
