"""``/desk/projects/<id>``: one project, with the plan as it was first beside the plan as it is now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.areas.projects.bottlenecks import bottlenecks_of
from luodi.areas.projects.desk.amounts import share_words, wan_whole
from luodi.areas.projects.desk.asked_about import questions_about
from luodi.areas.projects.desk.asking import BASE, asked
from luodi.areas.projects.desk.confidence_page import judged_of, why_not
from luodi.areas.projects.desk.correcting_page import corrected_of
from luodi.areas.projects.desk.explaining_page import asks_of, explained_of, may_explain
from luodi.areas.projects.desk.filling_form import may_fill
from luodi.areas.projects.desk.ledger_rows import Row, leaders_of, light_shown
from luodi.areas.projects.desk.library_page import libraries_of
from luodi.areas.projects.desk.linked import linked_to
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.desk.project_parts import (
    leader_rows,
    month_rows,
    plan_rows,
    quotes_of,
    report_rows,
    stages_of,
    told_of,
    visit_rows,
)
from luodi.areas.projects.desk.stage_page import may_move, steps_back
from luodi.areas.projects.desk.strips import drawing
from luodi.areas.projects.desk.year_told import YearTold
from luodi.areas.projects.lookups import months_of, plan_of, standings, visits_due
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.money import BASES
from luodi.areas.projects.months import last_day_of
from luodi.areas.projects.report_models import StatisticalFigure
from luodi.desk.cases.opening_rights import openings_about
from luodi.desk.cases.subjects import cases_about
from luodi.desk.doors import post_door
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.kernel.cases.access import visible_to as visible_cases
from luodi.kernel.clocks.now import today
from luodi.kernel.figures.display import MISSING, in_sentence
from luodi.kernel.figures.money import to_yuan
from luodi.pages import days
from luodi.pages.phrases import Bit
from luodi.pages.promise_words import post_name
from luodi.pages.shapes import Fact, FigureShown

_RHYTHM = 40  # days after which a month's news is old
_NOTHING = (0,) * 12


@post_door
@require_safe
def project(request: HttpRequest, ident: str) -> HttpResponse:
    """The page; ``?month=2026-08`` shows it as at the end of that month."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    month, day = asked(request.GET).month, today()
    plan, told = plan_of(file, month.year), months_of(file, month)
    year = told_of(told, month.year)
    quotes = quotes_of(file, month, presence.actor)
    quoted = {quote.month: quote for quote in quotes}
    row = Row(standings([file], month)[0], year, leaders_of([file.id], day).get(file.id), day)
    first, now = (plan.original.months, plan.current.months) if plan is not None else (_NOTHING, _NOTHING)
    owed = visits_due(day, [row.leader.id]) if row.leader is not None else []
    due = next((each for each in owed if each.assignment.file_id == file.id), None)
    libraries = libraries_of(file)
    return page(
        request,
        "projects/project.html",
        here="projects",
        file=file,
        row=row,
        month=month,
        as_of=last_day_of(month),
        lights=[(light_shown(light), light) for light in row.standing.lights],
        figures=_figures(row, year, quoted),
        facts=_facts(file, row),
        stages=stages_of(file),
        plans=plan_rows(file, month.year),
        drawing=drawing(now, first, year.done),
        months=month_rows(plan, told, {of: quote.amount for of, quote in quoted.items()}, month),
        earlier=[each for each in told if each.month.year < month.year],
        leaders=leader_rows(file),
        visit_due=due,
        is_visit_late=due is not None and due.due < day,
        visits=visit_rows(file, presence.actor),
        reports=report_rows(file, presence.actor, presence.post),
        bottlenecks=bottlenecks_of(file, presence.actor),
        **_said(file, row, presence),
        questions=questions_about(file, month, presence.actor),
        linked=linked_to(file, presence.actor),
        slips=cases_about(file.id, visible_cases(presence.actor)),
        openings=openings_about(presence, file.id) if file.stage != "removed" else [],
        quotes=[
            (quote, quoted[quote.month] is quote)
            for quote in reversed(quotes)
            if quote.month.year == month.year
        ],
        libraries=libraries,
        in_library=any(each.entry is not None for each in libraries),
        sees_statistics=presence.has_role("office"),
        may_move=presence.has_role("office") and may_move(file),
        steps_back=steps_back(file),
        may_sign_back=bool(steps_back(file, presence.actor)) and presence.has_role("office", "leader"),
        may_fill=may_fill(file, presence.post),
        may_visit=presence.post is not None and row.leader is not None and row.leader.id == presence.post.id,
        base=BASE,
    )


