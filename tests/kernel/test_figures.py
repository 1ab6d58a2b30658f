"""The typed figure, money, rounding and progress."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.figures.age import age_words
from luodi.kernel.figures.display import (
    in_ledger,
    in_sentence,
    percent,
    plain_number,
    points,
    rounded,
    share_of,
)
from luodi.kernel.figures.money import in_yuan, to_fen, to_yuan
from luodi.kernel.figures.numbers import canonical
from luodi.kernel.figures.progress import progress
from luodi.kernel.figures.typed import EventOrigin, SpanOrigin, TypedFigure

DAY = dt.date(2026, 9, 22)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12)


def figure(**given: object) -> TypedFigure:
    whole = {
        "value": Decimal("13.4"),
        "unit": "公里",
        "as_of": dt.date(2026, 7, 20),
        "origin": EventOrigin("e0000000000000"),
        "confidence": "verified",
    }
    return TypedFigure(**{**whole, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": ""},
        {"value": Decimal("NaN")},
        {"confidence": "believed"},
        {"origin": EventOrigin("")},
        {"origin": SpanOrigin("d0000000000000", 5, 5)},
        {"origin": SpanOrigin("", 1, 5)},
        {"denominator": Decimal(0)},
    ],
)
def test_a_figure_that_cannot_be_walked_back_is_none(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        figure(**wrong)


def test_a_figure_is_stale_once_older_than_its_rhythm() -> None:
    old = figure()
    assert (old.age(DAY), str(old), age_words(old.as_of, DAY)) == (64, "13.4公里", "64天前")
    assert old.is_stale(DAY, 63)
    assert not old.is_stale(DAY, 64)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("930000000", "元", "9.3亿元"),
        ("93000000", "元", "9300万元"),
        ("99999600", "元", "1.0亿元"),
        ("99994000", "元", "9999.4万元"),
        ("12.5", "亿元", "12.5亿元"),
        ("8000", "元", "8000元"),
        ("-61200000", "元", "−6120万元"),
        ("12000", "人", "12,000人"),
        ("9300", "人", "9300人"),
        ("54.85", "%", "54.9%"),
        ("18.60", "公里", "18.60公里"),
    ],
)
def test_a_sentence_says_money_in_its_own_scale_and_the_unit_directly_behind(
    value: str, unit: str, shown: str
) -> None:
    assert in_sentence(Decimal(value), unit) == shown


def test_a_ledger_says_all_money_in_ten_thousands() -> None:
    assert [in_ledger(Decimal(v), "元", 1) for v in ("61200000", "930000000")] == ["6120.0", "93,000.0"]
    assert in_ledger(None, "元") == in_sentence(None, "元") == "—"


def test_rates_have_one_decimal_and_differences_are_points() -> None:
    assert percent(share_of(212, 386)) == "54.9%"
    assert points(Decimal("-0.36")) == "36.0个百分点"
    assert percent(share_of(11, 29)) == "—"


@given(DECIMALS, st.integers(0, 3))
def test_rounding_is_half_away_from_zero(value: Decimal, places: int) -> None:
    shown = rounded(value, places)
    half = Decimal(1).scaleb(-places) / 2
    assert abs(shown - value) <= half
    assert rounded(-value, places) == -shown
    if abs(shown - value) == half:
        assert abs(shown) > abs(value)


@given(DECIMALS)
def test_what_is_shown_without_places_is_the_number_itself(value: Decimal) -> None:
    assert Decimal(canonical(plain_number(value))) == value


@given(st.integers(-(2**62), 2**62))
def test_money_goes_to_yuan_and_back_exactly(fen: int) -> None:
    assert to_fen(to_yuan(fen)) == fen


@pytest.mark.parametrize("yuan", ["0.001", "NaN", "Infinity"])
def test_part_of_a_fen_is_refused(yuan: str) -> None:
    with pytest.raises(ValueError):
        to_fen(Decimal(yuan))


def test_money_in_any_unit_is_the_same_money() -> None:
    assert (
        in_yuan(Decimal("0.93"), "亿元")
        == in_yuan(Decimal(9300), "万元")
        == in_yuan(Decimal(93_000_000), "元")
    )


@pytest.mark.parametrize(
    "wrong", ["", "十", "1e5", "1_000", "1,00", "NaN", "0x10", "1.", ".5", "--1", "9" * 41]
)
def test_what_is_no_plain_number_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        canonical(wrong)


@given(DECIMALS)
def test_a_canonical_number_is_canonical_and_exact(value: Decimal) -> None:
    text = canonical(value)
    assert canonical(text) == text
    assert Decimal(text) == value


@pytest.mark.parametrize(
    ("value", "target", "approx", "share", "reached"),
    [
        ("13.4", "18.6", "", Fraction(134, 186), False),
        ("18.6", "18.6", "at_least", Fraction(1), True),
        ("18.6", "18.6", "more_than", Fraction(1), False),
        ("48", "50", "about", Fraction(48, 50), True),
        ("47", "50", "about", Fraction(47, 50), False),
        ("38", "40", "at_most", Fraction(1), True),
        ("50", "40", "at_most", Fraction(4, 5), False),
        ("0", "0", "at_most", Fraction(1), True),
        ("5", "0", "at_most", Fraction(0), False),
        ("-3", "10", "", Fraction(0), False),
        ("20", "10", "", Fraction(2), True),
    ],
)
def test_progress_against_a_target(
    value: str, target: str, approx: str, share: Fraction, reached: bool
) -> None:
    found = progress(Decimal(value), Decimal(target), approx)
    assert (found.share, found.reached) == (share, reached)
    assert 0 <= found.width() <= 1


@given(DECIMALS, DECIMALS, DECIMALS, st.sampled_from(["", "about", "at_least", "more_than", "at_most"]))
def test_more_is_never_worse_and_for_a_limit_never_better(
    one: Decimal, other: Decimal, target: Decimal, approx: str
) -> None:
    low, high = progress(min(one, other), target, approx), progress(max(one, other), target, approx)
    if approx == "at_most":
        low, high = high, low
    assert low.share <= high.share
    assert low.reached <= high.reached
