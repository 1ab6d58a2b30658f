"""What I ought to know: the notices to my post and unit, read or not."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from luodi.desk.areas import address_of_row
from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.ids import CASE
from luodi.kernel.notices import actions
from luodi.kernel.notices.access import SHOWN_FOR, failing, notices_for
from luodi.kernel.notices.messages import WORDS
from luodi.kernel.notices.models import Channel, Notice
from luodi.kernel.refusal import Refusal

MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One notice as it is listed; ``is_bad`` where something is late."""

    notice: Notice
    words: str
    is_bad: bool
    leads_on: bool


@post_door
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """``/desk/notices``: the newest hundred, those not read marked."""
    found = list(notices_for(presence_of(request).actor)[:MOST])
    lines = [Line(row, gettext(WORDS[row.what]), row.what == "red", bool(_target(row))) for row in found]
    unread = sum(not row.is_seen for row in found)  # type: ignore[attr-defined]
    kinds = dict(Channel.KINDS)
    return page(
        request,
        "desk/notices/list.html",
        here="notices",
        lines=lines,
        unread=unread,
        days=SHOWN_FOR.days,
        failing=[gettext(kinds[kind]) for kind in failing(presence_of(request).actor)],
    )


@post_door
@require_POST
def read_notice(request: HttpRequest, notice: str) -> HttpResponse:
    """``/desk/notices/<id>``: it was read; on to what it is about. ``all`` for every one."""
    actor = presence_of(request).actor
    if notice == "all":
        count = actions.read_all(by=actor)
        messages.success(request, gettext("%(count)s条记作看过了。") % {"count": count})
        return HttpResponseRedirect("/desk/notices")
    row = notices_for(actor).filter(pk=notice).first()
    if row is None:
        raise Refusal("notice-gone", "这条通知不在了，或不是给您这个岗位的。")
    actions.read(row, by=actor)
    return HttpResponseRedirect(_target(row) or "/desk/notices")


def _target(row: Notice) -> str:
    """The page that a notice leads to; empty where it leads nowhere."""
    if row.what == "hand_over":
        return f"/desk/directory/hand-overs/{row.subject}"
    return f"/desk/cases/{row.subject}" if row.subject[:1] == CASE else address_of_row(row.subject)
