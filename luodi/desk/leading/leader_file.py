"""``/desk/leader.docx``, ``.pdf``, ``.xlsx``: what the leader's screen shows today, as a paper to take to a meeting."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luodi.desk.doors import role_door
from luodi.desk.leading.cases import cases_shown
from luodi.desk.leading.decisions import decisions
from luodi.desk.leading.leader_paper import leader_paper
from luodi.desk.leading.loads import loads, whole
from luodi.desk.leading.scope import ROLES, units_of
from luodi.desk.leading.screen import UNITS, few, figures_of, own_of
from luodi.desk.papers_sent import paper_answer
from luodi.desk.presence import presence_of
from luodi.kernel.clocks.now import now, today


@role_door(*ROLES)
@require_safe
def leader_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The paper. Raises ``Refusal`` for PDF where this machine can make none."""
    presence = presence_of(request)
    day, units = today(), units_of(presence)
    waiting = decisions(units, presence.actor, day)
    lines, _ = loads(units, presence.post.unit_id if presence.post else "", day)
    paper = leader_paper(
        unit=presence.post.unit.name if presence.post else "",
        day=day,
        decisions=few(waiting),
        figures=figures_of(whole(units, day), lines, presence.actor, day),
        own=own_of(presence, units).rows,
        loads=lines[:UNITS],
        waiting=len(waiting),
        cases=cases_shown(presence.actor, now()),
    )
    return paper_answer(paper, kind, f"{paper.title}{day:%Y%m%d}")
