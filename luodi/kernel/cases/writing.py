"""How a playbook is written down briefly: a move on a line, and the side ways that cases of nearly every kind have.

What comes out is the plain ``Playbook``, checked like any other; nothing else in the program knows how it was written.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypedDict, Unpack, cast

from luodi.kernel.cases.faults import FaultyPlaybook
from luodi.kernel.cases.playbook import (
    BACK,
    STAY,
    Ask,
    Clock,
    Effect,
    End,
    Measure,
    Move,
    Party,
    Playbook,
    State,
)

ARROW = "→"
REASON = Ask("reason", "理由", "text")
FORCED = End("terminated", "强行了结", "forced")


class MoveMore(TypedDict, total=False):
    """What a move may have beside its way, its parties and its asks; see ``Move``."""

    effect: Effect
    times: int
    is_independent: bool
    signed_by: Party
    when_duties: Literal["", "settled", "broken"]
    within: str
    after: str
    warns: str
    article: str


class PlaybookMore(TypedDict, total=False):
    """What a playbook may have beside its places and moves; see ``Playbook``."""

    public: tuple[str, ...]
    measures: tuple[Measure, ...]
    source_title: str
    escalates: int
    paper: str
    unique_on: str
    about: str


def move(name: str, label: str, way: str, by: str, *asks: Ask, **more: Unpack[MoveMore]) -> Move:
    """A move whose ``way`` reads like ``"here there → elsewhere"`` and whose parties stand in one text, with spaces between.

    Without an arrow the case stays where it is; nothing before the arrow begins a case; ``→ back`` goes to the state that was
    left. What the verifier does is done by an independent unit unless ``is_independent`` says otherwise.

    >>> made = move("check", "核实", "reported again → closed", "verifier", REASON)
    >>> made.sources, made.target, made.by, made.is_independent
    (('reported', 'again'), 'closed', ('verifier',), True)
    """
    before, arrow, after = (part.strip() for part in way.partition(ARROW))
    if ARROW in after or (arrow and len(after.split()) != 1) or not (arrow or before):
        raise FaultyPlaybook(
            f"动作“{name}”的去向写成“{way}”，应像“甲 乙 {ARROW} 丙”（状态的名字）；不挪地方的只写从哪里"
        )
    target = {"": STAY, "back": BACK}.get(after, after)
    given: MoveMore = {"is_independent": by == "verifier", **more}
    parties = cast(tuple[Party, ...], tuple(by.split()))  # unknown ones are a fault of the playbook
    return Move(name, label, tuple(before.split()), target, parties, asks, **given)


def choice(name: str, label: str, *same: str, **named: str) -> Ask:
    """An ask to be answered by one of some: ``same`` are kept in the words they are shown in, ``named`` by their names.

    >>> choice("risk", "风险", low="低", high="高").choices, choice("sort", "哪类", "邻里").choices
    ((('low', '低'), ('high', '高')), (('邻里', '邻里'),))
    """
    return Ask(name, label, "choice", choices=(*((word, word) for word in same), *named.items()))


def playbook(
    kind: str,
    label: str,
    *,
    states: tuple[State, ...],
    ends: tuple[End, ...],
    opens: tuple[Move, ...],
    moves: tuple[Move, ...],
    version: int = 1,
    clocks: tuple[Clock, ...] = (),
    suspends: str = "",
    lifts: str = "",
    **more: Unpack[PlaybookMore],
) -> Playbook:
    """A playbook with its side ways: a leader closes by force from any state, as an end of its own that is counted apart.

    A clock that names neither a rule nor a written day runs by the rule of its own name (``mediation.sessions``).

    ``suspends``: from these states the office may stop the clocks, with a leader's signature, and start them again.
    ``lifts``: in these states the office, or the system by the rule ``case.escalate_after``, lifts the case a level.
    """
    places, ways = [*states], [*moves]
    if lifts:
        ways.append(move("escalate", "提级", lifts, "office system", effect="escalate"))
    if suspends:
        until, way = Ask("until", "预计到哪天", "day"), f"{suspends} {ARROW} suspended"
        places.append(State("suspended", "停表", "office", "到时候恢复"))
        ways.append(
            move("suspend", "停表", way, "office", REASON, until, effect="suspend", signed_by="leader")
        )
        ways.append(move("resume", "恢复计时", f"suspended {ARROW} back", "office", effect="resume"))
    everywhere = " ".join(state.name for state in places)
    warning = "强行了结单独计数，不算办成"
    ways.append(
        move(
            "terminate", FORCED.label, f"{everywhere} {ARROW} {FORCED.name}", "leader", REASON, warns=warning
        )
    )
    ruled = tuple(c if c.rule or c.written else replace(c, rule=f"{kind}.{c.name}") for c in clocks)
    return Playbook(kind, version, label, tuple(places), (*ends, FORCED), opens, tuple(ways), ruled, **more)
