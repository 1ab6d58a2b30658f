"""The order of a meeting: days × money × people, to the digit; what nobody told is said; splitting makes nothing heavier."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.areas.projects.meeting.agenda import Matter, behind_matter, bottleneck_matter, total
from luodi.areas.projects.meeting.gathering import month_before
from luodi.areas.projects.meeting.pasted import Line, day_of_words, lines_of

WAN = 1_000_000
DAY = dt.date(2026, 8, 31)
HELD = dt.date(2026, 9, 1)


def test_the_product_is_written_out_to_the_digit() -> None:
    one = bottleneck_matter("临时用电", dt.date(2026, 8, 8), impact_wan="4500", impact_people="120")
    other = bottleneck_matter("林地", dt.date(2026, 8, 21), impact_wan="300.5", impact_people="4")
    assert one.sum_words(DAY) == "23天×4500万元×120人＝12,420,000"
    assert other.sum_words(DAY) == "10天×301万元×4人＝12,020"
    assert total([one, other], DAY) == Decimal(12432020)
    assert one.notes == ()


def test_what_nobody_told_is_said_and_counts_as_little_as_can_be() -> None:
    bare = bottleneck_matter("没有路", DAY, impact_wan=None, impact_people=None)
    assert (bare.age(DAY), bare.money, bare.people) == (1, Decimal(1), Decimal(1))
    assert bare.notes == ("没有写影响多少投资，按1万元算", "没有写涉及多少人，按1人算")
    lent = bottleneck_matter("没有路", DAY, impact_wan="0", impact_people="", behind=250 * WAN)
    assert lent.money == 250
    assert lent.notes[0] == "没有写影响多少投资，按项目今年落后的算"


def test_a_project_that_is_behind_is_a_matter_by_itself() -> None:
    months = tuple(amount * WAN for amount in (0, 0, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100))
    done = {3: 120 * WAN, 4: 60 * WAN, 5: 100 * WAN, 6: 10 * WAN}
    late = behind_matter(months, done, 2026, 6, "进度落后")
    assert late is not None
    # 120+60 falls short of 200 in April, and it never catches up
    assert (late.since, late.money) == (dt.date(2026, 4, 30), Decimal(110))
    assert late.sum_words(dt.date(2026, 6, 30)) == "61天×110万元×1人＝6710"
    assert behind_matter(months, {3: 900 * WAN}, 2026, 6, "") is None
    assert behind_matter(months, {}, 2026, 2, "") is None


@given(
    st.dates(dt.date(2026, 1, 1), DAY), st.integers(1, 10**6), st.integers(1, 10**4), st.integers(1, 10**4)
)
def test_older_dearer_harder_is_never_lighter(since: dt.date, money: int, people: int, more: int) -> None:
    def weight(day: dt.date, wan: int, many: int) -> Decimal:
        return Matter("bottleneck", "", day, Decimal(wan), Decimal(many)).weight(DAY)

    held = weight(since, money, people)
    assert weight(since - dt.timedelta(days=more), money, people) >= held
    assert weight(since, money + more, people) > held
    assert weight(since, money, people + more) > held


DAYS = {
    "2026-09-30": dt.date(2026, 9, 30),
    "2026年9月30日": dt.date(2026, 9, 30),
    "９月３０日前": dt.date(2026, 9, 30),
    "9.30": dt.date(2026, 9, 30),
    "1月15日以前": dt.date(2027, 1, 15),
    **dict.fromkeys(("9月31日", "尽快", "月底前", "")),
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_days_are_read_as_minutes_say_them_and_never_guessed(text: str, day: dt.date | None) -> None:
    assert day_of_words(text, HELD) == day


def test_lines_are_read_in_any_order_and_what_is_not_understood_stays_empty() -> None:
    text = (
        "1、批复临时用电\t区供电公司\t9月30日\t石桥冷链\n\n"
        "石桥冷链 | 9.15前 | 区财政局 | 拨付第二笔资金\n把路修通｜某公司｜月底"
    )
    units, projects = {"区供电公司": "u1", "区财政局": "u2"}, {"石桥冷链": "p1"}
    assert lines_of(text, HELD, units, projects) == [
        Line("批复临时用电", "u1", "p1", dt.date(2026, 9, 30)),
        Line("拨付第二笔资金", "u2", "p1", dt.date(2026, 9, 15)),
        Line("把路修通", "", "", None),
    ]


@given(st.text(max_size=300))
def test_nothing_that_is_pasted_breaks_the_reading(text: str) -> None:
    for line in lines_of(text, HELD, {}, {}):
        assert line.unit == line.project == ""


def test_the_month_of_a_pack_is_the_last_that_is_over() -> None:
    assert month_before(dt.date(2026, 8, 31)) == dt.date(2026, 8, 1)
    assert month_before(dt.date(2026, 8, 30)) == dt.date(2026, 7, 1)
    assert month_before(dt.date(2026, 1, 5)) == dt.date(2025, 12, 1)
