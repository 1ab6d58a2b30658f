"""What the reading of quantities promises, case by case and as laws."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.reading.figures.find import Figure, figure_as_dict, find_figures, survey
from luodi.reading.figures.rules import RULES
from luodi.reading.figures.stops import STOPS
from tests.work import lines_run, must_end

CASES = [
    (path.stem, case)
    for path in sorted(Path(__file__).with_name("cases").glob("figures*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]
MEANINGS = ("about", "at_least", "at_most", "more_than", "increase", "decrease", "low", "high")


def written(text: str, figure: Figure) -> str:
    """A figure in the notation of the case files: what is quoted = number unit meanings."""
    meant = [m for m in (figure.approx, figure.change, figure.end_of_range) if m]
    number = format(figure.number.normalize(), "f")
    return f"{text[figure.start : figure.stop]} = {' '.join([number, figure.unit, *meant])}"


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{g}:{c['text'][:24]}" for g, c in CASES])
def test_every_labelled_quantity_is_read_as_labelled(group, case):
    assert [written(case["text"], f) for f in find_figures(case["text"])] == case["figures"]


def test_there_are_many_cases_and_their_notation_is_sound():
    assert len(CASES) >= 250
    for _, case in CASES:
        for figure in case["figures"]:
            quote, _, rest = figure.partition(" = ")
            number, _unit, *meant = rest.split(" ")
            assert quote in case["text"]
            assert Decimal(number).is_finite()
            assert set(meant) <= set(MEANINGS)


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_the_example_of_every_rule_is_read_by_that_rule(rule):
    assert rule.name in [figure.rule for figure in find_figures(rule.example)]


@pytest.mark.parametrize("stop", STOPS, ids=[stop.name for stop in STOPS])
def test_the_example_of_every_stop_is_refused_by_that_stop(stop):
    figures, refused = survey(stop.example)
    assert stop.name in [r.stop_name for r in refused]
    assert not {(f.start, f.stop) for f in figures} & {(r.start, r.stop) for r in refused}


def test_names_of_rules_and_stops_are_unique_and_explained():
    names = [rule.name for rule in RULES] + [stop.name for stop in STOPS]
    assert len(names) == len(set(names))
    assert all(entry.meaning and entry.example for entry in [*RULES, *STOPS])


def test_a_figure_as_plain_data_has_the_promised_keys_and_no_exponent():
    (figure,) = find_figures("生产总值约2.50万亿元")
    assert figure_as_dict(figure) == {
        "start": 5,
        "end": 12,
        "number": "2500000000000",
        "unit": "元",
        "approx": "about",
        "change": None,
        "rule": "scaled_digits",
        "end_of_range": None,
    }


def test_places_after_the_point_are_kept_as_written():
    (figure,) = find_figures("合格率为96.50%")
    assert figure_as_dict(figure)["number"] == "96.50"


def test_a_number_too_long_to_be_a_quantity_is_refused_not_rounded():
    assert find_figures("编号" + "7" * 60 + "个") == []


# --- laws -----------------------------------------------------------------------------------------

SCALES = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "千亿": 11, "万亿": 12}
SAFE_UNITS = {
    "元": "元",
    "亩": "亩",
    "吨": "吨",
    "㎡": "平方米",
    "个": "个",
    "户": "户",
    "人次": "人次",
    "公里": "公里",
    "立方米": "立方米",
}
decimals = st.decimals(
    min_value="0.01", max_value="99999999", places=2, allow_nan=False, allow_infinity=False
)


@given(decimals, st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(SAFE_UNITS)))
def test_any_number_with_any_scale_and_unit_is_read_exactly(number, scale, unit):
    quote = f"{number}{scale}{unit}"
    (figure,) = find_figures(f"共计完成{quote}。")
    assert figure.number == Decimal(f"{number}e{SCALES[scale]}")
    assert (figure.unit, figure.start, figure.stop) == (SAFE_UNITS[unit], 4, 4 + len(quote))


@given(st.integers(min_value=1000, max_value=10**15), st.sampled_from(["", ",", "，"]), st.booleans())
def test_separators_and_full_width_digits_change_nothing(number, separator, wide):
    digits = f"{number:,}".replace(",", separator)
    digits = digits.translate({ord("0") + d: ord("０") + d for d in range(10)}) if wide else digits
    assert [f.number for f in find_figures(f"涉及{digits}户")] == [number]


def chinese(number: int) -> str:
    """A Chinese numeral as schools teach it: the test's own writer, not the reader's table."""
    for worth, sign in ((10**8, "亿"), (10**4, "万")):
        if number >= worth:
            head, rest = divmod(number, worth)
            filler = "零" if 0 < rest < worth // 10 else ""
            return chinese(head) + sign + filler + (chinese(rest) if rest else "")
    words, gap = "", False
    for worth, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, worth)
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + sign
        gap = digit == 0
    return words


@given(st.integers(min_value=21, max_value=10**12 - 1))
def test_chinese_numerals_are_read_back(number):
    assert [(f.number, f.unit) for f in find_figures(f"新栽{chinese(number)}棵")] == [(number, "棵")]


@given(
    st.integers(min_value=2, max_value=500),
    st.integers(min_value=1, max_value=500),
    st.sampled_from("-—~～至到"),
)
def test_a_rising_pair_is_a_range_of_two_figures(low, step, dash):
    figures = find_figures(f"每年新建{low}{dash}{low + step}座")
    assert [(f.number, f.unit, f.end_of_range) for f in figures] == [
        (low, "座", "low"),
        (low + step, "座", "high"),
    ]


TEXT = st.one_of(
    st.text(),
    st.text(
        alphabet="0123456789０９.,，、-—至到约近超以上下内余多个家亿万千百十一二两三元亩%％‰年月第前每增加减少到"
        "“”《》\"'（）()/:：+ \n的"
    ),
    st.lists(st.sampled_from([case["text"] for _, case in CASES]), max_size=6).map("".join),
)


@given(TEXT)
def test_reading_is_total_and_its_spans_are_ordered_and_literal(text):
    figures, refused = survey(text)
    end = 0
    for figure in figures:
        assert end <= figure.start < figure.stop <= len(text)
        assert figure.number.is_finite()
        assert figure.unit
        assert figure.rule in {rule.name for rule in RULES}
        end = figure.stop
    assert all(0 <= r.start < r.stop <= len(text) for r in refused)


@given(TEXT)
def test_no_figure_is_invented_where_no_number_is_written(text):
    signs = set(
        "0123456789０１２３４５６７８９零〇○一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億"
    )
    for figure in find_figures(text):
        assert signs & set(text[figure.start : figure.stop])


@given(TEXT)
def test_the_same_text_is_always_read_the_same_way(text):
    assert find_figures(text) == find_figures(text)


# --- work -----------------------------------------------------------------------------------------


def test_text_without_numbers_is_passed_over_whole():
    text = "坚持稳中求进工作总基调，全面贯彻新发展理念，着力推动高质量发展。"
    find_figures(text)
    assert lines_run(lambda: find_figures(text * 4_000)) < 200


HOSTILE = [
    "1",
    "1,",
    "1、",
    "1-",
    "1.",
    "一",
    "一点",
    "百分之",
    "三分之",
    "1万",
    "“1个",
    '"3个',
    "《1个",
    "增加5个、",
    "1 \u3000",
    "1个（含",
    "十",
    "1元/",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_with_length_and_no_faster(piece):
    find_figures(piece)
    short, long = (lines_run(partial(find_figures, piece * n)) for n in (200, 800))
    assert long < 6 * max(short, 500)
    with must_end():
        find_figures(piece * (200_000 // len(piece)))
