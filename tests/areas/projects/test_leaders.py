"""Leaders by post: tied by date, handed over with two signatures, owing visits; confidence given by those who do not build."""

from __future__ import annotations

import datetime as dt

import pytest

from luodi.areas.projects import access, actions
from luodi.areas.projects.acts.leading import leader_of
from luodi.areas.projects.lookups import leaderless, load_of_leaders, unsigned_hand_overs, visits_due
from luodi.kernel.ledger.verify import verify
from tests.areas.case_town import refused
from tests.areas.projects.project_town import ProjectTown, at, found, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


def test_a_change_of_leader_leaves_nothing_ownerless_and_is_signed_by_both(town: ProjectTown) -> None:
    office = town.actors["综合科"]
    with at(3, 20):
        file = town.started()
        assert leaderless([file], dt.date(2026, 3, 20)) == [file]
        with refused("not-a-leader"):
            actions.assign_leader(file, town.posts["项目员"], by=office, since=dt.date(2026, 3, 20))
        actions.assign_leader(file, town.posts["副区长"], by=office, since=dt.date(2026, 3, 20))
        with refused("leads-already"):
            actions.assign_leader(file, town.posts["副区长"], by=office, since=dt.date(2026, 4, 1))
    with at(6, 1):
        later = actions.assign_leader(file, town.posts["区长"], by=office, since=dt.date(2026, 6, 1))
        assert unsigned_hand_overs() == [later]
        with refused("other-party"):
            actions.sign_hand_over(later, by=town.actors["镇长"])
        actions.sign_hand_over(later, by=town.actors["副区长"])
        with refused("already-signed"):
            actions.sign_hand_over(later, by=town.actors["副区长"])
        actions.sign_hand_over(later, by=town.actors["区长"])
    assert unsigned_hand_overs() == []
    assert leader_of(file, dt.date(2026, 5, 31)) == town.posts["副区长"]
    assert leader_of(file, dt.date(2026, 6, 1)) == town.posts["区长"]
    assert leaderless([file], dt.date(2026, 6, 1)) == []
    assert load_of_leaders(dt.date(2026, 6, 1)) == {town.posts["区长"].id: 1}
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_visits_fall_due_and_only_the_leader_makes_them(town: ProjectTown) -> None:
    with at(3, 20):
        file = town.started()
        actions.assign_leader(
            file, town.posts["副区长"], by=town.actors["综合科"], since=dt.date(2026, 3, 20)
        )
    assert [(each.last, each.due) for each in visits_due(dt.date(2026, 4, 1))] == [
        (None, dt.date(2026, 4, 19))
    ]
    with at(4, 10):
        with refused("not-its-leader"):
            actions.record_visit(
                file, by=town.actors["区长"], made_on=dt.date(2026, 4, 10), is_working=True, found="开挖基坑"
            )
        with refused("words-missing"):
            actions.record_visit(
                file, by=town.actors["副区长"], made_on=dt.date(2026, 4, 10), is_working=True, found=""
            )
        actions.record_visit(
            file, by=town.actors["副区长"], made_on=dt.date(2026, 4, 10), is_working=False, found="工地没有人",
            photo=(photo(), "现场.jpg"),
        )  # fmt: skip
    (due,) = visits_due(dt.date(2026, 4, 12), [town.posts["副区长"].id])
    assert (due.last, due.due) == (dt.date(2026, 4, 10), dt.date(2026, 5, 10))
    assert visits_due(dt.date(2026, 4, 12), [town.posts["区长"].id]) == []
    assert access.visits_for(town.actors["项目员"]).count() == 1


def test_confidence_is_given_by_a_unit_that_does_not_build(town: ProjectTown) -> None:
    reason = "地基验收晚了三个月，剩下的工期不够"
    with at(6, 1):
        file = town.file()
        with refused("not-a-verifier"):
            actions.review_confidence(file, "likely", reason, by=town.actors["镇长"])
        with refused("reason-missing"):
            actions.review_confidence(file, "unlikely", "不行", by=town.actors["核查科"])
        given = actions.review_confidence(file, "unlikely", reason, by=town.actors["核查科"])
    assert (given.rating, given.unit_of, given.on) == (
        "unlikely",
        town.units["区审计局"],
        dt.date(2026, 6, 1),
    )
    assert access.confidence_for(town.actors["项目员"]).count() == 1


def test_a_verifier_of_the_bureau_in_charge_is_not_independent(town: ProjectTown) -> None:
    from luodi.kernel.accounts import actions as accounts
    from luodi.kernel.ledger.action import SYSTEM

    with at(6, 1):
        file = town.file()
        accounts.grant(town.posts["局长"], "verifier", scope=None, by=SYSTEM)
        with refused("not-independent"):
            actions.review_confidence(file, "likely", "手续都齐了，资金也到位", by=town.actors["局长"])
