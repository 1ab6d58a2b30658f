"""A district's own rule: written by one post, signed by another, for cases of its days and no others."""

from __future__ import annotations

import datetime as dt

import pytest

from luodi.kernel.cases.models import Case, CaseClock
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.rules import actions
from luodi.kernel.rules.models import OwnRule
from tests.areas.case_town import CaseTown, at, found, refused

pytestmark = pytest.mark.django_db
TEXT = """
[[rule]]
name = "supervision.check"
title = "收到反馈后核查，本区从快"
limit = 3
clock = "workday"
source_title = "青岚区督查办法"
article = "第六条"
evidence = "✔"
effective_from = 2026-09-01
effective_to = 2026-12-31
"""


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def checked_by(town: CaseTown, month: int, day: int) -> CaseClock:
    """The clock of the check on a slip that is answered on that day."""
    with at(month, day):
        case = town.slip(subject=f"c{month:02}{day:02}000000000", answer_by="2027-01-31")
        town.move(case, "assign", "区督查室")
        town.move(case, "report", "区住建局", answer="办好了")
    return CaseClock.objects.get(case=case, name="check")


def signed(town: CaseTown) -> OwnRule:
    with at(8, 28):
        own = actions.propose_rule(TEXT, by=town.actors["区督查室"])
        return actions.sign_rule(own, by=town.actors["区政府"])


def test_it_holds_for_cases_of_its_days_and_no_others(town: CaseTown) -> None:
    signed(town)
    assert checked_by(town, 8, 31).limit == 10
    own = checked_by(town, 9, 15)
    assert (own.limit, own.due_on, own.rule) == (3, dt.date(2026, 9, 18), "supervision.check@2026-09-01:own")
    assert own.citation == "青岚区督查办法第六条"


def test_it_holds_only_once_another_post_has_signed_it(town: CaseTown) -> None:
    with at(8, 28):
        own = actions.propose_rule(TEXT, by=town.actors["区督查室"])
        with refused("not-a-leader"):
            actions.sign_rule(own, by=town.actors["区督查室"])
    assert checked_by(town, 9, 15).limit == 10


def test_a_running_clock_keeps_the_rule_it_began_under(town: CaseTown) -> None:
    own = signed(town)
    before = checked_by(town, 9, 15)
    with at(9, 16):
        actions.withdraw_rule(own, by=town.actors["区督查室"])
    before.refresh_from_db()
    assert before.limit == 3
    assert checked_by(town, 9, 16).limit == 10


def test_both_hands_stand_in_the_ledger(town: CaseTown) -> None:
    signed(town)
    told = list(Event.objects.filter(kind__startswith="rule.").order_by("id").values_list("kind", "post"))
    assert told == [("rule.proposed", town.posts["区督查室"].id), ("rule.signed", town.posts["区政府"].id)]
    assert [finding for finding in verify() if finding.is_wrong] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("limit = ", "bad-rule"),
        (TEXT + TEXT, "bad-rule"),
        (TEXT.replace("workday", "week"), "bad-rule"),
        (TEXT.replace("supervision.check", "supervision.chek"), "no-such-rule"),
        ("x" * 5_000, "bad-rule"),
    ],
)
def test_a_rule_that_could_not_hold_is_refused_with_its_fault(town: CaseTown, text: str, code: str) -> None:
    with at(8, 28), refused(code):
        actions.propose_rule(text, by=town.actors["区督查室"])
    assert Case.objects.count() == OwnRule.objects.count() == 0
