"""Rules as dated data: the one that holds is chosen by the case's own day and facts, and faults are named."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.clocks.deadline import Suspension
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.deadlines import deadline_by
from luodi.kernel.rules.reading import read_rules, rule_of
from luodi.kernel.rules.rule import EVIDENCE, Rule

D = dt.date
TEXT = """
[[rule]]
name = "answer"
title = "书面答复"
limit = 20
clock = "workday"
extension = 10
source_title = "甲办法"
article = "第三条"
evidence = "✔"
effective_from = 2019-01-01
effective_to = 2024-12-31

[[rule]]
name = "answer"
title = "书面答复"
limit = 15
clock = "workday"
source_title = "乙办法"
article = "第五条"
evidence = "◐"
effective_from = 2025-01-01

[[rule]]
name = "answer"
title = "书面答复，急件"
limit = 3
clock = "workday"
source_title = "乙办法"
article = "第六条"
evidence = "⚙"
effective_from = 2025-01-01
applies_to = { level = ["1"] }

[[rule]]
name = "crowd"
title = "同一处七天内几件算集中"
least = 5
sigmas = 3
source_title = "落地默认规则"
article = "第九条"
evidence = "⚙"
effective_from = 2000-01-01
"""
BOOK = RuleBook(read_rules(TEXT))


def plain(**more: object) -> Rule:
    row = {
        "name": "answer",
        "title": "x",
        "source_title": "s",
        "article": "a",
        "evidence": "⚙",
        "effective_from": D(2025, 6, 1),
    }
    return rule_of({**row, **more})


def test_the_same_case_on_two_dates_gets_two_right_answers() -> None:
    assert BOOK.choose("answer", on=D(2024, 12, 31)).limit == 20
    assert BOOK.choose("answer", on=D(2025, 1, 1)).limit == 15


def test_the_rule_that_names_more_of_the_case_is_closer() -> None:
    assert BOOK.choose("answer", on=D(2026, 3, 1), facts={"level": "1"}).limit == 3
    assert BOOK.choose("answer", on=D(2026, 3, 1), facts={"level": "2"}).limit == 15


def test_a_place_is_met_by_any_place_above_it() -> None:
    town = plain(limit=9, clock="workday", applies_to={"place": ["北川镇"]})
    book = RuleBook([*BOOK.rules, town])
    assert book.choose("answer", on=D(2026, 3, 1), facts={"place": {"青岚区", "北川镇", "某村"}}).limit == 9
    assert book.choose("answer", on=D(2026, 3, 1), facts={"place": {"青岚区"}}).limit == 15


def test_the_districts_own_rule_goes_before_the_default_while_it_is_valid() -> None:
    own = rule_of(
        {
            "name": "answer",
            "title": "x",
            "source_title": "本区办法",
            "article": "第一条",
            "evidence": "✔",
            "limit": 10,
            "clock": "workday",
            "effective_from": D(2025, 1, 1),
            "effective_to": D(2025, 12, 31),
        },
        is_override=True,
    )
    book = RuleBook([*BOOK.rules, own])
    assert book.choose("answer", on=D(2025, 7, 1)).limit == 10
    assert book.choose("answer", on=D(2026, 1, 1)).limit == 15
    assert own.reference == "answer@2025-01-01:own"


@pytest.mark.parametrize(("name", "day"), [("answer", D(2018, 12, 31)), ("reply", D(2026, 1, 1))])
def test_where_no_rule_holds_nothing_is_guessed(name: str, day: dt.date) -> None:
    with pytest.raises(Refusal) as refused:
        BOOK.choose(name, on=day)
    assert refused.value.code == "no-rule"


def test_thresholds_are_values_by_name() -> None:
    rule = BOOK.choose("crowd", on=D(2026, 1, 1))
    assert (rule.value("least"), rule.value("sigmas")) == (5, 3)
    with pytest.raises(LookupError, match="least, sigmas"):
        rule.value("days")


def test_the_weakest_evidence_comes_first() -> None:
    marks = [rule.evidence for rule in BOOK.in_force(D(2026, 1, 1))]
    assert marks == sorted(marks, key=list(EVIDENCE).index, reverse=True)
    assert marks[0] == "⚙"


def test_two_rules_of_which_nobody_could_say_which_holds_are_found() -> None:
    twice = [plain(limit=1, clock="workday"), plain(limit=2, clock="workday")]
    assert RuleBook(twice).clashes() == [(twice[0], twice[1])]
    assert not BOOK.clashes()


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"limit": 3}, "needs a clock"),
        ({"clock": "workday"}, "a clock a limit"),
        ({"limit": 3, "clock": "week"}, "is none of"),
        ({"evidence": "yes"}, "evidence"),
        ({"effective_to": D(2025, 5, 1)}, "before it begins"),
        ({"limit": -1, "clock": "workday"}, "not negative"),
        ({"weights": [1, 2]}, "weights"),
        ({"title": ""}, "lacks title"),
    ],
)
def test_a_faulty_rule_is_named_with_its_fault(more: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        plain(**more)


def test_a_deadline_names_the_article_it_stands_on() -> None:
    rule = BOOK.choose("answer", on=D(2024, 9, 1))
    told = deadline_by(rule, D(2024, 9, 2))
    assert "甲办法第三条" in told.rule
    assert told.latest > told.due


def test_what_was_granted_moves_the_due_day_and_never_the_latest() -> None:
    rule = BOOK.choose("answer", on=D(2024, 9, 1))
    review = Suspension(D(2024, 9, 5), D(2024, 9, 12))
    before, after = (deadline_by(rule, D(2024, 9, 2), suspensions=[review], granted=g) for g in (0, 10))
    assert before.due < after.due == after.latest == before.latest
    with pytest.raises(ValueError, match="allows an extension of 10"):
        deadline_by(rule, D(2024, 9, 2), granted=11)


@given(st.dates(D(2019, 1, 1), D(2030, 1, 1)), st.sampled_from(["1", "2"]))
def test_the_chosen_rule_is_in_force_and_meant_for_the_case(day: dt.date, level: str) -> None:
    rule = BOOK.choose("answer", on=day, facts={"level": level})
    assert rule.is_in_force(day)
    assert rule.is_for({"level": level})
