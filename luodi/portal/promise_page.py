"""``/c/<id>``: is it done, who says so, what was really said?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from luodi.kernel.clocks.now import today
from luodi.kernel.commitments import access
from luodi.kernel.commitments.gather import Material, material_of
from luodi.kernel.commitments.models import Objection, Said, Standing
from luodi.kernel.documents.models import Reading, StatementKey
from luodi.kernel.register.lookups import links_of
from luodi.pages import days
from luodi.portal.areas import public_names
from luodi.portal.events_of import events_of, newest_checkpoint
from luodi.portal.freshness import public_page
from luodi.portal.kindred import kindred_of
from luodi.portal.light_words import light_of
from luodi.portal.names import Names
from luodi.portal.progress_chart import progress_chart
from luodi.portal.promise_facts import facts_of, figures_shown
from luodi.portal.promise_rows import first_said, flags_of, ruler_of, said_by, state_of, told_by
from luodi.portal.source_pane import source_pane
from luodi.portal.trail_steps import Trail


@public_page
def promise_page(request: HttpRequest, ident: str) -> HttpResponse:
    """The page of one promise; 404 where there is none."""
    standing = (
        # asked for by its id, else SQLite makes a list of every public promise first
        Standing.objects.filter(commitment__in=access.public().filter(pk=ident))
        .select_related(
            "commitment__lead_unit",
            "commitment__leader_post__unit",
            "commitment__place",
            "commitment__project",
        )
        .first()
    )
    if standing is None:
        raise Http404(gettext("没有编号为“%(id)s”的承诺。") % {"id": ident})
    material = material_of([ident])[ident]
    return render(request, "portal/promise.html", _context(request, standing, material))


def _context(request: HttpRequest, standing: Standing, material: Material) -> dict[str, Any]:
    day = today()
    ident = standing.commitment_id
    kindred = kindred_of(ident)
    events = events_of(ident, kindred.ids)
    co_units = list(standing.commitment.co_units.filter(until__isnull=True).select_related("unit"))
    names = Names.of(_ids(material))
    trail = Trail(
        standing, material, events.by_row, names, _wording([*material.said, *kindred.said]), kindred
    )
    ruler = ruler_of(standing, material, day)
    objections = list(Objection.objects.filter(subject=ident).values_list("state", flat=True))
    return {
        "here": "board",
        "commitment": standing.commitment,
        "state": state_of(standing, day),
        "light": light_of(standing),
        "flags": flags_of(standing, material),
        "said_by": said_by(material) or told_by(kindred.made()),
        "ruler": replace(ruler, due_words=_due_words(standing)) if ruler else None,
        "figures": figures_shown(material, trail.way, names, day),
        "facts": facts_of(standing, material, [c.unit for c in co_units], names),
        "chart": progress_chart(material, trail.way, names),
        "pane": _pane(request, first_said(material) or kindred.made()),
        "steps": trail.steps(day),
        "events": events,
        "last_sealed": events.sealed[-1] if events.sealed else None,
        "checkpoint": newest_checkpoint(),
        "objections": len(objections),
        "objections_open": objections.count("open"),
        **_together(standing, material),
    }


def _due_words(standing: Standing) -> str:
    if standing.due_until is None:
        return ""
    return gettext("%(day)s到期") % {"day": days.words(standing.due_until)}


def _pane(request: HttpRequest, said: Said | None) -> Any:
    """The source of the sentence that made it; ``None`` where it came from a sheet."""
    if said is None:
        return None
    statement = StatementKey.objects.filter(pk=said.statement_id).select_related("source__file").first()
    view = "kept" if request.GET.get("view") == "kept" else "repaired"
    return source_pane(statement, view) if statement else None


def _wording(sentences: list[Said]) -> dict[str, str]:
    """The repaired words of every statement that spoke of it, by the newest reading; one query."""
    statements = [said.statement_id for said in sentences if said.statement_id]
    rows = Reading.objects.filter(statement__in=statements).order_by("id").values_list("statement_id", "text")
    return dict(rows)


def _ids(material: Material) -> set[str]:
    """Units and posts named on the page."""
    found: set[str] = set()
    for report in material.reports:
        found |= {report.post_id, report.unit_of_id}
        for finding in material.findings.get(report.id, []):
            found |= {finding.post_id, finding.unit_of_id}
    found |= {target.body_id for target in material.targets if target.body_id}
    return found


def _together(standing: Standing, material: Material) -> dict[str, Any]:
    """What belongs together with it: rows of areas tied to it, the unit's other promises, the rest of the same document."""
    said = first_said(material)
    unit = standing.commitment.lead_unit
    ident = standing.commitment_id
    tied = {link.target if link.source == ident else link.source for link in links_of(ident)}
    return {
        "tied": [(f"/g/{key}", name) for key, name in sorted(public_names(tied).items())],
        "unit": unit,
        "document_href": f"/d/{said.statement.source_id}" if said and said.statement else "",
    }
