"""Bottlenecks: a way to every end, the clocks of the worked example, four levels, deferral, the owner asked last."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.areas.projects import actions
from luodi.areas.projects.bottlenecks import bottlenecks_of, reviews_due, tickets
from luodi.areas.projects.models import Bottleneck
from luodi.areas.projects.playbook import LEVELS, PLAYBOOK, SORTS
from luodi.kernel.cases import actions as cases
from luodi.kernel.cases.faults import faults
from luodi.kernel.cases.models import Case, CaseClock, DueItem, Step
from luodi.kernel.cases.playbook import BACK, STAY
from luodi.kernel.cases.possible import Standing, chances
from luodi.kernel.commitments.acts.ground import Upload
from luodi.kernel.ledger.verify import verify
from tests.areas.case_town import refused
from tests.areas.projects.project_town import ProjectTown, at, found, photo

WAYS = {
    "closed": "find classify assign acknowledge plan report_solved verify tell confirm",
    "withdrawn": "find classify assign withdraw",
    "terminated": "find classify assign acknowledge plan terminate",
}
DETOURS = (
    "find classify assign return classify assign acknowledge plan report_solved verify tell confirm",
    "find classify assign acknowledge plan report_solved refute report_solved verify tell deny report_solved verify tell confirm",
    "find classify assign defer defer_again take_up acknowledge plan report_solved verify tell confirm",
    "find classify assign acknowledge plan extend no_progress escalate escalate escalate defer withdraw",
)


def walked(way: str) -> str:
    """Where a way leads; each move must be one of the place it is made in."""
    place = ""
    for name in way.split():
        move = PLAYBOOK.move_named[name]
        assert (move in PLAYBOOK.opens) if not place else (place in move.sources), f"{name} from {place}"
        place = place if move.target == STAY else move.target
        assert place != BACK
    return place


def test_the_playbook_is_sound() -> None:
    assert [str(fault) for fault in faults(PLAYBOOK)] == []
    assert PLAYBOOK.escalates == len(LEVELS) - 1 == 3
    assert len(SORTS) == 10


@pytest.mark.parametrize("end", WAYS)
def test_every_end_is_walked_to(end: str) -> None:
    assert walked(WAYS[end]) == end
    assert set(WAYS) == set(PLAYBOOK.end_named)


@pytest.mark.parametrize("way", DETOURS)
def test_every_side_way_leads_back(way: str) -> None:
    assert walked(way) in PLAYBOOK.end_named


def test_every_move_is_on_some_way() -> None:
    walked_on = {name for way in (*WAYS.values(), *DETOURS) for name in way.split()}
    assert {move.name for move in (*PLAYBOOK.opens, *PLAYBOOK.moves)} == walked_on


def test_no_way_to_closed_leaves_out_verifying_and_telling() -> None:
    before = {move.name for move in PLAYBOOK.moves if move.target == "closed"}
    assert before == {"confirm"}
    assert {source for move in PLAYBOOK.moves if move.name == "confirm" for source in move.sources} == {
        "told"
    }
    assert {m.name for m in PLAYBOOK.moves if m.target == "told"} == {"tell"}
    assert {m.name for m in PLAYBOOK.moves if m.target == "verified" and m.is_independent} == {"verify"}


@given(st.lists(st.integers(0, 30), max_size=40))
def test_the_owner_is_never_asked_before_the_unit_was_told(choices: list[int]) -> None:
    place, made = "registered", ["find"]
    for choice in choices:
        moves = [m for m in PLAYBOOK.moves_from(place) if m.times is None or made.count(m.name) < m.times]
        if not moves:
            break
        move = moves[choice % len(moves)]
        made.append(move.name)
        place = place if move.target == STAY else move.target
    if "confirm" in made:
        last = made[: made.index("confirm")]
        assert last.index("verify") < last.index("tell")
    assert place in {*PLAYBOOK.state_named, *PLAYBOOK.end_named}


def test_the_doer_neither_verifies_nor_speaks_for_the_owner() -> None:
    for place in ("reported_solved", "verified", "told"):
        open_to_doer = [c.move.name for c in chances(PLAYBOOK, Standing(place, ("doer",), {})) if c.is_open]
        assert open_to_doer == [], place


# --- with rows ------------------------------------------------------------------------------------------------------------

PROOF = {"solution": "通水通电", "evidence": [Upload(photo(7), "接电.jpg")]}


@pytest.fixture
def town(data_folder: object, db: object) -> ProjectTown:
    return found()


def opened(town: ProjectTown) -> Case:
    with at(9, 10):
        return actions.find_bottleneck(
            town.file(), by=town.actors["综合科"], title="冷链项目没有接上电", matter="供电方案三个月没有批", blocking="building",
            verifier_unit=town.units["区审计局"],
        )  # fmt: skip


def step(town: ProjectTown, case: Case, name: str, who: str, **answers: Any) -> Case:
    cases.move(case, name, by=town.actors[who], answers=answers)
    case.refresh_from_db()
    return case


def assigned(town: ProjectTown, case: Case) -> Case:
    bureau = town.units["区工信局"]
    with at(9, 15):
        step(
            town, case, "classify", "综合科", sort="utilities", asked_unit=bureau, asked_act="批复供电方案", impact_wan="3000",
            impact_days="45",
        )  # fmt: skip
        return step(town, case, "assign", "综合科", unit=bureau, post=town.posts["局长"])


def test_ten_workdays_from_tuesday_15_september_end_on_tuesday_29(town: ProjectTown) -> None:
    """Sunday 20 September is a working day, Friday 25 a holiday; the one extension ends at thirty workdays."""
    case = assigned(town, opened(town))
    clock = CaseClock.objects.get(case=case, name="solve")
    assert clock.due_on == dt.date(2026, 9, 29)
    assert (clock.limit, clock.extension) == (10, 20)
    assert CaseClock.objects.get(case=case, name="acknowledge").due_on == dt.date(2026, 9, 16)
    details = Bottleneck.objects.get(case=case)
    assert (details.asked_unit, details.asked_act, details.sort) == (
        town.units["区工信局"],
        "批复供电方案",
        "utilities",
    )
    assert (case.unit, case.post) == (town.units["区工信局"], town.posts["局长"])


def solving(town: ProjectTown) -> Case:
    case = assigned(town, opened(town))
    with at(9, 16):
        step(town, case, "acknowledge", "局长")
        return step(town, case, "plan", "局长", plan="九月底前批复，十月通电")


def test_from_found_to_struck_off_with_the_owner_asked_last(town: ProjectTown) -> None:
    case = solving(town)
    with at(9, 24):
        with refused("bad-answers"):
            step(town, case, "report_solved", "局长", solution="已答复企业")
        step(town, case, "report_solved", "局长", **PROOF)
        with refused("other-party"):
            step(town, case, "verify", "局长", finding="已通")
        step(town, case, "refute", "核查科", finding="只批了方案，没有通电")
        assert CaseClock.objects.get(case=case, name="solve").due_on == dt.date(2026, 9, 29)
        step(town, case, "report_solved", "局长", **PROOF)
    with at(9, 28):
        step(town, case, "verify", "核查科", finding="现场已经送电")
        with refused("not-from-here"):
            step(town, case, "confirm", "综合科", owner_says="solved")
        step(town, case, "tell", "综合科")
        step(town, case, "confirm", "综合科", owner_says="solved", said="通了")
    assert (case.state, case.outcome) == ("closed", "done")
    assert Bottleneck.objects.get(case=case).owner_says == "solved"
    assert not DueItem.objects.filter(subject=case.id).exists()
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_two_reports_of_no_progress_lift_it_a_level(town: ProjectTown) -> None:
    case = solving(town)
    with at(9, 18):
        assert actions.report_no_progress(case, by=town.actors["局长"], reason="省里没有批").level == 1
        assert actions.report_no_progress(case, by=town.actors["局长"], reason="还是没有批").level == 2
        assert actions.report_no_progress(case, by=town.actors["局长"], reason="等").level == 2
        assert actions.report_no_progress(case, by=town.actors["局长"], reason="再等").level == 3


def test_what_stays_overdue_climbs_by_itself_to_the_top(town: ProjectTown) -> None:
    case = solving(town)
    for day, level in ((2, 1), (3, 2), (6, 3), (9, 4), (30, 4)):
        with at(10, day):
            cases.tick()
            case.refresh_from_db()
            assert case.level == level, day


def test_an_extension_is_asked_once_and_approved_a_level_up(town: ProjectTown) -> None:
    case = solving(town)
    with at(9, 20):
        step(town, case, "extend", "局长", reason="设备在途")
        assert CaseClock.objects.get(case=case, name="solve").due_on == dt.date(2026, 9, 29)
        waiting = Step.objects.get(case=case, move="extend")
        with refused("other-party"):
            cases.sign(waiting, by=town.actors["综合科"])
        cases.sign(waiting, by=town.actors["副区长"])
        due = CaseClock.objects.get(case=case, name="solve").due_on
        assert due > dt.date(2026, 10, 20)
        with refused("no-more"):
            step(town, case, "extend", "局长", reason="再延")


def test_deferring_names_a_higher_authority_and_a_day_and_comes_back(town: ProjectTown) -> None:
    case = solving(town)
    with at(9, 22):
        with refused("bad-answers"):
            step(town, case, "defer", "副区长", reason="要省里批", review_on="2026-10-22")
        with refused("other-party"):
            step(
                town,
                case,
                "defer",
                "综合科",
                reason="要省里批",
                higher_authority="省能源局",
                review_on="2026-10-22",
            )
        step(
            town,
            case,
            "defer",
            "副区长",
            reason="要省里批",
            higher_authority="省能源局",
            review_on="2026-10-22",
        )
        assert (case.state, case.planned_due) == ("deferred", None)
        details = Bottleneck.objects.get(case=case)
        assert (details.higher_authority, details.review_on) == ("省能源局", dt.date(2026, 10, 22))
    with at(10, 22):
        step(
            town,
            case,
            "defer_again",
            "副区长",
            reason="还在会签",
            higher_authority="省能源局",
            review_on="2026-11-23",
        )
        assert case.state == "deferred"
    with at(11, 23):
        step(town, case, "take_up", "综合科")
    assert case.state == "assigned"
    assert case.planned_due is not None
    assert case.planned_due >= dt.date(2026, 11, 24)
    assert CaseClock.objects.get(case=case, name="solve").due_on > dt.date(2026, 11, 23)


def test_the_rates_count_what_stands_in_the_register(town: ProjectTown) -> None:
    case = solving(town)
    with at(9, 24):
        step(town, case, "report_solved", "局长", **PROOF)
        step(town, case, "refute", "核查科", finding="没有通电")
    (ticket,) = tickets(Case.objects.all())
    assert (ticket.due_on, ticket.reported_on, ticket.accepted_on) == (
        dt.date(2026, 9, 29),
        dt.date(2026, 9, 24),
        None,
    )
    assert (ticket.sort, ticket.is_clear, ticket.closed_on) == ("utilities", True, None)
    assert [
        row.case_id for row in bottlenecks_of(Bottleneck.objects.get().subject, town.actors["综合科"])
    ] == [case.id]
    with at(9, 25):
        step(
            town,
            case,
            "defer",
            "副区长",
            reason="要省里批",
            higher_authority="省能源局",
            review_on="2026-10-22",
        )
    assert reviews_due(dt.date(2026, 10, 21), town.actors["综合科"]) == []
    assert [row.case_id for row in reviews_due(dt.date(2026, 10, 22), town.actors["综合科"])] == [case.id]
    assert tickets(Case.objects.all())[0].is_deferred


def test_a_project_that_was_removed_gets_no_more(town: ProjectTown) -> None:
    with at(9, 10):
        file = town.file()
        from luodi.areas.projects.acts.filing import Shown

        actions.move_stage(
            file,
            "removed",
            by=town.actors["综合科"],
            on=dt.date(2026, 9, 10),
            shown={"decision": Shown("纪要第3号")},
            reason="企业撤资",
        )
        with refused("project-ended"):
            actions.find_bottleneck(
                file, by=town.actors["综合科"], title="x", matter="y", blocking="building"
            )
