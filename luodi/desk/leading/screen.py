"""``/desk/leader``: what must I decide? Numbered decisions, my own promises, six figures, loads, causes, cases; one A4 page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.doors import role_door
from luodi.desk.leading.asking import Asked, within
from luodi.desk.leading.briefs import briefs
from luodi.desk.leading.cases import cases_shown
from luodi.desk.leading.decisions import Decision, decisions
from luodi.desk.leading.loads import Load, Whole, causes, loads, whole
from luodi.desk.leading.scope import ROLES, units_of
from luodi.desk.papers_sent import can_make_pdf
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import day_of, now, today
from luodi.kernel.commitments.access import objections_for
from luodi.kernel.commitments.board import turned_on
from luodi.kernel.commitments.models import Standing
from luodi.kernel.commitments.reckoning import OPEN_ON_BOARD
from luodi.kernel.documents.access import public as public_documents
from luodi.kernel.figures.display import percent, share_of
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.lookups import descendants
from luodi.pages import days
from luodi.pages.shapes import FigureShown

ON_SCREEN = 5  # decisions
_OF_ONE_KIND = 2
UNITS = 8
_OWN, _CAUSES = 6, 5
_SEEN = "luodi_leader_seen"
_A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Own:
    """The promises of one's own post, or, where it has none, of the units below one's own."""

    is_post: bool
    rows: list[Any]
    total: int
    href: str


@role_door(*ROLES)
@require_safe
def leader_screen(request: HttpRequest) -> HttpResponse:
    """The screen. When it was seen last is kept in a cookie of this browser, and nowhere else."""
    presence = presence_of(request)
    day, units = today(), units_of(presence)
    waiting = decisions(units, presence.actor, day)
    seen = _last_seen(request, day)
    lines, middle = loads(units, presence.post.unit_id if presence.post else "", day)
    counted = whole(units, day)
    lit = causes(units, day)
    response = page(
        request,
        "desk/leading/screen.html",
        here="leading",
        has_pdf=can_make_pdf(),
        moment=now(),
        waiting=waiting,
        shown=few(waiting),
        red=sum(1 for each in waiting if each.is_red),
        seen=seen,
        own=own_of(presence, units),
        figures=figures_of(counted, lines, presence.actor, day),
        loads=lines[:UNITS],
        all_units=len(lines),
        middle=f"{middle:g}",
        causes=lit[:_CAUSES],
        lit=sum(each.count for each in lit),
        counted=counted,
        cases=cases_shown(presence.actor, now()),
        **_freshness(day),
    )
    # two days: the one on which it was seen before today, and today
    value = signing.dumps([seen.isoformat() if seen else "", day.isoformat()], salt=_SEEN)
    response.set_cookie(_SEEN, value, max_age=_A_YEAR, path="/desk/leader", httponly=True, samesite="Lax")
    return response


def few(waiting: Sequence[Decision]) -> list[Decision]:
    """The worst, of no kind more than two, so that one bad bureau does not hide everything else."""
    shown: list[Decision] = []
    for each in waiting:
        if sum(1 for other in shown if other.kind == each.kind) < _OF_ONE_KIND:
            shown.append(each)
    return shown[:ON_SCREEN]


def _last_seen(request: HttpRequest, day: dt.date) -> dt.date | None:
    """The last day before today on which this browser showed the screen."""
    try:
        before, last = signing.loads(request.COOKIES.get(_SEEN, ""), salt=_SEEN)
        seen = dt.date.fromisoformat(before if last == day.isoformat() else last)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return seen if seen < day else None


def own_of(presence: Presence, units: frozenset[str] | None) -> Own:
    post = presence.post
    if post is None:
        return Own(True, [], 0, "")
    going_on = _with_names(Standing.objects.filter(board__in=OPEN_ON_BOARD))
    mine = going_on.filter(commitment__leader_post=post)
    if total := mine.count():
        return Own(True, briefs(list(mine[:_OWN])), total, Asked(post=post.id, flag="open").href())
    line = [post.unit_id, *descendants(post.unit_id)]
    below = within(going_on.filter(lead_unit__in=line), units)
    return Own(
        False, briefs(list(below[:_OWN])), below.count(), Asked(under=post.unit_id, flag="open").href()
    )


def _with_names(found: QuerySet[Standing]) -> QuerySet[Standing]:
    related = found.select_related("commitment__lead_unit").defer("commitment__reason")
    return related.order_by("worst", "due_order", "commitment_id")


def figures_of(counted: Whole, lines: Sequence[Load], actor: Actor, day: dt.date) -> list[FigureShown]:
    """Six figures, each with its list and with what one has to know of it."""
    counts = counted.counts
    wrong = sorted(objections_for(actor).filter(state="open").values_list("at", flat=True))
    share = share_of(counts.overdue, counts.total)
    of_all = gettext("%(total)s件中占%(share)s") % {"total": f"{counts.total:,}", "share": percent(share)}
    quietest = max(lines, key=lambda line: line.counts.quiet, default=None)
    slow = (
        gettext("超过90天没更新；%(unit)s占%(count)s件")
        % {"unit": quietest.name, "count": quietest.counts.quiet}
        if quietest and quietest.counts.quiet
        else gettext("没有超过90天没更新的")
    )
    given = (
        (
            gettext("承诺逾期"), counts.overdue, Asked(state="overdue").href(),
            _joined(of_all if share is not None else gettext("共%(total)s件") % {"total": counts.total},
                    _longest(gettext("最久的超%(days)s天"), counted.oldest_due, day)),
        ),
        (
            gettext("报完成没人核实"), counts.claimed, Asked(state="claimed").href(),
            _longest(gettext("最久的等了%(days)s天"), counted.oldest_claim, day) or gettext("都有别的单位看过"),
        ),
        (
            gettext("30天内到期"), counts.soon, Asked(due="month", state="going").href(),
            gettext("其中亮黄灯%(count)s件") % {"count": counts.soon_amber},
        ),
        (gettext("数字太旧"), counts.quiet, Asked(flag="quiet").href(), slow),
        (
            gettext("说法变过或不再提"), counts.turned, Asked(flag="turned").href(),
            gettext("变过%(changed)s件，原文撤了或不再提%(gone)s件") % {"changed": counts.reworded, "gone": counts.vanished},
        ),
        (
            gettext("群众指出的错没答复"), len(wrong), "/desk/leader/wrong",
            _longest(gettext("最久的等了%(days)s天"), day_of(wrong[0]) if wrong else None, day) or gettext("都答复了"),
        ),
    )  # fmt: skip
    units = [gettext("件")] * 5 + [gettext("条")]
    return [
        FigureShown(name, f"{number:,}", unit, href, note=note)
        for (name, number, href, note), unit in zip(given, units, strict=True)
    ]


def _longest(words: str, since: dt.date | None, day: dt.date) -> str:
    return words % {"days": f"{(day - since).days:,}"} if since else ""


def _joined(*parts: str) -> str:
    return gettext("；").join(part for part in parts if part)


def _freshness(day: dt.date) -> dict[str, Any]:
    """How new what the screen shows is: the day the board stands at, the newest paper."""
    turned = turned_on()
    paper = public_documents().order_by("-kept_at").values_list("kept_at", flat=True).first()
    return {
        "turned": turned,
        "is_stopped": turned is not None and turned != day,
        "paper": days.words(day_of(paper)) if paper else "",
    }
