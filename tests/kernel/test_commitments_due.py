"""What is due among the promises stands in the one table of what is due, moved by the same acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from luodi.kernel.cases.models import DueItem
from luodi.kernel.clocks.now import SHANGHAI
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.goals import Goal
from luodi.kernel.commitments.models import Commitment
from tests.database import unguarded
from tests.kernel.promises import DAY, District, at, founded

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> Iterator[District]:
    with at(DAY):
        yield founded()


def due(commitment: Commitment) -> DueItem | None:
    return DueItem.objects.filter(subject=commitment.id).first()


def test_an_adopted_promise_is_due_from_its_lead_unit_until_midnight(district: District) -> None:
    commitment = district.adopt()
    item = due(commitment)
    assert item is not None
    assert (item.unit.name, item.kind, item.title) == ("区教育局", "commitment", "年内建成10所幼儿园")
    assert item.due_on == dt.date(2026, 12, 31)
    assert item.due_at == dt.datetime(2027, 1, 1, tzinfo=SHANGHAI)
    assert item.light == commitment.standing.light


def test_what_has_no_day_is_due_from_nobody(district: District) -> None:
    assert due(district.adopt(Goal(number="10", unit="所"))) is None


def test_reported_done_is_no_longer_due_and_sent_back_is_due_again(district: District) -> None:
    commitment = district.adopt()
    report = actions.report_done(
        commitment,
        by=district.actor("区教育局"),
        as_of=DAY,
        number="10",
        unit="所",
        evidence=district.kept_file(),
    )
    assert due(commitment) is None
    actions.send_back(report, by=district.actor("区审计局"), as_of=DAY, reason="只建成9所")
    assert due(commitment) is not None


def test_a_new_day_moves_the_due_item_and_the_day_after_lights_it_red(district: District) -> None:
    commitment = district.adopt()
    with at(dt.date(2027, 1, 1)):
        actions.tick()
    item = due(commitment)
    assert item is not None
    assert (item.light, item.turns_at) == ("red", None)


def test_rebuilding_mends_a_row_that_was_lost_or_bent(district: District) -> None:
    lost, bent, sound = district.adopt(), district.adopt(), district.adopt()
    with unguarded():
        DueItem.objects.filter(subject=lost.id).delete()
        DueItem.objects.filter(subject=bent.id).update(light="red")
    assert sorted(actions.rebuild()) == sorted([lost.id, bent.id])
    assert {due(lost).light, due(bent).light} == {due(sound).light}  # type: ignore[union-attr]
    assert actions.rebuild() == []
