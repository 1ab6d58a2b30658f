"""Plans keep every version, time progress follows the months of the plan, and totals count each project once."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.areas.projects.indicators import (
    Counted,
    capture_rate,
    cumulative_completion,
    needs_explanation,
    standing,
    start_rate,
    totals,
)
from luodi.areas.projects.plan import (
    FaultyPlan,
    Plan,
    Version,
    cumulative,
    from_cumulative,
    monthly,
    require_sum,
)

WAN = 1_000_000
YI = 10_000 * WAN
JANUARY = dt.date(2026, 1, 10)
amounts = st.lists(st.integers(0, 10**13), min_size=12, max_size=12)


def plan_of(*wan_by_month: int) -> Plan:
    months = monthly([amount * WAN for amount in wan_by_month])
    return Plan(2026, (Version(1, JANUARY, months),))


# 年度计划2.00亿元；至九月1.50亿元
NORTHERN = plan_of(0, 0, 1_000, 2_000, 2_500, 2_500, 2_500, 2_500, 2_000, 2_000, 2_000, 1_000)
DONE = [0, 0, 1_000, 1_500, 2_000, 2_000, 2_300, 2_000, 2_000]


def test_the_worked_example_of_a_northern_site() -> None:
    """Plan 2.00亿, to September 1.50亿, done 1.28亿: 64 %, time progress 75 %, gap −11 pp, progress ratio 85.3 %."""
    year = standing(NORTHERN, [amount * WAN for amount in DONE], 9)
    assert year.current.done == 128 * YI // 100
    assert year.current.version.annual == 2 * YI
    assert year.current.completion == Fraction(64, 100)
    assert year.current.time_progress == Fraction(75, 100)
    assert year.current.gap == Fraction(-11, 100)
    assert year.current.ratio == Fraction(128, 150)
    assert not year.shows_both


def test_months_gone_by_are_not_time_progress() -> None:
    assert NORTHERN.current.time_progress(2) == 0
    assert NORTHERN.current.time_progress(12) == 1


def test_a_plan_lowered_in_autumn_shows_both_ratios() -> None:
    lowered = [amount // 2 for amount in NORTHERN.original.months]
    plan = NORTHERN.with_version(lowered, dt.date(2026, 10, 15), "区政府常务会议纪要第20号")
    year = standing(plan, [amount * WAN for amount in DONE], 9)
    assert year.shows_both
    assert year.original.completion == Fraction(64, 100)
    assert year.current.completion == Fraction(128, 100)
    assert plan.is_lowered()
    assert plan.lowerings()[0].share == Fraction(1, 2)
    assert plan.on(dt.date(2026, 10, 14)).number == 1
    assert plan.on(dt.date(2026, 10, 15)).number == 2
    assert needs_explanation(year, 0, None) == ["完成数是现行计划的128.0%，超过120%"]


def test_exactly_120_percent_needs_no_explanation() -> None:
    plan = plan_of(*(100,) * 12)
    at = standing(plan, [120 * WAN] * 12, 12)
    beyond = standing(plan, [120 * WAN] * 11 + [120 * WAN + 1], 12)
    assert needs_explanation(at, 0, None) == []
    assert needs_explanation(beyond, 0, None) != []


def test_more_done_than_the_whole_costs_needs_explanation() -> None:
    assert needs_explanation(None, 11 * YI, 10 * YI) == ["累计完成是总投资的110.0%"]
    assert needs_explanation(None, 10 * YI, 10 * YI) == []
    assert cumulative_completion(1, None) is None


def test_a_plan_given_as_sums_is_taken_apart() -> None:
    assert from_cumulative([1, 3, 3, *(3,) * 9])[:4] == (1, 2, 0, 0)
    with pytest.raises(FaultyPlan, match="3月的计划是负数"):
        from_cumulative([1, 3, 2, *(2,) * 9])


def test_months_must_make_up_the_year() -> None:
    require_sum(1_200 * WAN, (100 * WAN,) * 12)
    with pytest.raises(FaultyPlan, match=r"比年度计划多100\.00万元"):
        require_sum(1_100 * WAN, (100 * WAN,) * 12)


def test_a_plan_is_changed_only_with_a_reason_and_only_where_it_changes() -> None:
    with pytest.raises(FaultyPlan, match="理由"):
        NORTHERN.with_version((1,) * 12, JANUARY, " ")
    with pytest.raises(FaultyPlan, match="没有要改的"):
        NORTHERN.with_version(NORTHERN.current.months, JANUARY, "重报")
    with pytest.raises(FaultyPlan, match="11个月"):
        NORTHERN.with_version((1,) * 11, JANUARY, "重报")


@given(amounts, st.lists(amounts, max_size=6))
def test_no_version_is_ever_lost(first: list[int], later: list[list[int]]) -> None:
    plan = Plan(2026, (Version(1, JANUARY, monthly(first)),))
    given_in = [plan.current.months]
    for count, months in enumerate(later, 1):
        if tuple(months) == plan.current.months:
            continue
        plan = plan.with_version(months, JANUARY + dt.timedelta(days=count), "调整")
        given_in.append(tuple(months))
    assert [version.months for version in plan.versions] == given_in
    assert plan.original.months == tuple(first)


@given(amounts)
def test_time_progress_never_falls_and_ends_at_one(months: list[int]) -> None:
    version = Version(1, JANUARY, monthly(months))
    shares = [version.time_progress(month) for month in range(13)]
    if version.annual == 0:
        assert set(shares) == {None}
        return
    known = [share for share in shares if share is not None]
    assert known == sorted(known)
    assert (known[0], known[-1]) == (0, 1)
    assert from_cumulative(cumulative(months)) == tuple(months)


@given(amounts, st.integers(1, 12), st.integers(0, 10**13))
def test_more_done_is_never_a_lower_completion(months: list[int], month: int, more: int) -> None:
    plan = Plan(2026, (Version(1, JANUARY, monthly(months)),))
    one = standing(plan, [5] * 12, month).current
    other = standing(plan, [5] * (month - 1) + [5 + more] + [5] * (12 - month), month).current
    for name in ("completion", "ratio", "gap"):
        less, greater = getattr(one, name), getattr(other, name)
        assert (less is None) is (greater is None)
        assert less is None or less <= greater


LEVELS = st.frozensets(st.sampled_from(["national", "provincial", "city", "district"]), min_size=1)
COUNTED = st.builds(
    Counted,
    id=st.sampled_from([f"p{place}" for place in range(6)]),
    levels=LEVELS,
    stage=st.sampled_from(["preparing", "newly_started", "under_construction"]),
    done=st.integers(0, 100),
    planned=st.integers(0, 100),
)


@given(st.lists(COUNTED, max_size=20))
def test_a_project_of_several_levels_counts_once(projects: list[Counted]) -> None:
    found = totals(projects)
    last = {project.id: project for project in projects}
    assert found.projects == len(last) == sum(found.by_level.values())
    assert found.done == sum(project.done for project in last.values())
    assert sum(found.tagged.values()) == sum(len(project.levels) for project in last.values())
    assert totals([*projects, *projects]) == found


def test_a_multi_level_project_counts_at_its_highest() -> None:
    both = Counted("p1", frozenset({"city", "provincial"}), "newly_started", 1, 2)
    found = totals([both, Counted("p2", frozenset({"city"}), "preparing", 1, 2)])
    assert (found.by_level["provincial"], found.by_level["city"]) == (1, 1)
    assert (found.tagged["provincial"], found.tagged["city"]) == (1, 2)
    assert found.completion == Fraction(1, 2)


def test_rates_are_told_as_two_counts() -> None:
    day = dt.date(2026, 9, 30)
    projects = [
        Counted("p1", frozenset({"city"}), "newly_started", 0, 0, dt.date(2026, 3, 1), is_captured=True),
        Counted("p2", frozenset({"city"}), "preparing", 0, 0, dt.date(2026, 9, 30)),
        Counted("p3", frozenset({"city"}), "preparing", 0, 0, dt.date(2026, 10, 1)),
        Counted("p4", frozenset({"city"}), "under_construction", 0, 0, None, is_eligible=False),
    ]
    assert start_rate(projects, day) == (1, 2)
    assert capture_rate(projects) == (1, 1)
