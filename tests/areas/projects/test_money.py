"""Money on three bases: read as offices write it, added on one basis only, statistics quoted and never computed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.areas.projects.money import Invested, OtherBasis, band, fen_of, total, unit_named

DAY = dt.date(2026, 9, 30)
YI, WAN = 10_000_000_000, 1_000_000


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("12800", "万元", 12_800 * WAN),
        ("１２，８００．５", "万元", 1_280_050 * WAN // 100),
        ("1.28亿", "万元", 128 * YI // 100),
        ("1.28 亿元", "万元", 128 * YI // 100),
        ("3500万", "亿元", 3_500 * WAN),
        ("0.9", "忆元", 0),
        ("2忆元", "万元", 2 * YI),
        ("-12", "万元", -12 * WAN),
        ("0", "万元", 0),
    ],
)
def test_amounts_as_cells_have_them(text: str, unit: str, fen: int) -> None:
    if unit == "忆元":
        unit, fen = unit_named(unit), 9 * YI // 10
    assert fen_of(text, unit)[0] == fen


@pytest.mark.parametrize("text", ["约1.2亿", "12亩", "", "1.2亿至1.5亿", "一亿", "1..2", "∞"])
def test_what_is_no_single_amount_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        fen_of(text, "万元")


def test_parts_of_a_fen_are_not_rounded_away() -> None:
    assert fen_of("0.000001", "万元")[0] == 1
    with pytest.raises(ValueError, match="四舍五入到分"):
        fen_of("0.0000001", "万元")


def test_bases_are_never_added_to_each_other() -> None:
    done, paid = Invested("dispatch", 5 * YI, DAY), Invested("paid", 3 * YI, DAY)
    assert total([done, done]) == 10 * YI
    with pytest.raises(OtherBasis, match="不能相加"):
        total([done, paid])


def test_statistics_are_quoted_and_not_computed() -> None:
    with pytest.raises(OtherBasis, match="只能引用"):
        Invested("statistical", YI, DAY)
    quoted = Invested("statistical", YI, DAY, paper="d0000000000001")
    assert quoted.words() == "1.0亿元（统计口径）"
    with pytest.raises(OtherBasis, match="不在这里相加"):
        total([quoted])


@given(st.integers(0, 10**15))
def test_what_is_shown_in_the_ledger_reads_back(fen: int) -> None:
    number = f"{fen // WAN}.{fen % WAN:06d}"
    assert fen_of(number, "万元") == (fen, "万元")


def test_the_public_sees_a_band() -> None:
    assert [band(amount * WAN) for amount in (4_999, 5_000, 10_000, 50_000, 100_000)] == [
        "5000万元以下",
        "5000万元至1亿元",
        "1亿元至5亿元",
        "5亿元至10亿元",
        "10亿元以上",
    ]
