"""Owners change: cases of a post that is no more are found, proposed to whoever took over, and handed on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from luodi.kernel.cases import actions
from luodi.kernel.cases.lookups import heirs_of, ownerless
from luodi.kernel.cases.models import DueItem, Step
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.register import actions as register
from tests.areas.case_town import CaseTown, at, found, refused
from tests.kernel.small_kinds import PERMIT, granted, known, permit

OFFICE, DOER, CHECKS = "区督查室", "区住建局", "区审计局"


@pytest.fixture
def town(data_folder: object, db: None) -> Iterator[CaseTown]:
    with known(PERMIT):
        yield found()


def test_what_a_closed_post_had_is_found_with_its_heir_and_handed_on(town: CaseTown) -> None:
    with at(9, 15):
        case, done = permit(town), granted(town, permit(town))
        assert not ownerless().exists()
        heir = register.create_post(title="科长", unit=town.units[DOER], by=SYSTEM)
        register.close_post(town.posts[DOER], on=dt.date(2026, 9, 15), into=heir, by=SYSTEM)
    with at(9, 16):
        assert [row.id for row in ownerless()] == [case.id], "what is closed needs no owner"
        heirs = heirs_of(case)
        assert (heirs.unit, heirs.post) == (town.units[DOER], heir)
        actions.reassign(case, unit=heirs.unit, post=heirs.post, by=town.actors[OFFICE], reason="岗位撤并")
        assert not ownerless().exists()
    case.refresh_from_db()
    assert (case.post, case.state, case.planned_due) == (heir, "open", dt.date(2026, 9, 30))
    assert DueItem.objects.get(subject=case.id).post == heir
    assert Step.objects.get(case=case, move="hand_over").note == "岗位撤并"
    told = list(Event.objects.filter(subject=case.id).order_by("id").values_list("kind", flat=True))
    assert told == ["case.opened", "case.reassigned"]
    assert done.post == town.posts[DOER]
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_a_unit_that_went_into_another_leaves_its_cases_to_it(town: CaseTown) -> None:
    with at(9, 15):
        case = permit(town, post=None, unit=town.units["区水利局"])
        post = town.posts["区水利局"]
        register.close_post(post, on=dt.date(2026, 9, 15), by=SYSTEM)
        register.close_unit(town.units["区水利局"], on=dt.date(2026, 9, 15), into=town.units[DOER], by=SYSTEM)
    with at(9, 16):
        assert [row.id for row in ownerless()] == [case.id]
        heirs = heirs_of(case)
        actions.reassign(case, unit=heirs.unit, by=town.actors[OFFICE], reason="机构合并")
    case.refresh_from_db()
    assert case.unit == town.units[DOER]


def test_it_is_handed_only_to_who_can_do_it(town: CaseTown) -> None:
    units, posts = town.units, town.posts
    with at(9, 15):
        case = permit(town)
        office = town.actors[OFFICE]
        with refused("other-party"):
            actions.reassign(case, unit=units["区水利局"], by=town.actors[DOER], reason="不归我们")
        with refused("post-elsewhere"):
            actions.reassign(case, unit=units["区水利局"], post=posts[DOER], by=office, reason="改派")
        with refused("not-independent"):
            actions.reassign(case, unit=units[CHECKS], by=office, reason="改派")
        with refused("nothing-changed"):
            actions.reassign(case, unit=units[DOER], post=posts[DOER], by=office, reason="改派")
        actions.reassign(case, unit=units[CHECKS], verifier_unit=units["区水利局"], by=office, reason="改派")
        register.close_post(posts[DOER], on=dt.date(2026, 9, 14), into=posts["区水利局"], by=SYSTEM)
        with refused("already-closed"):
            actions.reassign(case, unit=units[DOER], post=posts[DOER], by=office, reason="改派")
    case.refresh_from_db()
    assert (case.unit, case.verifier_unit, case.post) == (units[CHECKS], units["区水利局"], None)
