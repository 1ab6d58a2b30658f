"""The projects that a sentence is tied to, for whoever reviews it; and for the office the way to take in one that it names."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from luodi.areas.projects.access import visible_to
from luodi.areas.projects.acts.proposing import NAMED
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.named_models import NameJudged
from luodi.areas.projects.said import names_in
from luodi.desk.areas import AreaTie
from luodi.kernel.accounts.access import has_role
from luodi.kernel.documents.models import Reading
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.models import Link


def tied_to(statements: Sequence[str], actor: Actor) -> list[AreaTie]:
    """Projects that the actor may see, each once; of a single sentence without any the names that the office has not settled.

    At most four queries, however many sentences.
    """
    linked = Link.objects.filter(kind=NAMED, until=None, target__in=list(statements)).values("source")
    files = visible_to(actor).filter(project__in=linked).order_by("id")
    found = [AreaTie(gettext("说到的重点项目："), row.project.name, f"{BASE}/{row.id}") for row in files]
    if found or len(statements) != 1 or not has_role(actor, "office"):
        return found
    return _unsettled(statements[0])


def _unsettled(statement: str) -> list[AreaTie]:
    rows = Reading.objects.filter(statement=statement).order_by("-id")
    names = names_in(rows.values_list("project", flat=True).first() or "")
    judged = NameJudged.objects.filter(statement=statement).order_by("id") if names else ()
    held = {row.name: row.verdict for row in judged}
    way = gettext("没有连上项目，可以凭这句话立一个：")
    return [
        AreaTie(way, name, f"{BASE}/new?statement={statement}&place={place}")
        for place, name in enumerate(names)
        if held.get(name) not in ("opened", "refused")
    ]
