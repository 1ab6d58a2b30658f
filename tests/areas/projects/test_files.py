"""A project's file: who may open it, what each gate asks, three meanings of 入库, plans that only grow, one event an act."""

from __future__ import annotations

import datetime as dt

import pytest

from luodi.areas.projects import access, actions
from luodi.areas.projects.acts.filing import Shown
from luodi.areas.projects.lookups import plan_of
from luodi.areas.projects.models import GateEvidence, ProjectFile, StageMove
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.register import actions as register
from tests.areas.case_town import refused
from tests.areas.projects.project_town import WAN, ProjectTown, at, found

pytestmark = pytest.mark.django_db
EVEN = (1_000 * WAN,) * 12


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


def test_the_office_opens_one_file_a_project(town: ProjectTown) -> None:
    with at(2, 1):
        file = town.file()
        assert file.levels == "provincial city"
        assert (file.stage, file.opened_on) == ("preparing", dt.date(2026, 2, 1))
        with refused("file-exists"):
            town.file(project=file.project)
        with refused("not-the-office"):
            actions.open_file(
                town.project(),
                by=town.actors["项目员"],
                lead_unit=town.units["区工信局"],
                responsible_unit=town.units["石桥镇"],
            )
    assert ProjectFile.objects.count() == 1


def test_funds_never_exceed_the_whole(town: ProjectTown) -> None:
    with at(2, 1):
        with refused("money-wrong"):
            town.file(fiscal=20_000 * WAN, loan=10_001 * WAN)
        file = town.file(fiscal=20_000 * WAN, loan=10_000 * WAN)
        with refused("money-wrong"):
            actions.correct_file(file, by=town.actors["综合科"], reason="核对资金", own=-1)
        with refused("nothing-changed"):
            actions.correct_file(file, by=town.actors["综合科"], reason="核对资金", loan=10_000 * WAN)
        with refused("money-wrong"):
            actions.correct_file(
                file,
                by=town.actors["综合科"],
                reason="核对资金",
                paper="备案证明",
                total_investment=29_999 * WAN,
            )
        changed = actions.correct_file(
            file,
            by=town.actors["综合科"],
            reason="名单调整",
            paper="市重点名单",
            goal="建成冷库2万吨",
            levels=("city",),
        )
    assert (changed.goal, changed.levels, changed.loan) == ("建成冷库2万吨", "city", 10_000 * WAN)


def test_a_start_needs_the_permit_and_permanent_works(town: ProjectTown) -> None:
    with at(3, 20):
        file = town.file()
        office = town.actors["综合科"]
        with refused("gate-closed") as caught:
            actions.move_stage(
                file,
                "newly_started",
                by=office,
                on=dt.date(2026, 3, 20),
                shown={"permit": Shown("施许字1号")},
            )
        assert "平整场地不算" in caught.value.message
        with refused("no-such-way"):
            actions.move_stage(file, "completed_works", by=office, on=dt.date(2026, 3, 20))
        with refused("day-to-come"):
            actions.move_stage(file, "newly_started", by=office, on=dt.date(2026, 3, 21))
        file = town.started()
    assert (file.stage, file.start_actual) == ("newly_started", dt.date(2026, 3, 20))
    assert set(GateEvidence.objects.values_list("gate", flat=True)) == {"permit", "works"}


def test_a_project_is_carried_over_in_a_later_year(town: ProjectTown) -> None:
    office = town.actors["综合科"]
    with at(3, 20):
        file = town.started()
    with at(12, 31), refused("not-carried"):
        actions.move_stage(file, "under_construction", by=office, on=dt.date(2026, 12, 31))
    with at(1, 4, 2027):
        actions.move_stage(file, "under_construction", by=office, on=dt.date(2027, 1, 4))
    file.refresh_from_db()
    assert file.stage == "under_construction"


def test_a_suspended_project_goes_back_to_what_it_left(town: ProjectTown) -> None:
    office = town.actors["综合科"]
    with at(3, 20):
        file = town.started()
    with at(8, 1):
        paper = {"decision": Shown("区政府常务会议纪要第9号")}
        with refused("words-missing"):
            actions.move_stage(file, "suspended", by=office, on=dt.date(2026, 8, 1), shown=paper)
        actions.move_stage(
            file, "suspended", by=office, on=dt.date(2026, 8, 1), shown=paper, reason="资金断档"
        )
        with refused("no-such-way"):
            actions.move_stage(file, "under_construction", by=office, on=dt.date(2026, 8, 1))
        actions.move_stage(file, "newly_started", by=office, on=dt.date(2026, 8, 1))
    file.refresh_from_db()
    assert (file.stage, file.stage_left, file.start_actual) == ("newly_started", "", dt.date(2026, 3, 20))


