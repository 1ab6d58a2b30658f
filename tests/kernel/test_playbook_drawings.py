"""Playbooks as pictures: every place and move is there, named; the exchange form is what other tools expect."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from luodi.areas.supervision.playbook import PLAYBOOK as SLIP
from luodi.kernel.cases.drawing.bpmn import bpmn_of
from luodi.kernel.cases.drawing.svg import svg_of
from luodi.kernel.cases.playbook import BACK, STAY, State

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"


def test_the_picture_names_every_place_and_every_move() -> None:
    drawn = svg_of(SLIP)
    ET.fromstring(drawn)
    for label in (
        *(s.label for s in SLIP.states),
        *(e.label for e in SLIP.ends),
        *(m.label for m in SLIP.moves),
    ):
        assert label in drawn
    assert "style=" not in drawn
    assert 'role="img"' in drawn


def test_the_picture_is_the_same_each_time() -> None:
    assert svg_of(SLIP) == svg_of(replace(SLIP))


def test_words_from_a_playbook_are_no_markup() -> None:
    sly = replace(SLIP, label="<script>alert(1)</script>")
    assert "<script>" not in svg_of(sly)
    assert b"<script>" not in bpmn_of(sly)


def test_the_exchange_form_has_a_task_a_state_a_flow_a_move_and_a_timer_a_clock() -> None:
    process = ET.fromstring(bpmn_of(SLIP)).find(f"{BPMN}process")
    assert process is not None
    assert {task.get("id") for task in process.iter(f"{BPMN}userTask")} == set(SLIP.state_named)
    assert {end.get("id") for end in process.iter(f"{BPMN}endEvent")} >= set(SLIP.end_named)
    named = [flow.get("name") for flow in process.iter(f"{BPMN}sequenceFlow")]
    for move in SLIP.moves:
        if move.target not in (BACK, STAY):
            assert named.count(move.label) >= len(move.sources)
    timers = {(e.get("attachedToRef"), e.get("name")) for e in process.iter(f"{BPMN}boundaryEvent")}
    assert timers == {(place, clock.label) for clock in SLIP.clocks for place in clock.runs_in}


def test_every_reference_of_the_exchange_form_is_kept_and_everything_has_coordinates() -> None:
    stage = State("joined", "并联审批", "office", joins="permit", joined="assign")
    states = tuple(stage if state.name == "initiated" else state for state in SLIP.states)
    moves = tuple(
        replace(m, sources=tuple("joined" if x == "initiated" else x for x in m.sources)) for m in SLIP.moves
    )
    opens = tuple(replace(move, target="joined") for move in SLIP.opens)
    clocks = tuple(c for c in SLIP.clocks if "initiated" not in c.runs_in)
    moves = tuple(replace(m, target="joined" if m.target == "initiated" else m.target) for m in moves)
    for playbook in (SLIP, replace(SLIP, states=states, moves=moves, opens=opens, clocks=clocks)):
        root = ET.fromstring(bpmn_of(playbook))
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        for flow in root.iter(f"{BPMN}sequenceFlow"):
            assert flow.get("sourceRef") in ids
            assert flow.get("targetRef") in ids
        process = root.find(f"{BPMN}process")
        assert process is not None
        drawn = {element.get("bpmnElement") for element in root.iter(f"{DI}BPMNShape")}
        drawn |= {element.get("bpmnElement") for element in root.iter(f"{DI}BPMNEdge")}
        assert drawn == {element.get("id") for element in process}
