"""The list's questions to the database: which promises, in which group, what waits for whom. A handful for any number of rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case as SqlCase
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from luodi.desk.promises.choosing import Asked, month_end, month_start, week_end
from luodi.desk.promises.reach import Reach, Scope
from luodi.kernel.commitments.access import objections_for, visible_to
from luodi.kernel.commitments.models import CoUnit, Report, Standing, Verification
from luodi.kernel.commitments.reckoning import EXCLUDED

GROUPS = ("past", "today", "week", "month", "later", "none", "claimed", "ended")
_ENDED = ("kept", *EXCLUDED)


@dataclass(frozen=True, slots=True)
class Todo:
    """How many wait for oneself, by what is to be done; ``whole`` counts each promise once."""

    whole: int = 0
    report: int = 0
    back: int = 0
    verify: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A unit's promises that are not ended, and how many of them are overdue."""

    id: str
    name: str
    total: int
    overdue: int


def whole(reach: Reach) -> QuerySet[Standing]:
    """Every promise that the post may see, with what was last reported of it, what was found of that, who had a part in it."""
    helpers = CoUnit.objects.filter(commitment=OuterRef("pk"))
    reports = Report.objects.filter(commitment=OuterRef("pk")).order_by("-id")
    findings = Verification.objects.filter(report=OuterRef("last_report")).order_by("-id")
    objections = objections_for(reach.actor).filter(subject=OuterRef("pk"), state="open")
    found = Standing.objects.filter(commitment__in=visible_to(reach.actor).order_by().values("pk"))
    return found.exclude(board="undone").annotate(
        last_report=Subquery(reports.values("id")[:1]),
        last_kind=Subquery(reports.values("kind")[:1]),
        last_as_of=Subquery(reports.values("as_of")[:1]),
        last_verdict=Subquery(findings.values("verdict")[:1]),
        is_objected=Exists(objections),
        is_helped_by_own=Exists(helpers.filter(unit__in=reach.mine, until=None)),
        is_helped_in_line=Exists(helpers.filter(unit__in=reach.line)),
        is_reported_in_line=Exists(Report.objects.filter(commitment=OuterRef("pk"), unit_of__in=reach.line)),
    )


def chosen(asked: Asked, reach: Reach, day: dt.date) -> QuerySet[Standing]:
    """The promises of a choice in their order, each with its ``group``: the place of its name in ``GROUPS``."""
    found = _narrowed(within(asked, reach), asked, reach, day).annotate(group=_group(day))
    related = found.select_related("commitment__lead_unit")
    return related.order_by("group", "worst", "due_order", "commitment_id")


def within(asked: Asked, reach: Reach) -> QuerySet[Standing]:
    """Whose promises, before anything else is chosen. A unit named by the reader is looked for in the whole district."""
    found = whole(reach)
    if asked.unit:
        helps = CoUnit.objects.filter(commitment=OuterRef("pk"), unit=asked.unit, until=None)
        return found.filter(Q(lead_unit=asked.unit) | Exists(helps))
    is_own = asked.whose == "unit" or (not asked.whose and not reach.sees_all_first)
    # what waits for oneself is asked of the whole district: one verifies others' work, not one's own
    return found.filter(_own(reach)) if is_own and not asked.todo else found


def group_counts(asked: Asked, reach: Reach, day: dt.date) -> dict[int, int]:
    """How many of a choice stand in each group. One query."""
    found: Any = chosen(asked, reach, day).order_by().select_related(None)
    return {row["group"]: row["number"] for row in found.values("group").annotate(number=Count("pk"))}


def todo_counts(reach: Reach, day: dt.date) -> Todo:
    """What waits for oneself. One query; none where nothing can wait."""
    names = _possible(reach)
    if not names:
        return Todo()
    parts = {name: Count("pk", filter=_todo(name, reach, day)) for name in names}
    found: dict[str, int] = whole(reach).aggregate(whole=Count("pk", filter=_any_todo(reach, day)), **parts)
    return Todo(**found)


def open_counts(reach: Reach) -> tuple[int, int]:
    """How many promises are not ended: the own unit's, and the district's. One query."""
    going = ~Q(board__in=_ENDED)
    found = whole(reach).aggregate(
        own=Count("pk", filter=going & _own(reach)), every=Count("pk", filter=going)
    )
    return found["own"], found["every"]


def state_counts(asked: Asked, reach: Reach, day: dt.date) -> dict[str, int]:
    """How many of a choice stand where, whatever state was chosen. One query."""
    found = _narrowed(within(asked, reach), replace(asked, state=""), reach, day, ended=True)
    return dict(found.order_by().values_list("board").annotate(number=Count("pk")))


