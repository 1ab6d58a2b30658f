"""Every playbook of every area, walked through the front door: each move is reached, leaves one event, is refused to others."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, DueItem, Duty, Step
from luodi.kernel.cases.playbook import BACK, STAY, Ask, Move, Party, Playbook
from luodi.kernel.cases.registry import kinds
from luodi.kernel.clocks.now import SHANGHAI, held_at, today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.lookups import rulebook
from tests.areas.case_town import CaseTown, found

pytestmark = pytest.mark.django_db
BEGUN = dt.datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
_BY = {"office": "区督查室", "doer": "区住建局", "verifier": "区审计局", "leader": "区政府"}
# who has a role here, and none of those that the move asks for
_STRANGERS = ("区水利局", "区审计局", "区住建局", "区政府", "区督查室")


def _all() -> list[Playbook]:
    return [kind.newest for kind in kinds()]


ALL = pytest.mark.parametrize("playbook", _all(), ids=lambda p: p.kind)
EACH_MOVE = pytest.mark.parametrize(
    ("playbook", "name"),
    [(playbook, move.name) for playbook in _all() for move in playbook.moves],
    ids=lambda given: given if isinstance(given, str) else given.kind,
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a form gives it."""

    name: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class At:
    """Where a walk has come to, as far as moves ask for it."""

    place: str
    left: str = ""  # the state to which ``back`` goes
    open_duties: int = 0
    broken_duties: int = 0
    kept_duties: int = 0
    lifted: int = 0
    made: tuple[str, ...] = ()  # limited moves that were made


def ways(playbook: Playbook, here: At) -> Iterator[tuple[Move, At]]:
    """Every move that people may make here, and where it leads."""
    for move in playbook.moves_from(here.place):
        if set(move.by) == {"system"} or here.made.count(move.name) >= (move.times or 99):
            continue
        if move.when_duties == "settled" and (here.open_duties or here.broken_duties):
            continue
        if move.when_duties == "broken" and not here.broken_duties:
            continue
        if move.effect in ("keep", "break") and not here.open_duties:
            continue
        if move.after and may_still_act(playbook, here, move.after):
            continue
        if move.effect == "escalate" and here.lifted >= playbook.escalates:
            continue
        if move.effect == "extend" and here.made.count(move.name):
            continue
        place = {STAY: here.place, BACK: here.left}.get(move.target, move.target)
        there = replace(here, place=place, made=(*here.made, move.name))
        if move.effect == "suspend":
            there = replace(there, left=here.place)
        if move.effect == "bind":
            there = replace(there, open_duties=1)
        if move.effect == "keep":
            there = replace(there, open_duties=0, kept_duties=1)
        if move.effect == "break":
            there = replace(there, open_duties=0, broken_duties=1)
        if move.effect == "escalate":
            there = replace(there, lifted=here.lifted + 1)
        yield move, there


def may_still_act(playbook: Playbook, here: At, clock: str) -> bool:
    """Whether the term of that clock runs here, not a day of it over, and somebody may still use it."""
    if not any(each.name == clock for each in playbook.clocks_in(here.place)):
        return False
    within = [move for move in playbook.moves_from(here.place) if move.within == clock]
    return any(here.made.count(move.name) < (move.times or 99) for move in within)


def shortest(playbook: Playbook, begins: At, wanted: Any) -> list[Move] | None:
    """The fewest moves after which ``wanted(move, from, to)`` is true of the last."""
    queue: deque[tuple[At, list[Move]]] = deque([(begins, [])])
    seen = {replace(begins, made=())}
    while queue:
        here, path = queue.popleft()
        for move, there in ways(playbook, here):
            if wanted(move, here, there):
                return [*path, move]
            if there.place in playbook.end_named or replace(there, made=()) in seen or len(path) > 12:
                continue
            seen.add(replace(there, made=()))
            queue.append((there, [*path, move]))
    return None


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


