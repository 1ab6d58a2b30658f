"""What is due of some projects, by whomever: months, visits, planned days, bottlenecks with reviews, decisions; worst first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luodi.areas.projects.models import Bottleneck, MeetingDecision
from luodi.desk.cases.listing_words import DueShown, Wording, address_of, title_words
from luodi.kernel.cases.access import visible_to as visible_cases
from luodi.kernel.cases.models import DueItem
from luodi.kernel.clocks.now import now
from luodi.kernel.ledger.action import Actor
from luodi.kernel.rules.lookups import rulebook
from luodi.pages.promise_words import post_name

MOST = 8  # of a leader's projects; more would push the projects themselves off the first screen


@dataclass(frozen=True, slots=True)
class DueRow:
    """One thing: ``what`` is to be done by ``who``, of which project; ``is_mine``: by the post that looks."""

    href: str
    project: str
    kind: str
    title: str
    what: str
    who: str
    is_mine: bool
    due: DueShown


def dues_of(names: Mapping[str, str], actor: Actor) -> tuple[list[DueRow], int]:
    """What is due first of the projects of these files (their names by id), and how much there is in all. Four queries.

    Of cases only those that the actor may read. What stands still is left out: nobody can do it now.
    """
    seen = visible_cases(actor).filter(closed_at=None).values("pk")
    project_of = {ident: ident for ident in names}
    for model in (Bottleneck, MeetingDecision):
        rows = model.objects.filter(subject__in=list(names), case__in=seen)
        project_of |= dict(rows.values_list("case", "subject"))
    found = DueItem.objects.filter(subject__in=list(project_of)).exclude(light="paused")
    shown = found.select_related("unit", "post__unit").order_by("due_at", "id")
    wording = Wording(rulebook(), now())
    return [
        _row(item, names[project_of[item.subject]], wording, actor) for item in shown[:MOST]
    ], found.count()


def _row(item: DueItem, project: str, wording: Wording, actor: Actor) -> DueRow:
    title = title_words(item.title)
    return DueRow(
        href=address_of(item.subject),
        project=project,
        kind=wording.kind(item.kind),
        title="" if title == project else title,
        what=item.label,
        who=post_name(item.post) or item.unit.name,
        is_mine=item.post_id == actor.post,
        due=wording.due(item),
    )
