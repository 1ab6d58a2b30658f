"""``/cases``: anybody follows the course of public ones; a key reads what its post reaches, opens and moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Header, Query, Router

from luodi.api import case_shapes as shapes
from luodi.api.actions import LONGEST_KEY, once
from luodi.api.asking import FAULTS, WRITING_FAULTS, Cursor, Ident, Limit, pages
from luodi.api.callers import caller_of
from luodi.api.case_answers import answers_of, row_of, text
from luodi.api.case_records import chances_of, records, waiting_of
from luodi.api.faults import BadField
from luodi.kernel.accounts.models import Token
from luodi.kernel.cases import access, actions
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.cases.playbook import PARTIES, Playbook
from luodi.kernel.cases.public_course import course_of
from luodi.kernel.cases.registry import kind_of, playbook_of
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Place, Post, Unit

router = Router(tags=["事项"])
Once = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=LONGEST_KEY,
        pattern="^[!-~]+$",
        description="重发时不变的一串字",
    ),
]


@router.get("/cases", response={200: shapes.Cases, **FAULTS}, operation_id="list_cases", summary="事项")
def listed(
    request: HttpRequest,
    limit: Limit,
    cursor: Cursor,
    kind: Annotated[str, Query("", max_length=40)],
    state: Annotated[str, Query("", max_length=40)],
    unit: Annotated[str, Query("", max_length=14, description="承办单位；只有带密钥时才看")],
    opened_from: Annotated[dt.date | None, Query(None)],
    opened_until: Annotated[dt.date | None, Query(None)],
    only: Annotated[Literal["", "open", "closed"], Query("")],
) -> Any:
    """没有密钥时是可以公开跟踪的事项；有 read 用途的密钥时，是岗位看得到的全部。后立的在前。"""
    actor = caller_of(request).seeing()
    asked = {
        "kind": kind,
        "state": state,
        "unit": unit if actor else "",
        "opened_on__gte": opened_from,
        "opened_on__lte": opened_until,
    }
    found = seen_by(actor).filter(**{name: value for name, value in asked.items() if value})
    if only:
        found = found.filter(closed_at__isnull=only == "open")
    question = {"list": "cases", "by": actor.post if actor else "", "only": only, **asked}
    rows, more = pages(found, question, cursor, limit)
    return {"items": records(rows, actor), "next": more}


@router.get(
    "/cases/{ident}", response={200: shapes.CaseWhole, **FAULTS}, operation_id="get_case", summary="一件事项"
)
def one(request: HttpRequest, ident: Ident) -> Any:
    """走过的每一步；带密钥时还有现在能办什么、不能办的为什么，哪一步等人签字。"""
    actor = caller_of(request).seeing()
    row = seen_by(actor).filter(pk=ident).first()
    if row is None:
        raise Http404
    steps = [
        {"id": step.id, "move": step.move, "words": step.label, "at": step.at}
        for step in course_of([row])[row.id]
    ]
    moves = chances_of(row, actor) if actor else []
    waiting = waiting_of(row, actor) if actor else []
    return {**records([row], actor)[0], "steps": steps, "moves": moves, "waiting": waiting}


@router.post(
    "/cases", response={200: shapes.Done, **WRITING_FAULTS}, operation_id="open_case", summary="立一件事项"
)
def opened(request: HttpRequest, response: HttpResponse, idempotency_key: Once, body: shapes.Opening) -> Any:
    """用途要有 cases:write。以密钥的岗位的身份立。"""
    actor, token = writing(request)
    playbook = kind_of(body.kind).newest
    move = next(
        (m for m in playbook.opens if m.name == body.move or (not body.move and len(playbook.opens) == 1)),
        None,
    )
    given: dict[str, Any] = dict(_references(body))
    answers = answers_of(move, body.answers) if move else {}

    def act() -> dict[str, Any]:
        parent = access.visible_to(actor).filter(pk=body.parent).first() if body.parent else None
        if body.parent and parent is None:
            raise BadField({"parent": "没有这件事项，或您看不到它"})
        given.update(title=body.title, move=body.move, channel=body.channel, parent=parent)
        row = actions.open_case(body.kind, by=actor, answers=answers, **given)
        step = Step.objects.filter(case=row).order_by("id").last()
        return done(row, playbook, step)

    return answered(request, response, token, idempotency_key, act)


@router.post(
    "/cases/{ident}/moves",
    response={200: shapes.Done, **WRITING_FAULTS},
    operation_id="move_case",
    summary="办一步",
)
def moved(
    request: HttpRequest, response: HttpResponse, ident: Ident, idempotency_key: Once, body: shapes.Moving
) -> Any:
    """用途要有 cases:write。要别人签字的，记下后等签字才生效。"""
    actor, token = writing(request)
    row = access.visible_to(actor).filter(pk=ident).first()
    if row is None:
        raise Http404
    playbook = playbook_of(row.kind, row.version)
    move = playbook.move_named.get(body.move)
    answers = answers_of(move, body.answers) if move else {}
    named = _plain({"move": body.move, "seen": body.seen})

    def act() -> dict[str, Any]:
        step = actions.move(
            ident, named["move"], by=actor, answers=answers, seen=_known(playbook, named["seen"])
        )
        row.refresh_from_db()
        return done(row, playbook, step)

    return answered(request, response, token, idempotency_key, act)


def seen_by(actor: Actor | None) -> QuerySet[Case]:
    """The cases that whoever asks may see."""
    return access.visible_to(actor) if actor else access.public()


def writing(request: HttpRequest, scope: str = "cases:write") -> tuple[Actor, Token]:
    """Who writes, and the key that may be used for it. Raises ``Refusal``: ``key-needed``, ``scope-missing``."""
    caller = caller_of(request)
    actor = caller.acting(scope)
    if caller.bearer is None:
        raise Refusal("key-needed", "要带密钥才能用。")
    return actor, caller.bearer.token


def answered(
    request: HttpRequest, response: HttpResponse, token: Token, key: str, act: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """What ``act`` gives, done once however often it is sent."""
    answer, was_told_again = once(request, token, key, act)
    if was_told_again:
        response.headers["Idempotency-Replayed"] = "true"
    return answer


def _references(body: shapes.Opening) -> dict[str, str | None]:
    """The ids of a new case, all of things that are there. Raises ``BadField``."""
    readers = {
        "unit": row_of(Unit, "单位"),
        "post": row_of(Post, "岗位"),
        "verifier_unit": row_of(Unit, "单位"),
        "place": row_of(Place, "地点"),
    }
    faults: dict[str, str] = {}
    for name, read in readers.items():
        if getattr(body, name):
            try:
                read(getattr(body, name))
            except ValueError as fault:
                faults[name] = str(fault)
    if not body.unit:
        faults["unit"] = "没有填"
    if faults:
        raise BadField(faults)
    _plain({"title": body.title, "move": body.move, "channel": body.channel})
    return {name: getattr(body, name) or None for name in readers}


def _plain(given: dict[str, str]) -> dict[str, str]:
    """Texts that can be kept. Raises ``BadField``."""
    for name, value in given.items():
        try:
            text(value)
        except ValueError as fault:
            raise BadField({name: str(fault)}) from None
    return given


def _known(playbook: Playbook, place: str) -> str:
    """A state or end of the playbook, or nothing. Raises ``BadField``."""
    if place and place not in playbook.state_named and place not in playbook.end_named:
        raise BadField({"seen": f"{playbook.label}没有“{place}”这个状态"})
    return place


def done(row: Case, playbook: Playbook, step: Step | None) -> dict[str, Any]:
    """What was done, without a word that anybody typed: it is kept for a day."""
    waits = step is not None and step.needs_signature and step.signed_at is None
    party = playbook.move_named[step.move].signed_by if step is not None and waits else None
    return {
        "case": row.id,
        "number": row.number,
        "state": row.state,
        "state_words": playbook.label_of(row.state),
        "step": step.id if step else "",
        "waits_for": PARTIES[party] if party else "",
    }