class Walk:
    """One case, moved by whoever may; a day passes between two moves."""

    def __init__(self, town: CaseTown, playbook: Playbook) -> None:
        self.town, self.playbook, self.days = town, playbook, 0
        opens = playbook.opens[0]
        with self.next_day():
            self.case: Case = actions.open_case(
                playbook.kind,
                by=self.actor(opens),
                move=opens.name,
                title="一件事",
                unit=town.units["区住建局"],
                post=town.posts["区住建局"],
                verifier_unit=town.units["区审计局"],
                answers=self.answers(opens),
            )

    def next_day(self) -> Any:
        self.days += 1
        return held_at(BEGUN + dt.timedelta(days=self.days))

    def actor(self, move: Move) -> Actor:
        party: Party = next(party for party in move.by if party in _BY)
        return self.town.actors[_BY[party]]

    def answers(self, move: Move) -> dict[str, Any]:
        return {ask.name: self.answer(ask) for ask in move.asks}

    def answer(self, ask: Ask) -> Any:
        if ask.kind == "duty":
            return Duty.objects.filter(case=self.case, state="open").values_list("pk", flat=True).first()
        known: dict[str, Any] = {
            "line": f"{self.playbook.about[:1] or 'c'}0000000000001",
            "text": "说清楚的情况",
            "number": "1",
            "yes": "on",
            "unit": self.town.units["区住建局"].id,
            "post": self.town.posts["区住建局"].id,
            "choice": ask.choices[0][0] if ask.choices else "",
            "file": [Upload("现场.txt", "看过了".encode())],
        }
        if ask.kind == "duties":
            return [{"who": "甲方", "does": "付清", "amount": "100", "due": self.later().isoformat()}]
        if ask.kind != "day":
            return known[ask.kind]
        counts_from = {clock.from_day for clock in self.playbook.clocks}
        return (today() if ask.name in counts_from else self.later()).isoformat()

    def later(self) -> dt.date:
        """A day after every day that was written so far."""
        return today() + dt.timedelta(days=60 + self.days)

    def move(self, move: Move) -> None:
        with self.next_day():
            step = actions.move(self.case, move.name, by=self.actor(move), answers=self.answers(move))
            if move.signed_by is not None:
                actions.sign(step, by=self.town.actors[_BY[move.signed_by]])
        self.case.refresh_from_db()


@EACH_MOVE
def test_each_move_is_reached_leaves_one_event_and_is_refused_to_strangers(
    town: CaseTown, playbook: Playbook, name: str
) -> None:
    move = playbook.move_named[name]
    if set(move.by) == {"system"}:
        pytest.fail("a move of the system alone: walk it in the area's own test and name it here")
    walk = Walk(town, playbook)
    path = shortest(playbook, At(walk.case.state), lambda made, _here, _there: made.name == name)
    assert path is not None, f"“{move.label}” is never reached"
    for before in path[:-1]:
        walk.move(before)
    events, steps = Event.objects.count(), Step.objects.count()
    stranger = next(
        town.actors[unit]
        for unit in _STRANGERS
        if not {party for party, who in _BY.items() if who == unit} & set(move.by)
    )
    with walk.next_day(), pytest.raises(Refusal) as refused:
        actions.move(walk.case, name, by=stranger, answers=walk.answers(move))
    assert refused.value.code in ("other-party", "not-independent")
    assert (Event.objects.count(), Step.objects.count()) == (events, steps)
    walk.move(move)
    signed = 1 if move.signed_by is not None else 0
    assert Event.objects.count() == events + 1 + signed
    assert Event.objects.filter(subject=walk.case.id).count() >= 2
    assert Step.objects.filter(case=walk.case, move=name).exists()


@ALL
def test_from_each_state_an_end_is_reached_that_is_not_forced(town: CaseTown, playbook: Playbook) -> None:
    forced = {end.name for end in playbook.ends if end.counts_as == "forced"}
    begins = At(playbook.opens[0].target)
    for state in playbook.states:
        there = shortest(playbook, begins, lambda _move, _here, to, name=state.name: to.place == name)
        if there is None and state.name != begins.place:
            pytest.fail(f"the state {state.name} is never reached")
        here = begins
        for move in there or []:
            here = next(to for made, to in ways(playbook, here) if made.name == move.name)
        on = shortest(
            playbook, here, lambda _m, _h, to: to.place in playbook.end_named and to.place not in forced
        )
        assert on is not None, f"from {state.name} only force ends a case"


@ALL
def test_a_case_that_ended_is_due_from_nobody(town: CaseTown, playbook: Playbook) -> None:
    walk = Walk(town, playbook)
    path = shortest(playbook, At(walk.case.state), lambda _m, _h, to: to.place in playbook.end_named)
    assert path is not None
    for move in path:
        walk.move(move)
    assert walk.case.closed_at is not None
    assert walk.case.outcome == playbook.end_named[walk.case.state].counts_as
    assert not DueItem.objects.filter(subject=walk.case.id).exists()


@ALL
def test_each_clock_has_a_rule_in_force_today(town: CaseTown, playbook: Playbook) -> None:
    book = rulebook()
    for clock in playbook.clocks:
        if clock.rule:
            rule = book.choose(
                clock.rule, on=dt.date(2026, 9, 1), facts={"kind": playbook.kind, "level": "1"}
            )
            assert rule.source_title
            assert rule.evidence
