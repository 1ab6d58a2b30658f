"""``/desk/projects/late``: who has reported a month and who has not, with the links given out and a reminder a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from luodi.areas.projects.access import links_for, visible_to
from luodi.areas.projects.acts.linking import issue_link, revoke_link
from luodi.areas.projects.acts.reminding import remind
from luodi.areas.projects.desk.asking import BASE, Asked, asked
from luodi.areas.projects.desk.ledger_page import page_links_of
from luodi.areas.projects.desk.ledger_rows import listed
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.late import owed
from luodi.areas.projects.listing import cells, owing, report_counts
from luodi.areas.projects.lookups import due_day
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.months import month_of, plus_months
from luodi.areas.projects.report_models import ReportingLink
from luodi.areas.projects.standing_models import REPORTS
from luodi.desk.doors import role_door
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import now, today
from luodi.kernel.refusal import Refusal
from luodi.pages.public_address import public_address

LATE = f"{BASE}/late"
MONTHS_OFFERED = 6
ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link that was given out; ``state`` in words, ``is_open`` while it can be taken back."""

    link: ReportingLink
    state: str
    is_open: bool


@role_door("office")
@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """The list of one month."""
    presence = presence_of(request)
    wanted = asked(request.GET)
    month = wanted.month
    of = listed(Asked(month=month), presence)
    counts = report_counts(cells(of))
    total = sum(counts.values())
    return page(
        request,
        "projects/late.html",
        here="projects",
        base=BASE,
        month=month,
        due=due_day(month),
        rows=owed(owing(of, wanted.page, ON_A_PAGE), month, today(), presence.actor),
        total=total,
        counts=[(state_words(state), counts[state]) for state in REPORTS],
        lacking=total - counts["signed"],
        pages=page_links_of(wanted, LATE, total, ON_A_PAGE),
        months=_months(),
    )


@role_door("office")
@require_POST
def remind_late(request: HttpRequest) -> HttpResponse:
    """Remind one project, or every one that lacks the month; those that were reminded today already are said."""
    presence = presence_of(request)
    month = asked(request.POST).month
    chosen = request.POST.get("file", "")
    files = visible_to(presence.actor).exclude(stage="removed")
    wanted = list(files.filter(pk=chosen)) if chosen != "all" else _lacking(month, presence)
    told, before = 0, 0
    for file in wanted:
        try:
            remind(file, month, by=presence.actor)
            told += 1
        except Refusal as refusal:
            if refusal.code not in ("reminded-already", "nothing-lacks"):
                raise
            before += 1
    if told:
        messages.success(
            request, gettext("催了%(told)s个项目，通知到了它们的业主和责任单位。") % {"told": told}
        )
    if before:
        messages.info(request, gettext("%(count)s个今天已经催过，或已经签齐，没有再催。") % {"count": before})
    return HttpResponseRedirect(f"{LATE}?month={month:%Y-%m}")


@role_door("office")
@require_safe
def links(request: HttpRequest, ident: str) -> HttpResponse:
    """``/desk/projects/<id>/links``: the links of one project, and two forms to give out another."""
    presence = presence_of(request)
    return _links(request, file_of(ident, presence.actor))


@role_door("office")
@require_POST
def give_link(request: HttpRequest, ident: str) -> HttpResponse:
    """``/desk/projects/<id>/links/give``: the link is shown this once; only its hash is kept."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    month, side = asked(request.POST).month, request.POST.get("side", "")
    contact = request.POST.get("contact", "").replace("\0", "").strip()
    try:
        link, token = issue_link(file, month, side, by=presence.actor, contact=contact)
    except Refusal as refusal:
        return _links(request, file, 409, refusal.message, {f"{side}_contact": contact})
    return page(
        request,
        "projects/link_given.html",
        here="projects",
        base=BASE,
        file=file,
        link=link,
        month=month,
        due=due_day(month),
        until=link.expires_at,
        address=f"{public_address(request)}{BASE}/open/{token}",
    )


@role_door("office")
@require_POST
def take_link_back(request: HttpRequest, ident: str, link: str) -> HttpResponse:
    """``/desk/projects/<id>/links/<link>/revoke``: it opens nothing from now on."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    if not links_for(presence.actor).filter(file=file, pk=link).exists():
        raise Refusal("link-closed", gettext("这个项目没有这个链接。请刷新再看。"))
    revoke_link(link, by=presence.actor)
    messages.success(request, gettext("收回了，从现在起打不开。"))
    return HttpResponseRedirect(f"{BASE}/{file.id}/links")


def state_words(state: str) -> str:
    """Where a month stands, in words."""
    return {
        "nothing": gettext("没有报"),
        "filled": gettext("等负责人签字"),
        "sent_back": gettext("退回没有再报"),
        "signed": gettext("签齐了"),
    }[state]


def _lacking(month: dt.date, presence: Presence) -> list[ProjectFile]:
    """Every project that lacks the month; they stand before those that have it."""
    of = listed(Asked(month=month), presence)
    counts = report_counts(cells(of))
    return [row.file for row in owing(of, 1, sum(counts.values()) - counts["signed"])]


def _links(
    request: HttpRequest,
    file: ProjectFile,
    status: int = 200,
    error: str = "",
    given: dict[str, str] | None = None,
) -> HttpResponse:
    presence = presence_of(request)
    rows = [_row(link) for link in links_for(presence.actor).filter(file=file)[:60]]
    return page(
        request,
        "projects/links.html",
        status=status,
        here="projects",
        base=BASE,
        file=file,
        rows=rows,
        month=asked(request.POST if request.method == "POST" else request.GET).month,
        months=_months(),
        error=error,
        given=given or {},
    )


def _row(link: ReportingLink) -> LinkRow:
    if link.revoked_at is not None:
        return LinkRow(link, gettext("收回了"), False)
    if link.expires_at <= now():
        return LinkRow(link, gettext("过期了"), False)
    return LinkRow(link, gettext("用过") if link.used_at is not None else gettext("还没有用"), True)


def _months() -> list[str]:
    this = month_of(today())
    return [f"{plus_months(this, -back):%Y-%m}" for back in range(MONTHS_OFFERED)]
