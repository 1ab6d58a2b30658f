"""``/desk/projects/meeting`` 调度会材料: on screen, as PDF, Word and spreadsheet; which projects and as of which day is asked."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.areas.projects.desk.asking import BASE, Asked, asked
from luodi.areas.projects.desk.ledger_page import filter_choices
from luodi.areas.projects.desk.ledger_rows import chosen, light_shown
from luodi.areas.projects.desk.pack_paper import Pack, opening_words, order_words, pack_paper, pack_sheet
from luodi.areas.projects.desk.pack_words import (
    decided_rows,
    facts_of,
    matter_words,
    month_lines,
    stuck_rows,
    sum_words,
)
from luodi.areas.projects.desk.strips import drawing
from luodi.areas.projects.meeting.gathering import Brief, briefs, last_meeting, month_before
from luodi.desk.doors import role_door
from luodi.desk.papers_sent import can_make_pdf, paper_answer
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import today
from luodi.kernel.ids import is_id

MEETING = f"{BASE}/meeting"
USUAL, MOST = 12, 60  # pages of projects
DOOR = ("office", "leader")


@dataclass(frozen=True, slots=True)
class Wanted:
    """``day``: as of when; ``idents`` the projects picked by hand, none for those that weigh most, ``most`` of them."""

    day: dt.date
    most: int
    idents: tuple[str, ...]
    with_statistics: bool
    choice: Asked

    def href(self, ending: str = "") -> str:
        """The address of the same pack."""
        query = [
            ("day", self.day.isoformat()),
            ("most", str(self.most)),
            *(("id", each) for each in self.idents),
        ]
        if self.with_statistics:
            query.append(("statistics", "1"))
        more = self.choice.query
        return f"{MEETING}{ending}?{urlencode(query)}{f'&{more}' if more else ''}"


@role_door(*DOOR)
@require_safe
def meeting(request: HttpRequest) -> HttpResponse:
    """The pack on screen, with every project that could be taken up below it, to be ticked."""
    wanted, pack, left = _gathered(request)
    return page(
        request,
        "projects/meeting.html",
        here="projects",
        base=BASE,
        meeting=MEETING,
        wanted=wanted,
        month=month_before(pack.day),
        opening=opening_words(pack),
        order=order_words(),
        last=decided_rows(pack.last, pack.day),
        pages=[_page(brief, pack) for brief in pack.briefs],
        left=left,
        filters=filter_choices(request, wanted.choice),
        files={kind: wanted.href(f".{kind}") for kind in ("pdf", "docx", "xlsx")},
        can_make_pdf=can_make_pdf(),
        most=MOST,
        is_office=presence_of(request).has_role("office"),
    )


@role_door(*DOOR)
@require_safe
def meeting_file(request: HttpRequest, kind: str) -> HttpResponse:
    """``/desk/projects/meeting.pdf``, ``.docx`` and ``.xlsx``: the same pack from the same question."""
    _, pack, _ = _gathered(request)
    made = pack_sheet(pack) if kind == "xlsx" else pack_paper(pack)
    return paper_answer(made, kind, f"{gettext('重点项目调度会材料')}{pack.day:%Y%m%d}")


def _gathered(request: HttpRequest) -> tuple[Wanted, Pack, list[Brief]]:
    presence = presence_of(request)
    wanted = _wanted(request)
    files = list(chosen(wanted.choice, presence))
    whole = briefs(files, wanted.day, presence.actor, with_statistics=wanted.with_statistics)
    if wanted.idents:
        taken = [each for each in whole if each.file.id in wanted.idents]
    else:
        taken = [each for each in whole if each.weight > 0][: wanted.most]
    kept = {each.file.id for each in taken}
    office = presence.post.unit.name if presence.post is not None else ""
    last = last_meeting(wanted.day, presence.actor)
    pack = Pack(wanted.day, office, taken, last, wanted.with_statistics)
    return wanted, pack, [each for each in whole if each.file.id not in kept]


def _wanted(request: HttpRequest) -> Wanted:
    query = request.GET
    given = re.fullmatch(r"[1-9][0-9]?", query.get("most", ""))
    idents = tuple(dict.fromkeys(each for each in query.getlist("id") if is_id(each, "p")))[:MOST]
    may_quote = presence_of(request).has_role("office")
    return Wanted(
        _day(query.get("day", "")),
        min(int(given[0]), MOST) if given else USUAL,
        idents,
        query.get("statistics") == "1" and may_quote,
        asked(query),
    )


def _day(text: str) -> dt.date:
    try:
        return min(dt.date.fromisoformat(text), today())
    except ValueError:
        return today()


def _page(brief: Brief, pack: Pack) -> dict[str, Any]:
    first = brief.standing.year.original.version.months if brief.standing.year is not None else (0,) * 12
    return {
        "brief": brief,
        "href": f"{BASE}/{brief.file.id}",
        "facts": facts_of(brief),
        "lights": [light_shown(light) for light in brief.standing.lights],
        "drawing": drawing(brief.year.planned, first, brief.year.done),
        "lines": month_lines(brief, with_statistics=pack.with_statistics),
        "stuck": stuck_rows(brief, pack.day),
        "decided": decided_rows(brief.decided, pack.day),
        "matters": matter_words(brief, pack.day),
        "sum": sum_words(brief, pack.day),
    }
