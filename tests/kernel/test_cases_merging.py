"""Two cases that are one, and cases that go on after their end: pointed to, counted apart, taken back whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, CaseClock, DueItem, Step
from luodi.kernel.cases.playbook import MERGED
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from tests.areas.case_town import CaseTown, at, found, refused
from tests.kernel.small_kinds import PERMIT, WORKS, granted, known, permit, works
from tests.kernel.test_two_writers import one_after_the_other

OFFICE, DOER, CHECKS, LEADER = "区督查室", "区住建局", "区审计局", "区政府"


@pytest.fixture
def town(data_folder: object, db: None) -> Iterator[CaseTown]:
    with known(PERMIT, WORKS):
        yield found()


def clock(case: Case) -> CaseClock:
    return CaseClock.objects.get(case=case, name="work")


def kinds_of(case: Case) -> list[str]:
    return list(Event.objects.filter(subject=case.id).order_by("id").values_list("kind", flat=True))


def test_the_merged_one_ends_apart_and_points_to_the_other(town: CaseTown) -> None:
    with at(9, 15):
        case, other = permit(town), permit(town)
        actions.merge(case, into=other, by=town.actors[OFFICE], reason="同一块地")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.merged_into) == ("merged", "merged", other)
    assert PERMIT.label_of(case.state) == MERGED.label
    assert clock(case).stopped_at == case.closed_at
    assert not DueItem.objects.filter(subject=case.id).exists()
    assert DueItem.objects.filter(subject=other.id).exists()
    assert list(other.taken_in.all()) == [case]
    assert kinds_of(case) == ["case.opened", "case.merged"]
    assert Step.objects.get(case=case, move="merge").note == "同一块地"
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_a_merger_taken_back_leaves_the_case_where_it_stood(town: CaseTown) -> None:
    with at(9, 15):
        case, other = permit(town), permit(town)
        town.move(case, "report", DOER)
        actions.merge(case, into=other, by=town.actors[OFFICE], reason="同一块地")
    with at(9, 20):
        actions.unmerge(case, by=town.actors[OFFICE], reason="不是一块地")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_at, case.merged_into) == ("reported", "", None, None)
    assert kinds_of(case)[-1] == "case.unmerged"
    with at(9, 20), refused("not-merged"):
        actions.unmerge(case, by=town.actors[OFFICE], reason="再撤一次")
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_only_the_office_merges_and_only_what_is_alike_and_open(town: CaseTown) -> None:
    with at(9, 15):
        case, other, parent = permit(town), permit(town), works(town)
        by = town.actors[OFFICE]
        for who in (DOER, LEADER, CHECKS):
            with refused("other-party"):
                actions.merge(case, into=other, by=town.actors[who], reason="重复")
        with refused("same-case"):
            actions.merge(case, into=case, by=by, reason="重复")
        with refused("other-kind"):
            actions.merge(case, into=parent, by=by, reason="重复")
        with refused("reason-missing"):
            actions.merge(case, into=other, by=by, reason=" ")
        permit(town, parent)
        with refused("children-open"):
            actions.merge(parent, into=works(town), by=by, reason="重复")
        granted(town, other)
        with refused("closed-already"):
            actions.merge(case, into=other, by=by, reason="重复")
    assert not Case.objects.filter(outcome="merged").exists()


def test_a_merged_child_no_longer_holds_its_parent(town: CaseTown) -> None:
    with at(9, 15):
        parent = works(town)
        one, other = permit(town, parent), permit(town, parent)
        granted(town, permit(town, parent))
        actions.merge(one, into=other, by=town.actors[OFFICE], reason="重复")
        granted(town, other)
    parent.refresh_from_db()
    assert parent.state == "collected"


def test_a_closed_case_goes_on_where_it_stood_with_its_first_deadline(town: CaseTown) -> None:
    with at(9, 15):
        case = permit(town)
        town.move(case, "refuse", DOER, reason="不合规划")
        assert clock(case).stopped_at is not None
    with at(9, 20):
        with refused("other-party"):
            actions.reopen(case, by=town.actors[DOER], reason="复议改变")
        actions.reopen(case, by=town.actors[OFFICE], reason="复议改变")
        with refused("still-open"):
            actions.reopen(case, by=town.actors[OFFICE], reason="复议改变")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_at) == ("open", "", None)
    assert (clock(case).stopped_at, case.planned_due) == (None, dt.date(2026, 9, 30))
    assert DueItem.objects.get(subject=case.id).due_on == dt.date(2026, 9, 30)
    assert kinds_of(case)[-1] == "case.reopened"
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_what_was_closed_by_force_while_suspended_goes_on_without_the_suspended_days(town: CaseTown) -> None:
    with at(9, 15):
        case = permit(town)
        town.move(case, "suspend", OFFICE, reason="等批复", until="2026-09-22")
        actions.sign(Step.objects.get(case=case, move="suspend"), by=town.actors[LEADER])
    with at(9, 18):
        assert town.move(case, "terminate", LEADER, reason="机构撤销").outcome == "forced"
    with at(9, 21):
        actions.reopen(case, by=town.actors[OFFICE], reason="办错了")
    case.refresh_from_db()
    assert (case.state, case.planned_due) == ("open", dt.date(2026, 10, 3))
    assert not case.pauses.filter(until_at=None).exists()


def test_a_child_is_not_reopened_once_its_parent_has_gone_on(town: CaseTown) -> None:
    with at(9, 15):
        child = granted(town, permit(town, works(town)))
        with refused("not-beneath"):
            actions.reopen(child, by=town.actors[OFFICE], reason="复议改变")


def test_there_is_still_one_open_slip_a_subject(town: CaseTown) -> None:
    with at(9, 15):
        first = town.slip()
        town.move(first, "withdraw", OFFICE, reason="重复")
        second = town.slip()
        with refused("open-already") as caught:
            actions.reopen(first, by=town.actors[OFFICE], reason="还要办")
    assert second.number in caught.value.message


def test_two_that_are_merged_into_each_other_do_not_both_end(
    committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with known(PERMIT):
        town = found()
        with at(9, 15):
            one, other = permit(town), permit(town)
        by = town.actors[OFFICE]
        acts = [
            lambda: actions.merge(one, into=other, by=by, reason="重复"),
            lambda: actions.merge(other, into=one, by=by, reason="重复"),
        ]
        first, second = one_after_the_other(monkeypatch, *acts)
        assert first is None
        assert second is not None
        assert second.code == "closed-already"
        assert sorted(Case.objects.values_list("state", flat=True)) == ["merged", "open"]
        assert [str(finding) for finding in verify(committed_database) if finding.is_wrong] == []
