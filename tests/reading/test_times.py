"""What ``bin/luodi periods`` answers of a line: days, times of day, lengths, what comes again, and what only has a name."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from luodi.reading.periods.find import find_periods
from luodi.reading.periods.rules import RULES as PERIOD_RULES
from luodi.reading.times.find import TIME_RULES, find_times, time_as_dict
from luodi.reading.times.shape import Time, TimeRule
from tests.command_line.test_lines import answers
from tests.reading.test_figures import chinese
from tests.work import lines_run

KEPT = json.loads((Path(__file__).parent / "cases" / "times.json").read_text("utf-8"))
ON = dt.date.fromisoformat(KEPT["on"])
WORDS = (
    *"0123456789一二三四五六七八九十两半零点时分秒刻年月日号周天前后内起至到从每第个、，。：:—-/ （）",
    *("上午", "下午", "今晚", "星期", "工作日", "小时", "季度", "春节", "正月", "汛期", "之间", "世纪", "年代", "以来"),
    *("未来", "2023年"),
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=20).map("".join))
DAYS = st.one_of(st.none(), st.dates(), st.sampled_from((dt.date.min, dt.date.max, dt.date(2024, 2, 29))))
CLOCKS = st.times().map(lambda told: told.replace(second=0, microsecond=0))


def told(text: str, time: Time) -> list[str | None]:
    """A time in the notation of the case file."""
    row = time_as_dict(time)
    keys = ("kind", "from", "to", "relation", "time_from", "time_to", "timex")
    return [text[time.start : time.stop], *(row[key] for key in keys)]


@pytest.mark.parametrize("case", KEPT["cases"], ids=lambda case: case["text"])
def test_every_time_is_told_with_its_kind(case: dict[str, Any]) -> None:
    assert [told(case["text"], time) for time in find_times(case["text"], ON)] == case["want"]


@pytest.mark.parametrize("rule", TIME_RULES, ids=lambda rule: rule.name)
def test_every_rule_is_shown_by_its_own_example(rule: TimeRule) -> None:
    assert rule.meaning
    found = [name for time in find_times(rule.example, ON) for name in time.rule.split("+")]
    assert rule.name in found or (rule.name == "hours_sharing" and "clock_range" in found)


def test_no_two_rules_share_a_name() -> None:
    names = [rule.name for rule in (*TIME_RULES, *PERIOD_RULES)]
    assert len(names) == len(set(names))


@given(TEXTS, DAYS)
@example("未来0年，前0个月，上零年", dt.date(2023, 5, 18))
def test_any_line_on_any_day_is_read_without_complaint(text: str, on: dt.date | None) -> None:
    found = find_times(text, on)
    assert all(0 <= time.start < time.stop <= len(text) for time in found)
    assert all(one.stop <= other.start for one, other in pairwise(found))
    assert all(time.since is None or time.until is None or time.since <= time.until for time in found)
    assert all((time.time_from is None) == (time.time_to is None) for time in found)
    assert all(time.kind == "stretch" or (time.since is None and time.until is None) for time in found)


@given(TEXTS)
def test_without_a_day_no_day_is_counted_from_one(text: str) -> None:
    relative = {
        "ago",
        "length_from_today",
        "day_from_today",
        "week_from_today",
        "nearest_weekday",
        "month_alone",
    }
    for time in find_times(text, None):
        if relative & set(time.rule.split("+")):
            assert time.since is None
            assert time.until is None


@given(CLOCKS, st.sampled_from(["{h}:{m:02}", "{h}时{m}分", "{h}点{m}分", "{H}时{M}分"]))
def test_a_time_of_day_is_read_back_in_any_form(clock: dt.time, form: str) -> None:
    hour, minute = clock.hour, clock.minute
    written = form.format(h=hour, m=minute, H=chinese(hour) or "零", M=chinese(minute) or "零")
    (time,) = find_times(f"{written}开会", None)
    assert (time.time_from, time.time_to) == (f"{hour:02}:{minute:02}", f"{hour:02}:{minute:02}")


@given(st.integers(1, 11), st.integers(0, 59))
def test_the_afternoon_is_twelve_hours_on(hour: int, minute: int) -> None:
    (time,) = find_times(f"下午{hour}:{minute:02}", None)
    assert time.time_from == f"{hour + 12:02}:{minute:02}"


LENGTHS = {"个月": "M", "天": "D", "个工作日": "BD", "周": "W"}


@given(st.integers(2, 99), st.sampled_from(sorted(LENGTHS)), st.booleans())
def test_a_length_is_read_back_in_both_scripts(count: int, unit: str, in_han: bool) -> None:
    written = chinese(count) if in_han else str(count)
    (time,) = find_times(f"期限为{written}{unit}", ON)
    assert (time.kind, time.notation) == ("duration", f"P{count}{LENGTHS[unit]}")


@given(st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)), st.integers(1, 400))
def test_days_before_and_after_are_counted_by_the_calendar(on: dt.date, count: int) -> None:
    (ahead,) = find_times(f"{count}天后", on)
    (past,) = find_times(f"{count}天前", on)
    assert (ahead.since, past.until) == (on + dt.timedelta(count), on - dt.timedelta(count))


@given(st.integers(1900, 2099))
def test_halves_quarters_months_and_thirds_each_part_the_year(year: int) -> None:
    thirds = [f"{month}月{third}旬" for month in range(1, 13) for third in "上中下"]
    partitions = (
        ["上半年", "下半年"],
        [f"第{q}季度" for q in "一二三四"],
        [f"{m}月" for m in range(1, 13)],
        thirds,
    )
    for parts in partitions:
        spans = [find_periods(f"{year}年{part}", None)[0] for part in parts]
        assert spans[0].since == dt.date(year, 1, 1)
        assert spans[-1].until == dt.date(year, 12, 31)
        for one, other in pairwise(spans):
            assert one.until is not None
            assert other.since == one.until + dt.timedelta(1)


@given(TEXTS, DAYS)
def test_what_a_document_would_be_held_to_is_not_lost(text: str, on: dt.date | None) -> None:
    """Each stretch of the documents' own reading lies within a time told here."""
    told_spans = [(time.start, time.stop) for time in find_times(text, on)]
    for period in find_periods(text, on):
        assert any(start < period.stop and period.start < stop for start, stop in told_spans)


@pytest.mark.parametrize(
    "piece",
    ["1天", "3点", "每月", "1:", "1,111", "周一至", "8月1日9时至", "前1年", "农历", "十二月", "从9:00到"],
)
def test_the_work_grows_with_the_line_and_no_faster(piece: str) -> None:
    find_times(piece, ON)
    short, long = (lines_run(partial(find_times, piece * n, ON)) for n in (200, 800))
    assert long < 6 * max(short, 500)


def test_the_command_can_keep_to_what_documents_are_held_to() -> None:
    line = "每月5日前报送，20个工作日内办结，6月底前完成"
    (everything,) = answers("periods", "--on", "2026-03-05", stdin=line)
    assert [time["kind"] for time in everything] == ["recurring", "duration", "stretch"]
    (stretches,) = answers("periods", "--on", "2026-03-05", "--stretches", stdin=line)
    assert [(time["from"], time["to"]) for time in stretches] == [(None, "2026-06-30")]
