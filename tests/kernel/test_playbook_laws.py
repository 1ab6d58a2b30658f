"""What holds for every kind of case that is known here, whoever adds it: asked of the playbooks alone."""

from __future__ import annotations

import datetime as dt

import pytest

from luodi.kernel.cases.playbook import BACK, PARTIES, STAY, Move, Playbook
from luodi.kernel.cases.possible import Standing, require
from luodi.kernel.cases.registry import kinds
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules import lookups
from luodi.kernel.rules.book import RuleBook
from tests.kernel.small_kinds import PERMIT, WORKS

KNOWN = [playbook for kind in kinds() for playbook in kind.playbooks.values()]
EVERY = pytest.mark.parametrize("playbook", [*KNOWN, PERMIT, WORKS], ids=lambda playbook: playbook.kind)


def every_move(playbook: Playbook) -> list[tuple[str, Move]]:
    return [(state.name, move) for state in playbook.states for move in playbook.moves_from(state.name)]


def test_the_kinds_of_the_areas_are_known() -> None:
    assert {"supervision", "mediation"} <= {playbook.kind for playbook in KNOWN}


@EVERY
def test_from_every_state_people_not_the_system_alone_reach_an_end(playbook: Playbook) -> None:
    reaching = set(playbook.end_named)
    for _ in playbook.states:
        for state, move in every_move(playbook):
            if set(move.by) != {"system"} and move.target in reaching:
                reaching.add(state)
    assert set(playbook.state_named) <= reaching


@EVERY
def test_whoever_waits_has_something_to_do(playbook: Playbook) -> None:
    """A state that waits for somebody offers them a move, unless it only waits for what is beneath it."""
    for state in playbook.states:
        offered = {party for move in playbook.moves_from(state.name) for party in move.by}
        assert state.waits_for in offered, f"{playbook.kind}: {state.name} waits for {state.waits_for}"


@EVERY
def test_every_move_is_refused_to_every_party_that_is_not_named(playbook: Playbook) -> None:
    for state, move in every_move(playbook):
        made = {"when_duties": {"settled": {}, "broken": {"broken_duties": 1}}.get(move.when_duties, {})}
        for party in PARTIES:
            # the term that others have is over
            standing = Standing(state, (party,), {}, past=(move.after,), **made["when_duties"])
            if party in move.by:
                assert require(playbook, standing, move.name) is move
                continue
            with pytest.raises(Refusal) as caught:
                require(playbook, standing, move.name)
            assert caught.value.code == "other-party", f"{playbook.kind}: {move.name} by {party}"


@EVERY
def test_who_is_not_independent_verifies_nothing(playbook: Playbook) -> None:
    for state, move in every_move(playbook):
        if move.is_independent and not move.when_duties:
            with pytest.raises(Refusal, match="不能核实自己"):
                require(playbook, Standing(state, move.by, {}, clash="不能核实自己"), move.name)


@EVERY
def test_nothing_leads_where_nothing_is(playbook: Playbook) -> None:
    places = {*playbook.state_named, *playbook.end_named, BACK, STAY}
    assert {move.target for move in (*playbook.opens, *playbook.moves)} <= places


@pytest.mark.parametrize("playbook", KNOWN, ids=lambda playbook: playbook.kind)
def test_every_clock_finds_its_rule_on_any_day_of_the_last_years(playbook: Playbook) -> None:
    book = RuleBook(lookups._defaults)
    for clock in playbook.clocks:
        for year in range(2023, 2027) if clock.rule else ():
            facts = {"kind": playbook.kind, "level": "1", "channel": ""}
            rule = book.choose(clock.rule, on=dt.date(year, 6, 1), facts=facts)
            assert rule.limit is not None, f"{clock.rule} sets no limit"
