"""Lights by both real rules, with their edges; each names the rule that lit it; a district's own rows come first."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import luodi.areas.projects
from luodi.areas.projects.indicators import Against
from luodi.areas.projects.lights import LIGHTS, MEASURES, Facts, Light, lights, scheme_on, worst
from luodi.areas.projects.plan import Version
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.reading import read_rules

RULES = read_rules((Path(luodi.areas.projects.__file__).parent / "rules.toml").read_text("utf-8"))
BOOK = RuleBook(RULES)
END = dt.date(2026, 9, 30)
WAN = 1_000_000


def against(annual: int, to_date: int, done: int) -> Against:
    """A year with so much planned in all, so much by September, so much done."""
    months = (0,) * 8 + (to_date, annual - to_date, 0, 0)
    return Against(Version(1, dt.date(2026, 1, 10), months), 9, done)


def light_of(name: str, scheme: str = "yinchuan", **facts: Any) -> Light | None:
    found = lights(Facts(**{"as_of": END, **facts}), BOOK, scheme)
    return next((light for light in found if light.rule.startswith(f"projects.light.{name}@")), None)


def colour(name: str, scheme: str = "yinchuan", **facts: Any) -> str:
    found = light_of(name, scheme, **facts)
    return found.colour if found is not None else ""


def test_the_worked_example_same_facts_different_light() -> None:
    """Gap −11 pp is yellow in Yinchuan; a progress ratio of 85.3 % gets no card in Wuhan."""
    facts = against(20_000 * WAN, 15_000 * WAN, 12_800 * WAN)
    yinchuan, wuhan = light_of("progress", progress=facts), light_of("progress", "wuhan", progress=facts)
    assert yinchuan is not None
    assert wuhan is not None
    assert (yinchuan.colour, wuhan.colour) == ("amber", "green")
    assert "银川市" in yinchuan.title
    assert "武汉市" in wuhan.title
    assert yinchuan.words == "比时序进度慢11.0个百分点"
    assert wuhan.words == "完成到时序进度的85.3%"
    assert yinchuan.spoken().startswith("黄灯：比时序进度慢11.0个百分点")


@pytest.mark.parametrize(
    ("done", "expected"),
    [(750, "green"), (651, "green"), (650, "amber"), (450, "amber"), (449, "red"), (800, "green")],
)
def test_yinchuan_counts_points_and_both_edges_are_yellow(done: int, expected: str) -> None:
    assert colour("progress", progress=against(1_000, 750, done)) == expected


def test_what_yinchuan_leaves_open_is_green_with_a_note() -> None:
    found = light_of("progress", progress=against(1_000, 750, 700))
    assert found is not None
    assert found.colour == "green"
    assert "没有写" in found.note
    on_plan = light_of("progress", progress=against(1_000, 750, 750))
    assert on_plan is not None
    assert on_plan.note == ""


@pytest.mark.parametrize(("done", "expected"), [(600, "green"), (599, "amber"), (450, "amber"), (449, "red")])
def test_wuhan_counts_the_ratio(done: int, expected: str) -> None:
    assert colour("progress", "wuhan", progress=against(1_000, 750, done)) == expected


@pytest.mark.parametrize(
    ("planned", "expected"),
    [((2026, 10), "green"), ((2026, 9), "amber"), ((2026, 8), "amber"), ((2026, 7), "red")],
)
def test_a_start_that_did_not_come(planned: tuple[int, int], expected: str) -> None:
    assert colour("start", start_planned=dt.date(*planned, 1)) == expected


def test_the_planned_month_is_given_until_it_ends() -> None:
    facts = {"as_of": dt.date(2026, 9, 29), "start_planned": dt.date(2026, 9, 1)}
    assert colour("start", **facts) == "green"


def test_an_accepted_reason_is_green_and_said() -> None:
    found = light_of("start", start_planned=dt.date(2026, 1, 1), excused=frozenset({"start"}))
    assert found is not None
    assert found.colour == "green"
    assert "认可" in found.words


@pytest.mark.parametrize(
    ("started", "expected"),
    [((8, 31), "amber"), ((8, 30), "amber"), ((9, 1), "green"), ((7, 30), "amber"), ((7, 29), "red")],
)
def test_statistics_yellow_from_one_month_red_beyond_two(started: tuple[int, int], expected: str) -> None:
    assert colour("statistics", started_on=dt.date(2026, *started)) == expected


def test_what_is_captured_or_not_eligible_has_no_warning() -> None:
    started = dt.date(2026, 1, 5)
    assert colour("statistics", started_on=started, captured_on=dt.date(2026, 6, 1)) == "green"
    assert colour("statistics", started_on=started, is_eligible=False) == ""


def test_public_money_below_requirement_is_red() -> None:
    assert colour("paid", paid=99, paid_due=100) == "red"
    assert colour("paid", paid=100, paid_due=100) == "green"
    assert colour("paid") == ""


def test_the_worst_light_is_the_projects_light() -> None:
    found = lights(Facts(END, against(1_000, 750, 650), paid=1, paid_due=2), BOOK, "yinchuan")
    assert [light.colour for light in found] == ["red", "amber"]
    shown = worst(found)
    assert shown is not None
    assert shown.rule.startswith("projects.light.paid@")
    assert worst([]) is None


def test_the_scheme_in_force_is_itself_a_rule() -> None:
    assert scheme_on(BOOK, END) == "yinchuan"
    assert lights(Facts(END, against(1_000, 750, 650)), BOOK) != []


OWN = """
[[rule]]
name = "projects.scheme"
title = "本区办法"
scheme = "qinglan"
source_title = "青岚区重点项目办法"
article = "第三条"
evidence = "✔"
effective_from = 2026-07-01