def unit_counts(reach: Reach) -> list[UnitCount]:
    """Every lead unit with promises that are not ended, most overdue first. One query."""
    found = whole(reach).exclude(board__in=_ENDED).order_by()
    rows = found.values_list("lead_unit_id", "commitment__lead_unit__name").annotate(
        total=Count("pk"), overdue=Count("pk", filter=Q(board="overdue"))
    )
    return sorted((UnitCount(*row) for row in rows), key=lambda row: (-row.overdue, -row.total, row.name))


def topics(reach: Reach) -> list[str]:
    """Every topic there is."""
    found = whole(reach).exclude(topic="").order_by("topic").values_list("topic", flat=True)
    return list(found.distinct())


def may_verify(row: Any, reach: Reach) -> bool:
    """Whether the last report of a listed row waits for a finding that this post may make."""
    waits = row.state in ("open", "claimed") and row.last_report is not None and row.last_verdict is None
    independent = row.lead_unit_id not in reach.line and not (
        row.is_reported_in_line or row.is_helped_in_line
    )
    return bool(waits) and independent and reach.verifier.covers(row.lead_unit_id)


def _narrowed(
    found: QuerySet[Standing], asked: Asked, reach: Reach, day: dt.date, *, ended: bool = False
) -> QuerySet[Standing]:
    if asked.todo:
        names = [name for name in _possible(reach) if asked.todo in ("any", name)]
        wanted = _any_todo(reach, day) if asked.todo == "any" else _todo(asked.todo, reach, day)
        found = found.filter(wanted) if names else found.none()
    if asked.topic:
        found = found.filter(topic=asked.topic)
    if asked.due:
        found = found.filter(_due(asked.due, day))
    for word in asked.text.split():
        found = found.filter(
            Q(commitment__title__icontains=word) | Q(commitment__number=word) | Q(commitment_id=word)
        )
    if asked.state:
        return found.filter(board=asked.state)
    # what waits for oneself is asked of ended ones too: somebody may say of any page that it is wrong
    return found if ended or asked.todo else found.exclude(board__in=_ENDED)


def _own(reach: Reach) -> Q:
    """Led or helped by a unit of one's own."""
    return Q(lead_unit__in=reach.mine) | Q(is_helped_by_own=True)


def _possible(reach: Reach) -> list[str]:
    """What can wait for this post at all."""
    possible = {
        "report": reach.reports,
        "back": reach.reports,
        "verify": bool(reach.verifier),
        "wrong": bool(reach.office),
    }
    return [name for name, is_possible in possible.items() if is_possible]


def _any_todo(reach: Reach, day: dt.date) -> Q:
    whole = Q()
    for name in _possible(reach):
        whole |= _todo(name, reach, day)
    return whole


def _todo(name: str, reach: Reach, day: dt.date) -> Q:
    """The condition that something waits for this post. ``report``: nothing reported yet as of a day of this month."""
    if name == "wrong":
        return _covered(reach.office) & Q(is_objected=True)
    if name == "verify":
        waits = Q(state__in=("open", "claimed"), last_report__isnull=False, last_verdict__isnull=True)
        independent = ~Q(lead_unit__in=reach.line) & Q(is_reported_in_line=False, is_helped_in_line=False)
        return _covered(reach.verifier) & waits & independent
    going = Q(state="open", lead_unit__in=reach.answers)
    if name == "back":
        return going & Q(last_verdict="sent_back")
    old = Q(reported_on__isnull=True) | Q(reported_on__lt=month_start(day))
    return going & old & (Q(last_verdict__isnull=True) | ~Q(last_verdict="sent_back"))


def _covered(scope: Scope) -> Q:
    return Q() if scope.everywhere else Q(lead_unit__in=scope.units)


def _due(due: str, day: dt.date) -> Q:
    spans = {
        "past": (None, day - dt.timedelta(days=1)),
        "today": (day, day),
        "week": (day, week_end(day)),
        "month": (day, month_end(day)),
        "later": (month_end(day) + dt.timedelta(days=1), None),
    }
    if due not in spans:
        return Q(due_until__isnull=True)
    first, last = spans[due]
    wanted = Q(due_until__isnull=False)
    if first is not None:
        wanted &= Q(due_until__gte=first)
    return wanted & Q(due_until__lte=last) if last is not None else wanted


def _group(day: dt.date) -> SqlCase:
    places = {name: Value(place) for place, name in enumerate(GROUPS)}
    return SqlCase(
        When(board__in=_ENDED, then=places["ended"]),
        When(board="claimed", then=places["claimed"]),
        When(due_until__isnull=True, then=places["none"]),
        When(due_until__lt=day, then=places["past"]),
        When(due_until=day, then=places["today"]),
        When(due_until__lte=week_end(day), then=places["week"]),
        When(due_until__lte=month_end(day), then=places["month"]),
        default=places["later"],
        output_field=IntegerField(),
    )
