"""``/rules``, ``/playbooks``: by which rules time is counted, and what cases of each kind go through. Anybody may read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema

from luodi.api.asking import FAULTS
from luodi.api.callers import caller_of
from luodi.kernel.cases.drawing.bpmn import bpmn_of
from luodi.kernel.cases.playbook import Clock, Move, Playbook
from luodi.kernel.cases.registry import kind_of, kinds
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.lookups import rulebook
from luodi.kernel.rules.rule import EVIDENCE, Rule

router = Router(tags=["规则和流程"])
KindName = Annotated[str, Path(max_length=40, pattern="^[a-z_]{1,40}$", description="事项的种类")]


class RuleOut(Schema):
    """A rule in force on the day asked for, with its source and how far to trust it."""

    name: str
    title: str
    source_title: str
    article: str
    evidence: str
    evidence_words: str
    effective_from: dt.date
    effective_to: dt.date | None
    applies_to: dict[str, list[str]]
    limit: int | None
    clock: str
    extension: int
    extend_on_holiday: bool
    values: dict[str, int | str | bool]
    is_override: bool


class Rules(Schema):
    """Every rule of one day, the weakest evidence first."""

    on: dt.date
    items: list[RuleOut]


class Place(Schema):
    """A state, with who acts next and what they are to do; or an end, with what it counts as."""

    name: str
    label: str
    waits_for: str
    says: str
    counts_as: str


class AskOut(Schema):
    """What a move asks."""

    name: str
    label: str
    kind: str
    is_needed: bool
    hint: str
    choices: list[str]
    is_public: bool


class MoveOut(Schema):
    """A move; one that opens a case has no sources."""

    name: str
    label: str
    sources: list[str]
    target: str
    by: list[str]
    asks: list[AskOut]
    times: int | None
    is_independent: bool
    signed_by: str
    warns: str
    article: str


class ClockOut(Schema):
    """A limit: by which rule, or by the day written in which answer."""

    name: str
    label: str
    runs_in: list[str]
    rule: str
    written: str
    from_day: str


class PlaybookOut(Schema):
    """What cases of one kind go through, in its newest version."""

    kind: str
    version: int
    label: str
    source_title: str
    states: list[Place]
    ends: list[Place]
    opens: list[MoveOut]
    moves: list[MoveOut]
    clocks: list[ClockOut]
    public: list[str]


class Playbooks(Schema):
    """Every kind of case of this installation."""

    items: list[PlaybookOut]


@router.get("/rules", response={200: Rules, **FAULTS}, operation_id="list_rules", summary="计时和亮灯的规则")
def rules(
    request: HttpRequest, on: Annotated[dt.date | None, Query(None, description="哪一天的；不写是今天")]
) -> Any:
    """凭据最弱的在前。"""
    caller_of(request).require_good()
    day = on or today()
    return {"on": day, "items": [_rule(rule) for rule in rulebook().in_force(day)]}


@router.get(
    "/playbooks", response={200: Playbooks, **FAULTS}, operation_id="list_playbooks", summary="各类事项的流程"
)
def playbooks(request: HttpRequest) -> Any:
    """每类最新的一版。"""
    caller_of(request).require_good()
    return {"items": [_playbook(kind.newest) for kind in kinds()]}


@router.get(
    "/playbooks/{kind}",
    response={200: PlaybookOut, **FAULTS},
    operation_id="get_playbook",
    summary="一类事项的流程",
)
def playbook(request: HttpRequest, kind: KindName) -> Any:
    """最新的一版。"""
    caller_of(request).require_good()
    return _playbook(_newest(kind))


@router.get(
    "/playbooks/{kind}/bpmn",
    response=FAULTS,
    operation_id="get_playbook_bpmn",
    summary="一类事项的流程图，BPMN 2.0",
    openapi_extra={
        "responses": {
            200: {
                "description": "OK",
                "content": {"application/xml": {"schema": {"type": "string", "description": "BPMN 2.0"}}},
            }
        }
    },
)
def bpmn(request: HttpRequest, kind: KindName) -> HttpResponse:
    """带坐标，别的工具可以直接打开。"""
    caller_of(request).require_good()
    book, limits = _newest(kind), {}
    for clock in book.clocks:
        try:
            limits[clock.rule] = rulebook().choose(
                clock.rule, on=today(), facts={"kind": kind, "level": "1", "channel": ""}
            )
        except Refusal:
            continue  # no rule today: the drawing names the rule only
    found = HttpResponse(bpmn_of(book, limits), content_type="application/xml")
    found.headers["Content-Disposition"] = f'attachment; filename="{kind}-{book.version}.bpmn"'
    return found


def _newest(kind: str) -> Playbook:
    try:
        return kind_of(kind).newest
    except Refusal:
        raise Http404 from None


def _rule(rule: Rule) -> dict[str, Any]:
    names = (
        "name", "title", "source_title", "article", "evidence", "effective_from", "effective_to", "limit", "clock", "extension",
        "extend_on_holiday", "is_override",
    )  # fmt: skip
    return {
        **{name: getattr(rule, name) for name in names},
        "evidence_words": EVIDENCE[rule.evidence],
        "applies_to": {name: list(values) for name, values in rule.applies_to.items()},
        "values": dict(rule.values),
    }


def _playbook(book: Playbook) -> dict[str, Any]:
    states = [_place(s.name, s.label, waits_for=s.waits_for, says=s.says) for s in book.states]
    ends = [_place(end.name, end.label, counts_as=end.counts_as) for end in book.ends]
    return {
        "kind": book.kind,
        "version": book.version,
        "label": book.label,
        "source_title": book.source_title,
        "states": states,
        "ends": ends,
        "opens": [_move(move) for move in book.opens],
        "moves": [_move(move) for move in book.moves],
        "clocks": [_clock(clock) for clock in book.clocks],
        "public": list(book.public),
    }


def _place(
    name: str, label: str, *, waits_for: str = "", says: str = "", counts_as: str = ""
) -> dict[str, str]:
    return {"name": name, "label": label, "waits_for": waits_for, "says": says, "counts_as": counts_as}


def _move(move: Move) -> dict[str, Any]:
    names = ("name", "label", "target", "times", "is_independent", "warns", "article")
    asks = [{**asdict(ask), "choices": [value for value, _ in ask.choices]} for ask in move.asks]
    return {
        **{name: getattr(move, name) for name in names},
        "sources": list(move.sources),
        "by": list(move.by),
        "signed_by": move.signed_by or "",
        "asks": asks,
    }


def _clock(clock: Clock) -> dict[str, Any]:
    names = ("name", "label", "rule", "written", "from_day")
    return {**{name: getattr(clock, name) for name in names}, "runs_in": list(clock.runs_in)}
