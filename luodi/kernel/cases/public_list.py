"""Lists of the cases whose course anybody may read, narrowed by what of them is public and by nothing else.

The unit that does the work is internal; a unit that anybody may ask for is one that a playbook makes public in an answer, such
as that of the post on whose order a slip stands. A case is publicly overdue where the day of its clock is a public answer: what
is told is only whether it has passed, extensions granted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from luodi.kernel.cases.access import public
from luodi.kernel.cases.models import Case, CaseDetails
from luodi.kernel.cases.playbook import Playbook
from luodi.kernel.cases.registry import kinds
from luodi.kernel.register.models import Post, Unit

COUNTED_TO = 1_000


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is asked for; ``only``: ``open``, ``closed``, ``overdue`` or all."""

    kind: str = ""
    state: str = ""
    unit: str = ""
    only: str = ""


def listed(wanted: Narrowed, day: dt.date) -> QuerySet[Case]:
    """The cases, those opened last first."""
    found = public().order_by("-id")
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.unit:
        found = found.filter(_of_unit(wanted.unit))
    if wanted.only == "overdue":
        return found.filter(closed_at__isnull=True).filter(_overdue(day))
    return found.filter(closed_at__isnull=wanted.only == "open") if wanted.only else found


def count_to(found: QuerySet[Case], most: int = COUNTED_TO) -> int:
    """How many there are, up to ``most`` and one: a long list is not counted to its end."""
    return found.order_by()[: most + 1].count()


def overdue_among(cases: Iterable[Case], day: dt.date) -> frozenset[str]:
    """The ids of those that are publicly overdue; one query."""
    idents = [case.id for case in cases if case.closed_at is None]
    return frozenset(listed(Narrowed(only="overdue"), day).filter(pk__in=idents).values_list("pk", flat=True))


def public_playbooks() -> list[Playbook]:
    """The newest playbook of every kind that anybody may follow."""
    found = [
        kind.playbooks[max(kind.playbooks)]
        for kind in kinds()
        if any(b.public for b in kind.playbooks.values())
    ]
    return sorted(found, key=lambda book: book.label)


def units_written() -> list[tuple[str, str]]:
    """Id and name of every unit that stands in a public answer of a case, by name."""
    named = Q(pk__in=[])
    for details, field in _answers_that_point():
        of_post = Post.objects.filter(Exists(details._default_manager.filter(**{field.name: OuterRef("pk")})))
        if field.related_model is Post:
            named |= Q(pk__in=of_post.values("unit"))
        else:
            named |= Q(Exists(details._default_manager.filter(**{field.name: OuterRef("pk")})))
    return list(Unit.objects.filter(named).order_by("name").values_list("id", "name"))


def _of_unit(unit: str) -> Q:
    found = Q(pk__in=[])
    for details, field in _answers_that_point():
        path = f"{field.name}__unit" if field.related_model is Post else field.name
        found |= Q(pk__in=details._default_manager.filter(**{path: unit}).values("case"))
    return found


def _answers_that_point() -> Iterator[tuple[type[CaseDetails], Any]]:
    """Public answers that name a unit or a post: the table and the field."""
    for kind in kinds():
        names = {name for book in kind.playbooks.values() for name in book.public}
        if kind.details is None:
            continue
        for field in kind.details._meta.concrete_fields:
            is_public = field.name in names and field.name in kind.details.PRIVACY.public
            if is_public and field.related_model in (Unit, Post):
                yield kind.details, field


def _overdue(day: dt.date) -> Q:
    """Its clock has passed, and the day on which that clock ends is one that anybody may read."""
    found = Q(pk__in=[])
    for kind in kinds():
        for book in kind.playbooks.values():
            for clock in book.clocks:
                if clock.written and clock.written in book.public:
                    found |= Q(kind=kind.name, version=book.version, state__in=clock.runs_in)
    return found & Q(planned_due__lt=day)
