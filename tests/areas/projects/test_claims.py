"""The arithmetic of claims, and who may say that a project will be there in time."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from luodi.areas.projects.claims import Claim, check
from luodi.areas.projects.confidence import Assessment, fault, is_stale, latest
from luodi.kernel.figures.display import rounded


def test_thirteen_billion_and_155_percent_imply_8_387_billion() -> None:
    """130亿元 = 155 %: a plan of 83.87亿元; the numbers agree, the plan was not published, nothing is verified."""
    found = check(Claim(done=Decimal(130), percent=Decimal(155), projects=58))
    assert found.implied_plan is not None
    implied = Decimal(found.implied_plan.numerator) / Decimal(found.implied_plan.denominator)
    assert rounded(implied, 2) == Decimal("83.87")
    assert (found.arithmetic, found.standing, found.needs_explanation) == ("consistent", "unverified", True)
    assert found.words() == (
        "几个数对得上，推算计划83.87亿元，没有公布计划数，没有公布计划调整过没有，未核实，超过计划的120%，要说明原因。"
    )


def test_a_published_plan_must_fit_within_what_was_rounded() -> None:
    claim = {"done": Decimal(130), "percent": Decimal(155)}
    assert check(Claim(**claim, plan=Decimal(84))).arithmetic == "consistent"
    assert check(Claim(**claim, plan=Decimal("83.9"))).arithmetic == "consistent"
    assert check(Claim(**claim, plan=Decimal(86))).arithmetic == "inconsistent"
    assert check(Claim(**claim, plan=Decimal("82.9"))).arithmetic == "inconsistent"


def test_without_a_percentage_there_is_nothing_to_check() -> None:
    found = check(Claim(done=Decimal(130)))
    assert (found.arithmetic, found.implied_plan, found.needs_explanation) == ("incomplete", None, False)
    assert "没法验算" in found.words()


def test_the_registers_own_sums_contradict_or_support() -> None:
    said = {"done": Decimal(130), "percent": Decimal(155)}
    assert check(Claim(**said, ledger_done=Decimal(101))).standing == "contradicted"
    assert check(Claim(**said, ledger_plan=Decimal(100))).standing == "contradicted"
    agreed = Claim(**said, has_history=True, ledger_plan=Decimal("83.9"), ledger_done=Decimal("130.2"))
    assert check(agreed).standing == "supported"


def test_agreeing_numbers_alone_are_never_more_than_unverified() -> None:
    assert check(Claim(done=Decimal(1), percent=Decimal(100), plan=Decimal(1))).standing == "unverified"


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_what_was_rounded_from_a_true_plan_is_never_called_inconsistent(done: int, plan: int) -> None:
    share = rounded(Decimal(done) * 100 / Decimal(plan), 1)
    found = check(Claim(done=Decimal(done), percent=share, plan=Decimal(plan)))
    assert found.arithmetic in ("consistent", "incomplete")
    if found.plan_from is not None and found.plan_until is not None:
        assert found.plan_from <= Fraction(plan) <= found.plan_until or share == 0


def alone(left: str, right: str) -> bool:
    return left == right


def test_the_owner_does_not_judge_its_own_delivery() -> None:
    reason = "地基还没有验收，工期已经用掉三分之二"
    assert fault("unlikely", reason, "u1", ["u1", "u2"], alone) is not None
    assert fault("unlikely", reason, "u3", ["u1", "u2"], alone) is None


def test_a_judgement_has_a_reason_and_a_known_colour() -> None:
    for rating, reason, code in (("likely", "还行", "reason-missing"), ("fine", "x" * 20, "choice-unknown")):
        found = fault(rating, reason, "u3", ["u1"], alone)
        assert found is not None
        assert found[0] == code


def test_the_newest_judgement_counts_until_it_is_old() -> None:
    first = Assessment("likely", "手续齐全，资金到位", dt.date(2026, 3, 1), "u3")
    second = Assessment("doubtful", "主材涨价，资金缺口两成", dt.date(2026, 6, 1), "u3")
    assert latest([second, first], dt.date(2026, 5, 31)) == first
    assert latest([second, first], dt.date(2026, 6, 1)) == second
    assert latest([], dt.date(2026, 6, 1)) is None
    assert not is_stale(second, dt.date(2026, 8, 30), 90)
    assert is_stale(second, dt.date(2026, 8, 31), 90)
