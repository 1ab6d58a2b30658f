"""Stages and their gates: what each asks, which ways there are, and that 入库 means three things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.areas.projects.stages import (
    ENDS,
    LIBRARIES,
    ORDER,
    STAGE,
    STAGES,
    STARTED,
    missing,
    status_of,
    step,
)

names = st.sampled_from([stage.name for stage in STAGES])


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("conceived", "identification"),
        ("reserved", "identification"),
        ("preparing", "preparation"),
        ("newly_started", "implementation"),
        ("under_construction", "implementation"),
        ("completed_works", "completion"),
        ("in_production", "maintenance"),
        ("at_capacity", "maintenance"),
        ("removed", "cancelled"),
    ],
)
def test_each_stage_maps_to_its_code(stage: str, status: str) -> None:
    assert status_of(stage) == status


def test_a_suspended_project_keeps_its_last_code() -> None:
    assert status_of("suspended", "preparing") == "preparation"
    assert status_of("suspended") == ""


def test_a_start_asks_for_the_permit_and_for_permanent_works() -> None:
    gates = step("preparing", "newly_started").gates
    assert [gate.name for gate in gates] == ["permit", "works"]
    assert [gate.name for gate in missing(gates, {"permit"})] == ["works"]
    assert "平整场地不算" in gates[1].why


def test_a_stage_is_not_skipped() -> None:
    with pytest.raises(ValueError, match="下一步是“储备”"):
        step("conceived", "newly_started")


def test_what_is_built_within_its_first_year_need_not_be_carried_over() -> None:
    assert step("newly_started", "completed_works").kind == "forward"
    assert step("newly_started", "under_construction").kind == "carried"


def test_a_way_back_is_a_correction_with_two_signatures() -> None:
    back = step("in_production", "completed_works")
    assert (back.kind, back.needs_signature) == ("corrected", True)


def test_a_suspended_project_returns_to_what_it_left_or_is_removed() -> None:
    assert step("suspended", "under_construction", left="under_construction").kind == "resumed"
    assert step("suspended", "removed", left="under_construction").kind == "removed"
    with pytest.raises(ValueError, match="先回到原来的"):
        step("suspended", "completed_works", left="under_construction")


def test_removed_is_an_end() -> None:
    with pytest.raises(ValueError, match="另立项目"):
        step("removed", "preparing")


def test_entering_the_library_is_three_different_facts() -> None:
    assert set(LIBRARIES) == {"planning", "provincial", "statistical"}
    assert len(set(LIBRARIES.values())) == 3


@given(names, names)
def test_every_way_forward_asks_for_all_gates_of_where_it_leads(old: str, new: str) -> None:
    try:
        found = step(old, new, left="preparing")
    except ValueError:
        return
    if found.kind in ("forward", "carried", "suspended", "removed"):
        assert found.gates == STAGE[new].gates
    if new in ORDER and old in ORDER and ORDER.index(new) < ORDER.index(old):
        assert found.needs_signature


@given(names)
def test_from_every_stage_there_is_a_way_to_an_end(stage: str) -> None:
    if stage not in ENDS:
        assert step(stage, "removed", left="preparing").kind == "removed"


def test_what_counts_as_started_begins_with_permanent_works() -> None:
    assert "preparing" not in STARTED
    assert {"newly_started", "under_construction", "completed_works"} <= STARTED
