"""``/g/<id>`` of a project: what it is to be, who answers for it, what was promised and what is there; every figure leads on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.areas.projects.access import public
from luodi.areas.projects.models import ProjectFile, StageMove
from luodi.areas.projects.money import band
from luodi.areas.projects.months import last_day_of
from luodi.areas.projects.public.course import passed, photos_shown, plans_shown, reports_shown
from luodi.areas.projects.public.events import report_events
from luodi.areas.projects.public.promised import side_by_side, standing_figure
from luodi.areas.projects.public.rows import Row, file_of, last_month, rows_of, shown
from luodi.kernel.commitments.access import public as public_promises
from luodi.kernel.commitments.models import Standing
from luodi.kernel.documents import access as documents
from luodi.kernel.documents.models import Reading
from luodi.kernel.figures.display import MISSING
from luodi.kernel.register.lookups import links_of
from luodi.pages import days
from luodi.pages.phrases import Bit
from luodi.pages.public_address import public_address
from luodi.pages.shapes import Fact
from luodi.portal.events_of import events_of, newest_checkpoint
from luodi.portal.freshness import public_page
from luodi.portal.promise_rows import promise_rows


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence or a paper that names the project, or a project it follows on."""

    sort: str
    text: str
    href: str


@public_page
def project_page(request: HttpRequest, ident: str) -> HttpResponse:
    """The page of one project; by the id of its file it leads to that of the register."""
    file = file_of(ident)
    if ident != file.project_id:
        return HttpResponseRedirect(f"/g/{file.project_id}")
    row = rows_of([file])[0]
    reports = reports_shown(file)
    events = events_of(file.id, [file.project_id, *(report.id for report in reports)])
    told = report_events(reports)
    moves = {
        move.to_stage: events.by_row.get(move.id, "")
        for move in StageMove.objects.filter(file=file, kind="forward").defer("reason").order_by("on")
    }
    promises, named = _linked(file)
    return render(
        request,
        "projects/public_project.html",
        {
            "here": "projects",
            "file": file,
            "project": file.project,
            "row": row,
            "as_of": last_day_of(last_month()),
            "lights": [shown(light) for light in row.lights],
            "beside": side_by_side(row, moves.get("newly_started", ""), moves.get("completed_works", "")),
            "figure": standing_figure(row),
            "facts": _facts(row),
            "promises": promise_rows(promises),
            "named": named,
            "plans": plans_shown(file, events.by_row),
            "months": [(report, told.get(report.id, "")) for report in reports],
            "photos": photos_shown(file, told),
            "steps": passed(file, events.by_row),
            "events": events,
            "last_sealed": events.sealed[-1] if events.sealed else None,
            "checkpoint": newest_checkpoint(),
            "address": f"{public_address(request)}{row.href}",
        },
    )


@require_safe
def code(request: HttpRequest, ident: str) -> HttpResponse:
    """``/projects/<id>/code.svg``: the page's address as a code for a board at the site."""
    file = file_of(ident)
    drawn = BytesIO()
    made = segno.make(f"{public_address(request)}/g/{file.project_id}", error="m", micro=False)
    made.save(
        drawn, kind="svg", scale=5, border=4, xmldecl=False, svgclass=None, lineclass=None, light="#fff"
    )
    answer = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def _facts(row: Row) -> list[Fact]:
    """What it is and who answers for it: posts and units, no people."""
    file, project = row.file, row.file.project
    owner = project.owner_unit
    told: list[tuple[str, Bit, str]] = [
        (gettext("级别"), Bit(row.levels or MISSING), ""),
        (gettext("阶段"), _event_bit(gettext(file.get_stage_display()), row.stage_event), _since(row)),
        (gettext("总投资"), Bit(gettext(band(file.total_investment)) or MISSING), gettext("公开的是档次，不是数额")),
        (gettext("业主"), _unit(owner), ""),
        (gettext("责任单位"), _unit(file.responsible_unit), ""),
        (gettext("行业主管"), _unit(file.lead_unit), ""),
        (
            gettext("包联领导"),
            Bit(row.leader_name, f"/g/{row.leader.id}") if row.leader is not None else Bit(gettext("没有人包联")),
            gettext("公开页面只写岗位，不写人。"),
        ),
        (gettext("地点"), Bit(project.place.name if project.place is not None else MISSING), file.site),
        (gettext("项目代码"), Bit(project.code or MISSING), ""),
    ]  # fmt: skip
    return [Fact(name, (bit,), second) for name, bit, second in told]


def _since(row: Row) -> str:
    return gettext("从%(day)s起") % {"day": days.full(row.file.stage_since)}


def _event_bit(words: str, event: str) -> Bit:
    return Bit(words, f"/e/{event}" if event else "")


def _unit(unit: Any) -> Bit:
    return Bit(unit.name, f"/g/{unit.id}") if unit is not None else Bit(MISSING)


def _linked(file: ProjectFile) -> tuple[list[Standing], list[Named]]:
    """The promises that it delivers, and what names it. At most five queries."""
    links = links_of(file.project_id)
    others = {link.target if link.source == file.project_id else link.source for link in links}
    seen = public_promises().filter(pk__in=_of(others, "c"))
    promises = list(
        Standing.objects.filter(commitment__in=seen)
        .select_related("commitment__lead_unit")
        .order_by("commitment_id")
    )
    named: list[Named] = []
    if wanted := _of(others, "s"):
        newest = dict(
            Reading.objects.filter(statement__in=wanted).order_by("id").values_list("statement", "text")
        )
        rows = documents.public_statements().filter(pk__in=wanted).order_by("id")
        named += [Named(gettext("文件里的话"), newest.get(row.id, row.quote), f"/s/{row.id}") for row in rows]
    if wanted := _of(others, "d"):
        papers = documents.public().filter(pk__in=wanted).defer("text")
        named += [Named(gettext("文件"), row.title or row.id, f"/d/{row.id}") for row in papers]
    if wanted := _of(others, "j"):
        files = public().filter(project__in=wanted)
        named += [Named(gettext("有关的项目"), row.project.name, f"/g/{row.project_id}") for row in files]
    return promises, named


def _of(idents: Iterable[str], letter: str) -> list[str]:
    return [each for each in idents if each.startswith(letter)]
