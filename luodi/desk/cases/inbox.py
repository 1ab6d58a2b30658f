"""``/desk/inbox``: what is due from me next, over all kinds of matter; red first, then by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.cases.inbox_asking import Asked, asked
from luodi.desk.cases.inbox_counts import (
    GROUPS,
    Bounds,
    Counts,
    bounds_at,
    counts_of,
    whole_counts,
    with_light,
)
from luodi.desk.cases.listing_keyset import stretch
from luodi.desk.cases.listing_words import (
    LIGHTS,
    DueShown,
    Wording,
    address_of,
    light_words,
    title_words,
)
from luodi.desk.doors import post_door
from luodi.desk.presence import Presence, presence_of
from luodi.desk.promises.list_page import RailLink
from luodi.desk.rendering import page
from luodi.kernel.cases.access import due_from, sees_all
from luodi.kernel.cases.models import DueItem
from luodi.kernel.cases.saved_access import saved_by
from luodi.kernel.clocks.now import now
from luodi.kernel.rules.lookups import rulebook


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One due matter. ``now`` is what to do, in a button's words; ``level`` is told from the second on."""

    href: str
    title: str
    kind: str
    now: str
    unit: str
    level: int
    due: DueShown


@dataclass(frozen=True, slots=True)
class InboxGroup:
    """Rows under one heading; ``total`` counts all of the group, of which ``rows`` are on this page."""

    name: str
    words: str
    total: int
    rows: list[InboxRow]


@post_door
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The inbox."""
    presence = presence_of(request)
    wanted, moment = asked(request.GET), now()
    bounds = bounds_at(moment)
    due = due_from(presence.actor, whole=wanted.whose == "unit")
    is_whole = wanted.whose == "unit" and sees_all(presence.actor)
    counts = whole_counts(bounds) if is_whole else counts_of(due, bounds)
    chosen = due.filter(kind=wanted.kind) if wanted.kind else due
    # what is paused is asked for by its light, and does not stand between what runs
    lit = with_light(chosen, wanted.light, bounds)
    here = stretch(lit, "due_at", wanted.mark, is_few=not is_whole)
    wording = Wording(rulebook(), moment)
    kept = saved_by(presence.actor).filter(place="inbox")
    return page(
        request,
        "desk/cases/inbox.html",
        here="inbox",
        wanted=wanted,
        moment=moment,
        near=wording.near(),
        groups=_groups(here.rows, wanted, counts, bounds, wording),
        total=_shown_total(counts, wanted),
        past=counts.total(kind=wanted.kind, group="past", light=wanted.light),
        tonight=counts.total(kind=wanted.kind, group="today", light=wanted.light),
        paused=0 if wanted.light else counts.total(kind=wanted.kind, group="paused"),
        paused_href=wanted.href(light="paused"),
        past_href=wanted.href(light="red"),
        whose=_whose(wanted, counts, presence),
        kinds=_kinds(wanted, counts, wording),
        lights=_lights(wanted, counts),
        saved=[(choice.name or "", f"/desk/inbox?{choice.query}") for choice in kept if choice.query],
        before=wanted.href(at=here.before) if here.before else "",
        after=wanted.href(at=here.after) if here.after else "",
        first=wanted.href() if wanted.at else "",
        chosen=_chosen(wanted, wording),
    )


def _shown_total(counts: Counts, wanted: Asked) -> int:
    """How many the list holds; what is paused is no work until its clock runs again."""
    total = counts.total(kind=wanted.kind, light=wanted.light)
    return total if wanted.light else total - counts.total(kind=wanted.kind, group="paused")


def _groups(
    rows: Iterable[DueItem], wanted: Asked, counts: Counts, bounds: Bounds, wording: Wording
) -> list[InboxGroup]:
    by_group: dict[str, list[InboxRow]] = {}
    for item in rows:
        by_group.setdefault(bounds.group_of(item), []).append(_row(item, wording))
    return [
        InboxGroup(
            name,
            _group_words(name),
            counts.total(kind=wanted.kind, group=name, light=wanted.light),
            by_group[name],
        )
        for name in GROUPS
        if name in by_group
    ]


def _row(item: DueItem, wording: Wording) -> InboxRow:
    return InboxRow(
        href=address_of(item.subject),
        title=title_words(item.title),
        kind=wording.kind(item.kind),
        now=item.label,
        unit=item.unit.short_name or item.unit.name,
        level=item.level,
        due=wording.due(item),
    )


def _whose(wanted: Asked, counts: Counts, presence: Presence) -> list[RailLink]:
    """One's own, one's unit's. Only the choice in force is counted: the other one may be the whole district."""
    reach = presence.post.unit.name if presence.post else ""
    given = (("", gettext("本岗位")), ("unit", gettext("%(unit)s和下属、分管的") % {"unit": reach}))
    total = counts.total() - counts.total(group="paused")
    return [
        RailLink(words, wanted.href(whose=name), total if wanted.whose == name else -1, wanted.whose == name)
        for name, words in given
    ]


def _kinds(wanted: Asked, counts: Counts, wording: Wording) -> list[RailLink]:
    """All and each kind; choosing the one in force again takes it away."""
    shown = [RailLink(gettext("全部"), wanted.href(kind=""), _running(counts, "", wanted), not wanted.kind)]
    for kind in counts.kinds():
        number = _running(counts, kind, wanted)
        shown.append(RailLink(wording.kind(kind), wanted.href(kind=kind), number, wanted.kind == kind))
    return shown


def _running(counts: Counts, kind: str, wanted: Asked) -> int:
    total = counts.total(kind=kind, light=wanted.light)
    return total if wanted.light else total - counts.total(kind=kind, group="paused")


def _lights(wanted: Asked, counts: Counts) -> list[RailLink]:
    found = []
    for light in LIGHTS:
        number = counts.total(kind=wanted.kind, light=light)
        is_here = wanted.light == light
        if number or is_here:
            href = wanted.href(light="" if is_here else light)
            found.append(RailLink(light_words(light), href, number, is_here))
    return found


def _chosen(wanted: Asked, wording: Wording) -> list[tuple[str, str]]:
    """Each choice in force with the address without it."""
    kind = [(wording.kind(wanted.kind), wanted.href(kind=""))] if wanted.kind else []
    light = [(light_words(wanted.light), wanted.href(light=""))] if wanted.light else []
    return kind + light


def _group_words(name: str) -> str:
    return {
        "past": gettext("已超期"),
        "today": gettext("今天到期"),
        "week": gettext("本周"),
        "later": gettext("以后"),
        "paused": gettext("停着表的"),
    }[name]
