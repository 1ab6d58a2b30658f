"""``/desk/projects/wall`` 挂图作战: plan against actual by month, lights, money on its bases; for screen and phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.ledger_page import Asking, asking, common, pages_of
from luodi.areas.projects.desk.ledger_rows import Row
from luodi.areas.projects.desk.strips import Strip, strip
from luodi.areas.projects.site_map import Site, SiteMap, point_of, site_map
from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import now

WALL = f"{BASE}/wall"
ON_A_SCREEN = 60
EVERY = 300  # seconds after which a page that was hung up asks anew
MAY_HANG = ("office", "leader")  # whose wall may hang where nobody comes in
_NOTHING = (0,) * 12


@dataclass(frozen=True, slots=True)
class WallRow:
    """A project with its number on the map and the drawing of its year."""

    number: int
    row: Row
    strip: Strip


@post_door
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The wall. ``?live=1`` hangs it up: it is asked for anew every five minutes, until somebody stops it.

    Nobody who reads it in their hand has it pulled away under their eyes, so renewing is a choice and not the rule. With a script
    the wall alone is replaced, and stays as it was while the server does not answer; without one the whole page comes anew.
    """
    presence = presence_of(request)
    one = asking(request, ON_A_SCREEN, presence)
    is_live = request.GET.get("live") == "1"
    plain = one.wanted.href(WALL, page=one.wanted.page)
    return page(
        request,
        "projects/wall.html",
        here="projects",
        **shown(request, one, WALL),
        is_live=is_live,
        other=plain if is_live else f"{plain}{'&' if '?' in plain else '?'}live=1",
        minutes=EVERY // 60,
        ledger=one.wanted.href(BASE),
        screens=f"{WALL}/screens" if presence.has_role(*MAY_HANG) else "",
    )


def shown(request: HttpRequest, one: Asking, base: str) -> dict[str, Any]:
    """What the wall shows, wherever it hangs; its steps lead to ``base``."""
    first = (one.wanted.page - 1) * ON_A_SCREEN + 1
    rows = [WallRow(number, row, _strip(row)) for number, row in enumerate(one.rows, first)]
    return {
        **common(one, base),
        "rows": rows,
        "map": _map(rows),
        "pages": pages_of(one, base, ON_A_SCREEN),
        "every": EVERY,
        "address": request.get_full_path(),
        "asked_at": now(),
    }


def _map(rows: Sequence[WallRow]) -> SiteMap | None:
    """The sites of these rows; those whose point nobody entered are in the list alone."""
    found = []
    for each in rows:
        at = point_of(each.row.file.site)
        if at is not None:
            place = each.row.file.project.place
            found.append(Site(each.number, *at, each.row.colour, place.name if place is not None else ""))
    return site_map(found)


def _strip(row: Row) -> Strip:
    planned = row.against.version.months if row.against is not None else _NOTHING
    return strip(planned, row.told.done)