[[rule]]
name = "projects.light.progress"
title = "慢5个百分点以上亮黄灯，慢15个百分点以上亮红灯"
measure = "points_behind"
amber = 5
red = 15
source_title = "青岚区重点项目办法"
article = "第四条"
evidence = "✔"
effective_from = 2026-07-01
applies_to = { scheme = ["qinglan"] }
"""


def test_a_district_writes_its_own_rows_with_their_days() -> None:
    book = RuleBook([*RULES, *read_rules(OWN, is_override=True)])
    facts = against(1_000, 750, 699)
    assert [light.colour for light in lights(Facts(END, facts), book)] == ["amber"]
    assert [light.colour for light in lights(Facts(dt.date(2026, 6, 30), facts), book)] == ["green"]


def test_before_a_rule_was_there_it_lights_nothing() -> None:
    assert lights(Facts(dt.date(2024, 9, 30), against(1_000, 750, 1)), BOOK, "yinchuan") == []
    with pytest.raises(Refusal):
        scheme_on(RuleBook([]), END)


def test_every_row_measures_something_known() -> None:
    rows = [rule for rule in RULES if rule.name in LIGHTS]
    assert len(rows) == 5
    assert {rule.value("measure") for rule in rows} == set(MEASURES)


@given(
    st.integers(1, 10**6),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.sampled_from(["yinchuan", "wuhan"]),
)
def test_more_done_never_makes_a_light_worse(annual: int, done: int, more: int, scheme: str) -> None:
    weight = {"green": 0, "amber": 1, "red": 2}
    to_date = annual * 3 // 4
    one = lights(Facts(END, against(annual, to_date, done)), BOOK, scheme)
    other = lights(Facts(END, against(annual, to_date, done + more)), BOOK, scheme)
    assert len(one) == len(other)
    assert all(weight[a.colour] >= weight[b.colour] for a, b in zip(one, other, strict=True))


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_limits_are_met_unrounded(annual: int, done: int) -> None:
    facts = against(annual, annual, done)
    behind = 100 - Fraction(done, annual) * 100
    expected = "red" if behind > 30 else "amber" if behind >= 10 else "green"
    assert colour("progress", progress=facts) == expected