def _said(file: ProjectFile, row: Row, presence: Presence) -> dict[str, Any]:
    """What others say of it, what its doers explain, what the office put right; and what of that the reader may do."""
    asks, is_office = asks_of(file, row.standing), presence.has_role("office")
    return {
        "judged": judged_of(file, presence.actor),
        "judge_not": why_not(file, presence) if presence.has_role("verifier") else None,
        "explained": explained_of(file, presence),
        "asks": asks,
        "lacks_reason": any(not each.is_told for each in asks),
        "may_explain": may_explain(file, presence.post),
        "corrections": corrected_of(file, presence.actor),
        "may_correct": is_office and file.stage != "removed",
    }


def _figures(row: Row, year: YearTold, quoted: dict[dt.date, StatisticalFigure]) -> list[FigureShown]:
    """The year on its three bases, each with its own day; none is added to another."""
    unit = gettext("万元")
    given: dict[str, Any] = {
        "unit": unit,
        "as_of": year.news,
        "age_days": row.news_age,
        "rhythm_days": _RHYTHM,
    }
    none_yet = gettext("今年还没有两方签过的月报。")
    found = [
        FigureShown(gettext("年度计划"), wan_whole(row.annual), unit, "#plans", note=_plan_note(row))
        if row.annual is not None
        else FigureShown(gettext("年度计划"), missing=gettext("这一年还没有计划。")),
        FigureShown(
            gettext("今年完成"), wan_whole(year.done_sum), href="#months", basis=gettext(BASES["dispatch"]),
            note=_progress_note(row), **given,
        )
        if year.done
        else FigureShown(gettext("今年完成"), missing=none_yet),
        FigureShown(
            gettext("今年支付"), wan_whole(year.paid_sum), href="#months", basis=gettext(BASES["paid"]), **given
        )
        if year.paid
        else FigureShown(gettext("今年支付"), missing=gettext("月报里没有写支付。")),
    ]  # fmt: skip
    if quoted:
        newest = quoted[max(quoted)]
        found.append(
            FigureShown(
                gettext("%(month)s月当月统计") % {"month": newest.month.month}, wan_whole(newest.amount), unit, "#months",
                basis=gettext(BASES["statistical"]), as_of=newest.as_of, age_days=(row.day - newest.as_of).days,
                signer=newest.paper,
            )
        )  # fmt: skip
    return found


def _plan_note(row: Row) -> str:
    if row.first is None:
        return ""
    return gettext("年初是%(amount)s万元") % {"amount": wan_whole(row.first.version.annual)}


def _progress_note(row: Row) -> str:
    if row.against is None:
        return ""
    words = gettext("完成率%(share)s，该到%(due)s") % {
        "share": share_words(row.against.completion),
        "due": share_words(row.against.time_progress),
    }
    if row.first is None:
        return words
    return words + gettext("；按年初计划，完成率%(share)s，该到%(due)s") % {
        "share": share_words(row.first.completion),
        "due": share_words(row.first.time_progress),
    }


def _facts(file: ProjectFile, row: Row) -> list[Fact]:
    """What it is, who does it, when it is to be there."""
    total = (
        in_sentence(to_yuan(file.total_investment), "元") if file.total_investment is not None else MISSING
    )
    owner = file.project.owner_unit
    told = [
        (gettext("目标"), file.goal or MISSING, ""),
        (gettext("级别"), row.levels or MISSING, ""),
        (gettext("总投资"), total, gettext("开工以来完成%(amount)s万元") % {"amount": wan_whole(row.standing.done_since_start)}),
        (gettext("业主"), owner.name if owner is not None else MISSING, ""),
        (gettext("责任单位"), file.responsible_unit.name, ""),
        (gettext("行业主管"), file.lead_unit.name, ""),
        (gettext("包联领导"), post_name(row.leader) or gettext("没有人包联"), ""),
        (gettext("开工"), *_planned(file.start_planned, file.start_actual)),
        (gettext("竣工"), *_planned(file.completion_planned, file.completion_actual)),
    ]  # fmt: skip
    return [Fact(name, (Bit(text),), second) for name, text, second in told]


def _planned(planned: dt.date | None, actual: dt.date | None) -> tuple[str, str]:
    """The day it came, with the day that was planned; or the planned day alone."""
    plan = gettext("计划%(day)s") % {"day": days.full(planned)} if planned is not None else ""
    if actual is not None:
        return days.full(actual), plan
    return plan or MISSING, ""
