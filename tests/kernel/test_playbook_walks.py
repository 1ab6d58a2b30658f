"""What may be done with a case, and what its clocks do: asked of the playbook alone, without any database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.areas.supervision.playbook import PLAYBOOK as SLIP
from luodi.kernel.cases.playbook import BACK, STAY
from luodi.kernel.cases.possible import Standing, chances, own_chances, require
from luodi.kernel.cases.running import Running, turn
from luodi.kernel.clocks.now import SHANGHAI
from luodi.kernel.refusal import Refusal


def at(hour: int) -> dt.datetime:
    return dt.datetime(2026, 9, 1, tzinfo=SHANGHAI) + dt.timedelta(hours=hour)


def standing(place: str, *parties: Any, **more: Any) -> Standing:
    return Standing(place, parties, more.pop("made", {}), **more)


def open_moves(given: Standing) -> list[str]:
    return [chance.move.name for chance in chances(SLIP, given) if chance.is_open]


def refused(given: Standing, name: str) -> Refusal:
    with pytest.raises(Refusal) as found:
        require(SLIP, given, name)
    return found.value


def test_each_party_sees_what_it_may_do() -> None:
    assert open_moves(standing("assigned", "doer")) == ["report", "return"]
    assert open_moves(standing("reported", "verifier")) == ["check", "refute"]
    assert open_moves(standing("reported", "doer")) == []


def test_what_may_not_be_done_stands_there_with_its_reason() -> None:
    shown = {chance.move.name: chance for chance in chances(SLIP, standing("reported", "doer"))}
    assert "另一个单位" in shown["check"].refusal.message  # type: ignore[union-attr]
    assert refused(standing("reported", "doer"), "check").code == "other-party"


def test_the_doers_unit_does_not_check_itself_even_with_the_verifiers_role() -> None:
    clash = "做事的单位不能核实自己。"
    assert refused(standing("reported", "verifier", clash=clash), "check").message == clash


def test_a_move_is_made_no_more_often_than_allowed() -> None:
    assert refused(standing("assigned", "doer", made={"return": 1}), "return").code == "no-more"


def test_a_move_that_lacks_a_signature_is_not_asked_for_twice() -> None:
    waiting = standing("assigned", "office", waits_for_signature="suspend")
    assert refused(waiting, "suspend").code == "waits-for-signature"
    assert "分管领导" in refused(waiting, "suspend").message


@pytest.mark.parametrize(
    ("name", "code"), [("fly", "no-such-move"), ("initiate", "no-such-move"), ("check", "not-from-here")]
)
def test_a_move_that_is_none_here_says_where_it_is_one(name: str, code: str) -> None:
    assert refused(standing("assigned", "office", "doer", "verifier"), name).code == code


def own(given: Standing, **more: Any) -> dict[str, str]:
    """The moves of every kind that are shown there, each with the code of its refusal."""
    return {c.move.name: c.refusal.code if c.refusal else "" for c in own_chances(SLIP, given, **more)}


def test_what_holds_for_every_kind_is_offered_to_the_office_where_it_can_be_done() -> None:
    assert own(standing("assigned", "office")) == {"hand_over": "", "merge": ""}
    assert own(standing("assigned", "office"), newest=SLIP.version + 1) == {
        "hand_over": "",
        "merge": "",
        "renew": "",
    }
    assert own(standing("assigned", "doer")) == {"hand_over": "other-party", "merge": "other-party"}
    assert own(standing("assigned", "office", open_children=1)) == {
        "hand_over": "",
        "merge": "children-open",
    }
    assert own(standing("evaluated", "office")) == {"reopen": ""}
    assert own(standing("merged", "office"), is_merged=True) == {"unmerge": ""}


def walk(*places: str, hours: int = 1) -> dict[str, Running]:
    held: dict[str, Running] = {}
    old = ""
    for count, place in enumerate(places):
        held = turn(SLIP, held, old, place, at(count * hours))
        old = place
    return held


def test_a_clock_starts_with_its_state_and_stops_when_it_is_left() -> None:
    held = walk("initiated", "assigned", "reported")
    assert held["answer"] == Running("answer", at(0), (), at(2))
    assert held["check"] == Running("check", at(2))


def test_an_answer_that_did_not_hold_goes_on_with_the_first_count() -> None:
    held = walk("assigned", "reported", "assigned")
    assert held["answer"] == Running("answer", at(0))
    assert held["check"].stopped == at(2)


def test_a_clock_that_restarts_counts_anew() -> None:
    assert walk("assigned", "reported", "assigned", "reported")["check"] == Running("check", at(3))


def test_suspension_pauses_what_runs_and_only_that() -> None:
    held = walk("assigned", "suspended")
    assert held["answer"].is_paused
    assert "check" not in held
    resumed = turn(SLIP, held, "suspended", "assigned", at(5))
    assert resumed["answer"] == Running("answer", at(0), ((at(1), at(5)),))


def test_ending_while_suspended_closes_the_pause_and_stops_the_clock() -> None:
    held = turn(SLIP, walk("assigned", "suspended"), "suspended", "terminated", at(9))
    assert held["answer"] == Running("answer", at(0), ((at(1), at(9)),), at(9))


@given(st.lists(st.integers(0, 20), max_size=30))
def test_on_any_way_each_clock_runs_exactly_in_its_states(choices: list[int]) -> None:
    """Random walks: running means being there, paused means suspended, and pauses never overlap."""
    place, left, held = "initiated", "initiated", turn(SLIP, {}, "", "initiated", at(0))
    for hour, choice in enumerate(choices, 1):
        moves = SLIP.moves_from(place)
        if not moves:
            break
        target = moves[choice % len(moves)].target
        new = {BACK: left, STAY: place}.get(target, target)
        held = turn(SLIP, held, place, new, at(hour))
        if new in SLIP.suspended():
            left = place
        place = new
        for clock in SLIP.clocks:
            known = held.get(clock.name)
            runs = known is not None and known.stopped is None and not known.is_paused
            assert runs is (place in clock.runs_in)
            if known is not None:
                ends = [end for span in known.pauses for end in span if end is not None]
                assert ends == sorted(ends)


def test_turning_twice_to_the_same_place_changes_nothing() -> None:
    held = walk("assigned", "reported")
    assert turn(SLIP, held, "reported", "reported", at(9)) == held
    assert turn(replace(SLIP, version=SLIP.version + 1), held, "reported", "reported", at(9)) == held