def test_a_step_back_is_a_correction_that_another_post_signs(town: ProjectTown) -> None:
    with at(3, 25):
        file = town.started()
        made = actions.move_stage(
            file,
            "preparing",
            by=town.actors["综合科"],
            on=dt.date(2026, 3, 25),
            reason="只平整了场地，没有动永久工程",
        )
        file.refresh_from_db()
        assert file.stage == "newly_started"
        with refused("same-hand"):
            actions.sign_correction(made, by=town.actors["综合科"])
        with refused("not-the-office"):
            actions.sign_correction(made, by=town.actors["镇长"])
        actions.sign_correction(made, by=town.actors["副区长"])
        with refused("nothing-to-sign"):
            actions.sign_correction(made, by=town.actors["主任"])
    file.refresh_from_db()
    assert (file.stage, file.start_actual) == ("preparing", None)
    assert list(StageMove.objects.order_by("id").values_list("kind", flat=True)) == ["forward", "corrected"]


def test_entering_a_library_is_three_separate_facts(town: ProjectTown) -> None:
    office = town.actors["综合科"]
    with at(4, 1):
        file = town.file()
        actions.enter_library(file, "planning", by=office, since=dt.date(2026, 1, 10), paper="储备库第1批")
        actions.enter_library(file, "provincial", by=office, since=dt.date(2026, 2, 10), paper="省重点名单")
        with refused("not-started"):
            actions.enter_library(
                file, "statistical", by=office, since=dt.date(2026, 3, 10), paper="统计局回执"
            )
        with refused("in-library-already"):
            actions.enter_library(
                file, "planning", by=office, since=dt.date(2026, 1, 10), paper="储备库第1批"
            )
    assert sorted(file.libraries.values_list("meaning", flat=True)) == ["planning", "provincial"]


def test_a_plan_is_given_once_and_then_only_versioned(town: ProjectTown) -> None:
    office = town.actors["综合科"]
    with at(2, 1):
        file = town.file()
        with refused("plan-wrong"):
            actions.set_plan(file, 2026, EVEN, annual=11_000 * WAN, by=office)
        actions.set_plan(file, 2026, EVEN, annual=12_000 * WAN, by=office)
    with at(10, 15):
        half = tuple(month // 2 for month in EVEN)
        with refused("plan-wrong"):
            actions.set_plan(file, 2026, half, by=office, paper="会议纪要")
        with refused("words-missing"):
            actions.set_plan(file, 2026, half, by=office, reason="资金不到位")
        with refused("changed-meanwhile"):
            actions.set_plan(file, 2026, half, by=office, reason="资金不到位", paper="纪要第20号", seen=0)
        actions.set_plan(file, 2026, half, by=office, reason="资金不到位", paper="纪要第20号", seen=1)
    plan = plan_of(file, 2026)
    assert plan is not None
    assert (plan.original.annual, plan.current.annual) == (12_000 * WAN, 6_000 * WAN)
    assert plan.is_lowered()


def test_projects_are_tied_to_promises_papers_and_plots(town: ProjectTown) -> None:
    with at(2, 1):
        file = town.file()
        plot = register.create_parcel(name="石桥3号地", by=town.actors["综合科"], area_mu="120")
        for kind, target in (
            ("delivers", "c0000000000001"),
            ("named_in", "d0000000000001"),
            ("located_at", plot.id),
        ):
            register.link(kind, file.project_id, target, by=town.actors["综合科"])
        with refused("link-unfit"):
            register.link("delivers", file.project_id, plot.id, by=town.actors["综合科"])


def test_one_act_one_event_and_verify_rebuilds_the_rows(town: ProjectTown) -> None:
    with at(3, 20):
        file = town.started()
        actions.set_plan(file, 2026, EVEN, by=town.actors["综合科"])
    kinds = list(Event.objects.filter(subject=file.id).order_by("id").values_list("kind", flat=True))
    assert kinds == ["project.filed", "project.moved", "project.plan_set"]
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_the_public_reads_the_list_and_no_amounts(town: ProjectTown) -> None:
    with at(3, 20):
        shown, idea = town.started(), town.file(stage="conceived")
        unlisted = town.file(levels=())
    found_public = {row.id: row for row in access.public()}
    assert set(found_public) == {shown.id}
    assert idea.id not in found_public
    assert unlisted.id not in found_public
    assert {"loan", "fiscal", "bond"} <= found_public[shown.id].get_deferred_fields()


def test_staff_read_what_they_do_lead_or_run(town: ProjectTown) -> None:
    with at(3, 20):
        file = town.file()
        own = {
            title: access.visible_to(actor).filter(pk=file.pk).exists()
            for title, actor in town.actors.items()
        }
        stranger = register.create_post(
            title="门卫",
            unit=register.create_unit(name="区档案馆", by=town.actors["主任"]),
            by=town.actors["主任"],
        )
        assert own == dict.fromkeys(own, True)
        assert not access.visible_to(type(town.actors["主任"])(post=stranger.id)).exists()
