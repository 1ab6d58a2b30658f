"""The four clocks: the worked examples of the rules, the laws of the sum, the announced calendars."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import chinese_calendar
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from luodi.kernel.clocks.calendar import announced, year_of
from luodi.kernel.clocks.deadline import Deadline, Suspension
from luodi.kernel.clocks.explaining import lines
from luodi.kernel.clocks.now import SHANGHAI
from luodi.kernel.clocks.office_hours import USUAL, OfficeHours, parse
from luodi.kernel.clocks.reckoning import reckon
from luodi.kernel.refusal import Refusal

D = dt.date
NAIVE = dt.datetime  # only for the bounds that Hypothesis takes
EXPERT_REVIEW = Suspension(D(2026, 9, 18), D(2026, 9, 24), "专家评审")


def at(*given: int) -> dt.datetime:
    return dt.datetime(*given, tzinfo=SHANGHAI)  # type: ignore[misc, arg-type]


YEARS = range(2015, 2027)
days = st.dates(D(2015, 1, 2), D(2026, 6, 30))
instants = st.datetimes(NAIVE(2015, 1, 2), NAIVE(2026, 6, 30)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=SHANGHAI)
)
limits = st.integers(0, 120)
day_clocks = st.sampled_from(["workday", "calendar_day"])
hour_clocks = st.sampled_from(["work_hour", "wall_hour"])


@st.composite
def suspensions(draw: st.DrawFn) -> list[Suspension]:
    spans = draw(st.lists(st.tuples(days, st.integers(0, 40)), max_size=3))
    return [Suspension(first, first + dt.timedelta(days=length)) for first, length in spans]


@pytest.mark.parametrize(
    ("start", "limit", "clock", "spans", "due"),
    [
        (D(2026, 9, 15), 10, "workday", [], D(2026, 9, 29)),
        (D(2026, 9, 15), 7, "workday", [], D(2026, 9, 23)),
        (D(2026, 9, 15), 7, "workday", [EXPERT_REVIEW], D(2026, 10, 9)),
        (D(2026, 9, 15), 20, "workday", [], D(2026, 10, 19)),
        (D(2026, 9, 15), 20, "workday", [EXPERT_REVIEW], D(2026, 10, 27)),
        (D(2026, 9, 1), 30, "calendar_day", [], D(2026, 10, 1)),
        (at(2026, 9, 15, 9, 10), 4, "work_hour", [], at(2026, 9, 15, 14, 40)),
        (at(2026, 9, 15, 9, 10), 4, "wall_hour", [], at(2026, 9, 15, 13, 10)),
        # used up exactly at the break: ends at the break
        (at(2026, 9, 15, 9, 0), 3, "work_hour", [], at(2026, 9, 15, 12, 0)),
        # recorded after closing: counts from the next opening, over the holiday of 25 to 27 September
        (at(2026, 9, 24, 18, 0), 2, "work_hour", [], at(2026, 9, 28, 10, 30)),
        # a make-up Sunday is a working day for hours too
        (at(2026, 9, 19, 12, 0), 1, "work_hour", [], at(2026, 9, 20, 9, 30)),
    ],
)
def test_the_worked_examples(
    start: dt.date, limit: int, clock: str, spans: list[Suspension], due: dt.date
) -> None:
    assert reckon(start, limit, clock, suspensions=spans).due == due


def test_a_last_day_off_is_put_off_only_where_the_rule_says_so() -> None:
    settled = D(2026, 9, 1)
    assert reckon(settled, 30, "calendar_day", extend_on_holiday=True).due == D(2026, 10, 8)
    assert reckon(settled, 30, "calendar_day").due == D(2026, 10, 1)


def test_an_extension_moves_the_latest_end_and_not_the_planned_one() -> None:
    asked = reckon(D(2026, 9, 15), 20, "workday", extension=20)
    assert (asked.due, asked.latest) == (D(2026, 10, 19), reckon(D(2026, 9, 15), 40, "workday").due)


def test_a_year_without_an_announced_calendar_makes_it_provisional() -> None:
    assert reckon(D(2026, 12, 25), 10, "workday").is_provisional
    assert not reckon(D(2026, 12, 1), 10, "workday").is_provisional
    assert not reckon(D(2026, 12, 25), 10, "calendar_day").is_provisional
    assert reckon(D(2026, 12, 25), 10, "calendar_day", extend_on_holiday=True).is_provisional
    assert reckon(at(2026, 12, 31, 17), 2, "work_hour").is_provisional


def test_a_limit_of_nothing_ends_on_the_first_day_that_counts() -> None:
    assert reckon(D(2026, 9, 15), 0, "workday").due == D(2026, 9, 15)
    assert reckon(D(2026, 9, 25), 0, "workday").due == D(2026, 9, 28)


@pytest.mark.parametrize("year", YEARS)
def test_the_calendar_agrees_with_a_well_kept_library(year: int) -> None:
    calendar = announced()
    for count in range((D(year + 1, 1, 1) - D(year, 1, 1)).days):
        day = D(year, 1, 1) + dt.timedelta(days=count)
        assert calendar.is_workday(day) == chinese_calendar.is_workday(day), day


def test_2026_has_248_working_days() -> None:
    all_days = (D(2026, 1, 1) + dt.timedelta(days=count) for count in range(365))
    assert sum(announced().is_workday(day) for day in all_days) == 248


def test_every_year_names_its_notice_and_how_far_to_trust_it() -> None:
    for year in YEARS:
        told = announced().years[year]
        assert told.notices
        assert told.evidence in ("excerpt", "unverified")
        # a make-up day is a weekend and a day off within its own year
        assert all(day.weekday() >= 5 and day.year == year for day in told.work)


def test_a_day_cannot_be_off_and_worked() -> None:
    with pytest.raises(ValueError, match="both a day off and a working day"):
        year_of(2030, {"off": ["01-01..01-03"], "work": ["01-02"], "notices": ["x"], "evidence": "excerpt"})


@given(days, limits, day_clocks, suspensions())
def test_the_steps_of_days_add_up_to_the_result(
    start: dt.date, limit: int, clock: str, spans: list[Suspension]
) -> None:
    told = reckon(start, limit, clock, suspensions=spans)
    assert sum(step.counted for step in told.steps) == limit
    assert start + dt.timedelta(days=sum(step.length for step in told.steps)) == told.due
    assert_touching(told, dt.timedelta(days=1))


@given(instants, limits, hour_clocks, suspensions())
def test_the_steps_of_hours_add_up_to_the_result(
    start: dt.datetime, limit: int, clock: str, spans: list[Suspension]
) -> None:
    told = reckon(start, limit, clock, suspensions=spans)
    assert sum(step.counted for step in told.steps) == limit * 60
    assert start + dt.timedelta(minutes=sum(step.length for step in told.steps)) == told.due
    assert_touching(told, dt.timedelta(0))


def assert_touching(told: Deadline, gap: dt.timedelta) -> None:
    for earlier, later in pairwise(told.steps):
        assert earlier.last + gap == later.first
    totals = [step.total for step in told.steps]
    assert totals == sorted(totals)


@given(days, limits, suspensions())
def test_no_deadline_falls_on_a_day_off_or_a_suspended_day(
    start: dt.date, limit: int, spans: list[Suspension]
) -> None:
    due = reckon(start, limit, "workday", suspensions=spans).due
    assert announced().is_workday(due)
    assert not any(each.covers(due) for each in spans)


@given(days, limits, limits, day_clocks, suspensions())
def test_a_longer_limit_never_ends_earlier(
    start: dt.date, limit: int, more: int, clock: str, spans: list[Suspension]
) -> None:
    assert (
        reckon(start, limit, clock, suspensions=spans).due
        <= reckon(start, limit + more, clock, suspensions=spans).due
    )


@given(days, st.integers(1, 60), day_clocks, st.integers(1, 30))
def test_a_pause_and_a_resumption_shift_the_end_by_what_was_paused(
    start: dt.date, limit: int, clock: str, length: int
) -> None:
    first = start + dt.timedelta(days=1)
    pause = Suspension(first, first + dt.timedelta(days=length - 1))
    paused = reckon(start, limit, clock, suspensions=[pause]).due
    # the days of the pause that would have counted come on top
    would_have_counted = sum(
        clock == "calendar_day" or announced().is_workday(first + dt.timedelta(days=count))
        for count in range(length)
    )
    assert paused == reckon(start, limit + would_have_counted, clock).due


@given(instants, st.integers(1, 60), st.integers(1, 2_000))
def test_a_pause_of_the_hours_shifts_the_end_by_as_much(start: dt.datetime, limit: int, minutes: int) -> None:
    pause = Suspension(start, start + dt.timedelta(minutes=minutes))
    shifted = reckon(start + dt.timedelta(minutes=minutes), limit, "wall_hour").due
    assert reckon(start, limit, "wall_hour", suspensions=[pause]).due == shifted


@given(days, st.integers(1, 60), st.integers(1, 60))
def test_two_limits_after_each_other_are_one(start: dt.date, first: int, second: int) -> None:
    middle = reckon(start, first, "workday").due
    assert reckon(middle, second, "workday").due == reckon(start, first + second, "workday").due


@given(days, limits, day_clocks, suspensions())
def test_the_explanation_names_the_end_and_the_rule(
    start: dt.date, limit: int, clock: str, spans: list[Suspension]
) -> None:
    told = reckon(start, limit, clock, suspensions=spans)
    words = lines(start, limit, told)
    assert f"{told.due.month}月{told.due.day}日" in " ".join(words)
    assert words[-1].startswith("依据：")
    assert len(words) >= len(told.steps) + 3


@pytest.mark.parametrize(
    ("start", "limit", "clock", "code"),
    [
        (D(2026, 9, 15), 1, "fortnight", "unknown-clock"),
        (D(2026, 9, 15), -1, "workday", "bad-limit"),
        (D(2026, 9, 15), 4_000, "workday", "bad-limit"),
        (D(2026, 9, 15), 4, "work_hour", "no-minute"),
        (D(9999, 12, 30), 40, "calendar_day", "beyond-calendar"),
    ],
)
def test_what_cannot_be_reckoned_with_is_refused_by_name(
    start: dt.date, limit: int, clock: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        reckon(start, limit, clock)
    assert refused.value.code == code


def test_a_suspension_goes_forward_and_is_of_one_kind() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Suspension(D(2026, 9, 2), D(2026, 9, 1))
    with pytest.raises(ValueError, match="one of each"):
        Suspension(D(2026, 9, 2), at(2026, 9, 3))


@given(st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True))
def test_office_hours_survive_being_written(minutes: list[int]) -> None:
    assume(len(minutes) % 2 == 0)
    flat = sorted(minutes)
    hours = OfficeHours(tuple(zip(flat[::2], flat[1::2], strict=True)))
    text = ",".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in hours.spans)
    assert parse(text) == hours


@pytest.mark.parametrize(
    "text", ["", "8-12", "12:00-08:00", "08:00-12:00,11:00-13:00", "08:70-09:00", "23:00-25:00"]
)
def test_office_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="hours"):
        parse(text)


def test_the_usual_hours_are_seven_and_a_half() -> None:
    assert sum(end - begin for begin, end in USUAL.spans) == 450
