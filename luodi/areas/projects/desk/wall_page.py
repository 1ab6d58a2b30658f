"""``/desk/projects/wall`` 挂图作战: plan against actual by month, lights, money on its bases; for screen and phone."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.ledger_page import asking, common, pages_of
from luodi.areas.projects.desk.ledger_rows import Row
from luodi.areas.projects.desk.strips import Strip, strip
from luodi.desk.doors import post_door
from luodi.desk.rendering import page

WALL = f"{BASE}/wall"
ON_A_SCREEN = 150
EVERY = 300  # seconds after which a page that was hung up asks anew
_NOTHING = (0,) * 12


@dataclass(frozen=True, slots=True)
class WallRow:
    """A project with the drawing of its year."""

    row: Row
    strip: Strip


@post_door
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The wall. ``?live=1`` hangs it up: it is asked for anew every five minutes, until somebody stops it.

    Nobody who reads it in their hand has it pulled away under their eyes, so renewing is a choice and not the rule.
    """
    one = asking(request)
    is_live = request.GET.get("live") == "1"
    start = (one.wanted.page - 1) * ON_A_SCREEN
    plain = one.wanted.href(WALL, page=one.wanted.page)
    response = page(
        request,
        "projects/wall.html",
        here="projects",
        **common(one),
        rows=[WallRow(row, _strip(row)) for row in one.rows[start : start + ON_A_SCREEN]],
        pages=pages_of(one, WALL, ON_A_SCREEN),
        is_live=is_live,
        other=plain if is_live else f"{plain}{'&' if '?' in plain else '?'}live=1",
        minutes=EVERY // 60,
        ledger=one.wanted.href(BASE),
    )
    if is_live:
        response.headers["Refresh"] = str(EVERY)
    return response


def _strip(row: Row) -> Strip:
    planned = row.against.version.months if row.against is not None else _NOTHING
    return strip(planned, row.told.done)
