"""People are told by the acts themselves: a move, a wait for a signature, a light that turns; a refusal tells nobody."""

from __future__ import annotations

from typing import Any

import pytest

from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Step
from luodi.kernel.notices.models import Notice
from tests.areas.case_town import CaseTown, at, found, refused

pytestmark = pytest.mark.django_db
OFFICE, DOER, AUDIT = "区督查室", "区住建局", "区审计局"


@pytest.fixture
def town() -> Any:
    made = found()
    with at(9, 1):
        yield made


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("id").values_list("what", "unit__name"))


def test_a_slip_tells_whoever_is_next_at_each_step(town: CaseTown) -> None:
    case = town.slip()
    assert told() == [], "the office that opened it goes on by itself"
    town.move(case, "assign", OFFICE)
    town.move(case, "report", DOER, answer="完成了")
    town.move(case, "refute", AUDIT, finding="没有做")
    assert told() == [("assigned", DOER), ("assigned", AUDIT), ("returned", DOER)]


def test_a_signature_is_asked_for_and_the_way_on_told(town: CaseTown) -> None:
    case = town.move(town.slip(), "assign", OFFICE)
    Notice.objects.all().delete()
    town.move(case, "suspend", OFFICE, reason="等材料", until="2026-09-20")
    assert told() == [("signature", "区政府")]
    actions.sign(Step.objects.get(move="suspend"), by=town.actors["区政府"])
    assert told() == [("signature", "区政府"), ("assigned", OFFICE)]


def test_what_is_refused_tells_nobody(town: CaseTown) -> None:
    case = town.slip()
    with refused("other-party"):
        town.move(case, "assign", DOER)
    assert told() == []


def test_lights_that_turn_are_told_once_each(town: CaseTown) -> None:
    town.move(town.slip(), "assign", OFFICE)
    Notice.objects.all().delete()
    for month, day, expected in ((9, 29, []), (9, 30, ["amber"]), (10, 8, ["amber", "red"])):
        with at(month, day):
            actions.tick()
            actions.tick()
        assert [what for what, _ in told() if what in ("amber", "red")] == expected
