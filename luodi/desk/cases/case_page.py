"""``/desk/cases/<id>``: what may be done now by whom until when and why, how its time is reckoned, what was done with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.cases.chances_shown import chances_of
from luodi.desk.cases.clocks_shown import clocks_of, light_of
from luodi.desk.cases.details_shown import details_of
from luodi.desk.cases.duties_shown import duties_of
from luodi.desk.cases.history import cards_given, moments
from luodi.desk.cases.looked_at import looks_of
from luodi.desk.cases.office_acts import office_chances
from luodi.desk.cases.one_case import OneCase, one_case
from luodi.desk.cases.opening_rights import openings_about
from luodi.desk.cases.parties import who
from luodi.desk.cases.signing import why_not_sign
from luodi.desk.cases.subjects import cases_about
from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.promises.sent_once import new_key
from luodi.desk.promises.task_rows import day_with_weekday, left_words
from luodi.desk.rendering import page
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.playbook import COUNTED
from luodi.kernel.cases.registry import kind_of, kinds, playbook_of
from luodi.pages import days
from luodi.pages.phrases import Bit
from luodi.pages.promise_words import post_name
from luodi.pages.shapes import Fact

MOST_CHILDREN = 50


@post_door
@require_safe
def case_page(request: HttpRequest, ident: str) -> HttpResponse:
    """The page."""
    one = one_case(request, ident)
    found = chances_of(one)
    line = moments(one)
    return page(
        request,
        "desk/cases/case.html",
        here="cases",
        one=one,
        case=one.row,
        light=light_of(one),
        time=_time(one),
        next_words=next_words(one),
        may=[each for each in found if not each.why_not],
        may_not=[each for each in found if each.why_not],
        office=office_chances(one),
        to_sign=[(moment, why_not_sign(one, step), new_key()) for step, moment in _waiting(one)],
        clocks=clocks_of(one),
        duties=duties_of(one),
        looks=looks_of(one),
        shots=cards_given(one),
        moments=line,
        facts=[*who_of(one), *details_of(one)],
        kin=_kin(one),
        below=_below(one),
        openings=_openings(request, one),
    )


def next_words(one: OneCase) -> str:
    """Who is to do what now, or as what it ended."""
    if one.end is not None:
        end = one.end
        return gettext("已经了结：%(end)s，算作“%(counted)s”。") % {
            "end": end.label,
            "counted": COUNTED[end.counts_as],
        }
    state = one.playbook.state_named[one.row.state]
    return gettext("现在等%(who)s%(says)s。") % {
        "who": who(one.row, state.waits_for),
        "says": state.says or state.label,
    }


def who_of(one: OneCase) -> list[Fact]:
    """Who does it, who runs it, who checks it; where, since when, how high it was lifted."""
    row = one.row
    doer = row.unit.name if row.post is None else post_name(row.post)
    checks = row.verifier_unit.name if row.verifier_unit is not None else ""
    told = [
        Fact(gettext("谁来办"), (Bit(doer),), row.unit.name if row.post is not None else ""),
        Fact(gettext("谁来核"), (Bit(checks or gettext("没有指定")),), "" if checks else gettext("没有办这件事的核实单位都可以")),
        Fact(gettext("谁在管"), (Bit(row.office_unit.name),)),
        Fact(gettext("开始"), (Bit(days.full(row.opened_on)),)),
    ]  # fmt: skip
    if row.place is not None:
        told.append(Fact(gettext("地点"), (Bit(row.place.name),)))
    if row.level > 1:
        told.append(Fact(gettext("提到第几级"), (Bit(gettext("第%(level)s级") % {"level": row.level}),)))
    version = gettext("%(kind)s第%(version)s版流程") % {"kind": one.playbook.label, "version": row.version}
    return [*told, Fact(gettext("按什么办"), (Bit(version),), one.playbook.source_title)]


def _time(one: OneCase) -> dict[str, str]:
    due = one.row.planned_due
    if one.is_paused:
        return {"left": gettext("停表中")}
    if due is None:
        return {}
    latest = one.row.latest_due
    return {
        "left": left_words(due, one.day),
        "due": day_with_weekday(due),
        "latest": day_with_weekday(latest) if latest is not None and latest != due else "",
    }


def _waiting(one: OneCase) -> list[tuple[Any, Any]]:
    return list(zip(one.waiting, moments(one, one.waiting), strict=True))


def _kin(one: OneCase) -> list[tuple[str, Case, str]]:
    """Cases above, beneath and merged that the reader may see, each with how it belongs and where it stands."""
    row = one.row
    found = []
    if row.parent_id:
        found += [(gettext("上级事项"), each) for each in one.seen.filter(pk=row.parent_id)]
    if row.merged_into_id:
        found += [(gettext("并入了"), each) for each in one.seen.filter(pk=row.merged_into_id)]
    found += [
        (gettext("并进来的"), each)
        for each in one.seen.filter(merged_into=row).order_by("id")[:MOST_CHILDREN]
    ]
    found += [(gettext("针对这件的"), each) for each in cases_about(row.id, one.seen)]
    children = one.seen.filter(parent=row).order_by("id")[:MOST_CHILDREN]
    found += [(gettext("下级事项"), each) for each in children]
    return [(how, each, playbook_of(each.kind, each.version).label_of(each.state)) for how, each in found]


def _openings(request: HttpRequest, one: OneCase) -> list[tuple[str, str]]:
    """What may be opened about an open case; of one that itself supervises something, what is opened about just such rows."""
    if one.row.closed_at is not None:
        return []
    presence = presence_of(request)
    if one.playbook.unique_on:
        subject = str(getattr(one.details, one.playbook.unique_on, ""))
        return openings_about(presence, subject, is_own=True)
    return openings_about(presence, one.row.id)


def _below(one: OneCase) -> list[tuple[str, str]]:
    """The kind of case that is opened beneath it where it stands now: words and address."""
    if one.state is None or not one.state.joins or one.state.joins not in {kind.name for kind in kinds()}:
        return []
    label = kind_of(one.state.joins).newest.label
    words = gettext("立一件下级%(kind)s") % {"kind": label}
    return [(words, f"/desk/cases/new/{one.state.joins}?parent={one.row.id}")]
