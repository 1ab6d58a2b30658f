"""``/k/<id>``: where a case stands, which way it went, how it ended. The same for every kind that its playbook makes public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from luodi.kernel.cases import access
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.playbook import COUNTED, Playbook
from luodi.kernel.cases.public_course import PublicStep, Told, course_of, told_of
from luodi.kernel.cases.registry import playbook_of
from luodi.pages import days
from luodi.pages.phrases import Bit
from luodi.pages.shapes import Fact
from luodi.portal.events_of import events_of, newest_checkpoint
from luodi.portal.freshness import public_page
from luodi.portal.names import address_of


@dataclass(frozen=True, slots=True)
class Line:
    """One move of the course, with the event in which it was registered."""

    step: PublicStep
    event: str


@public_page
def case_page(request: HttpRequest, ident: str) -> HttpResponse:
    """The page of one public case; 404 where there is none, or where its kind is nobody else's business."""
    case = access.public().filter(pk=ident).first()
    if case is None:
        raise Http404(gettext("没有编号为“%(id)s”、可以公开跟踪的事项。") % {"id": ident})
    return render(request, "portal/case.html", _context(case))


def _context(case: Case) -> dict[str, Any]:
    playbook = playbook_of(case.kind, case.version)
    events = events_of(case.id)
    steps = course_of([case])[case.id]
    return {
        "here": "cases",
        "case": case,
        "label": playbook.label,
        "state": playbook.label_of(case.state),
        "counted": COUNTED.get(case.outcome, ""),
        "facts": _facts(case, playbook, told_of([case])[case.id]),
        "lines": [Line(step, events.by_row.get(step.id, "")) for step in reversed(steps)],
        "next": _to_come(case, playbook),
        "events": events,
        "last_sealed": events.sealed[-1] if events.sealed else None,
        "checkpoint": newest_checkpoint(),
    }


def _facts(case: Case, playbook: Playbook, told: list[Told]) -> list[Fact]:
    found = [
        Fact(gettext("编号"), (Bit(case.number),)),
        Fact(gettext("哪天立的"), (Bit(days.full(case.opened_on)),)),
    ]
    for each in told:
        words = each.value if isinstance(each.value, str) else days.full(each.value)
        found.append(Fact(each.label, (Bit(words, address_of(each.ident) if each.ident else ""),)))
    found.append(
        Fact(
            gettext("按什么办"),
            (Bit(f"{playbook.source_title}{gettext('，')}{gettext('流程第%(n)s版') % {'n': case.version}}"),),
        )
    )
    return found


def _to_come(case: Case, playbook: Playbook) -> str:
    """What is waited for now, in the playbook's words; nothing once it has ended."""
    state = playbook.state_named.get(case.state)
    return state.says if state is not None and case.closed_at is None else ""
