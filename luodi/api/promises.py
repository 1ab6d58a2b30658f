"""``/commitments``: what was promised and where it stands. Anybody may read it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Query, Router

from luodi.api import cursors
from luodi.api.asking import FAULTS, Cursor, Ident, Limit, Year
from luodi.api.callers import caller_of
from luodi.api.shapes import Commitments, CommitmentWhole
from luodi.kernel.clocks.now import today
from luodi.kernel.commitments import access, board
from luodi.kernel.commitments.board import Choice
from luodi.kernel.commitments.gather import Material, material_of, stands
from luodi.kernel.commitments.light_rules import rule_named
from luodi.kernel.commitments.models import Report, Standing, Target, Verification
from luodi.kernel.commitments.reckoning import BOARD_WORDS
from luodi.kernel.register.models import Post
from luodi.pages.promise_words import latest_report, latest_verified

router = Router(tags=["承诺"])
State = Literal["kept", "claimed", "going", "overdue", "vague", "dropped", "merged", "carried"]
Light = Literal["red", "amber", "green", "paused"]


@router.get(
    "/commitments", response={200: Commitments, **FAULTS}, operation_id="list_commitments", summary="承诺"
)
def listed(
    request: HttpRequest,
    limit: Limit,
    cursor: Cursor,
    year: Year,
    unit: Annotated[str, Query("", max_length=14, description="牵头单位的编号")],
    topic: Annotated[str | None, Query(None, max_length=20)],
    state: Annotated[State | None, Query(None)],
    light: Annotated[Light | None, Query(None)],
    due_from: Annotated[dt.date | None, Query(None)],
    due_until: Annotated[dt.date | None, Query(None)],
    changed: Annotated[bool, Query(False, description="只要目标改过的")],
    gone: Annotated[bool, Query(False, description="只要原文已撤的")],
    order: Annotated[Literal["worst", "newest", "due"], Query("worst")],
) -> Any:
    """没有写 state 时是看板上计数的五类；写了就只要那一类。"""
    caller_of(request).require_good()
    choice = Choice(
        unit=unit,
        topic=topic,
        year=year,
        state=state or "",
        light=light or "",
        due_from=due_from,
        due_until=due_until,
        changed=changed,
        gone=gone,
    )
    question = {"list": "commitments", "order": order, "choice": choice}
    after = cursors.mark_of(cursor, question)
    found = board.page(choice, today(), order=order, after=after, limit=limit)
    return {"items": records(list(found.rows)), "next": cursors.cursor(found.after, question)}


@router.get(
    "/commitments/{ident}",
    response={200: CommitmentWhole, **FAULTS},
    operation_id="get_commitment",
    summary="一件承诺",
)
def one(request: HttpRequest, ident: Ident) -> Any:
    """目标的每一版，说过它的每一句话，每次上报和核实，早的在前。"""
    caller_of(request).require_good()
    rows = Standing.objects.filter(commitment__in=access.public().filter(pk=ident))
    standing = rows.select_related("commitment__lead_unit", "commitment__leader_post", "place").first()
    if standing is None:
        raise Http404
    material = material_of([ident])[ident]
    return {
        **records([standing])[0],
        "targets": [_goal(target) for target in material.targets],
        "said": [
            {
                "role": said.role,
                "day": said.day,
                "statement": said.statement_id,
                "document": said.statement.source_id if said.statement else said.source_id,
                "quote": said.statement.quote if said.statement else "",
            }
            for said in material.said
        ],
        "reports": [_report(report, material) for report in material.reports],
        "findings": [_finding(each) for found in material.findings.values() for each in found],
    }


def records(rows: list[Standing]) -> list[dict[str, Any]]:
    """Promises with their figures; the number of queries does not grow with them."""
    material = material_of([row.commitment_id for row in rows])
    wanted = {row.commitment.leader_post_id for row in rows}
    posts = {post.id: post for post in Post.objects.filter(pk__in=wanted).select_related("unit")}
    return [_record(row, material[row.commitment_id], posts) for row in rows]


def _record(row: Standing, material: Material, posts: dict[str, Post]) -> dict[str, Any]:
    commitment = row.commitment
    report, verified = latest_report(material), latest_verified(material)
    post = posts.get(commitment.leader_post_id or "")
    return {
        "id": commitment.id,
        "office_number": commitment.number,
        "title": commitment.title,
        "state": row.board,
        "state_words": BOARD_WORDS[row.board],
        "lead_unit": {"id": commitment.lead_unit_id, "name": commitment.lead_unit.name},
        "leader_post": {"id": post.id, "name": f"{post.unit.name}{post.title}"} if post else None,
        "topic": commitment.topic,
        "place": {"id": row.place.id, "name": row.place.name} if row.place else None,
        "year": commitment.year,
        "target": _goal(material.targets[-1]),
        "reported": _figure(report.number, report.unit, report.as_of) if report else None,
        "verified": _figure(verified[0].number, verified[1].unit, verified[0].as_of) if verified else None,
        "light": row.light,
        "light_rule": rule_named(row.rule).words(),
        "target_changed": row.changed,
        "source_gone": row.gone,
        "news_on": row.news_on,
        "page": f"{settings.CONFIGURATION.public_url}/c/{commitment.id}",
    }


def _goal(target: Target) -> dict[str, Any]:
    names = (
        "version",
        "kind",
        "number",
        "unit",
        "approx",
        "basis",
        "due_since",
        "due_until",
        "due_precision",
        "from_day",
    )
    return {**{name: getattr(target, name) for name in names}, "adopting_statement": target.adopting_id}


def _figure(number: str, unit: str, as_of: dt.date) -> dict[str, Any]:
    return {"number": number, "unit": unit, "as_of": as_of}


def _report(report: Report, material: Material) -> dict[str, Any]:
    names = ("id", "kind", "number", "unit", "as_of", "at")
    more = {
        "post": report.post_id,
        "doing_unit": report.unit_of_id,
        "stands": stands(report, material.findings),
    }
    return {**{name: getattr(report, name) for name in names}, **more}


def _finding(finding: Verification) -> dict[str, Any]:
    names = ("id", "verdict", "number", "as_of", "at")
    more = {"report": finding.report_id, "post": finding.post_id, "verifying_unit": finding.unit_of_id}
    return {**{name: getattr(finding, name) for name in names}, **more}
