"""Promises about times: what is read, what is left alone, and that no text whatever is too much."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from luodi.reading.periods import find as periods
from luodi.reading.periods import grammar as period_grammar
from luodi.reading.periods.calendar import five_year_plan, last_day, number_of
from luodi.reading.periods.find import Period, example_of, find_periods, period_as_dict
from luodi.reading.periods.rules import RULES
from luodi.reading.periods.shape import PeriodRule, Setting
from luodi.reading.periods.stops import STOP_RULES, StopRule
from tests.work import lines_run, must_end

CASES = Path(__file__).parent / "cases"
REAL_PAGES = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))

VOCABULARY = (
    *"0123456789０９一二三四五六七八九十〇两年月日号季旬底末初前后内起来至到从自截止，。；、—-~/.年月日 　\n“”（）《》?？�",
    *(
        "2022",
        "2025年",
        "今年",
        "去年",
        "次年",
        "当年",
        "年底",
        "月底",
        "上半年",
        "季度",
        "以来",
        "期间",
        "“十四五”",
    ),
    *(
        "近",
        "未来",
        "三年内",
        "每年",
        "比",
        "同期",
        "的",
        "倍",
        "个月",
        "全年",
        "9999年",
        "1800年",
        "元旦",
        "国庆节",
        "2月29日",
    ),
)
TIME_TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=25).map("".join)
TEXTS = st.one_of(st.text(max_size=60), TIME_TEXTS)
DAYS = st.one_of(st.none(), st.dates(), st.sampled_from((dt.date.min, dt.date.max, dt.date(2024, 2, 29))))
YEARS = st.one_of(st.none(), st.integers(min_value=dt.MINYEAR, max_value=dt.MAXYEAR))


def labelled(name: str) -> list[Any]:
    """The cases of one file, each with the day it is spoken on."""
    kept = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    cases = [{"on": kept["on"], "topic": None, "want": [], **case} for case in kept["cases"]]
    return [pytest.param(case, id=case["text"][:30] or "empty") for case in cases]


def found_in(case: dict[str, Any]) -> list[list[str | None]]:
    on = dt.date.fromisoformat(case["on"]) if case["on"] else None
    rows = [(p, period_as_dict(p)) for p in find_periods(case["text"], on, topic=case["topic"])]
    return [
        [case["text"][p.start : p.stop], row["from"], row["to"], row["precision"], row["relation"]]
        for p, row in rows
    ]


@pytest.mark.parametrize("case", labelled("periods"))
def test_a_time_is_read_with_its_days_its_precision_and_how_it_binds(case: dict[str, Any]) -> None:
    assert found_in(case) == case["want"]


@pytest.mark.parametrize("case", labelled("periods_context"))
def test_a_missing_year_comes_from_the_sentence_the_heading_or_the_day(case: dict[str, Any]) -> None:
    assert found_in(case) == case["want"]


@pytest.mark.parametrize("case", labelled("periods_negative"))
def test_what_names_no_stretch_of_time_is_left_alone(case: dict[str, Any]) -> None:
    assert found_in(case) == []


@pytest.mark.parametrize("case", [*labelled("periods"), *labelled("periods_context")])
def test_the_lines_round_a_time_do_not_change_what_it_means(case: dict[str, Any]) -> None:
    if case["text"] == "2026.3":  # a figure with a dot is a month only where it is all there is
        assert find_periods("\n2026.3\n投资2026.3万元", None) == []
    else:
        assert (
            found_in({**case, "text": f"全区上下共同努力。\n{case['text']}\n各项工作有序推进。"})
            == case["want"]
        )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_shown_by_its_own_example(rule: PeriodRule[Any] | StopRule) -> None:
    assert rule.meaning
    names = [name for period in example_of(rule) for name in period.rule.split("+")]
    if isinstance(rule, StopRule):
        assert names == []
    else:
        assert rule.name in names


def test_no_two_rules_share_a_name() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


@given(TEXTS, DAYS, YEARS)
@example("次年9999年至次年3月", dt.date.max, 9999)
@example("1月1日以来近三年未来五年上月本季度下季度元旦前", dt.date.min, 1)
@example("1月1日以来近三年未来五年下月本季度下季度元旦前", dt.date.max, 9999)
def test_any_text_on_any_day_is_read_without_complaint(
    text: str, on: dt.date | None, topic: int | None
) -> None:
    found = find_periods(text, on, topic=topic)
    assert all(0 <= p.start < p.stop <= len(text) for p in found)
    assert all(left.stop <= right.start for left, right in itertools.pairwise(found))
    assert all(p.since is None or p.until is None or p.since <= p.until for p in found)


@given(TIME_TEXTS, DAYS)
def test_a_relation_says_which_end_is_open(text: str, on: dt.date | None) -> None:
    for period in find_periods(text, on):
        if period.relation == "by":
            assert period.since is None
        if period.relation == "from":
            assert period.until is None
        if period.relation == "since" and period.until is not None:
            assert period.until == on


@given(TIME_TEXTS)
def test_without_a_day_no_year_is_invented(text: str) -> None:
    named = {int(year) for year in re.findall(r"[0-9]{4}", text.translate(str.maketrans("０９", "09")))}
    has_other_years = re.search("[一二][〇零○O一二三四五六七八九0-9]{3}|五", text)
    for period in find_periods(text, None):
        for day in (period.since, period.until):
            reach = range(text.count("次年") + 2)  # 次年, and 11月—3月 running into it
            assert day is None or has_other_years or {day.year - step for step in reach} & named


@given(TIME_TEXTS, DAYS)
def test_looking_for_first_signs_loses_nothing(text: str, on: dt.date | None) -> None:
    tables = (period_grammar.PHRASES, period_grammar.YEARS, period_grammar.BARE_PARTS)
    plain = re.compile("|".join((periods.STOP.pattern, *(table.words for table in tables))))
    assert [m.start() for m in plain.finditer(text)] == [
        m.start() for m in periods.candidate().finditer(text)
    ]


@given(TIME_TEXTS, DAYS)
def test_a_sentence_without_a_mark_of_time_holds_no_period(text: str, on: dt.date | None) -> None:
    if periods.MARK.search(text) is None:
        everywhere = periods.candidate().search
        assert list(periods._periods_of_sentence(text, 0, len(text), Setting(on=on), 0, everywhere)) == []


@given(TIME_TEXTS, DAYS)
def test_looking_near_marks_of_time_loses_nothing(text: str, on: dt.date | None) -> None:
    everywhere = periods.candidate().search
    assert list(periods._periods_of_sentence(text, 0, len(text), Setting(on=on))) == list(
        periods._periods_of_sentence(text, 0, len(text), Setting(on=on), 0, everywhere)
    )


@given(st.dates())
def test_the_end_of_a_month_is_its_last_day(on: dt.date) -> None:
    (period,) = find_periods("月底前完成", on)
    assert period.until is not None
    assert (period.until.year, period.until.month) == (on.year, on.month)
    assert period.until == dt.date.max or (period.until + dt.timedelta(days=1)).day == 1


@pytest.mark.parametrize(("year", "day"), [(2020, 29), (2021, 28), (2024, 29), (1900, 28), (2000, 29)])
def test_february_ends_when_it_ends(year: int, day: int) -> None:
    (period,) = find_periods(f"{year}年2月底前", None)
    assert period.until == dt.date(year, 2, day) == last_day(year, 2)


def test_a_day_the_calendar_lacks_is_not_read() -> None:
    assert find_periods("2023年2月29日", None) == []
    assert find_periods("2024年2月29日", None)[0].since == dt.date(2024, 2, 29)
    assert find_periods("2月29日", dt.date(2023, 1, 1)) == []


@pytest.mark.parametrize("sign", ["?", "\ufffd", "□", "×"])
@pytest.mark.parametrize(
    "text",
    ["{}025年底前", "2{}25年3月底前", "20{}5年上半年", "{}月底前", "1{}月底前", "{}2月31日前", "12月3{}日前"],
)
def test_a_date_with_a_lost_sign_is_never_completed(text: str, sign: str) -> None:
    found = find_periods(text.format(sign), dt.date(2023, 5, 18))
    assert [p for p in found if p.precision == "day" or p.relation == "by"] == []


@pytest.mark.parametrize(
    ("number", "first"),
    [(1, 1953), (2, 1958), (3, 1966), (6, 1981), (10, 2001), (12, 2011), (13, 2016), (14, 2021)],
)
def test_five_year_plans_are_counted_right(number: int, first: int) -> None:
    assert five_year_plan(number) == (first, first + 4)


@pytest.mark.parametrize(
    ("signs", "number"),
    [
        ("12", 12),
        ("１２", 12),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("两", 2),
        ("二〇二五", 2025),
        ("两三", None),
    ],
)
def test_a_number_is_read_or_refused_never_guessed(signs: str, number: int | None) -> None:
    assert number_of(signs) == number


def test_a_period_for_json_has_iso_days_or_null() -> None:
    (period,) = find_periods("到2025年，", None)
    assert period_as_dict(period) == {
        "start": 0,
        "end": 6,
        "from": None,
        "to": "2025-12-31",
        "precision": "year",
        "relation": "by",
        "rule": "up_to+explicit_year",
    }


def test_a_period_can_be_kept_in_a_set() -> None:
    day = dt.date(2023, 1, 1)
    assert (
        len({Period(0, 2, day, day, "day", "within", "x"), Period(0, 2, day, day, "day", "within", "x")}) == 1
    )


@pytest.mark.parametrize(
    "piece",
    [
        "今年",
        "每年",
        "2021-",
        "1月至",
        "“",
        "《",
        "十",
        "一",
        "2",
        "近",
        "、1",
        "2021年至",
        "前1",
        "年底前",
        "（2021—",
    ],
)
def test_the_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    on = dt.date(2023, 5, 18)
    find_periods(piece, on)
    short, long = (lines_run(partial(find_periods, piece * n, on)) for n in (200, 800))
    assert long < 6 * max(short, 500)
    with must_end():
        find_periods(piece * (400_000 // len(piece)), on)


@pytest.mark.parametrize("page", REAL_PAGES, ids=lambda page: page.stem[:3])
def test_on_the_real_pages_every_time_is_a_stretch_of_days(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = find_periods(text, dt.date(2021, 12, 25))
    assert found
    assert all(period.since or period.until for period in found)


def test_stop_rules_are_in_the_reference_too() -> None:
    assert set(STOP_RULES) <= set(RULES)
